"""English sentences for error and warning codes: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

ERRORS = {
    "delivery.busy": "another run is writing {folder}; wait for it to end, then start again",
    "delivery.differs": (
        "{file} is not what its manifest says: {stated_lufs} LUFS and {stated_s} s stated, "
        "{measured_lufs} LUFS and {measured_s} s measured; nothing was delivered; run again"
    ),
    "delivery.foreign": "{folder} exists and was not made by this studio; move it away or choose another --out",
    "option.bad_date": "--date {value}: not a date; write it as YYYY-MM-DD, such as 2026-11-22",
    "option.together": "{first} and {second} cannot be used together; leave one out",
    "profile.unknown": "no station profile is called {profile}; known: {known}",
    "profile.misnamed": "{file}: its id is {id}; name the file after its id",
    "programme.unmeasurable": "{title}: too short or too quiet to measure at {profile}; check its items",
    "run.cancelled": "stopped; nothing was delivered, and the lines already spoken are kept",
    "serve.not_loopback": "{host} is not a loopback address; nobody signs in yet, so serve on 127.0.0.1 only",
    "settings.bad_value": "{name}={value}: should be {wanted}",
    "storage.disk_full": "the disk is full at {path}; free some space, then run again (what was kept stays)",
    "storage.unwritable": "cannot write {path}: {reason}; choose another folder or mend its permissions",
    "text.nothing_to_say": "{title}: nothing is left to be spoken; check the text",
}

NOTICES = {
    "programme.in_one_piece": "{profile}: joined segments missed the target; the programme was mastered in one piece",
}


def english(code: str, fields: Mapping[str, object]) -> str:
    """The sentence for a code; every code that can be raised has one, and a test holds that."""
    sentence = ERRORS.get(code) or NOTICES[code]
    return sentence.format_map({name: "unknown" if value is None else value for name, value in fields.items()})
