"""Vietnamese for what is wrong with a value in a file or an option."""

from __future__ import annotations

REASONS = {
    "at_least": "phải từ {limit} trở lên",
    "at_most": "không được quá {limit}",
    "fewer_than": "quá ngắn, cần ít nhất {limit}",
    "less_than": "phải nhỏ hơn {limit}",
    "longer_than": "quá dài, nhiều nhất {limit} ký tự",
    "more_in_number_than": "quá dài, nhiều nhất {limit}",
    "more_than": "phải lớn hơn {limit}",
    "no_date": "phải là ngày, ví dụ 2026-11-25",
    "no_id": "chỉ gồm chữ thường không dấu, chữ số, dấu - và _, nhiều nhất 64 ký tự",
    "no_list": "phải là danh sách trong ngoặc vuông",
    "no_number": "phải là một số",
    "no_table": "phải là một bảng gồm các mục và giá trị",
    "no_text": "phải là chữ đặt trong dấu ngoặc kép",
    "no_truth": "phải là true hoặc false",
    "no_whole_number": "phải là số nguyên",
    "not_of_form": "không đúng dạng {limit}",
    "not_one_of": "chỉ nhận một trong: {limit}",
    "shorter_than": "quá ngắn, cần ít nhất {limit} ký tự",
}
"""By the field `fault` of an error (see `studio.files.faults`)."""
