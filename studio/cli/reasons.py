"""English for what is wrong with a value in a file or an option."""

from __future__ import annotations

from collections.abc import Mapping

REASONS = {
    "at_least": "it needs to be at least {limit}",
    "at_most": "it needs to be at most {limit}",
    "fewer_than": "it is too short; at least {limit}",
    "less_than": "it needs to be less than {limit}",
    "longer_than": "it is too long; at most {limit} characters",
    "more_in_number_than": "it is too long; at most {limit}",
    "more_than": "it needs to be more than {limit}",
    "no_date": "it needs to be a date such as 2026-11-25",
    "no_id": "use small letters without accents, figures, - and _ alone, at most 64",
    "no_list": "it needs to be a list in square brackets",
    "no_number": "it needs to be a number",
    "no_table": "it needs to be a table of keys and values",
    "no_text": "it needs to be text in quotation marks",
    "no_truth": "it needs to be true or false",
    "no_whole_number": "it needs to be a whole number",
    "not_of_form": "it does not have the form {limit}",
    "not_one_of": "choose one of: {limit}",
    "shorter_than": "it is too short; at least {limit} characters",
}
"""By the field `fault` of an error (see `studio.files.faults`)."""


def with_reason(fields: Mapping[str, object]) -> Mapping[str, object]:
    """The fields with `reason` in plain words where its fault is known, else as it came."""
    words = REASONS.get(str(fields.get("fault")))
    return fields if words is None else {**fields, "reason": words.format(limit=fields.get("limit"))}
