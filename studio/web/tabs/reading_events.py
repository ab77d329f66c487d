"""What happens where a reading is shown: read, decide a doubtful place, bring parts back; one update per output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studio.errors import InputError, StudioError
from studio.text.edited import edited
from studio.text.lint import lint
from studio.text.marking import with_readings
from studio.values.text import Document
from studio.web import reading_view, views
from studio.web.doubts import CLAUSE_MARKS, SILENT, Doubt, Seen, doubts_of
from studio.web.handlers import Desk, nothing_to_say, words_of
from studio.web.labels import PARTS

Updates = tuple[Any, ...]
"""One update per output component, as the framework wants them."""


class ReadingEvents:
    """The events; those that show a reading update text, reading, what was seen, controls, remark, parts, source."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(
        self, written: str, voice_id: str | None, keep: Sequence[str], source: Document | None, remark: str = ""
    ) -> Updates:
        """The spoken form beside the written one, with what there is to decide."""
        return self._shown(written, voice_id, keep, source, remark=remark)

    def pace(self, written: str, voice_id: str | None, keep: Sequence[str], source: Document | None, seen: Seen) -> Any:
        """The reading that is shown with its length at the rate of another voice."""
        import gradio as gr

        if not seen.written or written != seen.written:
            return gr.skip()
        return self._shown(written, voice_id, keep, source)[1]

    def choose(self, seen: Seen, place: str | None) -> Updates:
        """The readings of the place that was chosen."""
        doubt = seen.find(place)
        return (*_readings(doubt), "")

    def decide(
        self,
        written: str,
        voice_id: str | None,
        keep: Sequence[str],
        source: Document | None,
        seen: Seen,
        place: str | None,
        picked: str | None,
        own: str,
        everywhere: bool = False,
    ) -> Updates:
        """Puts the reading that was picked or typed into the text, and shows how it is read then.

        With `everywhere` it is put to every place that the same is said of.
        """
        if written != seen.written:
            changed = views.error(words_of(InputError("page.text_changed")))
            return self._shown(written, voice_id, keep, source, remark=changed)
        try:
            doubt = seen.find(place)
            if doubt is None:
                raise InputError("page.no_place")
            spans = doubt.alike if everywhere else (doubt.span,)
            marked = with_readings(written, spans, _spoken(picked, own))
        except StudioError as error:
            return refused(words_of(error))
        said = views.said(f"Đã ghi cách đọc cho {doubt.name if len(spans) == 1 else f'{len(spans)} chỗ'}.")
        return self._shown(written, voice_id, keep, source, text=marked, remark=said, after=doubt.span.start)

    def _shown(
        self,
        box: str,
        voice_id: str | None,
        keep: Sequence[str],
        source: Document | None,
        *,
        text: str | None = None,
        remark: str = "",
        after: int = 0,
    ) -> Updates:
        """The reading of what the box holds, or of the `text` to put there; the doubt from `after` on is chosen."""
        import gradio as gr

        try:
            look = self._desk.look(edited(source or Document(""), box if text is None else text), keep)
            pace = self._desk.pace(voice_id)
        except StudioError as error:
            return cleared(None, views.error(words_of(error)))
        script = look.script
        shown = reading_view.reading(script, pace, lint(script))
        if not script.utterances:
            shown = views.error(words_of(nothing_to_say(box)))
        seen = Seen(script.written, doubts_of(script))
        chosen = next((doubt for doubt in seen.doubts if doubt.span.start >= after), next(iter(seen.doubts), None))
        places = [(doubt.name, doubt.key) for doubt in seen.doubts]
        return (
            script.written if script.written != box else gr.skip(),
            shown,
            seen,
            gr.update(visible=bool(places)),
            gr.update(choices=places, value=chosen.key if chosen else None),
            *_readings(chosen),
            remark,
            gr.update(
                choices=[(PARTS[part], part) for part in look.parts], value=list(look.kept), visible=bool(look.parts)
            ),
            look.document,
        )


def cleared(document: Document | None, html: str) -> Updates:
    """Updates that show `html` and nothing to decide; the text becomes that of a document, or stays for None."""
    import gradio as gr

    text, source = (gr.skip(), gr.skip()) if document is None else (document.text, document)
    parts = gr.update(choices=[], value=[], visible=False)
    return (text, html, Seen(), gr.update(visible=False), gr.skip(), *_readings(None), "", parts, source)


def unchanged() -> Updates:
    """Updates that leave everything as it is."""
    import gradio as gr

    return tuple(gr.skip() for _ in range(11))


def refused(sentence: str) -> Updates:
    """Updates that say what is wrong in the remark and leave everything else as it is."""
    *before, _, keep, source = unchanged()
    return (*before, views.error(sentence), keep, source)


def _readings(doubt: Doubt | None) -> Updates:
    """Updates of the readings to pick from, none picked, of the field for another one, and of all places alike."""
    import gradio as gr

    alike = len(doubt.alike) if doubt else 0
    label = f"Đọc như vậy ở cả {alike} chỗ giống nhau"
    readings = gr.update(choices=list(doubt.readings) if doubt else [], value=None)
    return readings, "", gr.update(visible=alike > 1, value=False, label=label)


def _spoken(picked: str | None, own: str) -> str:
    words = own.strip(CLAUSE_MARKS + '“”"\n')
    if words:
        return words
    if not picked:
        raise InputError("page.no_reading")
    return "" if picked == SILENT else picked
