"""Patterns that are compiled when they are first used: most texts need few of them, and starting must be quick."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """A pattern to be; after the first use its methods are the compiled pattern's own."""

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in self.__slots__[2:]:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is first asked for a match."""
    return cast("re.Pattern[str]", _Lazy(source, flags))


LOCAL_PHONE = r"[2-9]\d{3}[ .]?\d{4}(?!\d|[.,]\d|[^\W_])"
"""Eight figures that may be a telephone's, dialled without its area's code."""
