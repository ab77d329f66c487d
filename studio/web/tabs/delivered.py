"""The tab of deliveries made for today or later: heard and fetched again, also after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.web import views
from studio.web.asking import QUIET
from studio.web.handlers import Desk

if TYPE_CHECKING:
    from gradio import Blocks, Tab


def build(page: Blocks, tab: Tab, desk: Desk) -> None:
    """Lays the tab out; the list is renewed whenever the page is loaded, the tab opened or the button pressed."""
    import gradio as gr

    gr.HTML(
        padding=False,
        value='<div class="s-step"><p>Các bản phát hôm nay và những ngày tới. Bản mới nhất ở trên.</p></div>',
    )
    again = gr.Button("Xem lại danh sách", size="sm")
    listed = gr.HTML(padding=False)

    def show() -> str:
        return views.delivered(desk.deliveries.since(desk.today()), desk.profile_names())

    for event in (page.load, tab.select, again.click):
        event(show, None, listed, **QUIET)
