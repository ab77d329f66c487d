"""What a model finds wrong with a value, as fields of an error: words are put to them at the edge."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from studio.files.base import ID_PATTERN

FAULTS = {
    "greater_than": "more_than",
    "greater_than_equal": "at_least",
    "less_than": "less_than",
    "less_than_equal": "at_most",
    "string_too_short": "shorter_than",
    "string_too_long": "longer_than",
    "too_short": "fewer_than",
    "too_long": "more_in_number_than",
    "string_pattern_mismatch": "not_of_form",
    "literal_error": "not_one_of",
    "enum": "not_one_of",
    "bool_type": "no_truth",
    "bool_parsing": "no_truth",
    "int_type": "no_whole_number",
    "int_parsing": "no_whole_number",
    "int_parsing_size": "no_whole_number",
    "int_from_float": "no_whole_number",
    "float_type": "no_number",
    "float_parsing": "no_number",
    "finite_number": "no_number",
    "string_type": "no_text",
    "date_type": "no_date",
    "date_parsing": "no_date",
    "date_from_datetime_parsing": "no_date",
    "date_from_datetime_inexact": "no_date",
    "dict_type": "no_table",
    "model_type": "no_table",
    "model_attributes_type": "no_table",
    "tuple_type": "no_list",
    "frozen_set_type": "no_list",
}
"""By pydantic's types of errors (https://docs.pydantic.dev/latest/errors/validation_errors/): those of our models."""

OWN = ":"
"""In the type of what our models find themselves, such as "cart:cue_after_end"; no type of pydantic's holds it."""

_LIMITS = ("limit", "gt", "ge", "lt", "le", "min_length", "max_length", "pattern", "expected")


def first_fault(error: ValidationError) -> ErrorDetails:
    """The first thing that is wrong."""
    return error.errors(include_url=False)[0]


def reason_of(fault: ErrorDetails) -> dict[str, str | int | float | None]:
    """Fields `reason` (in the library's English, or ours), `fault` (of FAULTS, our own or None), its `limit`."""
    known = fault["type"] if OWN in fault["type"] else FAULTS.get(fault["type"])
    context = fault.get("ctx", {})
    limit = next((context[name] for name in _LIMITS if name in context), None)
    if known == "not_of_form" and limit == ID_PATTERN:
        known = "no_id"
    return {"reason": fault["msg"], "fault": known, "limit": _plain(limit)}


def _plain(limit: Any) -> str | int | float | None:
    """A limit as one would write it: whole numbers without a point, choices without quotation marks."""
    if isinstance(limit, float) and limit.is_integer():
        return int(limit)
    if isinstance(limit, str):
        return limit.replace("' or '", "', '").replace("', '", ", ").strip("'")
    return limit if isinstance(limit, int | float) else None
