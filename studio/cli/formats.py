"""What can be chosen on the command line by name."""

from __future__ import annotations

from enum import StrEnum


class ScriptFormat(StrEnum):
    """What a script can be written as."""

    TXT = "txt"
    DOCX = "docx"
    SSML = "ssml"
    VTT = "vtt"
    JSON = "json"


class LexiconFormat(StrEnum):
    """The formats of a lexicon file."""

    PLS = "pls"
    TSV = "tsv"


class LexiconLayer(StrEnum):
    """The layers that a lexicon can be imported into."""

    CITY = "city"
    UNIT = "unit"
