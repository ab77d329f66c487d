"""The step that shows how a bulletin is read: doubtful places to decide, parts to bring back, both sides below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.web import views
from studio.web.asking import DIRECT, QUIET
from studio.web.doubts import Seen
from studio.web.tabs.reading_events import ReadingEvents

if TYPE_CHECKING:
    import gradio as gr

LONGEST_READING = 300


@dataclass(frozen=True, slots=True)
class Reading:
    """The step's parts; `controls` holds those that decide a doubtful place."""

    html: gr.HTML
    source: gr.State
    """The document that the text came from, None before anything was read or uploaded."""
    seen: gr.State
    controls: gr.Group
    place: gr.Dropdown
    picked: gr.Radio
    own: gr.Textbox
    everywhere: gr.Checkbox
    decide: gr.Button
    remark: gr.HTML
    keep: gr.CheckboxGroup

    def outputs(self, written: gr.Textbox) -> list[Any]:
        """What every reading updates, in the order in which the events give it."""
        return [
            written,
            self.html,
            self.seen,
            self.controls,
            self.place,
            self.picked,
            self.own,
            self.everywhere,
            self.remark,
            self.keep,
            self.source,
        ]


def lay_out() -> Reading:
    """Step 2 of the tab; what decides is above the reading, so that it stays at hand for a long one."""
    import gradio as gr

    hint = "So bản viết với bản đọc, nhất là chỗ được đánh dấu; chỗ nào chưa đúng thì sửa ngay dưới đây hoặc ở bước 1."
    gr.HTML(views.step(2, "Xem cách đọc", hint))
    source, seen = gr.State(value=None), gr.State(value=Seen())
    wide = {"min_width": 300}
    with gr.Group(visible=False) as controls:
        with gr.Row():
            place = gr.Dropdown([], label="Sửa cách đọc: chỗ chưa chắc", filterable=False, **wide)
            picked = gr.Radio([], label="Chọn cách đọc", **wide)
        with gr.Row(equal_height=True):
            own = gr.Textbox(
                label="Hoặc tự ghi cách đọc bằng chữ",
                placeholder="Ví dụ: thị trấn",
                max_length=LONGEST_READING,
                scale=3,
                **wide,
            )
            decide = gr.Button("Đọc như vậy", variant="primary", size="md", scale=1, elem_classes="s-decide")
        everywhere = gr.Checkbox(visible=False, label="Đọc như vậy ở mọi chỗ giống thế", container=True)
    remark = gr.HTML(padding=False)
    keep = gr.CheckboxGroup([], label="Đọc cả: đánh dấu phần cũng đọc trên loa", visible=False)
    html = gr.HTML(views.info("Chưa có gì để xem. Dán bản tin rồi bấm “Xem cách đọc”."))
    return Reading(html, source, seen, controls, place, picked, own, everywhere, decide, remark, keep)


def wire(shown: Reading, events: ReadingEvents, read: gr.Button, written: gr.Textbox, voice: gr.Dropdown) -> None:
    """Lets the button, the decisions and the parts show the reading anew."""
    given: list[Any] = [written, voice, shown.keep, shown.source]
    outputs = shown.outputs(written)
    read.click(events.read, given, outputs, **DIRECT)
    shown.keep.input(events.read, given, outputs, **DIRECT)
    picking = [shown.place, shown.picked, shown.own, shown.everywhere]
    shown.decide.click(events.decide, [*given, shown.seen, *picking], outputs, **DIRECT)
    voice.input(events.pace, [*given, shown.seen], shown.html, **QUIET)
    shown.place.input(
        events.choose,
        [shown.seen, shown.place],
        [shown.picked, shown.own, shown.everywhere, shown.remark],
        **QUIET,
    )
    # A reading is either picked or typed: whichever came last holds.
    shown.picked.input(None, None, shown.own, js="() => ''", **DIRECT)
    shown.own.change(None, [shown.own, shown.picked], shown.picked, js="(own, picked) => own ? null : picked", **DIRECT)
