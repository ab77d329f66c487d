"""Reading alone: written text in, scripts and spoken lines out; light enough for one line at a prompt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.text.annotated import annotated
from studio.text.lexicon import Lexicon, lexicon_of
from studio.text.script import read_line, write_script
from studio.text.turns import turns_of, write_turns
from studio.values.lexicon import Entry
from studio.values.text import PARTS, Document, ReadingChoices, Script

if TYPE_CHECKING:
    from studio.ports import Documents, HouseChoices, Lexicons


@dataclass(frozen=True, slots=True)
class Reader:
    """How this house reads."""

    documents: Documents
    lexicons: Lexicons
    house: HouseChoices

    @property
    def choices(self) -> ReadingChoices:
        """The house's choices as they are now; raises InputError."""
        return self.house.choices()

    def lexicon(self, bulletin: tuple[Entry, ...] = ()) -> Lexicon:
        """The lexicons of city and unit as they are now under a bulletin's own; raises InputError."""
        return _lexicon(self.lexicons.house() + bulletin)

    def read(self, written: str, bulletin: tuple[Entry, ...] = (), keep_parts: frozenset[str] = frozenset()) -> Script:
        """The script of a whole text, its administrative form left out; `bulletin` is its own lexicon.

        `keep_parts` names parts of the form (see `LeftOut.part`) that are broadcast besides those the house keeps.
        """
        choices = self.choices
        if not keep_parts <= choices.keep_parts:
            choices = replace(choices, keep_parts=choices.keep_parts | keep_parts)
        return write_script(written, choices=choices, lexicon=self.lexicon(bulletin))

    def read_document(
        self, document: Document, bulletin: tuple[Entry, ...] = (), keep_parts: frozenset[str] = frozenset()
    ) -> Script:
        """The script of a document's text, with what was done to the text said first and doubtful words marked."""
        return annotated(self.read(document.text, bulletin, keep_parts), document.notices)

    def read_turns(
        self, document: Document, bulletin: tuple[Entry, ...], keep_parts: frozenset[str], *, say_labels: bool
    ) -> tuple[Script, tuple[int | None, ...]]:
        """The script of questions and answers, with who says each line (see `studio.text.turns`)."""
        turns = turns_of(document.text, say_labels=say_labels)
        script, speakers = write_turns(document.text, turns, lambda text: self.read(text, bulletin, keep_parts))
        return replace(script, notices=document.notices + script.notices), speakers

    def read_ssml(self, document: Document, name: str) -> Script:
        """The script of an SSML document, which has no form to leave out; raises InputError `ssml.*`."""
        from studio.text.ssml import text_of_ssml

        choices = replace(self.choices, keep_parts=PARTS)
        return write_script(text_of_ssml(document.text, name), choices=choices, lexicon=self.lexicon())

    def read_lines(self, lines: Iterable[str]) -> Iterator[str]:
        """The literal reading of each line, one for one."""
        choices, lexicon = self.choices, self.lexicon()
        return (read_line(line, choices=choices, lexicon=lexicon) for line in lines)


@lru_cache(maxsize=8)
def _lexicon(entries: tuple[Entry, ...]) -> Lexicon:
    return lexicon_of(entries)
