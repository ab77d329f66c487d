"""The report's words, in Vietnamese: what each check asks, what its figures say, and what to do where it fails."""

from __future__ import annotations

from studio.rules.quality import Check

OUTCOMES = {"pass": "Đạt", "fail": "Chưa đạt", "not_applicable": "Không áp dụng"}

KINDS = {
    "opening": "Nhạc hiệu",
    "greeting": "Lời chào",
    "attention": "Tín hiệu báo khẩn",
    "emergency": "Tin khẩn",
    "headlines": "Điểm tin",
    "intro": "Lời dẫn",
    "item": "Tin, bài",
    "recording": "Bản thu",
    "sting": "Nhạc cắt",
    "notice": "Thông báo",
    "closing": "Lời kết",
    "ending": "Nhạc kết",
}

QUESTIONS = {
    "quality.opening_closing": "Có mở đầu và kết thúc dễ nhận",
    "quality.signature_first": "Mở đầu bằng nhạc hiệu ít nhất 10 giây",
    "quality.music_share": "Nhạc không lời nói chiếm không quá 17 %",
    "quality.duration": "Thời lượng ghi trong phiếu đúng với tệp",
    "quality.level": "Độ to đúng mức của bản phát",
    "quality.peak": "Đỉnh âm thanh trong giới hạn",
    "quality.item_levels": "Các tin to đều nhau",
    "quality.jingle_levels": "Lời và nhạc to đều nhau",
    "quality.silence": "Không có quãng lặng quá 3 giây",
    "quality.clipping": "Không vỡ tiếng",
    "quality.drift": "Đầu, giữa, cuối to đều nhau",
    "quality.bed": "Nhạc nền nhỏ hơn lời ít nhất 10 LU",
    "quality.device_file": "Tệp hợp với thiết bị thu (CBR, mono, tối đa 192 kbps, 50 MB)",
    "quality.lead_time": "Thời gian cần để đẩy tệp qua 4G",
    "quality.ai_mark": "Tệp mang dấu giọng máy (AI)",
}

FIGURES = {
    "quality.opening_closing": "đoạn đầu: {first}, đoạn cuối: {last}",
    "quality.signature_first": "{seconds} giây, cần {least_s} giây",
    "quality.music_share": "{percent} %, tối đa {most_percent} %",
    "quality.duration": "phiếu ghi {stated_s} giây, giải mã được {decoded_s} giây",
    "quality.level": "{measured_lufs} LUFS, cần {target_lufs} ± {tolerance_lu} LUFS",
    "quality.peak": "{measured_dbtp} dBTP, tối đa {most_dbtp} dBTP",
    "quality.item_levels": "chênh {spread_lu} LU, tối đa {most_lu} LU",
    "quality.jingle_levels": "chênh {farthest_lu} LU, tối đa {most_lu} LU",
    "quality.silence": "dài nhất {longest_s} giây, tối đa {most_s} giây",
    "quality.clipping": "{runs} chỗ",
    "quality.drift": "chênh {drift_lu} LU, tối đa {most_lu} LU",
    "quality.bed": "chỗ gần nhất cách {nearest_lu} LU, cần {least_lu} LU",
    "quality.device_file": "{kbps} kbps, {channels} kênh, {megabytes} MB",
    "quality.lead_time": "ít nhất {lead_s} giây trước giờ phát",
    "quality.ai_mark": "",
}

ADVICE = {
    "quality.opening_closing": "thêm nhạc hiệu hoặc lời chào ở đầu, lời kết hoặc nhạc kết ở cuối",
    "quality.signature_first": "chọn nhạc hiệu dài từ 10 giây: thiết bị vào muộn sẽ không mất tin",
    "quality.music_share": "rút ngắn nhạc hiệu, nhạc cắt, nhạc kết, hoặc thêm tin",
    "quality.duration": "sản xuất lại; nếu vẫn lệch, báo kỹ thuật viên",
    "quality.level": "sản xuất lại; nếu vẫn lệch, báo kỹ thuật viên",
    "quality.peak": "sản xuất lại; nếu vẫn vượt, báo kỹ thuật viên",
    "quality.item_levels": "nghe lại tin lệch nhất; đoạn quá ngắn thì ghép vào tin bên cạnh",
    "quality.jingle_levels": "nghe lại nhạc; thay bản nhạc quá nhỏ hoặc bị nén quá mạnh",
    "quality.silence": "cắt quãng lặng trong đoạn thu sẵn, hoặc bớt dấu nghỉ trong bài",
    "quality.clipping": "thay bản thu bị vỡ tiếng",
    "quality.drift": "nghe lại phần nhỏ hoặc to hẳn; bản thu sẵn thì chỉnh trước khi đưa vào",
    "quality.bed": "đặt under_speech_lu lớn hơn, hoặc chọn nhạc nền êm hơn",
    "quality.device_file": "chọn bản phát khác, hoặc chia chương trình thành nhiều phần",
    "quality.lead_time": "",
    "quality.ai_mark": "sản xuất lại; nếu vẫn thiếu, báo kỹ thuật viên",
}


def figures_of(check: Check) -> str:
    """The figures of a check in words, decimals with a comma."""
    if not check.figures:
        return ""
    shown = {name: KINDS.get(str(value), _figure(value)) for name, value in check.figures.items()}
    return FIGURES[check.code].format_map(shown)


def _figure(value: float | str | None) -> str:
    if value is None:
        return "không rõ"
    if isinstance(value, str):
        return value
    return f"{value:g}".replace(".", ",").replace("-", "−")
