"""The bulletin that is being written outlives its page: the browser keeps it, and a page that loads shows it again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from studio.web import views
from studio.web.asking import QUIET
from studio.web.drafts import for_browser, from_browser
from studio.web.tabs.reading_events import ReadingEvents, Updates, unchanged

if TYPE_CHECKING:
    import gradio as gr

    from studio.web.tabs.reading import Reading

BACK = "Đã lấy lại bản đang soạn dở lần trước."
NO_SOURCE = "Những lưu ý về tệp gốc không lấy lại được: hãy tải tệp lên lần nữa nếu cần."


@dataclass(frozen=True, slots=True)
class Fields:
    """What an editor writes into."""

    title: gr.Textbox
    unit: gr.Textbox
    written: gr.Textbox


def wire(page: gr.Blocks, fields: Fields, shown: Reading, voice: gr.Dropdown, events: ReadingEvents) -> None:
    """Keeps every change of the fields, and shows them again with their reading when the page loads.

    The texts come back without asking the studio, where nothing was typed meanwhile.
    """
    import gradio as gr

    kept = gr.Textbox(visible=False)
    texts = [fields.title, fields.unit, fields.written]
    for name, field in zip(("title", "unit", "written"), texts, strict=True):
        field.change(None, field, None, js=f"({name}) => studioDraft.keep({{{name}}})", **QUIET)
    shown.keep.change(None, shown.keep, None, js="(keep) => studioDraft.keep({keep})", **QUIET)
    shown.source.change(for_browser, shown.source, kept, **QUIET).then(
        None, kept, None, js="(source) => studioDraft.keep({source})", **QUIET
    )
    page.load(None, texts, texts, js="(...now) => studioDraft.words(...now)", **QUIET)
    page.load(
        partial(come_back, events),
        [kept, voice],
        shown.outputs(fields.written),
        js="(kept, voice) => [studioDraft.kept(), voice]",
        **QUIET,
    )


def come_back(events: ReadingEvents, kept: str | None, voice_id: str | None) -> Updates:
    """The reading of the text that the browser kept; nothing changes where it kept none."""
    draft = from_browser(kept)
    if draft is None:
        return unchanged()
    source = draft.document()
    remark = f"{BACK} {NO_SOURCE}" if draft.source and source is None else BACK
    return events.read(draft.written, voice_id, draft.keep, source, views.said(remark))
