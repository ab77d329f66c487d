"""Reading alone: written text in, scripts and spoken lines out; light enough for one line at a prompt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.text.lexicon import Lexicon
from studio.text.script import read_line, write_script
from studio.values.text import Document, ReadingChoices, Script

if TYPE_CHECKING:
    from studio.ports import Documents


@dataclass(frozen=True, slots=True)
class Reader:
    """How this house reads."""

    documents: Documents
    choices: ReadingChoices
    lexicon: Lexicon

    def read(self, written: str) -> Script:
        """The script of a whole text, its administrative form left out."""
        return write_script(written, choices=self.choices, lexicon=self.lexicon)

    def read_document(self, document: Document) -> Script:
        """The script of a document's text, with what was done to the text said first."""
        script = self.read(document.text)
        return replace(script, notices=document.notices + script.notices) if document.notices else script

    def read_lines(self, lines: Iterable[str]) -> Iterator[str]:
        """The literal reading of each line, one for one."""
        return (read_line(line, choices=self.choices, lexicon=self.lexicon) for line in lines)
