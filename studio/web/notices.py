"""Vietnamese sentences for what is noticed, by code: of a text, and of a delivery."""

from __future__ import annotations

NOTICES = {
    "audition.left_out": "Lượt này không có giọng {voice} ({reason}).",
    "audition.one_voice": (
        "Máy này mới có một giọng ({voice}), nên hãy so các biến thể và tốc độ của chính giọng đó. "
        "Cài thêm giọng thì hãy nhờ kỹ thuật viên chạy studio voices pull."
    ),
    "audition.torn_lines": "Có {count} dòng trong sổ điểm không đọc được nên không tính.",
    "inline.bad_pause": (
        "không hiểu quãng nghỉ “{spoken}” nên bỏ qua; sau gạch đứng, hãy ghi một số từ 1 đến {most} (phần nghìn giây)."
    ),
    "inline.bad_spoken": "không đọc được “{spoken}” nên chưa theo dấu này; hãy viết bằng chữ cái tiếng Việt.",
    "inline.unused": "dấu này không có tác dụng ở đây; hãy đặt nó ở đầu một từ.",
    "lexicon.not_used": "{file}, dòng {line}: thẻ <{element}> không được dùng; chỉ dùng <grapheme> và <alias>.",
    "lint.abbreviation": "chữ viết tắt “{written}” phải đọc từng chữ; hãy viết đầy đủ ít nhất lần đầu.",
    "lint.long_sentence": "câu dài {words} từ (nên dưới {most}); hãy tách thành câu ngắn hơn cho dễ nghe.",
    "lint.many_figures": "câu có {count} con số (nên dưới {most}); hãy bớt hoặc tách ra, người nghe khó nhớ.",
    "lint.nested_brackets": "ngoặc lồng trong ngoặc, nghe khó hiểu; hãy viết thành câu riêng.",
    "lint.table": "bảng biểu không đọc được trên loa; hãy tóm tắt bằng vài câu.",
    "lint.web_address": (
        "địa chỉ “{written}” khó nghe và khó chép; hãy chỉ người nghe đến nơi niêm yết hoặc số điện thoại."
    ),
    "cart.rights_unknown": "Nhạc “{cart}”: chưa rõ ai giữ quyền; hãy hỏi rõ rồi đưa vào kho nhạc kèm người giữ quyền.",
    "take.clipped": "Câu “{line}” (giọng {voice}) bị vỡ tiếng dù đã đọc lại; hãy nghe câu này, sửa lời nếu cần.",
    "take.too_short": (
        "Câu “{line}” (giọng {voice}) chỉ dài {seconds} giây dù đã đọc lại, có thể thiếu chữ; hãy nghe câu này."
    ),
    "take.too_long": (
        "Câu “{line}” (giọng {voice}) dài tới {seconds} giây dù đã đọc lại, có thể lặp chữ; hãy nghe câu này."
    ),
    "programme.in_one_piece": (
        "{profile}: ghép các đoạn lại chưa đạt độ to, nên cả chương trình đã được chỉnh một lượt."
    ),
    "programme.over_target": (
        "Chương trình dài hơn {target_s} giây đã định {seconds} giây, dù quãng nghỉ và nhạc đã rút ngắn hết mức; "
        "hãy cắt bớt tin, trước hết là “{longest}” (dài nhất)."
    ),
    "programme.under_target": (
        "Chương trình ngắn hơn {target_s} giây đã định {seconds} giây, dù quãng nghỉ và nhạc nền đã kéo dài hết mức; "
        "hãy thêm tin."
    ),
    "reading.abolished_district": (
        "cấp quận, huyện, thị xã không còn từ ngày 1/7/2025; nếu không phải nói chuyện cũ thì hãy sửa tên gọi."
    ),
    "reading.address_guessed": "địa chỉ mạng được đoán cách đọc; hãy nghe lại hoặc viết hẳn bằng chữ.",
    "reading.ambiguous": "có nhiều cách hiểu, studio chọn đọc “{taken}”; nếu không đúng thì hãy viết hẳn bằng chữ.",
    "reading.amount_mismatch": "số {figures} không khớp với phần bằng chữ “{words}”; hãy sửa lại cho khớp.",
    "reading.blank": "chỗ để trống trong văn bản; hãy điền vào hoặc xóa đi.",
    "reading.foreign": "từ lạ hoặc tiếng nước ngoài; hãy viết theo cách đọc tiếng Việt nếu nghe chưa rõ.",
    "reading.impossible_date": "không có ngày {day} tháng {month}; hãy kiểm tra lại.",
    "reading.missing_date": "ngày tháng còn bỏ trống; hãy điền đủ.",
    "reading.missing_number": "số văn bản còn bỏ trống; hãy điền đủ.",
    "reading.path_silent": "phần sau của địa chỉ trang mạng không đọc trên loa; nếu cần thì hãy viết bằng lời.",
    "reading.unknown_capitals": (
        "chữ viết tắt chưa biết, studio đọc “{taken}”; hãy viết đầy đủ nếu đó không phải ý muốn."
    ),
    "reading.unknown_issuer": "chưa biết tên cơ quan ban hành ghi tắt là “{written}”; hãy viết đầy đủ tên cơ quan.",
    "voice.on_cpu": (
        "Máy được cài chạy trên card đồ họa ({device}) nhưng giọng {voice}, như đang cài ở đây, chỉ đọc được bằng CPU."
    ),
    "weights.recorded_moving": (
        "Chưa ai công bố mã kiểm của {path}, và tệp ở địa chỉ đó có thể bị thay bất cứ lúc nào; "
        "mã của lần tải này đã được ghi vào models/LOCK, từ nay chỉ nhận đúng tệp ấy."
    ),
    "weights.recorded": "Chưa ai công bố mã kiểm của {path}; mã của lần tải này đã được ghi vào models/LOCK.",
    "quality.opening_closing": (
        "“{profile}”: thiếu mở đầu hoặc kết thúc; hãy thêm nhạc hiệu, lời chào, lời kết hoặc nhạc kết."
    ),
    "quality.signature_first": (
        "“{profile}”: nhạc hiệu mở đầu dài {seconds} giây, cần {least_s} giây để thiết bị vào muộn không mất tin."
    ),
    "quality.music_share": (
        "“{profile}”: nhạc không lời chiếm {percent} %, tối đa {most_percent} %; hãy rút ngắn nhạc hoặc thêm tin."
    ),
    "quality.duration": ("“{profile}”: phiếu ghi {stated_s} giây, giải mã được {decoded_s} giây; hãy sản xuất lại."),
    "quality.level": ("“{profile}”: độ to {measured_lufs} LUFS, cần {target_lufs} ± {tolerance_lu}; hãy sản xuất lại."),
    "quality.peak": ("“{profile}”: đỉnh {measured_dbtp} dBTP, tối đa {most_dbtp}; hãy sản xuất lại."),
    "quality.item_levels": (
        "“{profile}”: các tin chênh nhau {spread_lu} LU, tối đa {most_lu}; hãy nghe lại tin ngắn nhất."
    ),
    "quality.jingle_levels": (
        "“{profile}”: lời và nhạc chênh nhau {farthest_lu} LU, tối đa {most_lu}; hãy nghe lại nhạc."
    ),
    "quality.silence": ("“{profile}”: có quãng lặng {longest_s} giây, tối đa {most_s}; hãy cắt bớt."),
    "quality.clipping": ("“{profile}”: vỡ tiếng ở {runs} chỗ; hãy thay bản thu."),
    "quality.drift": (
        "“{profile}”: đầu, giữa, cuối chênh nhau {drift_lu} LU, tối đa {most_lu}; hãy nghe lại phần nhỏ."
    ),
    "quality.bed": ("“{profile}”: nhạc nền chỉ nhỏ hơn lời {nearest_lu} LU, cần {least_lu}; hãy hạ nhạc nền."),
    "quality.device_file": (
        "“{profile}”: {kbps} kbps, {channels} kênh, {megabytes} MB là quá mức thiết bị thu; hãy chọn bản phát khác."
    ),
    "quality.ai_mark": ("“{profile}”: tệp chưa mang dấu giọng máy (AI); hãy sản xuất lại."),
    "text.converted": "Văn bản dùng bảng mã cũ {encoding}; đã chuyển sang Unicode, hãy xem lại chữ có dấu.",
    "text.doubtful_word": "chữ nhận dạng chỉ chắc {confidence} %; hãy đối chiếu với bản quét.",
    "text.empty_page": "Trang {page} của bản quét không nhận ra chữ nào; hãy xem đó có phải trang trắng không.",
    "text.picture_pages": "trang {pages} là ảnh, chưa đọc được; hãy xin bản gốc hoặc quét riêng các trang đó.",
    "text.recognised": (
        "Văn bản nhận dạng từ bản quét ({pages} trang, độ chắc trung bình {confidence} %), chưa chỗ nào chắc hẳn; "
        "hãy đối chiếu tên riêng, con số và ngày tháng với bản quét."
    ),
    "text.unreadable": "không đọc được chỗ này nên đã bỏ qua; hãy viết lại bằng chữ.",
}
