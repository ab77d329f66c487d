"""Text in capitals as it would stand in small letters, so that headlines are read by the same rules as sentences."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.context import fitting
from studio.text.patterns import lazy
from studio.text.syllables import is_syllable

_MARKED = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_SMALL = f"a-zđ{_MARKED.lower()}"
_HEADLINE = lazy(rf"(?<![A-ZĐ{_MARKED}])(?=[A-ZĐ]*[{_MARKED}])[A-ZĐ{_MARKED}]{{2,}}")
"""A word in capitals that carries a mark, so that it is no abbreviation; looked for once a word, not once a letter."""
_CHUNK = lazy(rf"(?<![^\W\d_])[^{_SMALL}\n]{{6,2000}}(?![{_SMALL}])")
_WORDS = lazy(rf"(?<![^\W_])(?:[A-ZĐ{_MARKED}]{{2,7}}|[{_MARKED}])(?![^\W_])")
_NUMERAL = lazy(r"[IVXLCDM]+")
_JOINED = frozenset("-&/.")
_SERIAL_NEXT = lazy(r" \d{4}")
_MEASURES = lazy(
    r"(?<=\d)(?P<space> ?)(?P<unit>TR\.Đ|[A-ZĐ]{1,5}[23]?)(?![^\W_]|\s?-\s?\d{3}|/C(?![^\W_]))"
    r"|(?<=/)(?P<per>[A-ZĐ]{2,3}[23]?|M[23]|(?<=\w\w/)[SHML])(?![^\W_]|-)"
    r"|(?<=\d)(?P<inner>TR|M|X)(?=\d)(?!\d-\d)"
)
_SINGLE = {"M": "m", "H": "h", "Đ": "đ"}
_PER = {"S": "s", "H": "h", "M": "m", "L": "l"}
_PLACE = lazy(rf"(?<![^\W_])((?:[PQXHĐ]|TT|TX)\. ?)([{_SMALL}]+(?: [{_SMALL}])?)")
"""An abbreviated ward, commune or street, and the first letters of its name."""
_LEAST_WORDS = 2
_MARGIN = 64
_NUMBERED = lazy(rf"\s*\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}\s+[{_SMALL}]")


def without_capitals(text: str) -> str:
    """`text` with its headlines in small letters, names as they are spelled, character for character.

    A headline is a line without small letters, or a stretch of one in which two words carry marks;
    abbreviations, numerals and codes in it stay as they are.
    """
    if not _HEADLINE.search(text):
        return text
    return _CHUNK.sub(_lowered, text)


def cased(words: list[str]) -> list[str]:
    """Lower-case words with the capitals of known names put back."""
    names, longest = tables.proper_names(), tables.longest_proper_name()
    said: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            name = names.get(" ".join(words[at : at + size]))
            if name:
                said.append(name)
                at += size
                break
        else:
            said.append(words[at])
            at += 1
    return said


def _lowered(match: re.Match[str]) -> str:
    chunk, text, start = match[0], match.string, match.start()
    head = text[max(0, start - _MARGIN) : start]
    begins = not head.rpartition("\n")[2].strip() and (start <= _MARGIN or "\n" in head)
    whole = begins and text[match.end() : match.end() + 1] in ("", "\n")
    if len(_HEADLINE.findall(chunk)) < (1 if whole else _LEAST_WORDS):
        return chunk
    small = _WORDS.sub(lambda word: word[0].lower() if _is_word(chunk, word) else word[0], chunk)
    named = _with_names(_MEASURES.sub(_symbol, small))
    return _PLACE.sub(
        lambda place: place[0].title() if place[0][0] != "T" else place[0][:3] + place[0][3:].title(), named
    )


def _symbol(match: re.Match[str]) -> str:
    """A unit as it is spelled in a sentence."""
    if match["inner"]:
        return match["inner"].lower()
    if match["per"]:
        per = match["per"]
        return _PER.get(per) or (tables.unit_in_capitals().get(per, per) if len(per) > 1 else per)
    unit = match["unit"]
    if unit not in tables.units() or unit in _SINGLE:
        unit = _SINGLE.get(unit) or tables.unit_in_capitals().get(unit, unit)
    return match["space"] + unit


def _is_word(chunk: str, match: re.Match[str]) -> bool:
    """Whether a word in capitals is a word, and no abbreviation, numeral or part of a code."""
    word = match[0]
    if not is_syllable(word.lower()):
        return False
    if any(char in _MARKED for char in word):
        return True
    if _NUMERAL.fullmatch(word) or word in tables.mapping("bodies"):
        return False
    known = tables.abbreviations().get(word)
    chosen = (
        fitting(known, chunk[max(0, match.start() - 48) : match.start()].lower(), chunk, match.end()) if known else None
    )
    if chosen and chosen.sure:
        return False
    around = chunk[match.start() - 1 : match.start()] + chunk[match.end() : match.end() + 1]
    return _JOINED.isdisjoint(around) and not (len(word) < 3 and _SERIAL_NEXT.match(chunk, match.end()))


_SMALL_RUN = lazy(rf"[{_SMALL}]+(?: [{_SMALL}]+){{0,60}}")


def _with_names(text: str) -> str:
    return _SMALL_RUN.sub(lambda run: " ".join(cased(run[0].split(" "))), text)
