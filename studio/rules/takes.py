"""What the receiver of a programme should know of single takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from studio.files.manifest import NoticeEntry
from studio.rules.planning import Plan
from studio.rules.retakes import doubt
from studio.values.voice import SpeechRequest, TakeInfo, excerpt


def take_remarks(plan: Plan, takes: Mapping[str, TakeInfo]) -> tuple[NoticeEntry, ...]:
    """A remark for every take of a programme that is doubtful, each once, in playing order."""
    requests = {line.fingerprint: line.request for line in plan.lines}
    return doubtful_lines((request, takes[key]) for key, request in requests.items())


def doubtful_lines(spoken: Iterable[tuple[SpeechRequest, TakeInfo]]) -> tuple[NoticeEntry, ...]:
    """A remark for each line whose take is clipped or of odd length, in their order."""
    return tuple(_remarks(spoken))


def _remarks(spoken: Iterable[tuple[SpeechRequest, TakeInfo]]) -> Iterator[NoticeEntry]:
    for request, take in spoken:
        seconds = (take.cue_out - take.cue_in) / take.rate_hz
        code = doubt(request, seconds, take.clipped_runs)
        if code is not None:
            fields = {"line": excerpt(request.spoken), "voice": request.voice.voice_id, "seconds": f"{seconds:.1f}"}
            yield NoticeEntry(code=code, fields=fields)
