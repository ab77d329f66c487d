"""The rundown of a programme: what plays, in which order, by which voice."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from studio.files.base import ID_PATTERN, FileModel
from studio.files.choices import Part

CartRef = Annotated[str, Field(min_length=1, max_length=400)]
"""A cart: a path beside the rundown, or the name of a file among the unit's carts."""

Text = Annotated[str, Field(min_length=1, max_length=200_000)]


LexiconRef = Annotated[str, Field(min_length=1, max_length=400)]
"""A lexicon (.tsv or .pls) beside the rundown; its entries win over those of the unit and the city."""


class Opening(FileModel):
    """The jingle that opens, and the greeting spoken after it."""

    cart: CartRef | None = None
    text: Text | None = None


class Closing(FileModel):
    """The words that close, and the music after them."""

    text: Text | None = None
    cart: CartRef | None = None


class Bed(FileModel):
    """Music under the items' speech; ducked so that the words stay clear."""

    cart: CartRef
    under_speech_lu: Annotated[float, Field(ge=10, le=40)] | None = None


class Stings(FileModel):
    """The short sound between items."""

    cart: CartRef


class Item(FileModel):
    """One bulletin of the programme: a file beside the rundown, or its text in place."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    file: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    text: Text | None = None
    voice: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    lexicon: LexiconRef | None = None
    keep: tuple[Part, ...] = ()
    """Parts of the text's form that are broadcast all the same, such as "signature"."""
    bed: bool = True

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.file is None) == (self.text is None):
            raise ValueError("an item needs either file or text, and not both")
        return self


class Rundown(FileModel):
    """A programme, as in `samples/ban-tin-sang.toml`."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    unit: Annotated[str, Field(min_length=1, max_length=200)]
    slug: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    voice: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    speed: Annotated[float, Field(ge=0.5, le=2.0)] | None = None
    profiles: tuple[Annotated[str, Field(pattern=ID_PATTERN)], ...] | None = None
    lexicon: LexiconRef | None = None
    opening: Opening = Opening()
    bed: Bed | None = None
    stings: Stings | None = None
    closing: Closing = Closing()
    items: Annotated[tuple[Item, ...], Field(max_length=200, json_schema_extra={"minItems": 1})]

    @field_validator("items")
    @classmethod
    def _some_items(cls, items: tuple[Item, ...]) -> tuple[Item, ...]:
        # Not a least length: that would also complain where the only item is wrong.
        if not items:
            raise ValueError("a programme needs an item")
        return items
