"""MP3 frames of constant bit rate: reading them one by one, and the Info header that states a file's exact length.

A kept part is a whole MP3 file: an Info frame, k frames, and one more that lets the decoder finish. Encoding
without bit reservoir makes each frame stand alone, so parts join by laying their k frames one after another. The
encoder's delay is then that of the first part, and what a part's last frame still owes falls into the next
part's silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import SEEK_END
from typing import BinaryIO

FRAME_SAMPLES = 1152
"""Samples of an MPEG-1 layer III frame (ISO/IEC 11172-3)."""

ENCODER_DELAY = 576
"""LAME's delay as the Info header states it; a decoder adds its own 529 (the header's convention)."""

END_PADDING = FRAME_SAMPLES - ENCODER_DELAY
"""Stated so that k + 1 frames decode to k * 1152 samples."""

_BIT_RATES_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_HZ = (44_100, 48_000, 32_000)
_HEADER_BYTES = 4
_SIDE_INFO_BYTES = {1: 17, 2: 32}
_TAG_BYTES = 8 + 4 + 4 + 100 + 4 + 36
_LAME_VERSION = b"LAME3.100"


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What the four bytes of a frame's header say; `size` is the whole frame's in bytes."""

    bit_rate_bps: int
    rate_hz: int
    channels: int
    size: int


def read_header(data: bytes) -> FrameHeader | None:
    """The header of an MPEG-1 layer III frame; None where these bytes are none."""
    return _header(data[:_HEADER_BYTES])


@lru_cache(maxsize=64)
def _header(data: bytes) -> FrameHeader | None:
    """As `read_header`, of the four bytes alone: a file of constant bit rate has but a few of them."""
    if len(data) < _HEADER_BYTES or data[0] != 0xFF or data[1] & 0xFE != 0xFA:
        return None
    bit_rate, rate, padding = data[2] >> 4, (data[2] >> 2) & 3, (data[2] >> 1) & 1
    if bit_rate in (0, 15) or rate == 3:
        return None
    bit_rate_bps, rate_hz = _BIT_RATES_KBPS[bit_rate] * 1000, _RATES_HZ[rate]
    size = FRAME_SAMPLES // 8 * bit_rate_bps // rate_hz + padding
    return FrameHeader(bit_rate_bps, rate_hz, 1 if data[3] >> 6 == 3 else 2, size)


def frames(file: BinaryIO) -> Iterator[bytes]:
    """The frames of a stream that holds nothing else, an Info frame among them; raises ValueError for other bytes."""
    while start := file.read(_HEADER_BYTES):
        header = read_header(start)
        if header is None:
            raise ValueError("no MP3 frame where one should begin")
        frame = start + file.read(header.size - _HEADER_BYTES)
        if len(frame) != header.size:
            raise ValueError("the last MP3 frame is cut off")
        yield frame


def is_info(frame: bytes) -> bool:
    """Whether a frame is an Info (or Xing) header instead of sound."""
    header = read_header(frame)
    if header is None:
        return False
    at = _HEADER_BYTES + _SIDE_INFO_BYTES[header.channels]
    return frame[at : at + 4] in (b"Info", b"Xing")


def info_frame(like: bytes, count: int, size_bytes: int) -> bytes:
    """The Info header of a file of `count` frames like `like`, `size_bytes` long in all without this frame.

    The layout is the one LAME writes and every decoder that plays without gaps reads.
    """
    start, size = _frame_start(like)
    header = read_header(like)
    if header is None:
        raise ValueError("not an MP3 frame")
    frame = bytearray(start + bytes(size - len(start)))
    at = _HEADER_BYTES + _SIDE_INFO_BYTES[header.channels]
    tag = b"Info" + (0x0F).to_bytes(4, "big") + count.to_bytes(4, "big") + (size_bytes + size).to_bytes(4, "big")
    tag += bytes(step * 256 // 100 for step in range(100)) + bytes(4)
    constant_bit_rate = 1
    tag += _LAME_VERSION + bytes([constant_bit_rate, 0]) + bytes(4 + 2 + 2) + bytes(1)
    tag += bytes([min(255, header.bit_rate_bps // 1000)])
    tag += (ENCODER_DELAY << 12 | END_PADDING).to_bytes(3, "big")
    tag += bytes(1 + 1 + 2) + (size_bytes + size).to_bytes(4, "big") + bytes(2)
    frame[at : at + len(tag)] = tag
    end = at + len(tag)
    frame[end : end + 2] = _crc16(bytes(frame[:end])).to_bytes(2, "big")
    return bytes(frame)


def write_with_info(file: BinaryIO, kept: Iterable[bytes]) -> int:
    """Writes frames at the file's position behind an Info header that states them; returns how many there were."""
    start, count, size = file.tell(), 0, 0
    first = b""
    for frame in kept:
        if not count:
            first = frame
            file.write(info_frame(first, 0, 0))
        file.write(frame)
        count += 1
        size += len(frame)
    if count:
        file.seek(start)
        file.write(info_frame(first, count, size))
        file.seek(0, SEEK_END)
    return count


def _frame_start(like: bytes) -> tuple[bytes, int]:
    """A header for the Info frame, without padding and at the least bit rate at which the tag fits, and its size."""
    header = read_header(like)
    if header is None:
        raise ValueError("not an MP3 frame")
    needed = _HEADER_BYTES + _SIDE_INFO_BYTES[header.channels] + _TAG_BYTES
    for index in range(like[2] >> 4, len(_BIT_RATES_KBPS)):
        start = bytes([0xFF, 0xFB, index << 4 | like[2] & 0x0C, like[3]])
        found = read_header(start)
        if found is not None and found.size >= needed:
            return start, found.size
    raise ValueError("no bit rate holds an Info header")


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, as the Info header carries it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc
