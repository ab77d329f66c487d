"""What kinds of carts a station keeps."""

from __future__ import annotations

from enum import StrEnum


class CartKind(StrEnum):
    """The part a cart plays; the values are the keys in files."""

    JINGLE = "nhac_hieu"
    STING = "nhac_cat"
    BED = "nhac_nen"
    END_MUSIC = "nhac_ket"
    VOICED_IDENT = "loi_xuong"
    VOICED_CLOSE = "loi_ket"
    SONG = "ca_khuc"
    EMERGENCY_TONE = "tin_hieu_khan"
    RECORDED_SPEECH = "phat_bieu"

    @property
    def vietnamese(self) -> str:
        """What the trade calls it, in Vietnamese."""
        return _TITLES[self]

    @property
    def is_voice(self) -> bool:
        """Whether a person speaks in it, whose consent it then needs."""
        return self in (CartKind.VOICED_IDENT, CartKind.VOICED_CLOSE, CartKind.RECORDED_SPEECH)


_TITLES = {
    CartKind.JINGLE: "nhạc hiệu",
    CartKind.STING: "nhạc cắt",
    CartKind.BED: "nhạc nền",
    CartKind.END_MUSIC: "nhạc kết",
    CartKind.VOICED_IDENT: "lời xướng",
    CartKind.VOICED_CLOSE: "lời kết",
    CartKind.SONG: "ca khúc",
    CartKind.EMERGENCY_TONE: "tín hiệu báo khẩn",
    CartKind.RECORDED_SPEECH: "phát biểu, phỏng vấn thu sẵn",
}
