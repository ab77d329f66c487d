"""What a slash, a sign or a stray mark between words is read as."""

from __future__ import annotations

from studio.text import tables
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.units import shortened

_RATE = lazy(r"\s?/\s?(?P<noun>[^\W\d_]+[23]?)(?![^\W_])(?: (?P<second>[^\W\d_]+))?")
_NUMBER_NEAR = lazy(r"\d[^.;,\n]{0,32}$")
_SHARE_BEHIND = lazy(r"(?<![^\W_])(?:tỷ|tỉ) (?:lệ|số) [^\d.,;:/\n]{1,24}$")
_NUMBER_PER = lazy(r"\s?/\s?(?=\d)")
_PRICES = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ", "đồng")
_SIGNS = {
    "&": "và", "+": "cộng", "=": "bằng", "%": "phần trăm", "‰": "phần nghìn", "°": "độ", "×": "nhân", "÷": "chia",
    "±": "cộng trừ", "≥": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng", "≈": "khoảng", "~": "khoảng", "→": "đến",
    "@": "a còng", "$": "đô la Mỹ", "€": "ơ rô", "₫": "đồng", "№": "số",
}  # fmt: skip
_SILENT = frozenset(" \"'*_|\\^`´~<>#•·▪●○◦►➢✓✔✦★☆■□◆◇※†‡¶§«»‹›\uf0b7\uf0a7\uf0d8\uf02d\uf0fc-/.…\n")


def slash(place: Place) -> Piece | None:
    """lần/ngày → "một ngày" after a number; ông/bà → a gap."""
    if place.text[place.at] != "/":
        return None
    rate = _rate(place)
    if rate is not None:
        return rate
    if _SHARE_BEHIND.search(place.behind):
        return Piece(place.at, place.at + 1, "trên", "rate")
    if place.match(_NUMBER_PER) and place.behind[-1:].isalpha() and _NUMBER_NEAR.search(place.behind):
        return Piece(place.at, place.at + 1, "trên", "rate")
    end = place.at + 1
    while place.text.startswith("/", end):
        end += 1
    return Piece(place.at, end, "", "mark")


def _rate(place: Place) -> Piece | None:
    """What a number stands by: "một ngày", "một người lớn", "trên mét vuông"."""
    match = place.match(_RATE)
    if match is None or not _NUMBER_NEAR.search(place.behind):
        return None
    noun, end, rates = match["noun"].lower(), match.end("noun"), tables.nouns("rate")
    both = f"{noun} {match['second']}"
    if both in rates:
        return Piece(place.at, match.end("second"), f"một {both}", "rate")
    unit = tables.units().get(match["noun"])
    if unit and noun not in rates:
        joint = "một" if place.behind.rstrip().endswith(_PRICES) else "trên"
        return Piece(place.at, end, f"{joint} {unit.spoken}", "rate")
    priced = place.behind.rstrip().endswith(" đồng") and match["noun"].islower()
    said = noun if noun in rates else shortened(match["noun"]) or (noun if priced and noun.isalpha() else "")
    return Piece(place.at, end, f"một {said}", "rate") if said else None


def sign(place: Place) -> Piece | None:
    """A sign with a name, where it stands between or before things."""
    char = place.text[place.at]
    said = _SIGNS.get(char)
    if said is None:
        return None
    if char == "+" and not place.text[place.at + 1 : place.at + 2].isdecimal():
        bullet = place.is_line_start or place.behind.rstrip()[-1:] in (";", ":", ".", ",")
        said = "" if bullet else said
    return Piece(place.at, place.at + 1, said, "sign" if said else "mark")


def stray(place: Place) -> Piece:
    """The last resort: one mark is silent; letters of another script and unknown signs are noticed."""
    char = place.text[place.at]
    if char in _SILENT or char.isspace():
        return Piece(place.at, place.at + 1, "", "mark")
    match = place.match(_UNREADABLE)
    end = match.end() if match else place.at + 1
    return Piece(place.at, end, "", "unreadable", (notice("text.unreadable", place.at, end),))


_UNREADABLE = lazy(r"[^\w\s.,;:?!()\[\]{}\"'/%&+=*<>@#$€£¥₫°~|\\^`-]+")
