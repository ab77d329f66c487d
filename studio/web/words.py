"""Vietnamese sentences for error and warning codes: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from studio.web.notices import NOTICES
from studio.web.reasons import REASONS

ERRORS = {
    "audit.no_pitch": "Không đo được cao độ của giọng {voice}; hãy kiểm tra xem giọng có đọc ra tiếng không.",
    "audit.not_installed": "Đo giọng cần {part}; nhờ kỹ thuật viên chạy python3 scripts/studio setup audit.",
    "audition.bad_candidate": "Không hiểu giọng “{value}”; hãy ghi theo dạng {form}.",
    "audition.bad_count": "Đã chọn {count} giọng; hãy chọn từ 1 đến {most} giọng.",
    "audition.no_text": "Không đọc được bài nghe thử ({file}: {reason}); hãy dán một bài khác vào ô.",
    "audition.nothing_to_say": "Bài nghe thử không có gì để đọc; hãy dán một bài khác.",
    "audition.scores_busy": "Sổ điểm {path} đang được ghi; hãy bấm lại sau vài giây.",
    "audition.text_too_long": "Bài nghe thử dài {length} ký tự, nhiều hơn mức {most}; hãy rút ngắn lại.",
    "booth.closed": "Phòng đọc đã đóng vì chương trình đang dừng; hãy mở lại studio rồi làm lại.",
    "cart.bad_point": (
        "Nhạc “{cart}”: điểm {option} {value_ms} mili giây không hợp; hãy chọn từ {lowest_ms} đến {highest_ms}."
    ),
    "cart.bad_value": "Nhạc “{cart}”: {key} chưa đúng ({reason}); hãy sửa lại.",
    "cart.busy": "Một tiến trình khác đang sửa kho nhạc {folder}; hãy đợi xong rồi làm lại.",
    "cart.consent_ended": (
        "Bản thu “{cart}”: sự đồng ý của {person} đã hết hạn ngày {until}; hãy xin lại, hoặc phát bản khác."
    ),
    "cart.consent_to_come": (
        "Bản thu “{cart}”: giấy đồng ý của {person} ghi ngày {given}, là ngày chưa tới; "
        "hãy sửa lại ngày, hoặc đợi tới ngày đó."
    ),
    "cart.damaged": "Tệp nhạc {path} bị hỏng ({reason}); hãy thay bằng bản khác.",
    "cart.exists": "Kho đã có bản {id}; hãy chọn thay bản cũ, hoặc đặt tên khác.",
    "cart.half_consent": "Giấy đồng ý còn thiếu {missing}; hãy bổ sung.",
    "cart.half_loop": "Nhạc “{cart}”: đoạn lặp cần cả điểm đầu và điểm cuối; hãy cho đủ hai điểm.",
    "cart.loop_no_bed": "Nhạc “{cart}” thuộc loại {kind}; chỉ nhạc nền (nhac_nen) mới có đoạn lặp, hãy bỏ đoạn lặp.",
    "cart.loop_too_short": (
        "Nhạc “{cart}”: đoạn lặp {loop_ms} mili giây quá ngắn; hãy lấy ít nhất {least_ms} mili giây."
    ),
    "cart.lost": "Âm thanh của “{cart}” trong kho đã mất hoặc hỏng; hãy đưa tệp vào kho lại.",
    "cart.no_consent": "Bản thu “{cart}” là giọng của một người mà chưa có sự đồng ý; hãy bổ sung giấy đồng ý.",
    "cart.no_file": "Không có tệp {path}; hãy sửa lại tên.",
    "cart.no_rights": (
        "Nhạc “{cart}” chưa ghi ai giữ quyền nên chưa được phát; hãy ghi người giữ quyền, "
        "hoặc đặt allow_carts_without_rights = true trong unit.toml nếu đơn vị chịu trách nhiệm."
    ),
    "cart.not_audio": "Tệp nhạc {path} không phải là âm thanh; hãy chọn tệp khác.",
    "cart.not_found": (
        "Không tìm thấy nhạc “{reference}” trong {folders}; hãy sửa tên, để tệp vào đó, hoặc đưa vào kho nhạc."
    ),
    "cart.playlist": "Tệp {path} chỉ là danh sách phát, không phải âm thanh; hãy chọn chính tệp âm thanh.",
    "cart.silent": (
        "Tệp nhạc {path} không có tiếng, hoặc hai kênh triệt tiêu nhau, hoặc chỉ có độ lệch một chiều (DC); "
        "hãy thay bằng bản khác."
    ),
    "cart.truncated": (
        "Tệp nhạc {path} bị cụt: chỉ có {size_bytes} trong {stated_bytes} byte; hãy chép lại từ bản gốc."
    ),
    "cart.unfinished": (
        "Tệp nhạc {path} chưa được ghi trọn: phần đầu tệp không cho biết độ dài; "
        "hãy mở bằng phần mềm âm thanh rồi lưu lại."
    ),
    "cart.unknown": "Kho không có nhạc “{cart}”; hãy chọn một trong: {known}.",
    "cart.too_large": "Tệp nhạc {path} có {size_bytes} byte, tối đa {most_bytes}; hãy cắt bớt.",
    "cart.too_long": "Tệp nhạc {path} dài hơn {most_s} giây; hãy cắt bớt.",
    "cart.too_short": (
        "Tệp nhạc {path} chỉ có {seconds} giây có tiếng, cần ít nhất {least_s} giây; hãy thay bản dài hơn."
    ),
    "cover.not_a_picture": "Tệp ảnh bìa {path} không phải là ảnh PNG hay JPEG; hãy thay ảnh khác hoặc bỏ đi.",
    "cover.too_large": "{path} lớn hơn {most_megapixels} triệu điểm ảnh; hãy thu nhỏ lại hoặc bỏ tệp này đi.",
    "delivery.busy": "Một lần sản xuất khác đang ghi vào {folder}; hãy đợi xong rồi làm lại.",
    "delivery.differs": (
        "{file} không khớp với phiếu giao: phiếu ghi {stated_lufs} LUFS, {stated_s} giây; "
        "đo được {measured_lufs} LUFS, {measured_s} giây. Chưa giao gì cả; hãy sản xuất lại."
    ),
    "delivery.foreign": (
        "Thư mục {folder} đã có và không do studio này tạo ra; hãy chuyển nó đi nơi khác hoặc đổi tên bản tin."
    ),
    "documents.binary": "Tệp {file} không phải là văn bản; hãy chọn tệp TXT, MD, DOCX, ODT hoặc PDF.",
    "documents.damaged": "Không mở được {file} vì tệp bị hỏng; hãy mở bằng phần mềm văn phòng, lưu lại rồi tải lên.",
    "documents.empty": "Tệp {file} không có chữ nào; hãy chọn tệp khác.",
    "documents.encoding": "Không nhận ra bảng mã của {file}; hãy lưu lại ở dạng Unicode (UTF-8) rồi tải lên.",
    "documents.encrypted": "Tệp {file} có mật khẩu; hãy bỏ mật khẩu, lưu lại rồi tải lên.",
    "documents.image_only": (
        "Tệp {file} là ảnh chụp, không có chữ để đọc; hãy xin bản văn bản gốc (DOCX, ODT), hoặc nhờ kỹ thuật viên "
        "cài phần đọc bản quét: chạy studio setup ocr, rồi cài Tesseract kèm dữ liệu tiếng Việt."
    ),
    "documents.no_words": (
        "Không nhận ra chữ nào trong {file}; hãy quét lại cho ngay ngắn ở 300 dpi, hoặc xin bản văn bản gốc."
    ),
    "documents.not_found": "Không tìm thấy tệp {file}; hãy kiểm tra lại tên tệp.",
    "documents.picture_too_large": (
        "Ảnh trong {file} có {megapixels} triệu điểm ảnh, tối đa {most}; hãy quét lại ở 300 dpi."
    ),
    "documents.too_many_pages": "Bản quét {file} có {pages} trang, tối đa {most} trang; hãy tách thành nhiều tệp.",
    "documents.too_large": "Tệp {file} quá lớn (tối đa {limit_mib} MB); hãy tách thành nhiều bản tin.",
    "documents.unknown_kind": "Không đọc được loại tệp {kind} ({file}); hãy dùng một trong các loại: {known}.",
    "documents.unreadable": "Không đọc được tệp {file}: {reason}; hãy kiểm tra quyền mở tệp.",
    "engine.not_installed": (
        "Giọng cần phần “{part}” chưa được cài; nhờ kỹ thuật viên chạy lệnh studio doctor để xem cách cài."
    ),
    "marking.no_place": "Không ghi được cách đọc cho “{written}”; hãy sửa chỗ đó ngay trong văn bản ở bước 1.",
    "marking.not_sayable": (
        "Không đọc được “{spoken}”; hãy ghi bằng chữ tiếng Việt như muốn nghe, không dùng số, ký hiệu hay chữ viết tắt."
    ),
    "master.level_missed": (
        "“{title}”: độ to đo được {measured_lufs} LUFS, cần {target_lufs} ± {tolerance_lu} LUFS cho “{profile}”. "
        "Chưa giao gì cả; hãy xem lại đoạn này hoặc báo kỹ thuật viên."
    ),
    "master.peak_over": (
        "“{title}”: đỉnh âm thanh {measured_dbtp} dBTP, cho phép tối đa {allowed_dbtp} dBTP ở “{profile}”. "
        "Chưa giao gì cả; hãy báo kỹ thuật viên."
    ),
    "lexicon.bad_entry": (
        "{file}, dòng {line}: không dùng được cách đọc “{spoken}” cho “{written}”; "
        "hãy viết bằng chữ cái tiếng Việt và dấu cách."
    ),
    "lexicon.bad_row": "{file}, dòng {line}: cần chữ viết và cách đọc, cách nhau bằng Tab, thêm tối đa một ghi chú.",
    "lexicon.bad_syntax": "{file}, dòng {line}: sai quy tắc ({reason}); hãy sửa lại hoặc dùng từ điển dạng TSV.",
    "lexicon.encoding": "Từ điển {file} không phải UTF-8 hay UTF-16; hãy lưu lại ở dạng UTF-8.",
    "lexicon.exists": "Đã có từ điển {file}; hãy thêm --replace nếu muốn thay.",
    "lexicon.not_found": "Không tìm thấy từ điển {file}; hãy kiểm tra lại tên tệp.",
    "lexicon.too_large": "{file} lớn hơn {at_most_bytes} byte; hãy kiểm tra xem có đúng tệp không.",
    "lexicon.too_many": "{file} có nhiều hơn {at_most} mục; hãy tách thành nhiều tệp.",
    "lexicon.unknown_kind": "{file} không phải là từ điển; tên tệp cần có đuôi {known}.",
    "lexicon.unreadable": "Không đọc được từ điển {file}: {reason}; hãy kiểm tra quyền mở tệp.",
    "lexicon.wrong_language": '{file} là từ điển của ngôn ngữ “{language}”; cần ghi xml:lang="vi".',
    "ocr.failed": (
        "Không nhận dạng được trang {page} của {file}: {reason}. Hãy xin bản văn bản gốc, "
        "hoặc nhờ kỹ thuật viên chạy lệnh studio doctor."
    ),
    "ocr.not_installed": (
        "Tệp {file} là bản quét mà máy này thiếu {part} ({reason}). Nhờ kỹ thuật viên cài: trên Debian, Ubuntu chạy "
        "sudo apt install tesseract-ocr tesseract-ocr-vie; trên Windows, macOS cài Tesseract kèm dữ liệu tiếng Việt "
        "rồi ghi tên chương trình vào STUDIO_TESSERACT nếu chưa có trong PATH. Hoặc hãy xin bản văn bản gốc."
    ),
    "ocr.timed_out": (
        "Nhận dạng trang {page} của {file} quá {limit_s} giây nên đã dừng; hãy tách tệp, hoặc xin bản văn bản gốc."
    ),
    "option.bad_choice": "Lựa chọn {name} không nhận giá trị “{value}” ({reason}); hãy sửa lại.",
    "option.unknown_part": "Không có phần nào tên là “{value}”; hãy chọn một trong: {known}.",
    "option.unknown_choice": "Không hiểu lựa chọn “{value}”; hãy ghi TÊN=GIÁ TRỊ với một trong các tên: {known}.",
    "ssml.bad_break": '{file}, dòng {line}: không hiểu quãng nghỉ “{value}”; hãy ghi time="500ms", tối đa {most} ms.',
    "ssml.bad_syntax": "{file}, dòng {line}: SSML viết sai quy tắc ({reason}); hãy sửa lại.",
    "ssml.unknown_element": (
        "{file}, dòng {line}: không hiểu thẻ <{element}>; hãy chỉ dùng speak, p, s, sub, break, emphasis."
    ),
    "ssml.wrong_language": '{file}, dòng {line}: không đọc ngôn ngữ “{language}”; hãy ghi xml:lang="vi".',
    "option.bad_date": "“{value}” không phải là ngày; hãy ghi theo dạng năm-tháng-ngày, ví dụ 2026-11-22.",
    "option.bad_value": "Giá trị của {option} không dùng được ({reason}); hãy sửa lại.",
    "option.together": "{first} và {second} không dùng cùng nhau được; hãy bỏ một trong hai.",
    "page.audition_gone": "Không còn âm thanh nghe thử này; hãy bấm “Chuẩn bị” để nghe lại.",
    "page.bad_date": "Ngày phát “{value}” chưa đúng; hãy ghi theo dạng ngày/tháng/năm, ví dụ 22/11/2026.",
    "page.busy": "Studio đang sản xuất “{title}”; hãy đợi xong rồi bấm lại. Mỗi lúc studio chỉ làm một bản tin.",
    "page.file_gone": "Không tìm thấy bản giao hoặc tệp này; có thể bản tin đã được sản xuất lại. Hãy tải lại trang.",
    "page.no_listener": "Chưa ghi tên người nghe; hãy ghi tên rồi bấm lại.",
    "page.no_opinion": "Chưa chấm đủ điểm; hãy chấm cả A và B, và chọn giọng thích hơn.",
    "page.no_pair": "Chưa có gì để nghe; hãy chọn hai giọng rồi bấm “Chuẩn bị”.",
    "page.no_profile": "Chưa chọn bản phát nào; hãy chọn ít nhất một mục ở bước 3.",
    "page.no_text": "Chưa có văn bản; hãy dán bản tin vào ô, hoặc tải tệp lên, rồi bấm lại.",
    "page.no_place": "Chưa chọn chỗ cần sửa; hãy chọn một chỗ trong danh sách rồi bấm lại.",
    "page.no_reading": "Chưa chọn cách đọc; hãy chọn một cách, hoặc ghi cách đọc bằng chữ, rồi bấm lại.",
    "page.no_voice": "Chưa chọn giọng đọc; hãy chọn một giọng ở bước 3.",
    "page.same_voice": "Hai giọng giống hệt nhau; hãy chọn hai giọng khác nhau.",
    "page.text_too_long": "Văn bản dài {length} ký tự, nhiều hơn mức {most}; hãy chia thành nhiều bản tin.",
    "page.text_changed": "Văn bản đã đổi từ lần xem trước; studio vừa đọc lại, hãy chọn lại chỗ cần sửa.",
    "page.unexpected": (
        "Studio gặp lỗi ngoài dự tính ({kind}). Chưa giao gì cả; hãy làm lại, nếu vẫn vậy thì báo kỹ thuật viên."
    ),
    "part.missing": "Thiếu phần “{part}” của chương trình ({reason}); nhờ kỹ thuật viên chạy lệnh studio doctor.",
    "profile.unknown": "Không có bản phát nào tên là “{profile}”; hãy chọn một trong: {known}.",
    "programme.unmeasurable": (
        "“{title}”: chương trình quá ngắn hoặc quá nhỏ nên không đo được độ to; hãy thêm nội dung."
    ),
    "run.cancelled": "Đã dừng. Chưa giao gì cả; những câu đã đọc được giữ lại cho lần sau.",
    "rundown.no_turns": (
        "“{title}”: chưa có đoạn nào mở đầu bằng “Hỏi:” hay “Đáp:”; hãy ghi rõ lượt hỏi, lượt đáp hoặc bỏ mục kind."
    ),
    "rundown.silent_fact": "{file}, dòng {line}: “{key}” không có gì để đọc thành tiếng; hãy viết bằng lời.",
    "rundown.unknown_placeholder": (
        "{file}, dòng {line}: ở “{key}” không có gì thay cho {placeholder}; dùng được: {known}. "
        "Nếu muốn chính dấu ngoặc nhọn, hãy viết \\{{."
    ),
    "serve.not_loopback": (
        "{host} không phải địa chỉ của chính máy này; trang chưa có đăng nhập nên chỉ mở ở 127.0.0.1."
    ),
    "serve.port_taken": (
        "Cổng {port} ở {host} đang có chương trình khác dùng; hãy đóng chương trình đó hoặc chọn --port khác."
    ),
    "settings.bad_value": "Cài đặt {name} có giá trị “{value}” không dùng được; cần: {wanted}.",
    "sound.encoder_failed": "Không ghi được âm thanh {path}: {reason}. Hãy làm lại; nếu vẫn vậy thì báo kỹ thuật viên.",
    "sound.damaged": "Tệp âm thanh {path} bị hỏng ({reason}); hãy thay bằng bản khác.",
    "sound.many_channels": "{path} có {channels} kênh, chỉ đo được tối đa {most}; hãy trộn lại cho ít kênh hơn.",
    "sound.missing": "Không tìm thấy tệp âm thanh {path}; hãy kiểm tra lại tên và nơi để tệp.",
    "sound.not_audio": "Tệp {path} không phải là âm thanh; hãy chọn tệp khác.",
    "sound.parts_differ": "Đoạn {path} khác loại với các đoạn kia nên không ghép được; hãy sản xuất lại.",
    "sound.unreadable": "Không đọc được tệp âm thanh {path}: {reason}; hãy kiểm tra quyền mở tệp.",
    "sound.unmeasurable": "Âm thanh quá ngắn hoặc quá nhỏ ({seconds} giây) nên không đo được độ to; hãy thêm nội dung.",
    "storage.disk_full": "Ổ đĩa đã đầy ở {path}; hãy xóa bớt tệp rồi làm lại. Những gì đã giữ vẫn còn.",
    "storage.unreadable": "Không đọc được {path}: {reason}; hãy báo kỹ thuật viên kiểm tra ổ đĩa và quyền truy cập.",
    "storage.unwritable": "Không ghi được vào {path}: {reason}; hãy báo kỹ thuật viên kiểm tra quyền ghi thư mục.",
    "take.busy": "Câu này đang được một lần sản xuất khác ghi ({path}); hãy đợi xong rồi làm lại.",
    "take.damaged": "Bản ghi đã giữ của một câu bị hỏng ({path}); hãy làm lại, studio sẽ đọc câu đó một lần nữa.",
    "take.not_finite": "Giọng {voice} cho ra âm thanh lỗi ở câu “{line}”; hãy sửa câu đó hoặc chọn giọng khác.",
    "take.not_mono": "Giọng {voice} cho ra {channels} kênh ở câu “{line}”, cần một kênh; hãy chọn giọng khác.",
    "take.over_full_scale": "Giọng {voice} bị vỡ tiếng ({peak_dbfs} dBFS) ở câu “{line}”; hãy chọn giọng khác.",
    "take.silent": "Giọng {voice} không phát ra tiếng ở câu “{line}”; hãy sửa câu đó hoặc chọn giọng khác.",
    "text.line_too_long": (
        "“{title}”: “{line}” đọc ra tới {characters} ký tự liền một mạch, giọng {voice} chỉ đọc được {at_most}; "
        "hãy thêm dấu cách, dấu câu hoặc bỏ đoạn đó."
    ),
    "text.nothing_to_say": "“{title}”: không còn gì để đọc; hãy kiểm tra lại văn bản.",
    "voice.bad_precision": (
        "Giọng {voice}: precision = {value} không dùng được; nhờ kỹ thuật viên chọn một trong: {known}."
    ),
    "voice.bad_recording": (
        "Không đọc được bản thu mẫu {path} của giọng {voice} ({reason}); hãy đưa tệp WAV thu giọng người đó."
    ),
    "voice.bad_setting": (
        "Giọng {voice}: {setting} = {value}, cần một số từ {lowest} đến {highest}; nhờ kỹ thuật viên sửa thẻ giọng."
    ),
    "voice.cannot_say": "Giọng {voice} không đọc được ký tự {characters} trong câu “{line}”; hãy viết lại câu đó.",
    "voice.clipped": (
        "Giọng {voice} bị vỡ tiếng ở câu “{line}” (âm lượng {volume}); nhờ kỹ thuật viên giảm âm lượng trong thẻ giọng."
    ),
    "voice.engine_failed": (
        "Bộ đọc {engine} báo lỗi ({call}: {status}); hãy làm lại, nếu vẫn vậy thì chạy studio doctor."
    ),
    "voice.engine_in_use": "Bộ đọc {engine} đã được nạp từ nơi khác ({path}); hãy khởi động lại studio.",
    "voice.line_too_long": (
        "Giọng {voice}: câu “{line}” dài {characters} ký tự, nhiều hơn mức {at_most}; hãy tách thành câu ngắn hơn."
    ),
    "voice.line_timed_out": "Câu “{line}” đọc quá lâu nên đã bị dừng ({exit_code}); hãy viết ngắn lại rồi làm lại.",
    "voice.out_of_memory": (
        "Card đồ họa không đủ bộ nhớ cho câu “{line}”; hãy viết ngắn lại, hoặc nhờ kỹ thuật viên đặt STUDIO_DEVICE=cpu."
    ),
    "voice.path_too_long": "Đường dẫn {path} quá dài đối với bộ đọc {engine}; hãy chuyển studio vào thư mục ngắn hơn.",
    "voice.worker_died": "Bộ đọc bị ngắt hai lần ở câu “{line}” ({exit_code}: {detail}); hãy viết lại câu đó.",
    "voice.no_language": (
        "Mô hình của giọng {voice} chưa được dạy ngôn ngữ “{language}” (chỉ biết: {known}); bản XTTS gốc không nói "
        "tiếng Việt, nhờ kỹ thuật viên dùng mô hình đã học tiếng Việt hoặc sửa language trong thẻ giọng."
    ),
    "voice.no_recording": (
        "Giọng {voice} phải có đúng một bản thu mẫu (tệp .wav) trong thẻ giọng, hiện có {count}; "
        "nhờ kỹ thuật viên sửa thẻ."
    ),
    "voice.no_gpu": (
        "Máy được cài chạy giọng {voice} trên card đồ họa (STUDIO_DEVICE={device}) nhưng không thấy card dùng được; "
        "nhờ kỹ thuật viên kiểm tra, hoặc đặt STUDIO_DEVICE=cpu."
    ),
    "voice.nothing_to_say": "Giọng {voice}: câu “{line}” không có gì để đọc; hãy kiểm tra lại văn bản.",
    "voice.recording_silent": "Bản thu mẫu {path} của giọng {voice} không có tiếng; hãy thu lại.",
    "voice.recording_too_long": (
        "Bản thu mẫu {path} của giọng {voice} dài {seconds} giây, tối đa {most_s} giây; hãy cắt lấy đoạn nói rõ."
    ),
    "voice.recording_too_short": (
        "Bản thu mẫu {path} của giọng {voice} chỉ có {seconds} giây có tiếng, cần ít nhất {least_s} giây; "
        "hãy thu dài hơn."
    ),
    "voice.runaway": (
        "Giọng {voice} cần tới {seconds} giây cho câu “{line}” nên bị dừng: dữ liệu giọng có lỗi; hãy chọn giọng khác."
    ),
    "voice.setting_not_whole": (
        "Giọng {voice}: {setting} = {value}, cần số nguyên từ {lowest} đến {highest}; nhờ kỹ thuật viên sửa thẻ giọng."
    ),
    "voice.silent_line": "Giọng {voice} không phát ra tiếng ở câu “{line}”; hãy viết lại câu đó hoặc chọn giọng khác.",
    "voice.speed_out_of_range": "Giọng {voice}: tốc độ {speed} không dùng được; cần từ {lowest} đến {highest}.",
    "voice.test_engine": (
        "Giọng {voice} dùng bộ đọc {engine} chỉ để thử máy, không được phép giao; hãy chọn giọng khác."
    ),
    "voice.consent_ended": (
        "Sự đồng ý cho dùng giọng {voice} đã hết hạn ngày {until}; hãy xin gia hạn hoặc chọn giọng khác."
    ),
    "voice.consent_to_come": (
        "Sự đồng ý cho dùng giọng {voice} ghi ngày {given}, là ngày chưa tới; hãy sửa ngày trong thẻ giọng "
        "hoặc chọn giọng khác."
    ),
    "voice.no_consent": (
        "Giọng {voice} là giọng của một người nhưng thẻ giọng chưa ghi sự đồng ý; hãy bổ sung hoặc chọn giọng khác."
    ),
    "voice.non_commercial": (
        "Giấy phép của giọng {voice} ({licence}) không cho dùng vào việc thương mại; hãy chọn giọng khác, "
        "hoặc nhờ kỹ thuật viên cho phép trong unit.toml nếu đơn vị chịu trách nhiệm."
    ),
    "voice.other_accent": (
        "Giọng {voice} không phải giọng Hà Nội ({accent}); hãy chọn giọng khác, hoặc nhờ kỹ thuật viên cho phép "
        "trong unit.toml."
    ),
    "weights.bad_address": "Địa chỉ {url} không dùng được ({reason}); hãy kiểm tra địa chỉ trong phiếu giọng.",
    "weights.bad_ledger": "Tệp {path} bị hỏng ({reason}); nhờ kỹ thuật viên xóa tệp đó rồi chạy studio voices verify.",
    "weights.bad_network": (
        "Cài đặt mạng của máy không dùng được ({reason}); nhờ kỹ thuật viên sửa HTTP_PROXY, HTTPS_PROXY, ALL_PROXY "
        "hoặc SSL_CERT_FILE."
    ),
    "weights.bad_source": "“{source}” không phải tệp, thư mục hay địa chỉ http; hãy chọn lại nơi lấy tệp.",
    "weights.busy": "Một tiến trình khác đang tải giọng {voice}; hãy đợi xong rồi làm lại.",
    "weights.empty": "Tệp {path} của giọng {voice} tải về bị rỗng nên không giữ lại; hãy lấy từ nơi khác.",
    "weights.no_source": "Phiếu giọng {voice} không ghi nơi tải {path}; nhờ kỹ thuật viên tải bằng --from.",
    "weights.none": "Giọng {voice} có sẵn, không cần tải thêm; hãy dùng ngay.",
    "weights.not_there": "Không thấy tệp {path} của giọng {voice} ở {source}; hãy chọn đúng thư mục chứa tệp.",
    "weights.not_whole": (
        "Giọng {voice} thiếu tệp hoặc có tệp hỏng: {files}; nhờ kỹ thuật viên chạy studio voices pull {voice}."
    ),
    "weights.other_than_first": (
        "Tệp {path} của giọng {voice} không phải tệp đã tải lần đầu; chưa giữ lại gì. Hãy tải từ đúng nguồn lần đầu; "
        "nếu chắc tệp này mới đúng, hãy xóa mục “{folder}/{path}” trong {lock} rồi tải lại."
    ),
    "weights.refused": "Máy chủ {url} trả lời {status}; hãy kiểm tra địa chỉ trong thẻ giọng.",
    "weights.stopped": "Đã dừng; phần đã tải vẫn còn, hãy chạy lại để tải tiếp.",
    "weights.too_large": (
        "{url} có {size_bytes} byte, nhiều hơn mức {most_bytes} byte; chưa giữ lại gì, hãy kiểm tra lại địa chỉ."
    ),
    "weights.unreachable": ("Không tải được từ {url} ({reason}); phần đã tải vẫn còn, hãy chạy lại để tải tiếp."),
    "weights.wrong_digest": (
        "Tệp {path} của giọng {voice} không đúng bản đã công bố (SHA-256 {found}…, cần {wanted}…); "
        "chưa giữ lại gì, hãy tải lại từ nguồn đúng."
    ),
    "weights.wrong_size": (
        "Tệp {path} của giọng {voice} có {size_bytes} byte, cần {wanted_bytes} byte; chưa giữ lại gì, hãy tải lại."
    ),
    "voice.bad_weights": (
        "Dữ liệu của giọng {voice} không dùng được ({reason}); nhờ kỹ thuật viên tải lại hoặc sửa thẻ giọng."
    ),
    "voice.not_pulled": "Giọng {voice} chưa được tải về ({path}); nhờ kỹ thuật viên chạy studio voices pull {voice}.",
    "voice.unknown_sound": (
        "Giọng {voice} không có âm {sounds} ở câu “{line}”; hãy viết lại từ đó hoặc chọn giọng khác."
    ),
    "voice.unfinished": (
        "Giọng {voice} nói tới {seconds} giây mà chưa hết câu “{line}”; "
        "hãy tách thành câu ngắn hơn hoặc chọn giọng khác."
    ),
    "voice.unknown": "Không có giọng nào tên là “{voice}”; hãy chọn một trong: {known}.",
    "voice.unknown_engine": (
        "Giọng {voice} cần bộ đọc “{engine}” mà studio không có; hãy chọn giọng khác (bộ đọc hiện có: {known})."
    ),
    "voice.unknown_setting": (
        "Giọng {voice} có mục “{setting}” lạ; dùng được: {known}. Nhờ kỹ thuật viên sửa thẻ giọng."
    ),
    "voice.unknown_variant": "Giọng {voice}: không có biến thể “{variant}”; nhờ kỹ thuật viên chọn một trong: {known}.",
    "voice.wrong_model": (
        "Mô hình của giọng {voice} là {model}, không bắt chước được bản thu mẫu; nhờ kỹ thuật viên dùng mô hình XTTS "
        "(kèm vocab.json) hoặc bỏ bản thu khỏi thẻ giọng."
    ),
    "voice.wrong_rate": (
        "Giọng {voice}: tần số {rate_hz} Hz không đúng, cần {expected_hz} Hz; nhờ kỹ thuật viên sửa thẻ giọng."
    ),
}

PARTS_MISSED = {"Tesseract's Vietnamese data": "dữ liệu tiếng Việt của Tesseract"}
"""Names of missing parts, where they are no proper names."""

TOML_KINDS = ("card", "cart_card", "choices", "consent", "profile", "rundown", "unit")
TOML_ERRORS = {
    "bad_syntax": "{file}, dòng {line}: viết sai quy tắc TOML ({reason}); hãy sửa rồi lưu ở dạng UTF-8.",
    "bad_value": "{file}, dòng {line}: giá trị của “{key}” không dùng được ({reason}); hãy sửa lại.",
    "misnamed": "{file}: mã ghi trong tệp là “{id}”; hãy đặt tên tệp đúng theo mã đó.",
    "missing_key": "{file}, dòng {line}: thiếu mục “{key}”; hãy thêm vào.",
    "not_found": "Không tìm thấy {file}; hãy kiểm tra lại tên tệp.",
    "too_large": "{file} lớn hơn {at_most_bytes} byte; hãy kiểm tra xem có đúng tệp không.",
    "unknown_key": "{file}, dòng {line}: không có mục nào tên “{key}”; hãy sửa lại, có thể là: {suggestion}.",
    "unreadable": "Không đọc được {file}: {reason}; hãy kiểm tra quyền mở tệp.",
}
ERRORS |= {f"{kind}.{code}": words for kind in TOML_KINDS for code, words in TOML_ERRORS.items()}


def vietnamese(code: str, fields: Mapping[str, object]) -> str:
    """The sentence for a code; every code that can be raised has one, and a test holds that."""
    sentence = ERRORS.get(code) or NOTICES[code]
    if fields.get("line", 0) is None:
        # What is wrong with a file as a whole stands in no line.
        sentence = sentence.replace(", dòng {line}", "")
    if fields.get("key", "") is None:
        sentence = sentence.replace("giá trị của “{key}” không dùng được", "nội dung không dùng được")
    if (reason := REASONS.get(str(fields.get("fault")))) is not None:
        fields = {**fields, "reason": reason.format(limit=shown(fields.get("limit")))}
    if "part" in fields:
        fields = {**fields, "part": PARTS_MISSED.get(str(fields["part"]), fields["part"])}
    return sentence.format_map({name: shown(value) for name, value in fields.items()})


def shown(value: object) -> str:
    """A field as a Vietnamese reader expects it: a comma before decimals, a real minus, words for nothing."""
    if value is None:
        return "không rõ"
    if isinstance(value, float):
        return figure(value, 2)
    return str(value)


def figure(value: float, decimals: int) -> str:
    """A number with at most so many decimals, as written in Vietnamese."""
    written = f"{value:.{decimals}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace("-", "−").replace(".", ",")
