"""The guide's examples: each file that it shows is one that the studio takes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from studio.files.base import FileModel
from studio.files.card import VoiceCard
from studio.files.choices import Choices
from studio.files.profile import Profile
from studio.files.rundown import Rundown
from studio.files.unit import Unit

DOCS = Path(__file__).resolve().parents[2] / "docs"
EXAMPLES = [
    pytest.param(block, id=f"{guide.name}:{text[: match.start()].count(chr(10)) + 1}")
    for guide in sorted(DOCS.glob("*.md"))
    for text in [guide.read_text(encoding="utf-8")]
    for match in re.finditer(r"```toml\n(.*?)```", text, re.DOTALL)
    for block in [match[1]]
]


def kind_of(written: dict[str, object]) -> type[FileModel]:
    """What an example is of, by the keys that nothing else has."""
    for key, model in (("engine", VoiceCard), ("codec", Profile), ("items", Rundown), ("title", Rundown)):
        if key in written:
            return model
    return Unit if any(key.startswith("allow_") for key in written) else Choices


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_what_the_studio_takes(example: str) -> None:
    written = tomllib.loads(example)
    kind_of(written).model_validate(written)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4
