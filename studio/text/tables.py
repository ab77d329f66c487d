"""What the reader knows, loaded once from the tables in `data/` (every row names its source)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>.tsv` by column name; lines that begin with # are remarks."""
    lines = iter((_DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines())
    columns = next(lines).split("\t")
    for line in lines:
        if line and not line.startswith("#"):
            yield dict(zip(columns, line.split("\t"), strict=False))


@cache
def mapping(name: str) -> Mapping[str, str]:
    """Written form → spoken form of a two-column table."""
    return {row["written"]: row["spoken"] for row in rows(name)}


@cache
def nouns(group: str) -> frozenset[str]:
    """The nouns (one to four words, lower case) of a group of `data/nouns.tsv`."""
    return frozenset(row["noun"] for row in rows("nouns") if row["group"] == group)


class Abbreviation(NamedTuple):
    """One reading of an abbreviation and when it holds: words before, what follows, and whether that is sure."""

    spoken: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    sure: bool


@cache
def abbreviations() -> Mapping[str, tuple[Abbreviation, ...]]:
    """Readings of each abbreviation, in the order in which they are tried."""
    found: dict[str, list[Abbreviation]] = {}
    for row in rows("abbreviations"):
        found.setdefault(row["written"], []).append(
            Abbreviation(row["spoken"], _alternatives(row["before"]), _alternatives(row["after"]), row["sure"] != "no")
        )
    return {written: tuple(readings) for written, readings in found.items()}


@cache
def abbreviations_in_capitals() -> Mapping[str, tuple[Abbreviation, ...]]:
    """Abbreviations that are spelled with small letters, as a headline spells them (CTY for Cty)."""
    return {written.upper(): readings for written, readings in abbreviations().items() if not written.isupper()}


@cache
def in_capitals(name: str) -> Mapping[str, str]:
    """`mapping(name)` for those written with small letters, as a headline spells them (CTR for CTr)."""
    return {written.upper(): spoken for written, spoken in mapping(name).items() if not written.isupper()}


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


class Unit(NamedTuple):
    """A unit of measure: how it is said, whether it is money, whether it must touch its number."""

    spoken: str
    money: bool
    glued: bool
    dimension: str


@cache
def units() -> Mapping[str, Unit]:
    """Units by symbol."""
    return {
        row["written"]: Unit(row["spoken"], row["kind"] == "money", row["glued"] == "yes", row["kind"])
        for row in rows("units")
    }


@cache
def unit_in_capitals() -> Mapping[str, str]:
    """Symbols of two letters and more by their spelling in capitals (KWH → kWh); the first of the table wins."""
    found: dict[str, str] = {}
    for symbol in units():
        if len(symbol) > 1:
            found.setdefault(symbol.upper(), symbol)
    return found


@cache
def proper_names() -> Mapping[str, str]:
    """Names and bodies that keep their capitals when they are written in capitals: lower case → as spelled."""
    return {row["name"].lower(): row["name"] for row in rows("names")}


@cache
def longest_proper_name() -> int:
    """Words in the longest proper name."""
    return max(len(name.split()) for name in proper_names())
