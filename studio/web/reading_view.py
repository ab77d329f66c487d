"""The spoken form beside the written one, as HTML: changes, doubts and what was left out, all escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from studio.text.lint import minutes
from studio.values.text import Notice, Script, Token, Utterance
from studio.web.labels import PARTS, kind_name
from studio.web.views import clock
from studio.web.words import vietnamese

MOST_QUOTED = 90
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


def reading(script: Script, syllables_per_second: float, advice: Sequence[Notice] = ()) -> str:
    """A script line by line; the length is estimated at the voice's rate; `advice` is on writing for the ear."""
    rows = "".join(_row(number, line, script) for number, line in enumerate(script.utterances, 1))
    whole = _notices(script.notices, script)
    return (
        f'<section class="s-box" data-bulletin aria-label="Cách đọc">{_facts(script, syllables_per_second)}'
        + (f'<div class="s-pad">{whole}</div>' if whole else "")
        + f'{_LEGEND}<table class="s-lines">{_HEADS}<tbody>{rows}</tbody></table>'
        f"{_advice(advice, script)}{_left_out(script)}</section>"
    )


def _facts(script: Script, syllables_per_second: float) -> str:
    changed = sum(is_changed(token) for line in script.utterances for token in line.tokens)
    doubts = len(script.all_notices)
    facts = (
        ("Số câu", str(len(script.utterances))),
        ("Thời lượng dự tính", f"khoảng {clock(60 * minutes(script, syllables_per_second))}"),
        ("Chỗ đổi cách đọc", str(changed)),
        ("Chỗ cần xem", str(doubts) if doubts else "không có"),
        ("Phần không đọc", str(len(script.left_out)) if script.left_out else "không có"),
    )
    return (
        '<div class="s-facts">'
        + "".join(f"<span>{name}: <strong>{value}</strong></span>" for name, value in facts)
        + "</div>"
    )


def _row(number: int, line: Utterance, script: Script) -> str:
    classes = [line.layout.value, *(["has-notice"] if line.notices else [])]
    row = (
        f'<tr class="{" ".join(classes)}"><td class="n">{number}</td>'
        f'<td data-side="Bản viết">{written_marked(line, script)}</td>'
        f'<td data-side="Bản đọc">{spoken_marked(line)}</td></tr>'
    )
    if line.notices:
        row += f'<tr class="notice"><td></td><td colspan="2">{_notices(line.notices, script)}</td></tr>'
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


def _notices(notices: Iterable[Notice], script: Script) -> str:
    items = "".join(f"<li>{_notice(notice, script)}</li>" for notice in notices)
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


def shortened(text: str) -> str:
    """A quotation on one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_QUOTED else line[:MOST_QUOTED].rpartition(" ")[0] + " …"


def _advice(advice: Sequence[Notice], script: Script) -> str:
    if not advice:
        return ""
    items = "".join(f"<li>{_notice(notice, script)}</li>" for notice in advice)
    return (
        f'<details class="s-left"><summary>Gợi ý viết cho dễ nghe ({len(advice)})</summary>'
        f'<ul class="s-advice">{items}</ul></details>'
    )


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
