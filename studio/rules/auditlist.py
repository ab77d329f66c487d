"""What an audit lets a voice say: always the same, so that audits of years compare. Raise AUDIT_LIST with it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.text.syllables import Tone

AUDIT_LIST = 1

RIMES: tuple[tuple[str, ...], ...] = (
    ("ta", "tà", "tá", "tả", "tã", "tạ"),
    ("thi", "thì", "thí", "thỉ", "thĩ", "thị"),
    ("tu", "tù", "tú", "tủ", "tũ", "tụ"),
    ("kê", "kề", "kế", "kể", "kễ", "kệ"),
    ("cơ", "cờ", "cớ", "cở", "cỡ", "cợ"),
    ("tai", "tài", "tái", "tải", "tãi", "tại"),
    ("tan", "tàn", "tán", "tản", "tãn", "tạn"),
    ("tang", "tàng", "táng", "tảng", "tãng", "tạng"),
)
"""The six tones on several rimes. Onsets are voiceless, so that the voice begins with the rime.

Some of the words mean nothing.
"""

TONES = (Tone.NGANG, Tone.HUYEN, Tone.SAC, Tone.HOI, Tone.NGA, Tone.NANG)
"""The order of the tones in each row."""


@dataclass(frozen=True, slots=True)
class Merger:
    """Onsets that Hanoi says alike, as pairs of words, and pairs that differ there as well."""

    onsets: str
    pairs: tuple[tuple[str, str], ...]
    contrasts: tuple[tuple[str, str], ...]


MERGERS = (
    Merger("ch = tr", (("cha", "tra"), ("chung", "trung"), ("chê", "trê")), (("cha", "ta"), ("chung", "thung"))),
    Merger(
        "d = gi = r",
        (("da", "gia"), ("da", "ra"), ("dán", "rán"), ("gian", "ran")),
        (("da", "la"), ("dán", "nán")),
    ),
    Merger("s = x", (("sa", "xa"), ("sinh", "xinh"), ("sông", "xông")), (("xa", "kha"), ("xinh", "khinh"))),
)

LINES = (
    "Đây là đài truyền thanh của phường, phát thanh từ nhà văn hóa.",
    "Sáng mai, từ bảy giờ ba mươi phút, trạm y tế tiêm phòng cho trẻ dưới năm tuổi.",
    "Các hộ nhớ mang theo sổ tiêm, đến sớm mười lăm phút và giữ trật tự.",
    "Chiều cùng ngày, tổ vệ sinh dọn ngõ, rãnh nước và vườn hoa.",
    "Mỗi nhà cử một người tham gia, mang theo chổi, xẻng hoặc găng tay.",
    "Nếu trời mưa to, buổi dọn vệ sinh lùi lại đến chủ nhật.",
    "Ai còn điều gì chưa rõ, xin hỏi tổ trưởng hoặc gọi về bộ phận một cửa.",
    "Xin cảm ơn bà con đã lắng nghe.",
)
"""Running speech of our own, for rate, pauses and levels."""


def words() -> tuple[str, ...]:
    """All words that are said alone, each once."""
    merged = (word for merger in MERGERS for pair in (*merger.pairs, *merger.contrasts) for word in pair)
    return tuple(dict.fromkeys((*(word for row in RIMES for word in row), *merged)))
