"""The spoken form beside the written one, as HTML: changes, doubts and what was left out, all escaped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from studio.text.findings import Finding, findings
from studio.text.lint import minutes, place_to_split
from studio.values.text import Notice, Script, Token, Utterance
from studio.web.labels import PARTS, kind_name
from studio.web.words import vietnamese

MOST_QUOTED = 90
MOST_LINES = 12
"""Lines that are named where many have the same notice."""
MOST_OPEN = 10
"""More advice than this is folded up."""
INLINE = "inline"
_CLAUSE_MARKS = " ,;:.!?…"

_LEGEND = (
    '<div class="s-legend"><span><mark class="s-changed">chữ đổi cách đọc</mark> (để chuột lên để xem loại)</span>'
    '<span><mark class="s-doubt">chỗ studio chưa chắc</mark> nên nghe kỹ hoặc viết lại</span></div>'
)
_HEADS = (
    '<colgroup><col class="n"><col><col></colgroup><thead><tr><th scope="col">Câu</th>'
    '<th scope="col">Bản viết</th><th scope="col">Bản đọc</th></tr></thead>'
)


@dataclass(frozen=True, slots=True)
class Pace:
    """The shown name of a voice, and how many syllables it says in a second."""

    voice: str
    syllables_per_second: float


def reading(script: Script, pace: Pace, advice: Sequence[Notice] = ()) -> str:
    """A script line by line; the length is estimated at the voice's rate; `advice` is on writing for the ear."""
    found: dict[int, list[Finding]] = {}
    for each in findings(script):
        found.setdefault(each.line, []).append(each)
    rows = "".join(
        _row(number, line, script, found.get(number, ())) for number, line in enumerate(script.utterances, 1)
    )
    whole = _findings(found.get(0, ()), script)
    return (
        f'<section class="s-box" data-bulletin aria-label="Cách đọc">{_facts(script, pace, advice)}'
        + (f'<div class="s-pad">{whole}</div>' if whole else "")
        + f'{_LEGEND}<table class="s-lines">{_HEADS}<tbody>{rows}</tbody></table>'
        f"{_advice(advice, script)}{_left_out(script)}</section>"
    )


def _facts(script: Script, pace: Pace, advice: Sequence[Notice]) -> str:
    changed = sum(is_changed(token) for line in script.utterances for token in line.tokens)
    doubts = sum(each.places for each in findings(script))
    length = duration(60 * minutes(script, pace.syllables_per_second))
    facts = (
        ("Số câu", str(len(script.utterances))),
        ("Thời lượng dự tính", f"khoảng {length} với giọng “{pace.voice}”"),
        ("Chỗ đổi cách đọc", str(changed)),
        ("Chỗ cần xem", str(doubts) if doubts else "không có"),
        ("Gợi ý viết", str(len(advice)) if advice else "không có"),
        ("Phần không đọc", str(len(script.left_out)) if script.left_out else "không có"),
    )
    return (
        '<div class="s-facts">'
        + "".join(f"<span>{name}: <strong>{escape(value)}</strong></span>" for name, value in facts)
        + "</div>"
    )


def duration(seconds: float) -> str:
    """Minutes and seconds in words, such as “1 phút 5 giây”."""
    whole = max(1, round(seconds))
    parts = ((whole // 60, "phút"), (whole % 60, "giây"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _row(number: int, line: Utterance, script: Script, found: Sequence[Finding]) -> str:
    classes = [line.layout.value, *(["has-notice"] if found else [])]
    row = (
        f'<tr class="{" ".join(classes)}"><td class="n">{number}</td>'
        f'<td data-side="Bản viết">{written_marked(line, script)}</td>'
        f'<td data-side="Bản đọc">{spoken_marked(line)}</td></tr>'
    )
    if found:
        row += f'<tr class="notice"><td></td><td colspan="2">{_findings(found, script)}</td></tr>'
    return row


def written_marked(line: Utterance, script: Script) -> str:
    """The line as it was written, with its changed tokens marked."""
    pieces, at = [], line.span.start
    for token in line.tokens:
        if token.span.start < at or not _is_marked(token):
            continue
        if token.kind == INLINE:  # the words alone: what is decided for them is on the other side
            pieces.append(escape(script.written[at : token.span.start]))
            pieces.append(_mark(token.written, token))
            at = token.span.end
            continue
        words = script.written[token.span.start : token.span.end].rstrip()
        pieces.append(escape(script.written[at : token.span.start]))
        pieces.append(_mark(words, token))
        at = token.span.start + len(words)
    pieces.append(escape(script.written[at : line.span.end]))
    return "".join(pieces)


def spoken_marked(line: Utterance) -> str:
    """The line as it will be spoken, with what came from changed tokens marked."""
    pieces, at = [], 0
    for token in line.tokens:
        words = token.spoken.strip(_CLAUSE_MARKS)
        if not words:
            continue
        found = line.spoken.casefold().find(words.casefold(), at)
        if found < 0:
            continue
        if _is_marked(token):
            pieces.append(escape(line.spoken[at:found]))
            pieces.append(_mark(line.spoken[found : found + len(words)], token))
            at = found + len(words)
        else:
            pieces.append(escape(line.spoken[at : found + len(words)]))
            at = found + len(words)
    pieces.append(escape(line.spoken[at:]))
    return "".join(pieces)


def is_changed(token: Token) -> bool:
    """Whether the ear gets other words than the eye: not for letters' case or clause punctuation."""
    written, spoken = (" ".join(text.casefold().split()) for text in (token.written, token.spoken))
    if not any(character.isalnum() for character in written + spoken):
        return False
    return written.strip(_CLAUSE_MARKS) != spoken.strip(_CLAUSE_MARKS)


def _is_marked(token: Token) -> bool:
    return is_changed(token) or not token.certain or token.kind == INLINE


def _mark(text: str, token: Token) -> str:
    tip = f"{kind_name(token.kind)}: “{token.written.strip()}” đọc là “{token.spoken}”" if token.spoken else "Không đọc"
    if not token.certain:
        tip = f"Chưa chắc. {tip}"
    return f'<mark class="{"s-changed" if token.certain else "s-doubt"}" title="{escape(tip)}">{escape(text)}</mark>'


def _findings(found: Iterable[Finding], script: Script) -> str:
    items = "".join(f"<li>{_notice(each.notice, script)}{_places(each)}</li>" for each in found)
    return f'<ul class="s-notices">{items}</ul>' if items else ""


def _notice(notice: Notice, script: Script) -> str:
    sentence = vietnamese(notice.code, dict(notice.fields))
    quoted = ""
    if notice.span is not None:
        words = shortened(script.written[notice.span.start : notice.span.end])
        quoted = f"<strong>“{escape(words)}”</strong> – "
    taken = dict(notice.fields).get("taken")
    alternatives = "; ".join(f"“{words}”" for words in notice.alternatives if words != taken)
    others = f'<span class="alt">Cách đọc khác: {escape(alternatives)}</span>' if alternatives else ""
    return f"{quoted}{escape(sentence)}{others}"


def _places(found: Finding) -> str:
    """How many places there are, and in which lines."""
    if found.places == 1:
        return ""
    lines = [str(line) for line in dict.fromkeys(found.lines) if line]
    where = f" ở câu {', '.join(lines[:MOST_LINES])}" if lines else ""
    more = f" và {len(lines) - MOST_LINES} câu nữa" if len(lines) > MOST_LINES else ""
    return f'<span class="alt">Có {found.places} chỗ như vậy{where}{more}.</span>'


def shortened(text: str) -> str:
    """A quotation on one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_QUOTED else line[:MOST_QUOTED].rpartition(" ")[0] + " …"


def _advice(advice: Sequence[Notice], script: Script) -> str:
    if not advice:
        return ""
    unfolded = " open" if len(advice) <= MOST_OPEN else ""
    starts = [line.span.start for line in script.utterances]
    items = "".join(f"<li>{_advised(notice, script, starts)}</li>" for notice in advice)
    return (
        f'<details class="s-left"{unfolded}><summary>Gợi ý viết cho dễ nghe ({len(advice)})</summary>'
        f'<ul class="s-advice">{items}</ul></details>'
    )


def _advised(notice: Notice, script: Script, starts: Sequence[int]) -> str:
    """Advice with the number of the line it is on, and for a long sentence the place where it parts best."""
    span = notice.span
    if span is None:
        return _notice(notice, script)
    at = bisect_right(starts, span.start)
    here = at > 0 and span.start < script.utterances[at - 1].span.end
    split = place_to_split(script, span) if notice.code == "lint.long_sentence" else None
    rest = "" if split is None else shortened(script.written[split : span.end])
    parted = f'<span class="alt">Có thể chấm câu trước “{escape(rest)}”.</span>' if rest else ""
    return f"{f'Câu {at}: ' if here else ''}{_notice(notice, script)}{parted}"


def _left_out(script: Script) -> str:
    if not script.left_out:
        return ""
    entries = "".join(
        f"<dt>{escape(PARTS.get(part.part, part.part))}</dt><dd>{escape(part.written.strip())}</dd>"
        for part in script.left_out
    )
    return (
        f'<details class="s-left" open><summary>Phần không đọc trên loa ({len(script.left_out)})</summary>'
        f"<dl>{entries}</dl></details>"
    )
