"""Punctuation: where a sentence ends, where a voice pauses, and which marks are silent."""

from __future__ import annotations

from studio.text import tables
from studio.text.letters import listed_letter_name
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice

_END_MARK = lazy(r"\.?\s*/\s*\.(?:/\.)*")
_ELLIPSIS = lazy(r"(?:…|\.{2,})[…. ]*(?<=[….])")
_LONG_BLANK = lazy(r"[_.…]{4,}(?:[ _.…]*[_.…])?|_{2,}")
_SEPARATOR = lazy(r"(?:[*_=~-] ?){3,}(?=\n|$)")
_AND_SO_ON = lazy(r"[ ,]*v\.?v(?![^\W_])")
_FIGURE_BEHIND = lazy(r"\d ?$")
_PHONE_NEXT = lazy(r"0\d[\d .]{6}")
_NOW_NEXT = lazy(r"(?:nay|hiện nay|hết)(?![^\W_])")
_BREAK = lazy(r"\n\s*")
_NEW_THOUGHT = lazy(r"\n[ ]*(?:\n|[-+*•·▪●○►➢✓\uf0b7]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}\.)")
_LISTED = lazy(r"[,;(]\s*\S[^.;:()\n]*$")
_HYPHEN = lazy(r"\s*-\s*")


def end_mark(place: Place) -> Piece | None:
    """ "./." closes an administrative text."""
    match = place.match(_END_MARK)
    return Piece(place.at, match.end(), ".", "stop") if match else None


def separator(place: Place) -> Piece | None:
    """A line of stars or dashes is a pause."""
    match = place.match(_SEPARATOR) if place.is_line_start else None
    return Piece(place.at, match.end(), "", "mark") if match else None


def ellipsis(place: Place) -> Piece | None:
    """Three dots: "vân vân" after a list, a blank to be filled in a form, else the end of a thought."""
    if place.text[place.at] not in ".…_":
        return None
    blank = place.match(_LONG_BLANK)
    if blank:
        return Piece(place.at, blank.end(), ",", "clause", (notice("reading.blank", place.at, blank.end()),))
    match = place.match(_ELLIPSIS)
    if match is None or match[0] == ".":
        return None
    if _LISTED.search(place.behind):
        again = _AND_SO_ON.match(place.text, match.end())
        return Piece(place.at, again.end() if again else match.end(), ", vân vân", "ellipsis")
    ends = _ends_sentence(place.text, match.end())
    return Piece(place.at, match.end(), "." if ends else ",", "stop" if ends else "clause")


def dot(place: Place) -> Piece | None:
    """A dot ends a sentence, unless it only holds letters or figures together."""
    if place.text[place.at] != ".":
        return None
    item = place.match(_LETTERED_PART)
    if item and place.text[max(0, place.at - 1) : place.at].isdecimal():
        return Piece(place.at, item.end(), f"chấm {listed_letter_name(item['letter'])}", "outline")
    if _HOLDS_TOGETHER.match(place.text, place.at) and _INITIAL.search(place.text[max(0, place.at - 2) : place.at]):
        return Piece(place.at, place.at + 1, "", "mark")
    return Piece(place.at, place.at + 1, ".", "stop")


_LETTERED_PART = lazy(r"\.(?P<letter>[a-zđ])(?![^\W_])")
_HOLDS_TOGETHER = lazy(r"\.(?=\s?[,;:()]|\s[a-zà-ỹđ])")
_INITIAL = lazy(r"(?:^|\s)[A-ZĐ]$")


_RECIPIENTS = lazy(r":[^\n]*(?:\n\s*[-+*][^\n]*|\n[^\n]{0,80};(?=\n|$))*")
_RECIPIENTS_BEHIND = lazy(r"(?:Nơi\s+nhận|NƠI\s+NHẬN)[\s*\"'<>_]*$")


def recipients(place: Place) -> Piece | None:
    """ "Nơi nhận: …" is the routing block of a form: it is not broadcast."""
    start = place.taken_back(_RECIPIENTS_BEHIND)
    match = place.match(_RECIPIENTS) if start is not None else None
    if start is None or match is None:
        return None
    return Piece(start, match.end(), "", "recipients")


def _ends_sentence(text: str, at: int) -> bool:
    rest = text[at : at + 3].lstrip()
    return not rest or text[at : at + 1] == "\n" or not rest[0].islower()


_SPOKEN_MARK = {
    ",": ",",
    ";": ";",
    ":": ":",
    "?": "?",
    "!": "!",
    "(": ",",
    ")": ",",
    "[": ",",
    "]": ",",
    "{": ",",
    "}": ",",
}
_JOINED_MARK = lazy(r"[?!]+")


def mark(place: Place) -> Piece | None:
    """Commas, colons, brackets and the end of a question."""
    char = place.text[place.at]
    spoken = _SPOKEN_MARK.get(char)
    if spoken is None:
        return None
    if char in "?!":
        match = place.match(_JOINED_MARK)
        end = match.end() if match else place.at + 1
        return Piece(place.at, end, "?" if "?" in place.text[place.at : min(end, place.at + 64)] else "!", "stop")
    end = place.at + 1
    while place.text.startswith(char, end):
        end += 1
    return Piece(place.at, end, spoken, "clause")


def line_break(place: Place) -> Piece | None:
    """A new line inside a text: a pause where a heading or a list item begins, else only a space."""
    match = place.match(_BREAK)
    if match is None:
        return None
    if place.match(_NEW_THOUGHT):
        return Piece(place.at, match.end(), ".", "stop")
    if match.end() < len(place.text) and place.text[match.end()].isupper():
        return Piece(place.at, match.end(), ",", "clause")
    return Piece(place.at, match.end(), "", "mark")


def hyphen(place: Place) -> Piece | None:
    """A dash between words is silent (chính trị - xã hội), but pauses before somebody's office."""
    match = place.match(_HYPHEN)
    if match is None or "-" not in match[0]:
        return None
    if _FIGURE_BEHIND.search(place.behind) and place.text[match.end() : match.end() + 1].isdecimal():
        return Piece(place.at, match.end(), ",", "clause")
    if _PHONE_NEXT.match(place.text, match.end()):
        return Piece(place.at, match.end(), ",", "clause")
    if _same_noun(place, match.end()):
        return Piece(place.at, match.end(), "đến", "range")
    if _NOW_NEXT.match(place.text, match.end()) and _FIGURE_BEHIND.search(place.behind):
        return Piece(place.at, match.end(), "đến", "range")
    if match[0].startswith(" ") and match[0].endswith(" ") and _FIGURE_BEHIND.search(place.behind):
        return Piece(place.at, match.end(), ",", "clause")
    if match[0].endswith(" ") and not place.is_line_start and _office_follows(place.text, match.end()):
        return Piece(place.at, match.end(), ",", "clause")
    return Piece(place.at, match.end(), "", "mark")


_NUMBERED_BEHIND = lazy(r"(?P<noun>[^\W\d_]+)\s?[\divx]{1,5}\s*$")


def _same_noun(place: Place, at: int) -> bool:
    """Whether a numbered noun stands on both sides ("Quý 1 - Quý 2"), and no match is told of."""
    behind = _NUMBERED_BEHIND.search(place.behind)
    if behind is None or behind["noun"] not in tables.nouns("spanned"):
        return False
    noun = behind["noun"]
    following = place.text[at : at + len(noun) + 2].lower()
    return following.startswith(noun) and following[len(noun) :].strip()[:1] in "0123456789ivx"


def _office_follows(text: str, at: int) -> bool:
    words = text[at : at + 24].lower().split()
    offices = tables.nouns("office")
    return any(" ".join(words[:size]) in offices for size in (1, 2))
