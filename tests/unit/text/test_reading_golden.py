"""Running sentences of every class, read as an announcer would."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest

from studio.text.verbalise import verbalise

GOLDEN = Path(__file__).parents[2] / "golden" / "reading"
REFERENCE = os.environ.get("STUDIO_REFERENCE")


def golden() -> list[tuple[str, str]]:
    return [row for path in sorted(GOLDEN.glob("*.tsv")) for row in rows(path)]


def rows(path: Path) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(line[-2], line[-1]) for line in lines]


@pytest.mark.parametrize(("written", "spoken"), golden())
def test_sentence_is_read_as_recorded(written: str, spoken: str) -> None:
    assert verbalise(written).spoken == spoken


@pytest.mark.parametrize(("written", "spoken"), golden())
def test_decomposed_letters_and_hard_spaces_change_nothing(written: str, spoken: str) -> None:
    disguised = unicodedata.normalize("NFD", written.replace(" ", "\u00a0"))
    assert verbalise(disguised).spoken == spoken


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]|_", " ", unicodedata.normalize("NFC", text).lower()).split())


@pytest.mark.skipif(REFERENCE is None, reason="STUDIO_REFERENCE names the folder of reference pairs")
@pytest.mark.parametrize("name", ["reading-conventions", "plan-constructs"])
def test_reference_pairs_are_read_exactly(name: str) -> None:
    wrong = []
    for line in next(Path(REFERENCE or "").rglob(f"{name}.tsv")).read_text(encoding="utf-8").splitlines()[1:]:
        _, written, spoken, *_ = line.split("\t")
        if plain(verbalise(written).spoken) != plain(spoken):
            wrong.append(written)
    assert not wrong
