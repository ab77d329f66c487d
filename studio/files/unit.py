"""What a unit allows itself beyond the house's rules."""

from __future__ import annotations

from studio.files.base import FileModel


class Unit(FileModel):
    """`STUDIO_HOME/unit.toml`; without the file nothing beyond the house's rules is allowed."""

    allow_other_accents: bool = False
    """Voices that do not speak as Hanoi does may be chosen."""
    allow_non_commercial: bool = False
    """Voices whose licence forbids commercial use may be chosen; the unit answers for it."""
    allow_carts_without_rights: bool = False
    """Kept carts whose rights holder is not stated may air; the unit answers for them."""
