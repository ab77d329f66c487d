"""Broadcast Wave: a WAV with who made it, when and how loud it is in its `bext` chunk (EBU Tech 3285, version 2)."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from studio.ports import Tags
from studio.stores.sound.tagging import info
from studio.values.loudness import Measurement

BEXT = struct.Struct("<256s32s32s10s8sIIH64s5h180s")
"""Description, Originator, OriginatorReference, date, time, TimeReference (low, high), Version, UMID, five levels."""

VERSION = 2

NOT_SET = 0x7FFF
"""A level that is not known."""

MAX_BYTES = 0xFFFF_FFFF
"""A RIFF file states its size in 32 bits."""

_PCM = 1
_INFO = {
    "title": b"INAM",
    "artist": b"IART",
    "album": b"IPRD",
    "date": b"ICRD",
    "tracknumber": b"ITRK",
    "comment": b"ICMT",
}


@dataclass(frozen=True, slots=True)
class Form:
    """What the samples are."""

    rate_hz: int
    channels: int
    bits: int


def write(file: BinaryIO, form: Form, blocks: Iterable[NDArray[np.int32]], tags: Tags) -> None:
    """Writes the file from its start; `blocks` (frames, channels) hold samples in the upper bits of 32.

    Raises ValueError where the sound outgrows a WAV's 4 GiB.
    """
    width = form.bits // 8
    frame_bytes = width * form.channels
    layout = struct.pack(
        "<HHIIHH", _PCM, form.channels, form.rate_hz, form.rate_hz * frame_bytes, frame_bytes, form.bits
    )
    head = b"WAVE" + _chunk(b"bext", bext(tags, form)) + _chunk(b"fmt ", layout) + _info_list(tags)
    file.write(b"RIFF" + bytes(4) + head + b"data" + bytes(4))
    size = 0
    for block in blocks:
        data = np.ascontiguousarray(block, "<i4").view(np.uint8).reshape(-1, 4)[:, 4 - width :].tobytes()
        size += len(data)
        if len(head) + 8 + size + 1 > MAX_BYTES:
            raise ValueError("a WAV holds at most 4 GiB")
        file.write(data)
    file.write(bytes(size % 2))
    file.seek(4)
    file.write(struct.pack("<I", len(head) + 8 + size + size % 2))
    file.seek(8 + len(head) + 4)
    file.write(struct.pack("<I", size))


def bext(tags: Tags, form: Form) -> bytes:
    """The chunk's content: texts folded to ASCII, levels in hundredths, and one line of coding history (EBU R 98)."""
    description = f"{tags.title}; {tags.comment}" if tags.comment else tags.title
    made_at = tags.made_at
    kind = "mono" if form.channels == 1 else "stereo"
    history = f"A=PCM,F={form.rate_hz},W={form.bits},M={kind},T=Phat Thanh Studio\r\n"
    fixed = BEXT.pack(
        _ascii(description, 256),
        _ascii(tags.artist, 32),
        _ascii(tags.reference, 32),
        _ascii(made_at.strftime("%Y-%m-%d") if made_at else tags.date, 10),
        _ascii(made_at.strftime("%H:%M:%S") if made_at else "00:00:00", 8),
        0,
        0,
        VERSION,
        b"",
        *levels(tags.loudness),
        b"",
    )
    return fixed + history.encode("ascii")


def levels(loudness: Measurement | None) -> tuple[int, int, int, int, int]:
    """LoudnessValue, LoudnessRange, MaxTruePeakLevel, MaxMomentaryLoudness and MaxShortTermLoudness in hundredths."""
    if loudness is None:
        return NOT_SET, NOT_SET, NOT_SET, NOT_SET, NOT_SET
    return (
        _hundredths(loudness.integrated_lufs),
        _hundredths(loudness.loudness_range_lu),
        _hundredths(loudness.true_peak_dbtp),
        _hundredths(loudness.max_momentary_lufs),
        _hundredths(loudness.max_short_term_lufs),
    )


def _hundredths(level: float | None) -> int:
    return NOT_SET if level is None else round(level * 100)


def _ascii(text: str, size: int) -> bytes:
    """Letters without their marks, cut to the field; what has no such form becomes "?"."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).encode("ascii", "replace")[:size]


def _info_list(tags: Tags) -> bytes:
    body = b"INFO"
    for name, text in info(tags).items():
        body += _chunk(_INFO[name], text.encode() + b"\0")
    return _chunk(b"LIST", body)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
