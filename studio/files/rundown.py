"""The rundown of a programme: what plays, in which order, by which voice."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

from studio.files.base import CHOICE, ID_PATTERN, FileModel
from studio.files.choices import Part

CartRef = Annotated[str, Field(min_length=1, max_length=400)]
"""A cart: a path beside the rundown, or the name of a file among the unit's carts."""

Text = Annotated[str, Field(min_length=1, max_length=200_000)]

LexiconRef = Annotated[str, Field(min_length=1, max_length=400)]
"""A lexicon (.tsv or .pls) beside the rundown; its entries win over those of the unit and the city."""

VoiceId = Annotated[str, Field(pattern=ID_PATTERN)]

Priority = Literal["thong_thuong", "uu_tien", "khan_cap"]
"""Ordinary, preferred, emergency (which plays at once)."""

MOST_UNDER_GREETING_S = 15


class Opening(FileModel):
    """The jingle that opens, and the greeting spoken after it; its words may hold placeholders."""

    cart: CartRef | None = None
    text: Text | None = None
    under_greeting_s: Annotated[float, Field(ge=0.5, le=MOST_UNDER_GREETING_S)] | None = None
    """The jingle's last seconds fade away under the greeting; left out, the greeting waits for its end."""

    @model_validator(mode="after")
    def _both_to_cross(self) -> Self:
        if self.under_greeting_s is not None and (self.cart is None or self.text is None):
            raise PydanticCustomError("rundown:nothing_to_cross", "under_greeting_s needs both cart and text")
        return self


class Headlines(FileModel):
    """What comes, told before it: these words, then each item's headline or title."""

    text: Text
    voice: VoiceId | None = None


class Closing(FileModel):
    """The words that close, and the music after them; the words may hold placeholders."""

    text: Text | None = None
    cart: CartRef | None = None


class Bed(FileModel):
    """Music under the items' speech; ducked so that the words stay clear."""

    cart: CartRef
    under_speech_lu: Annotated[float, Field(ge=10, le=40)] | None = None


def _bed_form(value: object) -> str:
    return f"{CHOICE}flag" if isinstance(value, bool) else f"{CHOICE}table"


ItemBed = Annotated[
    Annotated[bool, Tag(f"{CHOICE}flag")] | Annotated[Bed, Tag(f"{CHOICE}table")], Discriminator(_bed_form)
]
"""Whether an item has the programme's bed, or one of its own."""


class Stings(FileModel):
    """The short sound between items."""

    cart: CartRef


class Item(FileModel):
    """One item: a bulletin in a file beside the rundown, its text in place, or recorded audio."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    file: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    text: Text | None = None
    audio: CartRef | None = None
    """A recording: an address, an interview, a song."""
    intro: Text | None = None
    """Words spoken before the item; they may hold placeholders."""
    headline: Annotated[str, Field(max_length=300)] | None = None
    """Said among the headlines in place of the title; "" leaves the item out there."""
    kind: Literal["tin", "hoi_dap"] = "tin"
    """A bulletin, or questions and answers: paragraphs that begin with "Hỏi:" and "Đáp:"."""
    voice: VoiceId | None = None
    voices: tuple[VoiceId, VoiceId] | None = None
    """Who asks and who answers."""
    say_labels: bool = False
    """"Hỏi" and "Đáp" are spoken."""
    lexicon: LexiconRef | None = None
    keep: tuple[Part, ...] = ()
    """Parts of the text's form that are broadcast all the same, such as "signature"."""
    bed: ItemBed = True

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        sources = [source for source in (self.file, self.text, self.audio) if source is not None]
        if len(sources) != 1:
            raise PydanticCustomError(
                "rundown:no_one_source", "an item needs one of file, text and audio, and not several"
            )
        return self

    @model_validator(mode="after")
    def _two_in_turn(self) -> Self:
        asks = self.kind == "hoi_dap"
        if asks and (self.voices is None or self.audio is not None):
            raise PydanticCustomError(
                "rundown:nobody_asks", "kind hoi_dap needs a file or a text, and voices: who asks and who answers"
            )
        if not asks and (self.voices is not None or self.say_labels):
            raise PydanticCustomError("rundown:nothing_asked", "voices and say_labels are for kind hoi_dap")
        return self


FACTS = ("who", "what", "where", "when", "do")
"""Keys of what an emergency must say, in the order in which it is said."""


class Emergency(FileModel):
    """What people must know at once, in whole sentences; read `times` times after the attention tone."""

    who: Text
    """Who says it."""
    what: Text
    where: Text
    when: Text
    do: Text
    """What people are to do."""
    times: Annotated[int, Field(ge=2, le=3)] = 2
    tone: CartRef = "bao-khan"
    """The attention tone; the studio brings its own."""
    voice: VoiceId | None = None


def _needs(schema: dict[str, Any]) -> None:
    emergency = {"properties": {"priority": {"const": "khan_cap"}}, "required": ["priority"]}
    items = {"required": ["items"], "properties": {"items": {"minItems": 1}, "emergency": False}}
    schema.update({"if": emergency, "then": {"required": ["emergency"]}, "else": items})


class Rundown(FileModel, json_schema_extra=_needs):
    """A programme, as in `samples/ban-tin-sang.toml`."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    unit: Annotated[str, Field(min_length=1, max_length=200)]
    slug: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    priority: Priority = "thong_thuong"
    voice: VoiceId | None = None
    speed: Annotated[float, Field(ge=0.5, le=2.0)] | None = None
    profiles: tuple[Annotated[str, Field(pattern=ID_PATTERN)], ...] | None = None
    target_s: Annotated[float, Field(ge=10, le=4 * 3600)] | None = None
    """How long the programme is to last; pauses and music give way, speech is never cut."""
    lexicon: LexiconRef | None = None
    opening: Opening = Opening()
    headlines: Headlines | None = None
    bed: Bed | None = None
    stings: Stings | None = None
    closing: Closing = Closing()
    emergency: Annotated[Emergency | None, Field(validate_default=True)] = None
    items: Annotated[tuple[Item, ...], Field(max_length=200, validate_default=True)] = ()
    notices: Annotated[tuple[Item, ...], Field(max_length=200)] = ()

    @field_validator("emergency")
    @classmethod
    def _only_in_an_emergency(cls, emergency: Emergency | None, info: ValidationInfo) -> Emergency | None:
        if emergency is not None and info.data.get("priority", "khan_cap") != "khan_cap":
            raise PydanticCustomError("rundown:not_urgent", 'an emergency needs priority = "khan_cap"')
        return emergency

    @field_validator("items")
    @classmethod
    def _some_items(cls, items: tuple[Item, ...], info: ValidationInfo) -> tuple[Item, ...]:
        # Not a least length: that would also complain where the only item is wrong.
        if not items and info.data.get("priority", "khan_cap") != "khan_cap":
            raise PydanticKnownError("missing")
        return items

    @field_validator("emergency", mode="before")
    @classmethod
    def _facts(cls, emergency: object, info: ValidationInfo) -> object:
        if emergency is None and info.data.get("priority") == "khan_cap":
            raise PydanticKnownError("missing")
        return emergency
