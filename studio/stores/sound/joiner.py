"""Joins encoded parts into one file with one header and its tags, without encoding again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from studio.audio.blocks import BLOCK_FRAMES
from studio.errors import SoundError, StorageError
from studio.ports import Tags
from studio.stores.sound import mp3
from studio.stores.sound.encoder import unwritten

AI_MARK = "AI_GENERATED"
"""Name of the machine-readable mark of speech made by a machine."""


def join_mp3(parts: Sequence[Path], path: Path, tags: Tags) -> None:
    """ID3v2.3 tag, one Info header, each part's own frames, and the last part's finishing frame."""
    try:
        with path.open("w+b") as file:
            file.write(_id3(tags))
            mp3.write_with_info(file, _joined_frames(parts))
    except OSError as error:
        raise StorageError.of(error, path) from error


def join_wav(parts: Sequence[Path], path: Path, tags: Tags) -> None:
    """One WAV with the parts' samples one after another, unchanged, and an INFO list."""
    import soundfile

    form = _common_form(parts)
    try:
        with soundfile.SoundFile(path, "w", form[0], form[1], subtype=form[2], format="WAV") as file:
            for name, text in _info(tags).items():
                setattr(file, name, text)
            for part in parts:
                with soundfile.SoundFile(part) as source:
                    # Integers keep 24-bit samples bit for bit.
                    while len(block := source.read(BLOCK_FRAMES, dtype="int32", always_2d=True)):
                        file.write(block)
    except soundfile.LibsndfileError as error:
        raise unwritten(error, path) from error


def _joined_frames(parts: Sequence[Path]) -> Iterator[bytes]:
    kind: tuple[int, int, int] | None = None
    for number, part in enumerate(parts, 1):
        # One frame is held back: the one that finishes a part is kept only at the very end.
        held: deque[bytes] = deque()
        try:
            with part.open("rb") as file:
                for frame in mp3.frames(file):
                    if mp3.is_info(frame):
                        continue
                    kind = _same_kind(kind, frame, part)
                    held.append(frame)
                    if len(held) > 1:
                        yield held.popleft()
        except ValueError as error:
            raise SoundError("sound.damaged", path=part.name, reason=str(error)) from error
        except FileNotFoundError as error:
            raise SoundError("sound.missing", path=part.name) from error
        if number == len(parts):
            yield from held


def _same_kind(kind: tuple[int, int, int] | None, frame: bytes, part: Path) -> tuple[int, int, int]:
    header = mp3.read_header(frame)
    if header is None:
        raise SoundError("sound.damaged", path=part.name, reason="not an MP3 frame")
    found = (header.rate_hz, header.channels, header.bit_rate_bps)
    if kind not in (None, found):
        raise SoundError("sound.parts_differ", path=part.name)
    return found


def _common_form(parts: Sequence[Path]) -> tuple[int, int, str]:
    """Rate, channels and sample format that all parts share."""
    import soundfile

    forms: list[tuple[int, int, str]] = []
    for part in parts:
        try:
            info = soundfile.info(part)
        except soundfile.LibsndfileError as error:
            raise SoundError("sound.damaged", path=part.name, reason=str(error)) from error
        forms.append((info.samplerate, info.channels, info.subtype))
        if forms[-1] != forms[0]:
            raise SoundError("sound.parts_differ", path=part.name)
    if not forms:
        raise ValueError("nothing to join")
    return forms[0]


def _id3(tags: Tags) -> bytes:
    """The tag in ID3v2.3 with UTF-16 text: the one form old players and importers read in Vietnamese."""
    from mutagen import id3

    utf16 = id3.Encoding.UTF16
    tag = id3.ID3()
    tag.add(id3.TIT2(encoding=utf16, text=tags.title))
    tag.add(id3.TPE1(encoding=utf16, text=tags.artist))
    tag.add(id3.TALB(encoding=utf16, text=tags.album))
    tag.add(id3.TDRC(encoding=utf16, text=tags.date))
    if tags.track is not None:
        tag.add(id3.TRCK(encoding=utf16, text=str(tags.track)))
    if tags.comment:
        tag.add(id3.COMM(encoding=utf16, lang="vie", desc="", text=tags.comment))
    tag.add(id3.TXXX(encoding=utf16, desc=AI_MARK, text=_said(tags.ai_generated)))
    tag.update_to_v23()
    written = BytesIO()
    tag.save(written, v2_version=3, padding=lambda _: 0)
    return written.getvalue()


def _info(tags: Tags) -> dict[str, str]:
    mark = f"{AI_MARK}={_said(tags.ai_generated)}"
    texts = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "date": tags.date,
        "tracknumber": "" if tags.track is None else str(tags.track),
        "comment": f"{tags.comment} [{mark}]" if tags.comment else mark,
    }
    return {name: text for name, text in texts.items() if text}


def _said(value: bool) -> str:
    return "true" if value else "false"
