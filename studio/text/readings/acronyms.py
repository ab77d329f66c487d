"""Abbreviations of the table, chosen by the words before and after; unknown capitals by letters."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.context import fitting
from studio.text.letters import spelled
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice

_WORD = lazy(r"[^\W\d_]+(?:[&/.-][^\W\d_]+){0,5}")
_TITLE_DOTS = lazy(
    r"(?:PGS|GS|TSKH|TS|ThS|Ths|Th\.S|BS|BSCKII|BSCKI|CKII|CKI|VS|KTS|KS|LS|DS|CN|NSND|NSƯT|NGND|NGƯT|TTƯT|TTND|AHLĐ)(?:\s?[.,-]\s?(?:PGS|GS|TSKH|TS|ThS|Ths|BS|BSCKII|BSCKI|CKII|CKI|VS|KTS|KS|LS|DS|CN|NSND|NSƯT|NGND|NGƯT|TTƯT|TTND|AHLĐ)(?![^\W_]))+\.?"
)
_INITIALS = lazy(
    r"(?:[A-ZĐ][.-]){6,40}[A-ZĐ]?(?![^\W_])|(?:[A-ZĐ]\.\s?){2,6}(?:[A-ZĐ](?![^\W_]))?|(?:[a-zđ]\.){4,40}[a-zđ]?(?![^\W_])"
)
_NAME_NEXT = lazy(r"\s+[^\W\d_]")
_AND_SO_ON_CAPITALS = lazy(r"V\.V\.?")
_AND_SO_ON = lazy(r"v\.?v\.?(?![^\W_])(?:\s?(?:…|\.{2,}))?[.…]*(?:[;,]?\s?v\.?v\.?(?![^\W_])[.…]*)*")


def titles(place: Place) -> Piece | None:
    """GS.TS, PGS.TS.BS: each title, with a pause between."""
    match = place.match(_TITLE_DOTS)
    if match is None:
        return None
    known = tables.abbreviations()
    parts = re.findall(r"[^\W\d_]+", match[0].replace("Th.S", "ThS"))
    said = [(known.get(f"{part}.") or known[part])[0].spoken for part in parts if part in known]
    end = match.end()
    if match[0].endswith(".") and not _NAME_NEXT.match(place.text, end):
        end -= 1
    return Piece(place.at, end, ", ".join(said), "title")


def and_so_on(place: Place) -> Piece | None:
    """v.v., vv...: "vân vân"; its dot also ends a sentence when a new one follows."""
    if place.text[place.at] not in "vV":
        return None
    match = place.match(_AND_SO_ON) or place.match(_AND_SO_ON_CAPITALS)
    if match is None or len(match[0].rstrip(".…")) < 2:
        return None
    rest = place.text[match.end() : match.end() + 3].lstrip(" ")
    ends = match[0].endswith(".") and len(match[0]) > 2 and (not rest or rest[0] == "\n" or rest[0].isupper())
    return Piece(place.at, match.end() - 1 if ends else match.end(), "vân vân", "abbreviation")


def initials(place: Place) -> Piece | None:
    """N.V.A.: letters by name."""
    match = place.match(_INITIALS)
    if match is None or re.search(r"\.\s", match[0][:-1]):
        return None
    end = match.end()
    trimmed = match[0].rstrip()
    end -= len(match[0]) - len(trimmed)
    known = tables.abbreviations().get(trimmed.rstrip(".").replace(".", ""))
    if known and len(known) == 1 and len(trimmed) > 5:
        return Piece(place.at, end, known[0].spoken, "abbreviation")
    return Piece(place.at, end, spelled(trimmed), "letter")


def abbreviation(place: Place) -> Piece | None:
    """An abbreviation of the table, in the reading that the words around it ask for."""
    for written, end in _candidates(place):
        readings = tables.abbreviations().get(written)
        if readings is None and written.isupper():
            readings = tables.abbreviations_in_capitals().get(written)
        if readings is None:
            body = tables.mapping("bodies").get(written, "") if len(written) > 2 else ""
            if body:
                return Piece(place.at, end, body, "abbreviation")
            continue
        chosen = fitting(readings, place.behind, place.text, end)
        if chosen is None:
            continue
        if chosen.sure:
            return Piece(place.at, end, chosen.spoken, "abbreviation")
        spoken = dict.fromkeys(reading.spoken for reading in readings)
        note = notice("reading.ambiguous", place.at, end, *spoken, written=written, taken=chosen.spoken)
        return Piece(place.at, end, chosen.spoken, "abbreviation", (note,))
    return None


def _candidates(place: Place) -> list[tuple[str, int]]:
    """What may stand in the table here, the longest first, with a dot before without."""
    match = place.match(_WORD)
    if match is None:
        return []
    found: list[tuple[str, int]] = []
    written, end = match[0], match.end()
    while True:
        if place.text[end : end + 1] == "." and place.text[end + 1 : end + 8].lstrip(" \"')]")[:1] not in ("", "\n"):
            found.append((f"{written}.", end + 1))
        found.append((written, end))
        shorter = re.search(r"[&/.-][^&/.-]*$", written)
        if shorter is None:
            return found
        end -= len(written) - shorter.start()
        written = written[: shorter.start()]
