"""House numbers, alleys, rooms, roads and kilometre posts."""

from __future__ import annotations

import re

from studio.text.letters import digit_by_digit, spelled
from studio.text.patterns import LOCAL_PHONE, lazy
from studio.text.place import Piece, Place
from studio.text.readings.numbers import cardinal, whole

_NUMBER = lazy(r"(?P<parts>\d{1,5}[A-ZĐ]?(?:\s?/\s?\d{1,4}[A-ZĐ]?){0,4})(?![\d/]|[.,]\d|[^\W_])")
_SLASHED = lazy(r"(?P<parts>\d{1,5}[A-ZĐ]?\d?(?:\s?/\s?\d{1,4}[A-ZĐ]?\d?){1,4})(?![\d/]|[.,]\d|[^\W_])")
_LETTERED_SLASHED = lazy(r"(?=[\d/]{1,14}[A-EĐ])\d{1,4}[A-EĐ]?(?:/\d{1,4}[A-EĐ]?){1,3}(?![\d/]|[.,]\d|[^\W_])")
"""A house number that needs no noun before: a slash and a letter."""
_PAIR = lazy(r"(?P<first>\d{1,4}[A-ZĐ]?)\s?-\s?(?P<last>\d{1,4}[A-ZĐ]?)(?![\d/]|[.,]\d|[^\W_])")
_ROAD = lazy(
    r"(?P<road>QL|TL|ĐT|ĐH|HL|CT|VĐ)[. -]?(?P<number>\d{1,4})(?P<suffix>[A-ZĐa-b]?)"
    r"(?:[.-](?P<more>\d{1,2}))?(?![^\W_]|[.,]\d)"
)
_POST = lazy(r"[Kk][Mm]\s?(?P<km>\d{1,4})(?:\s?\+\s?(?P<m>\d{1,4}))?(?![\d]|[.,]\d|[^\W_])")
_ROOM = lazy(r"P\.?\s?(?P<room>\d{3,4})(?P<suffix>[A-ZĐ]?)(?![\d]|[.,]\d|[^\W_])")
_WARD = lazy(r"(?P<kind>P|Q)\.?\s?(?P<number>\d{1,2})(?![\d/]|[.,]\d|[^\W_])")
_LOCAL = lazy(LOCAL_PHONE)
_CITY_NEXT = lazy(r"\s?[,-]?\s?(?:Q\.? ?\d|[Qq]uận|TP|Tp|[Tt]hành phố)")
_QUARTER = lazy(r"Q(?P<number>[1-4])(?:\s?[/-]\s?(?P<year>(?:19|20)\d\d))?(?![\d/]|[.,]\d|[^\W_])")
_ROADS = {
    "QL": "quốc lộ",
    "TL": "tỉnh lộ",
    "ĐT": "đường tỉnh",
    "ĐH": "đường huyện",
    "HL": "hương lộ",
    "CT": "cao tốc",
    "VĐ": "vành đai",
}
_ROAD_BEHIND = lazy(r"(?<![^\W_])đường $")
_LETTERED = lazy(r"(\d+)([A-ZĐ]?)(\d?)")


def house_number(place: Place) -> Piece | None:
    """số 12B, ngõ 34/5: a slash goes one alley deeper ("trên")."""
    if not place.follows("address"):
        lettered = place.match(_LETTERED_SLASHED)
        if lettered is None:
            return None
        said = " trên ".join(_part(place, part) for part in lettered[0].split("/"))
        return Piece(place.at, lettered.end(), said, "address")
    match = place.match(_SLASHED if place.behind.rstrip(" :").endswith(("đường", "phố")) else _NUMBER)
    if match is None:
        pair = place.match(_PAIR)
        if pair is None or not place.behind.rstrip().endswith("số"):
            return None
        return Piece(place.at, pair.end(), f"{_part(place, pair['first'])}, {_part(place, pair['last'])}", "address")
    if match["parts"].isdigit():
        return None
    said = " trên ".join(_part(place, part.strip()) for part in match["parts"].split("/"))
    return Piece(place.at, match.end(), said, "address")


def _part(place: Place, written: str) -> str:
    match = _LETTERED.match(written)
    if match is None:
        return ""
    return " ".join(filter(None, (whole(match[1], place.choices), spelled(match[2]), digit_by_digit(match[3]))))


def road(place: Place) -> Piece | None:
    """QL1A → "quốc lộ một a"; ĐT.419."""
    ring = place.match(_RING)
    if ring:
        return _ring_road(place, ring)
    match = place.match(_ROAD)
    if match is None or (match["road"] == "CT" and place.text[place.at + 2] not in ".0") or place.follows("phone_cue"):
        return None
    if match["road"] == "CT" and match[0][2] != "." and "cao tốc" not in place.behind:
        return None
    if _LOCAL.match(place.text, match.start("number")):
        return None
    if match["number"].startswith("0") and match["road"] not in _NUMBERED_FROM_NOUGHT:
        return None  # no road's number begins so, a telephone's does
    said = cardinal(int(match["number"]), place.choices)
    kind = _ROADS[match["road"]]
    if kind.startswith("đường ") and _ROAD_BEHIND.search(place.behind):
        kind = kind.removeprefix("đường ")
    if not place.behind.endswith(f"{kind} "):
        said = f"{kind} {said}"
    if match["suffix"]:
        said += f" {spelled(match['suffix'])}"
    if match["more"]:
        said += f" chấm {cardinal(int(match['more']), place.choices)}"
    return Piece(place.at, match.end(), said, "road")


_NUMBERED_FROM_NOUGHT = frozenset(("CT", "ĐH", "HL"))
_RING = lazy(r"(?:VĐ|VD)[. ]?(?P<number>[1-5])[.,](?P<half>\d)(?!\w|[.,]\d)")
_HALF = lazy(r"(?P<number>[1-5])[.,](?P<half>\d)(?!\w|[.,]\d)")


def _ring_road(place: Place, match: re.Match[str]) -> Piece:
    number, half = (cardinal(int(match[name]), place.choices) for name in ("number", "half"))
    named = place.behind.endswith("vành đai ")
    return Piece(place.at, match.end(), f"{'' if named else 'vành đai '}{number} phẩy {half}", "road")


def ring_road(place: Place) -> Piece | None:
    """Vành đai 3.5: the half between two ring roads."""
    match = place.match(_HALF) if place.behind.endswith("vành đai ") else None
    return _ring_road(place, match) if match else None


def kilometre_post(place: Place) -> Piece | None:
    """Km 12+300 → "ki lô mét mười hai cộng ba trăm"."""
    match = place.match(_POST)
    if match is None:
        return None
    said = f"ki lô mét {cardinal(int(match['km']), place.choices)}"
    if match["m"]:
        said += f" cộng {cardinal(int(match['m']), place.choices)}"
    until = _POST_NEXT.match(place.text, match.end())
    return Piece(place.at, until.end() if until else match.end(), f"{said} đến" if until else said, "road")


_POST_NEXT = lazy(r"\s?-\s?(?=[Kk][Mm]\s?\d)")


def room_or_ward(place: Place) -> Piece | None:
    """P.301 is a room; P.5 and Q.1 are a ward and a district."""
    match = place.match(_ROOM)
    if match:
        said = f"phòng {cardinal(int(match['room']), place.choices)}"
        if match["suffix"]:
            said += f" {spelled(match['suffix'])}"
        return Piece(place.at, match.end(), said, "address")
    quarter = place.match(_QUARTER)
    if quarter and (quarter["year"] or place.follows("month_cue")):
        said = f"quý {cardinal(int(quarter['number']), place.choices)}"
        year = f" năm {cardinal(int(quarter['year']), place.choices)}" if quarter["year"] else ""
        return Piece(place.at, quarter.end(), said + year, "date")
    match = place.match(_WARD)
    if match is None or ("." not in match[0] and not _CITY_NEXT.match(place.text, match.end())):
        return None
    kind = "phường" if match["kind"] == "P" else "quận"
    return Piece(place.at, match.end(), f"{kind} {cardinal(int(match['number']), place.choices)}", "address")
