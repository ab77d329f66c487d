"""Plain text in whatever encoding it came: UTF-8, UTF-16, or one from before Unicode."""

from __future__ import annotations

import codecs
import re
import unicodedata

from studio.errors import InputError
from studio.text.legacy import to_unicode
from studio.text.syllables import is_syllable

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MAGIC = (b"PK\x03\x04", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"ID3", b"RIFF")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_SAMPLE_BYTES = 65_536
_WORD = re.compile(r"[^\W\d_]+")


def text_of(data: bytes, name: str) -> str:
    """The text of `data`; raises InputError documents.binary or documents.encoding."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, name)
    wide = _wide_encoding(data)
    if wide:
        return _strict(data, wide, name)
    sample = data[:_SAMPLE_BYTES]
    if (
        data.startswith(_MAGIC)
        or b"\x00" in data
        or len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50
    ):
        raise InputError("documents.binary", file=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _before_unicode(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("documents.encoding", file=name) from error
    if "\x00" in text:
        raise InputError("documents.binary", file=name)
    return text


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark at its start: every other byte of its spaces and ASCII letters is zero."""
    sample = data[:_SAMPLE_BYTES]
    if len(data) % 2 or b"\x00" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half // 3 and even <= half // 50:
        return "utf-16-le"
    return "utf-16-be" if even > half // 3 and odd <= half // 50 else ""


def _before_unicode(data: bytes, name: str) -> str:
    """TCVN3 and VNI as their letters stand in Western fonts (converted later), or Windows-1258."""
    western = data.decode("latin-1")
    if to_unicode(western) is not None:
        return western
    try:
        vietnamese = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise InputError("documents.encoding", file=name) from error
    words = [word.lower() for word in _WORD.findall(vietnamese) if not word.isascii()]
    if sum(map(is_syllable, words)) < 0.85 * max(1, len(words)):
        raise InputError("documents.encoding", file=name)
    return vietnamese
