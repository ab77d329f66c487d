"""The system's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Now, in UTC."""

    def now(self) -> datetime:
        """An aware time in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)
