"""Where something stands in a file of settings."""

from __future__ import annotations

Location = tuple[int | str, ...]
"""Keys and places in arrays (from 0), outermost first."""


def dotted(location: Location) -> str | None:
    """A location as people write it, places counted from 1 ("items.2.title"); None for the whole file."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location) or None
