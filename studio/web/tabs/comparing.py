"""The tab that compares two voices blindly: choose, listen, judge, and see what everybody said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.errors import StudioError
from studio.files.audition import LONGEST_NAME
from studio.service.audition import MOST_CHARACTERS
from studio.web import listening_view, views
from studio.web.asking import DIRECT, QUEUED, QUIET
from studio.web.listening import Listening, Trial
from studio.web.words import vietnamese

if TYPE_CHECKING:
    import gradio as gr

Updates = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The tab's parts."""

    remark: gr.HTML
    written: gr.Textbox
    voices: tuple[gr.Dropdown, gr.Dropdown]
    prepare: gr.Button
    players: gr.HTML
    trial: gr.State
    judging: gr.Group
    opinions: tuple[gr.Radio, gr.Radio]
    preferred: gr.Radio
    listener: gr.Textbox
    judge: gr.Button
    said: gr.HTML
    summary: gr.HTML


def build(tab: gr.Tab, listening: Listening) -> None:
    """Lays the tab out and wires it; what can be compared is looked up whenever the tab is opened."""
    form = _lay_out()
    events = _Events(listening)
    opened = [form.remark, form.written, *form.voices, form.summary]
    tab.select(events.opened, [form.written, *form.voices], opened, **QUIET)
    prepared = [form.players, form.trial, form.judging, *form.opinions, form.preferred, form.said]
    form.prepare.click(
        events.prepare, [form.written, *form.voices], prepared, **QUEUED, trigger_mode="once", concurrency_limit=1
    )
    given = [form.trial, form.listener, *form.opinions, form.preferred]
    form.judge.click(
        events.judge, given, [form.trial, form.judging, form.said, form.summary], **DIRECT, trigger_mode="once"
    )


def _lay_out() -> Form:
    import gradio as gr

    remark = gr.HTML(padding=False)
    wide = {"min_width": 300}
    gr.HTML(views.step(1, "Chọn hai giọng", "Studio đọc cùng một bài bằng hai giọng, chỉnh độ to bằng nhau."))
    written = gr.Textbox(label="Bài nghe thử", lines=4, max_lines=10, max_length=MOST_CHARACTERS)
    with gr.Row():
        voices = tuple(
            gr.Dropdown([], label=label, filterable=False, **wide) for label in ("Giọng thứ nhất", "Giọng thứ hai")
        )
    prepare = gr.Button("Chuẩn bị", variant="primary", size="md")
    gr.HTML(views.step(2, "Nghe và chấm điểm", "Không biết A hay B là giọng nào thì mới chấm công bằng."))
    players = gr.HTML(views.info("Chưa có gì để nghe. Chọn hai giọng rồi bấm “Chuẩn bị”."), padding=False)
    with gr.Group(visible=False) as judging:
        with gr.Row():
            opinions = tuple(
                gr.Radio(list(listening_view.RATINGS), label=f"Giọng {letter} nghe thế nào?", **wide) for letter in "AB"
            )
        with gr.Row(equal_height=True):
            preferred = gr.Radio(list(listening_view.PREFERENCES), label="Thích giọng nào hơn?", **wide)
            listener = gr.Textbox(label="Tên người nghe", max_length=LONGEST_NAME, **wide)
        judge = gr.Button("Ghi điểm", variant="primary", size="md")
    said = gr.HTML(padding=False)
    summary = gr.HTML(padding=False)
    return Form(
        remark, written, (voices[0], voices[1]), prepare, players, gr.State(value=None), judging,
        (opinions[0], opinions[1]), preferred, listener, judge, said, summary,
    )  # fmt: skip


class _Events:
    """The tab's events; each gives one update per output."""

    def __init__(self, listening: Listening) -> None:
        self._listening = listening

    def opened(self, written: str, first: str | None, second: str | None) -> Updates:
        """What can be compared now, with what was chosen before kept where it still can be."""
        import gradio as gr

        try:
            offer = self._listening.offer()
            text = gr.skip() if written.strip() else self._listening.text()
            summary = listening_view.summary(self._listening.judged())
        except StudioError as error:
            return views.error(_words(error)), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        remark = offer.remark
        said = views.info(vietnamese(remark.code, dict(remark.fields))) if remark is not None else ""
        keys = [key for _, key in offer.choices]
        chosen = [key if key in keys else None for key in (first, second)]
        dropdowns = [
            gr.update(choices=list(offer.choices), value=key or next(iter(keys[at : at + 1]), None))
            for at, key in enumerate(chosen)
        ]
        return said, text, *dropdowns, summary

    def prepare(self, written: str, first: str | None, second: str | None) -> Updates:
        """A new trial, with nothing judged yet."""
        import gradio as gr

        cleared = (gr.update(value=None), gr.update(value=None), gr.update(value=None))
        try:
            trial = self._listening.prepare(written, (first, second), _silent)
        except StudioError as error:
            return views.error(_words(error)), None, gr.update(visible=False), *cleared, ""
        return listening_view.players(trial), trial, gr.update(visible=True), *cleared, ""

    def judge(
        self, trial: Trial | None, listener: str, first: int | None, second: int | None, preferred: str | None
    ) -> Updates:
        """Writes the judgement down once, then tells who was who."""
        import gradio as gr

        try:
            judged = self._listening.judge(trial, listener, (first, second), preferred)
        except StudioError as error:
            return gr.skip(), gr.skip(), views.error(_words(error)), gr.skip()
        said = views.said(listening_view.revealed(judged))
        # Written down: whatever happens from here on, it is not judged again.
        try:
            summary = listening_view.summary(self._listening.judged())
        except StudioError as error:
            summary = views.error(_words(error))
        return None, gr.update(visible=False), said, summary


def _words(error: StudioError) -> str:
    return vietnamese(error.code, error.fields)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """The framework shows that something is at work; a text for an audition is short."""
