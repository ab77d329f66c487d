"""What happens on the bulletin tab: each event gives one update per output component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.errors import StudioError
from studio.values.text import Document
from studio.web import views
from studio.web.handlers import DAY_FORMAT, Desk, Order, words_of
from studio.web.tabs.reading_events import Updates, cleared, unchanged
from studio.web.words import vietnamese

MOST_WORDS = 20
"""Doubtful words of a scan that are listed."""
POLL_S = 0.4
"""How often the page asks for a running production."""


class BulletinEvents:
    """The tab's events; each gives one update per output."""

    def __init__(self, desk: Desk, profile_ids: tuple[str, ...]) -> None:
        self._desk = desk
        self._profile_ids = profile_ids

    def upload(self, path: str | None) -> Updates:
        """Fills title and text from a document."""
        import gradio as gr

        if path is None:
            return gr.skip(), *unchanged()
        try:
            document = self._desk.document(Path(path))
        except StudioError as error:
            return gr.skip(), *cleared(None, views.error(words_of(error)))
        said = " ".join((*_remarks(document), "Đã lấy văn bản từ tệp. Bấm “Xem cách đọc” để kiểm tra."))
        return Path(path).stem, *cleared(document, views.info(said))

    def produce(
        self,
        title: str,
        unit: str,
        written: str,
        voice_id: str,
        profiles: list[str],
        day: str,
        keep: list[str],
        source: Document | None,
    ) -> Updates:
        """Starts, and lets the timer watch."""
        try:
            status = self._desk.start(Order(title, unit, written, voice_id, profiles, day, keep, source))
        except StudioError as error:
            return self._ended(views.error(words_of(error)))
        return self._running(status.number)

    def stop(self) -> Any:
        """Asks the running production to end."""
        import gradio as gr

        self._desk.productions.stop()
        return gr.update(interactive=False, value="Đang dừng…")

    def watch(self, number: int) -> Updates:
        """How the watched production stands; nothing changes where none is watched."""
        import gradio as gr

        if not number:
            return tuple(gr.skip() for _ in range(5 + len(self._profile_ids)))
        status = self._desk.productions.status()
        if status is None or status.number != number:
            return self._ended("")
        if status.error is not None:
            return self._ended(views.error(words_of(status.error)))
        if status.produced is None:
            skipped = (gr.skip() for _ in self._profile_ids)
            return gr.skip(), gr.skip(), views.progress(status), gr.skip(), gr.skip(), *skipped
        names = self._desk.profile_names()
        return self._ended(views.result(status.produced, names), self._players(status.produced.folder.name, names))

    def load(self) -> Updates:
        """Today's date, and whatever is running, picked up again after a reload.

        A fresh page shows nothing yet, and an editor who was quicker than this event must not lose what it shows.
        """
        import gradio as gr

        status = self._desk.productions.status()
        day = self._desk.today().strftime(DAY_FORMAT)
        if status is not None and status.running:
            return day, *self._running(status.number)
        return day, *(gr.skip() for _ in range(5 + len(self._profile_ids)))

    def _running(self, number: int) -> Updates:
        import gradio as gr

        status = self._desk.productions.status()
        hidden = (gr.update(visible=False, value=None) for _ in self._profile_ids)
        return (
            gr.update(interactive=False, value="Đang sản xuất…"),
            gr.update(visible=True, interactive=True, value="Dừng lại"),
            views.progress(status) if status is not None else "",
            gr.update(active=True),
            number,
            *hidden,
        )

    def _ended(self, html: str, players: Updates | None = None) -> Updates:
        import gradio as gr

        return (
            gr.update(interactive=True, value="Sản xuất"),
            gr.update(visible=False),
            html,
            gr.update(active=False),
            0,
            *(players or tuple(gr.update(visible=False, value=None) for _ in self._profile_ids)),
        )

    def _players(self, folder: str, names: dict[str, str]) -> Updates:
        import gradio as gr

        delivered = self._desk.deliveries.find(folder)
        wholes = delivered.manifest.audio if delivered is not None else ()
        files = {file.profile: file.name for file in wholes if file.segment is None}
        return tuple(
            gr.update(
                visible=True,
                label=f"Nghe thử: {names[profile_id]}",
                value=str(self._desk.deliveries.file(folder, files[profile_id])),
            )
            if profile_id in files
            else gr.update(visible=False, value=None)
            for profile_id in self._profile_ids
        )


def _remarks(document: Document) -> list[str]:
    """What was done to the text, then the words that were recognised without certainty."""
    whole = [vietnamese(notice.code, dict(notice.fields)) for notice in document.notices if notice.span is None]
    spans = [notice.span for notice in document.notices if notice.span is not None]
    if not spans:
        return whole
    words = ", ".join(f"“{document.text[span.start : span.end]}”" for span in spans[:MOST_WORDS])
    more = f" và {len(spans) - MOST_WORDS} chữ khác" if len(spans) > MOST_WORDS else ""
    return [*whole, f"Chữ cần soát: {words}{more}."]
