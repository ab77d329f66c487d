"""Vietnamese names of what the page shows: classes of readings, parts of a form, stages, the framework's buttons."""

from __future__ import annotations

PARTS = {
    "header": "Quốc hiệu, tên cơ quan",
    "number_line": "Số, ký hiệu văn bản",
    "place_date": "Nơi và ngày ban hành",
    "recipients": "Nơi nhận",
    "signature": "Chữ ký, con dấu",
    "page_number": "Số trang",
    "table": "Bảng biểu",
    "mark": "Dấu trình bày",
}

STAGES = {"speak": "Đọc từng câu", "master": "Chỉnh độ to", "deliver": "Ghi bản giao"}
UNITS_OF_STAGE = {"speak": "câu", "master": "đoạn", "deliver": "tệp"}

FRAMEWORK = {
    "Error": "Có lỗi",
    "Warning": "Lưu ý",
    "Info": "Thông báo",
    "Play": "Phát",
    "Pause": "Tạm dừng",
    "Stop": "Dừng",
    "More tabs": "Các mục khác",
    "High volume": "Âm lượng lớn",
    "Medium volume": "Âm lượng vừa",
    "Low volume": "Âm lượng nhỏ",
    "Muted volume": "Đã tắt tiếng",
    "Mute": "Tắt tiếng",
    "Unmute": "Bật tiếng",
    "Adjust volume": "Chỉnh âm lượng",
    "Adjust playback speed": "Chỉnh tốc độ nghe",
    "Play audio": "Phát âm thanh",
    "Pause audio": "Tạm dừng âm thanh",
    "Reset audio": "Về đầu",
    "Download": "Tải về",
    "Clear": "Xóa",
    "Loading": "Đang mở",
    "Loading...": "Đang mở…",
    "Uploading...": "Đang tải lên…",
    "Connection errored out.": "Mất kết nối với studio; hãy tải lại trang.",
    "Connection lost": "Mất kết nối",
    "Connection Lost": "Mất kết nối",
    "Connection to the server was lost. Attempting reconnection...": (
        "Mất kết nối với studio. Trang sẽ tự mở lại khi có kết nối; văn bản đang soạn vẫn còn."
    ),
    "Connection Error": "Mất kết nối",
    "Empty": "Chưa có",
    "processing": "đang làm",
    "queue": "đang đợi",
    "Dismiss": "Đóng",
    "Close": "Đóng",
    "Copy": "Chép",
    "Waiting for file(s) to finish uploading, please retry.": "Tệp đang tải lên; hãy đợi rồi bấm lại.",
}

FRAMEWORK_PATTERNS = {
    r"^Skip forward by .*$": "Nghe tới một đoạn",
    r"^Skip backwards by .*$": "Nghe lùi một đoạn",
    r"^Adjust playback speed to (.*)x$": "Chỉnh tốc độ nghe thành $1 lần",
    r"^Invalid file type: (.*)\. Only .* allowed\.$": (
        "Tệp $1 không đúng loại; hãy chọn TXT, DOCX, ODT, PDF hoặc ảnh quét (PNG, JPG, TIFF)."
    ),
    r"^.*([Mm]aximum|exceed).*size.*$": "Tệp quá lớn; hãy chọn tệp dưới 20 MB.",
    r"^In queue: (.*) of (.*)$": "Đang đợi: $1/$2",
}
"""The same for messages with changing parts, as regular expressions of the browser."""

KINDS = {
    "word": "Từ",
    "cardinal": "Số đếm",
    "ordinal": "Số thứ tự",
    "roman": "Số La Mã",
    "outline": "Số mục",
    "fraction": "Phân số",
    "range": "Khoảng số",
    "score": "Tỉ số",
    "comparison": "So sánh",
    "rate": "Mức, tỉ lệ",
    "measure": "Đơn vị đo",
    "money": "Tiền",
    "date": "Ngày tháng",
    "date_range": "Khoảng ngày",
    "year_range": "Khoảng năm",
    "time": "Giờ",
    "phone": "Số điện thoại",
    "document_number": "Số văn bản",
    "code": "Mã số",
    "plate": "Biển số xe",
    "road": "Tên đường",
    "address": "Số nhà, địa chỉ",
    "email": "Thư điện tử",
    "website": "Trang mạng",
    "abbreviation": "Chữ viết tắt",
    "letters": "Đọc từng chữ",
    "letter": "Chữ cái",
    "inline": "Cách đọc do biên tập viên ghi",
    "pause": "Nghỉ",
    "list": "Liệt kê",
    "lexicon": "Từ điển của đơn vị",
    "foreign": "Từ lạ, tiếng nước ngoài",
    "title": "Chức danh",
    "recipients": "Nơi nhận",
    "repeat": "Phần nhắc lại",
    "unreadable": "Không đọc được",
    "mark": "Dấu trình bày",
    "sign": "Ký hiệu",
    "ellipsis": "Dấu lửng",
    "clause": "Ngắt ý",
    "stop": "Hết câu",
}


def kind_name(kind: str) -> str:
    """The class of a reading in Vietnamese; a class without a name here is shown as a reading like any other."""
    return KINDS.get(kind, "Cách đọc")
