"""Text in the encodings from before Unicode, TCVN3 (fonts .VnTime) and VNI: recognised and converted.

Both show Vietnamese through fonts of their own, so in Unicode their text stands as Western
letters and signs: "Th«ng b¸o", "Thoâng baùo". TCVN3 is TCVN 5712:1993, VN3: one byte a letter. VNI (Windows)
writes a letter and then its marks, with a few letters of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from studio.text.syllables import is_syllable
from studio.text.unicode import Offsets, replaced


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in Unicode, the encoding it came from ("TCVN3" or "VNI"), and the way back (see `Composed`)."""

    text: str
    encoding: str
    offsets: tuple[Offsets, ...] = ()


_TCVN3_LETTERS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
# VNI's marks after a letter: on any vowel, on a e o for the circumflex row, on a for the breve row.
_VNI_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âàáåãä", ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_BREVE = dict(zip("êèéúüë", ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_LETTERS = dict(zip("ñôöæóòîíì", "đơưỉĩịỵíì", strict=True))

# Signs that Vietnamese in Unicode hardly ever has, and that both encodings are full of.
_SUSPICIOUS = re.compile("[¡-ª¬-¯µ¶¸¹¼-¾ÄÅÆËÎÏÑÖ×ØÛÜÞßäåæçëîïñöøûüþÿ]")
_UNICODE_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0-\u01b0\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\s\d.,;:!?()\"'/\\\[\]“”_+=%<>*|-]+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_SAMPLE_WORDS = 2_000
_FEWEST_WORDS = 3
_SURE_SHARE = 0.85


def to_unicode(text: str) -> Converted | None:
    """`text` in Unicode when it is TCVN3 or VNI for certain; None when it is not.

    For certain: of its words with letters beyond ASCII, at least 85 % are Vietnamese syllables after the
    conversion, clearly more than before it. Lines that hold Vietnamese in Unicode stay as they are.
    """
    if not _SUSPICIOUS.search(text):
        return None
    lines = [line for line in text.split("\n") if not _UNICODE_VIETNAMESE.search(line)]
    words = _words_beyond_ascii(lines)
    if len(words) < _FEWEST_WORDS:
        return None
    before = _share(words)
    after = {encoding: _share(_converted(word, encoding)[0] for word in words) for encoding in ("TCVN3", "VNI")}
    encoding = max(after, key=after.__getitem__)
    if after[encoding] < _SURE_SHARE or after[encoding] < before + 0.2:
        return None
    converted, offsets = _converted(text, encoding)
    return Converted(converted, encoding, (offsets,) if offsets else ())


def _words_beyond_ascii(lines: Iterable[str]) -> list[str]:
    words: list[str] = []
    for line in lines:
        words += (word for word in _WORD.findall(line) if not word.isascii() and _ASCII_LETTER.search(word))
        if len(words) >= _SAMPLE_WORDS:
            break
    return words


def _share(words: Iterable[str]) -> float:
    """The share of the words that are Vietnamese syllables."""
    counted = [is_syllable(word.lower()) for word in words]
    return sum(counted) / max(1, len(counted))


def _converted(text: str, encoding: str) -> tuple[str, Offsets | None]:
    """The text converted line by line, Unicode lines left alone."""
    if encoding == "TCVN3":
        table = _tcvn3()
        lines = [line if _UNICODE_VIETNAMESE.search(line) else line.translate(table) for line in text.split("\n")]
        return "\n".join(lines), None
    return replaced(text, _vni_pattern(), _vni)


@cache
def _tcvn3() -> dict[int, str]:
    return {first + at: letter for first, letters in _TCVN3_LETTERS for at, letter in enumerate(letters)}


@cache
def _vni_pattern() -> re.Pattern[str]:
    """A whole line that is in Unicode already, or a letter with its mark, or one of VNI's own letters."""
    tones, circumflex, breve = ("".join(table) for table in (_VNI_TONES, _VNI_CIRCUMFLEX, _VNI_BREVE))
    pairs = f"[a][{tones}{circumflex}{breve}]|[eo][{tones}{circumflex}]|[uyôö][{tones}]|[{''.join(_VNI_LETTERS)}]"
    return re.compile(f"(?m:^.*{_UNICODE_VIETNAMESE.pattern}.*$)|(?i:{pairs})")


def _vni(run: str) -> str:
    """One letter in Unicode; a line that is in Unicode already stays."""
    if len(run) > 2 or _UNICODE_VIETNAMESE.search(run):
        return run
    letter = _VNI_LETTERS.get(run[0].lower(), run[0].lower())
    mark = run[1:].lower()
    if mark in _VNI_TONES:
        letter += _VNI_TONES[mark]
    elif mark in _VNI_CIRCUMFLEX:
        letter += "\u0302" + _VNI_CIRCUMFLEX[mark]
    elif mark:
        letter += "\u0306" + _VNI_BREVE[mark]
    letter = unicodedata.normalize("NFC", letter)
    return letter.upper() if run[0].isupper() else letter
