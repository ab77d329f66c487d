"""Tells a sound file that was cut off, or that is no sound but a list of others, by what its own bytes state.

Decoders play what is there of a cut-off WAV, AIFF, AU, MP3 or Ogg file without complaint, and take what is left of
an MP4 file for no sound at all.
"""

from __future__ import annotations

import struct
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from studio.errors import SoundError

HEAD_BYTES = 4096
PLAYLIST_STARTS = (b"#EXTM3U", b"#EXTINF", b"ffconcat version", b"[playlist]", b"<?wpl", b"<asx", b"<playlist", b"<mpd")
_XML = b"<?xml"

STREAMED_BYTES = 0x7FFF_F000
"""A size this large was written by a program that did not know the end; so was zero."""

UNFINISHED = -1

OGG_HEADER_BYTES = 27
OGG_MOST_PAGE_BYTES = OGG_HEADER_BYTES + 255 + 255 * 255
MP3_SEARCH_BYTES = 8192
MP3_SLACK_BYTES = 4096
"""Tag writers after the encoder may leave the stated size a little wrong."""

_BOX_HEADER_BYTES = 8
"""Of a box of MP4 and of a chunk of RIFF: a name and a size."""
_BOXES = frozenset(b"ftyp styp moov mdat moof mfra meta sidx pdin free skip wide uuid".split())
_LONG_BOX = 1
"""In place of a box's size: the size follows in eight bytes."""

_HAS_FRAMES, _HAS_BYTES = 1, 2


def check_whole(path: Path) -> None:
    """Raises SoundError `cart.playlist`, `cart.unfinished` or `cart.truncated` naming the file."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if _is_playlist(head):
            raise SoundError("cart.playlist", path=path.name)
        size = file.seek(0, SEEK_END)
        stated = _stated_bytes(file, head, size)
    if stated == UNFINISHED:
        raise SoundError("cart.unfinished", path=path.name)
    if stated is not None and stated > size:
        raise SoundError("cart.truncated", path=path.name, size_bytes=size, stated_bytes=stated)


def _is_playlist(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_XML):
        return any(mark in start for mark in (b"<mpd", b"<playlist", b"<asx"))
    return start.startswith(tuple(mark.lower() for mark in PLAYLIST_STARTS))


def _stated_bytes(file: BinaryIO, head: bytes, size: int) -> int | None:
    """Where the file should end at the least; None where its kind does not say, UNFINISHED where it should."""
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return _BOX_HEADER_BYTES + int.from_bytes(head[4:8], "little")
    if head[:4] in (b"RIFF", b"FORM"):
        return _chunked_end(file, size, ">" if head[:4] == b"FORM" else "<")
    if head[:4] == b"OggS":
        return _last_ogg_page_end(file, size)
    if head[4:8] == b"ftyp":
        return _last_box_end(file, size)
    if head[:4] == b".snd":
        offset, length = struct.unpack(">II", head[4:12].ljust(8, b"\0"))
        return None if length >= STREAMED_BYTES else int(offset + length)
    return _xing_end(file, head)


def _chunked_end(file: BinaryIO, size: int, order: str) -> int | None:
    """Where the sound of a WAV or AIFF file ends by its chunk's own size; UNFINISHED where that was never written."""
    at = 12
    while at + 8 <= size:
        file.seek(at)
        name, length = struct.unpack(f"{order}4sI", file.read(8))
        if name in (b"data", b"SSND"):
            return UNFINISHED if length == 0 or length >= STREAMED_BYTES else at + 8 + length
        at += 8 + length + length % 2
    return None


def _last_box_end(file: BinaryIO, size: int) -> int | None:
    """Where the last box of an MP4 file ends (ISO/IEC 14496-12, section 4.2); None where something else follows."""
    at = 0
    while at < size:
        file.seek(at)
        start = file.read(16)
        length = int.from_bytes(start[:4], "big")
        if length == _LONG_BOX:
            length = int.from_bytes(start[8:16], "big")
        if start[4:8] not in _BOXES or length < _BOX_HEADER_BYTES:
            return None
        at += length
    return at


def _last_ogg_page_end(file: BinaryIO, size: int) -> int | None:
    """Where the last page that begins in the file ends (RFC 3533, section 6)."""
    start = max(0, size - OGG_MOST_PAGE_BYTES)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"OggS")
    if at < 0:
        return None
    if at + OGG_HEADER_BYTES > len(tail):
        return size + 1
    segments = tail[at + OGG_HEADER_BYTES : at + OGG_HEADER_BYTES + tail[at + OGG_HEADER_BYTES - 1]]
    if len(segments) < tail[at + OGG_HEADER_BYTES - 1]:
        return size + 1
    return start + at + OGG_HEADER_BYTES + len(segments) + sum(segments)


def _xing_end(file: BinaryIO, head: bytes) -> int | None:
    """Where the frames of an MP3 file end by its Xing or Info header, less what tag writers may have changed."""
    start = _after_id3(head)
    file.seek(start)
    first = file.read(MP3_SEARCH_BYTES)
    found = [at for at in (first.find(b"Xing"), first.find(b"Info")) if at >= 0]
    frame = first.find(b"\xff")
    if not found or frame < 0 or min(found) + 16 > len(first) or min(found) - frame > 64:
        return None
    at = min(found)
    flags = int.from_bytes(first[at + 4 : at + 8], "big")
    if not flags & _HAS_BYTES:
        return None
    length_at = at + 8 + (4 if flags & _HAS_FRAMES else 0)
    length = int.from_bytes(first[length_at : length_at + 4], "big")
    return start + frame + length - MP3_SLACK_BYTES


def _after_id3(head: bytes) -> int:
    """Where the sound begins: after an ID3v2 tag, whose size has seven bits a byte (ID3v2.3, section 3.1)."""
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    return 10 + size
