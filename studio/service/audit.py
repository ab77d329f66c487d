"""How Hanoi a voice sounds: words and lines spoken, pitch tracked, tones held against a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.audio.blocks import resampled
from studio.audio.inspect import find_cues, inner_pauses_s
from studio.audio.likeness import onset_distance
from studio.audio.meter import measure
from studio.audio.tones import rime_of
from studio.errors import SoundError
from studio.files.audit import DnsmosEntry, MergerEntry, VoiceAudit
from studio.ports import Progress
from studio.rules.audit import (
    LEAST_PAUSE_S,
    RUNNING_LINES,
    SpokenLine,
    merger_entry,
    rimes_of,
    speech_entry,
    template_entry,
    tone_entries,
)
from studio.rules.auditlist import AUDIT_LIST, MERGERS, RIMES, TONES, words
from studio.rules.candidates import Candidate
from studio.rules.takes import doubtful_lines
from studio.rules.tones import MODAL, mean_st
from studio.service.rooms import Rooms
from studio.service.speaking import spec_of, takes_of
from studio.sound import Sound
from studio.values.voice import SpeechRequest

WIDEST_HZ = (60.0, 600.0)
"""The range in which any speaker's pitch is looked for at first."""
OF_QUARTILES = (0.6, 1.9)
"""The speaker's own range: so many times the lower and the upper quartile of what was found at first."""
DNSMOS_RATE_HZ = 16_000
DNSMOS_PAUSE_S = 0.3


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit and where it and its picture are kept."""

    audit: VoiceAudit
    record: Path
    picture: Path


def audit_voice(rooms: Rooms, candidate: Candidate, progress: Progress) -> Audited:
    """See Studio.audit."""
    # Asked first: a missing part is said before anything is spoken.
    tracker = rooms.pitch.version()
    card, spec = rooms.voices.card(candidate.voice_id), spec_of(rooms, candidate)
    lines = [line for line, _ in RUNNING_LINES]
    requests = [SpeechRequest(spoken, spec) for spoken in (*words(), *lines)]
    takes = takes_of(rooms, requests, progress)
    sounds = {request.spoken: rooms.takes.load(take.fingerprint) for request, take in zip(requests, takes, strict=True)}
    lowest_hz, highest_hz = _range_hz(rooms, sounds, candidate.key)
    spoken = [word for row in RIMES for word in row]
    rimes = rimes_of(
        {word: rime_of(sounds[word], rooms.pitch.track(sounds[word], lowest_hz, highest_hz)) for word in spoken}
    )
    mean = mean_st(rimes)
    if mean is None:
        raise SoundError("audit.no_pitch", voice=candidate.key)
    audit = VoiceAudit(
        word_list=AUDIT_LIST,
        made_at=rooms.clock.now(),
        candidate=candidate.key,
        voice=card.id,
        name=candidate.name(card),
        engine=spec.engine,
        engine_version=spec.engine_version,
        variant=spec.variant,
        speed=spec.speed,
        settings=dict(spec.settings),
        tracker=tracker,
        pitch_range_hz=(round(lowest_hz, 1), round(highest_hz, 1)),
        mean_pitch_hz=round(2.0 ** (mean / 12.0), 1),
        template=template_entry(),
        tones=tone_entries(rimes, mean),
        mergers=_mergers(sounds),
        speech=speech_entry([_line(sounds[line], syllables) for line, syllables in RUNNING_LINES]),
        dnsmos=_dnsmos(rooms, [sounds[line] for line in lines]),
        doubtful=doubtful_lines(zip(requests, takes, strict=True)),
    )
    record, picture = rooms.audits.save(audit, rooms.pictures.tones_png(audit))
    return Audited(audit, record, picture)


def _range_hz(rooms: Rooms, sounds: Mapping[str, Sound], key: str) -> tuple[float, float]:
    """The speaker's range, found on the modal tones alone: what ngã and nặng do must not move what the others get."""
    columns = [at for at, tone in enumerate(TONES) if tone in MODAL]
    tracks = [rooms.pitch.track(sounds[row[at]], *WIDEST_HZ).hz for row in RIMES for at in columns]
    found = np.concatenate(tracks)
    found = found[~np.isnan(found)]
    if not found.size:
        raise SoundError("audit.no_pitch", voice=key)
    low, high = np.quantile(found, (0.25, 0.75))
    return max(WIDEST_HZ[0], float(low) * OF_QUARTILES[0]), min(WIDEST_HZ[1], float(high) * OF_QUARTILES[1])


def _mergers(sounds: Mapping[str, Sound]) -> tuple[MergerEntry, ...]:
    pairs = {pair for merger in MERGERS for pair in (*merger.pairs, *merger.contrasts)}
    distances = {(first, second): onset_distance(sounds[first], sounds[second]) for first, second in pairs}
    return tuple(merger_entry(merger, distances) for merger in MERGERS)


def _line(sound: Sound, syllables: int) -> SpokenLine:
    cue_in, cue_out = find_cues(sound.samples, sound.rate_hz)
    measured = measure(lambda: iter((sound.samples,)), sound.rate_hz, true_peak=False)
    if measured.integrated_lufs is None:
        raise SoundError("sound.unmeasurable", seconds=round(sound.seconds, 3))
    pauses = inner_pauses_s(sound.samples, sound.rate_hz, at_least_s=LEAST_PAUSE_S)
    return SpokenLine(syllables, (cue_out - cue_in) / sound.rate_hz, tuple(pauses), measured.integrated_lufs)


def _dnsmos(rooms: Rooms, lines: Sequence[Sound]) -> DnsmosEntry | None:
    """The estimate for all lines in a row, a pause between."""
    pause = np.zeros((round(DNSMOS_PAUSE_S * lines[0].rate_hz), 1), np.float32)
    pieces = (piece for line in lines for piece in (line.samples, pause))
    joined = np.concatenate(list(resampled(pieces, lines[0].rate_hz, DNSMOS_RATE_HZ)))
    return rooms.opinions.opinion(Sound(joined, DNSMOS_RATE_HZ))
