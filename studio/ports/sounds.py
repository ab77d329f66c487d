"""Ports of sound: masters, files, pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Annotations only: whoever needs one port need not pay for loading what the others speak of.
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from studio.files.audit import VoiceAudit
    from studio.files.profile import Profile
    from studio.sound import Blocks, BlockSource, Portrait
    from studio.values.loudness import MasterInfo, Measurement

    Levels = NDArray[np.uint8]


class MasterStore(Protocol):
    """Kept masters, by fingerprint."""

    def find(self, fingerprint: str) -> MasterInfo | None:
        """What is known of a kept master."""

    def path(self, info: MasterInfo) -> Path:
        """Where its encoded sound lies."""

    def save(self, fingerprint: str, profile: Profile, make: Callable[[Path], MasterInfo]) -> MasterInfo:
        """Lets `make` write the encoded file at the path it is given, then keeps it whole or not at all."""

    def portrait(self, fingerprint: str) -> Portrait | None:
        """The portrait of a kept master; None where it has none that can be read."""

    def keep_portrait(self, fingerprint: str, portrait: Portrait) -> None:
        """Keeps a master's portrait beside it; raises StorageError."""


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """What a sound file is; `frames` counts what decoding gives."""

    codec: str
    rate_hz: int
    channels: int
    bit_rate_bps: int | None
    duration_s: float


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player or an archive shows of a file.

    Written as ID3v2.3 (MP3), `bext` and INFO (WAV), MP4 items (AAC) or Vorbis comments (FLAC, Opus).
    `loudness` is the file's own and `made_at` the local time it was made, for `bext`; `reference` tells
    this file from all others of its maker.
    """

    title: str
    artist: str
    album: str
    date: str
    track: int | None = None
    comment: str = ""
    ai_generated: bool = True
    reference: str = ""
    made_at: datetime | None = None
    loudness: Measurement | None = None


class SoundFiles(Protocol):
    """Decoding and encoding: the only way sound gets in and out of files."""

    def probe(self, path: Path) -> SoundFormat:
        """What the file is; raises SoundError."""

    def decode(self, path: Path, rate_hz: int | None = None) -> BlockSource:
        """A re-readable stream of the file's samples, at its own rate unless one is asked."""

    def encode_part(self, blocks: Blocks, profile: Profile, path: Path) -> int:
        """Encodes one segment so that it can be joined; returns the frames its part takes in the join."""

    def join(self, parts: Sequence[Path], profile: Profile, path: Path, tags: Tags) -> None:
        """Joins encoded parts, without encoding again, into one file with one header and tags.

        Several only where the profile `joins_parts`.
        """

    def ai_marked(self, path: Path) -> bool:
        """Whether a finished file says in its tags that a machine speaks in it."""

    def version(self) -> str:
        """The encoder's version."""


class Pictures(Protocol):
    """Pictures for a report."""

    def heat_png(self, levels: Levels) -> bytes:
        """A PNG of levels (columns, rows), 0 to 255, low rows at the bottom, coloured from dark to bright."""

    def tones_png(self, audit: VoiceAudit) -> bytes:
        """A PNG of an audit's tones against their template."""
