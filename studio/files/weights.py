"""What is kept of weights: the digests of first pulls, and the seals of files that were hashed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from studio.files.base import FileModel

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class LockedFile(FileModel):
    """The first bytes that were pulled for a file whose card states no digest."""

    sha256: Sha256
    size_bytes: Annotated[int, Field(ge=0)]
    moving_address: str | None = None
    """The card's address where that may give other bytes tomorrow: these, once pulled, are the ones that hold."""


class WeightLock(FileModel):
    """`models/LOCK`: by "<folder>/<path>", so that a later pull on any machine must bring the same bytes."""

    format: Literal["phat-thanh-studio/weights-lock"] = "phat-thanh-studio/weights-lock"
    version: Literal[1] = 1
    files: dict[str, LockedFile] = Field(default_factory=dict)


class SealedFile(FileModel):
    """A file as it was when it was hashed: another size or time means that it must be hashed again."""

    sha256: Sha256
    size_bytes: Annotated[int, Field(ge=0)]
    mtime_ns: int


class WeightSeal(FileModel):
    """`<models>/<folder>/verified.json`: engines load only files that are sealed there and untouched since."""

    format: Literal["phat-thanh-studio/weights-seal"] = "phat-thanh-studio/weights-seal"
    version: Literal[1] = 1
    files: dict[str, SealedFile] = Field(default_factory=dict)


SEAL_NAME = "verified.json"
"""The seal's name in a voice's folder."""
