"""`studio voices list`."""

from __future__ import annotations

import json
import sys

from studio.cli.opening import opened


def run(*, as_json: bool) -> None:
    """Lists the voices with whether each can speak here and now."""
    with opened() as studio:
        states = studio.voice_states()
    if as_json:
        records = [{**state.card.model_dump(mode="json"), "usable": state.usable} for state in states]
        sys.stdout.write(json.dumps(records, ensure_ascii=False) + "\n")
        return
    for state in states:
        usable = "ready" if state.usable else "not installed"
        card = state.card
        sys.stdout.write(f"{card.id}\t{usable}\t{card.name}\t{card.accent}\t{card.licence}\n")
