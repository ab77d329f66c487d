"""House choices of reading, as in `STUDIO_HOME/reading.toml`; a key left out keeps the reader's default."""

from __future__ import annotations

from typing import Literal

from studio.files.base import FileModel

Part = Literal["header", "number_line", "place_date", "recipients", "signature", "page_number", "table", "mark"]


class Choices(FileModel):
    """Every choice by the name it has in `ReadingChoices`, where its default stands."""

    document_year: Literal["always", "unless_repeated"] | None = None
    document_number: Literal["short", "verbatim"] | None = None
    outline_number: Literal["literal", "silent"] | None = None
    decimals: Literal["digits", "pairs"] | None = None
    thousand: Literal["nghìn", "ngàn"] | None = None
    zero_tens: Literal["linh", "lẻ"] | None = None
    phone_groups: Literal["written", "standard", "none"] | None = None
    first_days: Literal["mùng", "mồng", ""] | None = None
    keep_parts: frozenset[Part] | None = None
