"""The tab that takes a bulletin from its text to a delivery: paste, see, choose, produce, listen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.web import views
from studio.web.asking import QUEUED, QUIET
from studio.web.handlers import MOST_CHARACTERS, Choices, Desk
from studio.web.tabs import draft, reading
from studio.web.tabs.bulletin_events import POLL_S, BulletinEvents
from studio.web.tabs.reading_events import ReadingEvents

if TYPE_CHECKING:
    import gradio as gr

DOCUMENTS = [".txt", ".md", ".docx", ".odt", ".pdf", ".html", ".png", ".jpg", ".jpeg", ".tif", ".tiff"]
"""Pictures too: where scans cannot be read here, the refusal says how they could."""
WITH_SCANS = (
    "Dán văn bản vào ô dưới đây, hoặc tải tệp lên (TXT, DOCX, ODT, PDF, ảnh quét PNG, JPG, TIFF; tối đa 20 MB)."
)
WITHOUT_SCANS = (
    "Dán văn bản vào ô dưới đây, hoặc tải tệp lên (TXT, DOCX, ODT, PDF; tối đa 20 MB). Máy này chưa đọc được ảnh quét: "
    "nhờ kỹ thuật viên chạy studio setup ocr và cài Tesseract kèm dữ liệu tiếng Việt."
)


@dataclass(frozen=True, slots=True)
class Words:
    """The bulletin's text, and how it will be read."""

    title: gr.Textbox
    written: gr.Textbox
    upload: gr.UploadButton
    read: gr.Button


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen for a production."""

    voice: gr.Dropdown
    profiles: gr.CheckboxGroup
    unit: gr.Textbox
    day: gr.Textbox


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a production shows."""

    produce: gr.Button
    stop: gr.Button
    status: gr.HTML
    players: tuple[gr.Audio, ...]
    timer: gr.Timer
    watched: gr.State


def build(page: gr.Blocks, desk: Desk) -> None:
    """Lays the tab out and wires it."""
    choices = desk.choices()
    words = _words(choices.reads_scans)
    shown_reading = reading.lay_out()
    chosen = _chosen(choices)
    outcome = _outcome(len(choices.profiles))
    events = BulletinEvents(desk, tuple(profile_id for _, profile_id in choices.profiles))
    order = [
        words.title, chosen.unit, words.written, chosen.voice, chosen.profiles, chosen.day, shown_reading.keep,
        shown_reading.source,
    ]  # fmt: skip
    shown = [outcome.produce, outcome.stop, outcome.status, outcome.timer, outcome.watched, *outcome.players]

    looked = shown_reading.outputs(words.written)
    words.upload.upload(events.upload, words.upload, [words.title, *looked], **QUEUED)
    reading_events = ReadingEvents(desk)
    reading.wire(shown_reading, reading_events, words.read, words.written, chosen.voice)
    fields = draft.Fields(words.title, chosen.unit, words.written)
    draft.wire(page, fields, shown_reading, chosen.voice, reading_events)
    outcome.produce.click(events.produce, order, shown, **QUIET, trigger_mode="once")
    outcome.stop.click(events.stop, None, outcome.stop, **QUIET)
    outcome.timer.tick(events.watch, outcome.watched, shown, **QUIET)
    page.load(events.load, None, [chosen.day, *shown], **QUIET)


def _words(reads_scans: bool) -> Words:
    import gradio as gr

    _step(1, "Dán bản tin", WITH_SCANS if reads_scans else WITHOUT_SCANS)
    title = gr.Textbox(label="Tên bản tin", placeholder="Để trống thì lấy dòng đầu", max_length=200)
    written = gr.Textbox(
        label="Nội dung bản tin",
        lines=12,
        max_lines=24,
        max_length=MOST_CHARACTERS,
        placeholder=(
            "Dán nguyên văn ở đây. Ngày giờ, con số, chữ viết tắt cứ để như khi viết; studio tự đổi sang cách đọc."
        ),
    )
    with gr.Row():
        upload = gr.UploadButton("Tải tệp lên", file_types=DOCUMENTS, size="md", scale=1)
        read = gr.Button("Xem cách đọc", variant="primary", size="md", scale=2)
    return Words(title, written, upload, read)


def _chosen(choices: Choices) -> Chosen:
    import gradio as gr

    _step(3, "Chọn giọng và bản phát", "Mỗi bản phát là một tệp âm thanh riêng, đúng độ to mà nơi nhận cần.")
    wide = {"min_width": 300}  # side by side on a screen, one below the other on a phone
    with gr.Row():
        voice = gr.Dropdown(list(choices.voices), value=choices.voice, label="Giọng đọc", filterable=False, **wide)
        profiles = gr.CheckboxGroup(
            list(choices.profiles), value=list(choices.chosen_profiles), label="Bản phát", **wide
        )
    with gr.Row():
        unit = gr.Textbox(
            label="Đơn vị phát (không bắt buộc)", placeholder="Ví dụ: Đài truyền thanh phường", max_length=200, **wide
        )
        day = gr.Textbox(label="Ngày phát (ngày/tháng/năm)", max_length=10, **wide)
    return Chosen(voice, profiles, unit, day)


def _step(number: int, title: str, hint: str) -> None:
    import gradio as gr

    gr.HTML(views.step(number, title, hint))


def _outcome(players: int) -> Outcome:
    import gradio as gr

    _step(4, "Sản xuất và nghe lại", "Studio đọc từng câu, chỉnh độ to, rồi ghi thành bản giao.")
    with gr.Row():
        produce = gr.Button("Sản xuất", variant="primary", size="lg", scale=3)
        stop = gr.Button("Dừng lại", variant="stop", size="lg", scale=1, visible=False)
    status = gr.HTML()
    waveform = gr.WaveformOptions(waveform_color="#7f9cbf", waveform_progress_color="#0b5a9e")
    audios = tuple(
        gr.Audio(visible=False, interactive=False, type="filepath", buttons=[], waveform_options=waveform)
        for _ in range(players)
    )
    return Outcome(produce, stop, status, audios, gr.Timer(POLL_S, active=False), gr.State(value=0))
