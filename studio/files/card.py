"""Voice cards: what a voice is, where it comes from, and under which licence it speaks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from studio.files.base import ID_PATTERN, FileModel, Line, NamedModel, OneLine
from studio.files.weights import SEAL_NAME

Setting = str | int | float

WEIGHT_PATH = r"^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*)*$"
"""A path inside the voice's folder: no way out of it, nothing hidden."""

RECORDING_SUFFIX = ".wav"

BRANCH_ADDRESS = re.compile(r"/(?:resolve|raw|blob)/(?![0-9a-f]{40}/)[^/]+/")
"""In an address of a hub of models: a branch or a tag where the 40 digits of a revision could stand."""

Origin = Literal["published", "trained", "cloned"]
"""Where a voice comes from: published by others, trained from recordings, or cloned from a clip."""


class WeightFile(FileModel):
    """One file of a voice's weights; an unknown size or digest is left out, never invented."""

    path: Annotated[str, Field(pattern=WEIGHT_PATH)]
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    size_bytes: Annotated[int, Field(ge=0)] | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None

    @property
    def moves(self) -> bool:
        """Whether the address is of a branch: tomorrow its owner may have put other bytes there."""
        return self.url is not None and BRANCH_ADDRESS.search(self.url) is not None


class Consent(FileModel):
    """Who agreed to be imitated or recorded, when, for what and until when."""

    person: Line
    given: date
    purpose: Line
    until: date | None = None

    def is_to_come(self, today: date) -> bool:
        """Whether it is dated after today: nobody has given it yet."""
        return self.given > today

    def has_ended(self, on: date) -> bool:
        """Whether it no longer holds on a day."""
        return self.until is not None and self.until < on


class VoiceCard(NamedModel):
    """One voice, as in `voices/<id>.toml`."""

    name: Line
    engine: Annotated[str, Field(pattern=ID_PATTERN)]
    variant: str = ""
    accent: Literal["hanoi", "hue", "saigon", "other"]
    gender: Literal["female", "male", "other"]
    rate_hz: Annotated[int, Field(ge=8_000, le=48_000)]
    speed: Annotated[float, Field(ge=0.5, le=2.0)] = 1.0
    pauses: Annotated[float, Field(ge=0.5, le=2.0)] = 1.0
    """How long the pauses after its lines are, times the house's."""
    syllables_per_second: Annotated[float, Field(gt=1, lt=10)] = 4.4
    source: Line
    licence: Line
    attribution: OneLine = ""
    commercial: bool = True
    origin: Origin = "published"
    """A trained or cloned voice is a person's: it speaks only with that person's consent."""
    notes: str = ""
    settings: dict[str, Setting] = Field(default_factory=dict)
    files: tuple[WeightFile, ...] = ()
    weights: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    """The folder of the files where several voices are made of the same ones; by itself the voice's own id."""
    consent: Consent | None = None

    @model_validator(mode="after")
    def _files_lie_beside_each_other(self) -> Self:
        # Small and capital letters are the same on some disks.
        paths = [PurePosixPath(file.path.lower()) for file in self.files]
        for place, path in enumerate(paths):
            if path in (*paths[:place], PurePosixPath(SEAL_NAME)):
                raise PydanticCustomError(
                    "card:same_place", "two files cannot both lie at {limit}", {"limit": self.files[place].path}
                )
            if any(path in other.parents for other in paths):
                raise PydanticCustomError(
                    "card:inside_file", "no file can lie inside the file {limit}", {"limit": self.files[place].path}
                )
        return self

    @property
    def recordings(self) -> tuple[str, ...]:
        """Paths of the files that are sound: a recording of the person that the voice is cloned from."""
        return tuple(file.path for file in self.files if file.path.lower().endswith(RECORDING_SUFFIX))

    @property
    def folder(self) -> str:
        """The name of the folder that holds the files, under the folder of all weights."""
        return self.weights or self.id
