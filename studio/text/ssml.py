"""A subset of SSML 1.1 (W3C): scripts out, and texts in as the house writes them, with inline marks.

Out: speak, p, s, sub, break. In: the same, and emphasis, which is not heard. Anything else is refused, for a
mark that is not obeyed would be read wrong without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from studio.errors import InputError
from studio.text.inline import MOST_PAUSE_MS
from studio.text.markup import MarkupError, Node, escaped, tree
from studio.text.pauses import PAUSE_MS
from studio.values.text import Script, Token

NAMESPACE = "http://www.w3.org/2001/10/synthesis"

_MARKS = ",;:.?!"
_ENDS = ".?!:"
_TIME = re.compile(r"\+?(\d{1,6}(?:\.\d{1,6})?)(ms|s)")
_STRENGTHS_MS = {
    "none": 0,
    "x-weak": PAUSE_MS["clause"] // 2,
    "weak": PAUSE_MS["clause"],
    "medium": PAUSE_MS["sentence"],
    "strong": PAUSE_MS["paragraph"],
    "x-strong": 2 * PAUSE_MS["paragraph"],
}
_TOLD = re.compile(r"[\\{}|]")
_ESCAPED = r"\\\g<0>"
_BRACE = re.compile(r"[{}]")
_PAUSES_AT_END = re.compile(r"(?:\s*\{\|\d+\})*\s*$")


def ssml_of(scripts: Iterable[Script]) -> str:
    """The scripts as one document: written words with what is said for them, every pause as a break."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<speak version="1.1" xmlns="{NAMESPACE}" xml:lang="vi-VN">']
    for script in scripts:
        lines += _paragraphs(script)
    return "\n".join((*lines, "</speak>")) + "\n"


def _paragraphs(script: Script) -> Iterator[str]:
    """Sentences in paragraphs; pieces of a long sentence stay in it with a break between them."""
    in_paragraph = in_sentence = False
    end = 0
    for utterance in script.utterances:
        if in_paragraph and not in_sentence and "\n" in script.written[end : utterance.span.start]:
            yield "</p>"
            in_paragraph = False
        opener = ("" if in_paragraph else "<p>") + ("" if in_sentence else "<s>")
        in_sentence = utterance.spoken[-1] not in _ENDS
        words = "".join(_words(utterance.tokens)).strip()
        bare = words.rstrip(_MARKS + " ")
        # The line's own end: a sentence cut short by the reader may lack the mark that its utterance has.
        mark = utterance.spoken[-1] if utterance.spoken[-1] in _MARKS else ""
        closer = "" if in_sentence else "</s>"
        yield f'{opener}{bare}{mark}{closer}<break time="{utterance.pause_after_ms}ms"/>'
        in_paragraph, end = True, utterance.span.end
    if in_sentence:
        yield "</s>"
    if in_paragraph:
        yield "</p>"


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        words = token.spoken.rstrip(_MARKS + " ")
        marks = token.spoken[len(words) :].strip()
        if words:
            written = " ".join(token.written.split())
            same = token.kind == "word" or written == words or not written
            yield " " + (escaped(words) if same else f'<sub alias="{escaped(words)}">{escaped(written)}</sub>')
        yield marks


def text_of_ssml(document: str, file: str) -> str:
    """The document as a text with inline marks, a paragraph on each line.

    Raises InputError, with file and line: ssml.bad_syntax (reason), ssml.unknown_element (element),
    ssml.wrong_language (language), ssml.bad_break (value).
    """
    try:
        root = tree(document)
    except MarkupError as error:
        raise InputError("ssml.bad_syntax", file=file, line=error.line, reason=error.reason) from error
    if root.name != "speak":
        raise InputError("ssml.bad_syntax", file=file, line=root.line, reason=f"<{root.name}> in place of <speak>")
    paragraphs = "".join(_content(root, file, parent="")).split("\n")
    return "\n\n".join(_ended(" ".join(each.split())) for each in paragraphs if each.strip()) + "\n"


def _content(node: Node, file: str, parent: str) -> Iterator[str]:
    _check_language(node, file)
    if node.name == "break":
        yield _pause(node, file)
    elif node.name == "sub":
        yield f"{{{_in_mark(node.text)}|{_in_mark(node.attributes.get('alias', ''))}}}"
    elif node.name in ("speak", "p", "s", "emphasis") and (node.name == "speak") == (not parent):
        inside = "".join(part for child in node.children for part in _inside(child, file, node.name))
        yield {"p": f"\n{inside}\n", "s": f" {_ended(inside.strip())} "}.get(node.name, inside)
    else:
        raise InputError("ssml.unknown_element", file=file, line=node.line, element=node.name)


def _inside(child: Node | str, file: str, parent: str) -> Iterator[str]:
    if isinstance(child, Node):
        yield from _content(child, file, parent)
    else:
        yield _BRACE.sub(_ESCAPED, child.replace("\n", " "))


def _in_mark(words: str) -> str:
    return _TOLD.sub(_ESCAPED, " ".join(words.split()))


def _check_language(node: Node, file: str) -> None:
    language = node.attributes.get("lang", "vi")
    if language.lower().partition("-")[0] != "vi":
        raise InputError("ssml.wrong_language", file=file, line=node.line, language=language)


def _pause(node: Node, file: str) -> str:
    written = node.attributes.get("time")
    if written is None:
        strength = node.attributes.get("strength", "medium")
        pause_ms = _STRENGTHS_MS.get(strength, -1)
        written = strength
    else:
        found = _TIME.fullmatch(written.strip())
        pause_ms = round(float(found[1]) * (1000 if found[2] == "s" else 1)) if found else -1
    if not 0 <= pause_ms <= MOST_PAUSE_MS:
        raise InputError("ssml.bad_break", file=file, line=node.line, value=written, most=MOST_PAUSE_MS)
    return f" {{|{pause_ms}}} " if pause_ms else " "


def _ended(words: str) -> str:
    """The words with a full stop where they end without a mark; pauses stay behind it."""
    pauses = _PAUSES_AT_END.search(words)
    at = pauses.start() if pauses else len(words)
    bare = words[:at]
    return words if not bare or bare[-1] in _ENDS + ",;" else f"{bare}.{words[at:]}"
