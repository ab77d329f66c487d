"""Scores spoken forms against a table of pairs: class, written, spoken."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# Spellings and conventions on which careful readers differ, and which no listener minds.
FOLDS = {
    "tư": "bốn", "lẻ": "linh", "ngàn": "nghìn", "mùng": "", "mồng": "", "tỉ": "tỷ", "quí": "quý", "kilô": "ki lô",
    "kí lô": "ki lô", "xăng ti": "xen ti", "gram": "gam", "hecta": "héc ta", "hécta": "héc ta", "độ xê": "độ c",
    "đô la mỹ": "đô la", "việt nam đồng": "đồng", "không trăm": "", "khoá": "khóa", "uỷ": "ủy", "ngày ngày": "ngày",
    "quy": "cu", "ê lờ": "lờ", "e lờ": "lờ", "e rờ": "rờ", "gạch ngang": "", "từ": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of a table of pairs."""

    kind: str
    written: str
    spoken: str


@dataclass(slots=True)
class Share:
    """How many of a class were read as the table says."""

    count: int = 0
    exact: int = 0
    folded: int = 0


def read_pairs(path: Path) -> list[Pair]:
    """The rows of a table; a first row of column names is passed over."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.count("\t") >= 2]
    return [Pair(*row[:3]) for row in rows if row[:3] != ["class", "written", "spoken"]]


def plain(text: str) -> str:
    """NFC, lower case, words alone."""
    composed = unicodedata.normalize("NFC", text).lower()
    return " ".join(re.sub(r"[^\w]|_", " ", composed).split())


def folded(text: str) -> str:
    """Plain, with the spellings of FOLDS made one."""
    folding = f" {plain(text)} "
    for written, standard in FOLDS.items():
        while f" {written} " in folding:
            folding = folding.replace(f" {written} ", f" {standard} " if standard else " ")
    return " ".join(folding.split())


def score(pairs: Iterable[Pair], heard: Iterable[str]) -> tuple[dict[str, Share], list[tuple[Pair, str]]]:
    """Shares by class and in all, and the pairs that missed even folded, with what was heard."""
    shares: dict[str, Share] = defaultdict(Share)
    misses = []
    for pair, spoken in zip(pairs, heard, strict=True):
        exact = plain(spoken) == plain(pair.spoken)
        close = exact or folded(spoken) == folded(pair.spoken)
        for kind in (pair.kind, "all"):
            share = shares[kind]
            share.count, share.exact, share.folded = share.count + 1, share.exact + exact, share.folded + close
        if not close:
            misses.append((pair, spoken))
    return dict(shares), misses
