"""Sound files: the one way samples get in and out of files."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from studio.audio.blocks import resampled
from studio.errors import MissingPartError
from studio.files.profile import Profile
from studio.ports import SoundFormat, Tags
from studio.sound import Blocks, BlockSource
from studio.stores.sound import cover, decoder, encoder, joiner, marks

VERSION_SECONDS = 20


class FfmpegSoundFiles:
    """Fulfils the port `SoundFiles`; `ffmpeg` names a binary, else the bundled one is used.

    `home` is the unit's folder, whose `cover.png` or `cover.jpg` is the picture of its files.
    """

    def __init__(self, ffmpeg: str | None = None, home: Path | None = None) -> None:
        self._asked = ffmpeg
        self._home = home
        self._factors: dict[tuple[int, int | None], float] = {}

    def probe(self, path: Path) -> SoundFormat:
        """What the file is; raises SoundError naming the file."""
        return decoder.probe(path)

    def decode(self, path: Path, rate_hz: int | None = None) -> BlockSource:
        """A re-readable stream of the samples, all channels, at the file's own rate unless one is asked.

        The stream raises SoundError naming the file where it is missing, damaged or no sound.
        """
        if rate_hz is None:
            return lambda: decoder.decode(path)
        own_hz = decoder.probe(path).rate_hz
        return lambda: resampled(decoder.decode(path), own_hz, rate_hz)

    def encode_part(self, blocks: Blocks, profile: Profile, path: Path) -> int:
        """Encodes mono blocks at the profile's rate; returns the frames the part takes in a join.

        An MP3 or AAC part is padded with silence to whole frames. The part is a whole file that plays alone,
        without tags. Raises StorageError, SoundError `sound.encoder_failed` and MissingPartError.
        """
        if profile.codec == "mp3":
            return encoder.encode_mp3(blocks, profile, path, self.ffmpeg, self._factor(profile, path))
        if profile.codec in encoder.LOSSLESS:
            return encoder.encode_lossless(blocks, profile, path)
        return encoder.encode_packets(blocks, profile, path, self.ffmpeg)

    def _factor(self, profile: Profile, path: Path) -> float:
        key = (profile.rate_hz, profile.bit_rate_bps)
        if key not in self._factors:
            self._factors[key] = encoder.lame_factor(profile, path, self.ffmpeg)
        return self._factors[key]

    def join(self, parts: Sequence[Path], profile: Profile, path: Path, tags: Tags) -> None:
        """Joins parts of one profile, sample for sample, into one file with one header and tags.

        Each part begins at the sum of the frames of those before it; AAC and Opus take only one part.
        Raises StorageError, SoundError naming a part that is missing, damaged or of another kind, and
        InputError `cover.not_a_picture`.
        """
        if not parts or (len(parts) > 1 and not profile.joins_parts):
            raise ValueError(f"{len(parts)} parts of {profile.codec} do not join")
        if profile.codec == "wav":
            joiner.join_wav(parts, path, tags)
            return
        picture = cover.cover(tags.album, tags.artist, tags.date, self._home)
        if profile.codec == "mp3":
            joiner.join_mp3(parts, path, tags, picture)
        elif profile.codec == "flac":
            joiner.join_flac(parts, path, tags, picture)
        else:
            joiner.copy_packets(parts[0], path, tags, picture)

    def ai_marked(self, path: Path) -> bool:
        """Whether a finished file says in its tags that a machine speaks; raises SoundError `sound.damaged`."""
        return marks.ai_marked(path)

    def version(self) -> str:
        """The encoder's version, as ffmpeg and libsndfile state theirs; raises MissingPartError."""
        return self._version

    @cached_property
    def ffmpeg(self) -> str:
        """The binary; raises MissingPartError `part.missing`."""
        if self._asked:
            return self._asked
        # Imported here: it searches the disk.
        from imageio_ffmpeg import get_ffmpeg_exe

        try:
            found: str = get_ffmpeg_exe()
        except RuntimeError as error:
            raise MissingPartError("part.missing", part="ffmpeg", reason=str(error)) from error
        return found

    @cached_property
    def _version(self) -> str:
        import soundfile

        try:
            said = subprocess.run(  # noqa: S603 - a list, no shell
                [self.ffmpeg, "-version"], capture_output=True, timeout=VERSION_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise MissingPartError("part.missing", part="ffmpeg", reason=str(error)) from error
        first = said.stdout.decode("utf-8", "replace").partition("\n")[0]
        return f"{first.split(' Copyright')[0].strip()}, {soundfile.__libsndfile_version__}"
