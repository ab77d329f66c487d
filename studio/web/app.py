"""The page as a whole: its head, and one builder per tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.web import views
from studio.web.handlers import Desk
from studio.web.tabs import bulletin, comparing, delivered

if TYPE_CHECKING:
    from gradio import Blocks

CACHE_CHECK_S = 3_600
CACHE_AGE_S = 86_400


def build(desk: Desk) -> Blocks:
    """The page; each tab's builder lays out and wires its own."""
    import gradio as gr

    with gr.Blocks(
        title="Phát Thanh Studio", analytics_enabled=False, delete_cache=(CACHE_CHECK_S, CACHE_AGE_S)
    ) as page:
        gr.HTML(views.page_head(), padding=False)
        with gr.Tabs():
            with gr.Tab("Bản tin", id="bulletin"):
                bulletin.build(page, desk)
            with gr.Tab("Đã sản xuất", id="delivered") as tab:
                delivered.build(page, tab, desk)
            with gr.Tab("So giọng", id="comparing") as tab:
                comparing.build(tab, desk.listening)
    page.queue(default_concurrency_limit=2, max_size=32)
    return page
