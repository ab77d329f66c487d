"""Dates as options give them."""

from __future__ import annotations

from datetime import date

from studio.errors import InputError


def option_date(option: str, written: str) -> date:
    """The day; raises InputError `option.bad_date` naming the option."""
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError("option.bad_date", option=option, value=written) from error
