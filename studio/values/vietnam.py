"""Vietnam's clock and the names of its days."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""No daylight saving since 1975."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_in_vietnam(moment: datetime) -> date:
    """The date there at an aware moment."""
    return moment.astimezone(VIETNAM).date()


def weekday_name(day: date) -> str:
    """The day of the week as it is said ("thứ Tư")."""
    return WEEKDAYS[day.weekday()]
