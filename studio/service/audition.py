"""The same text by several voices, level-matched, kept as one folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.audio.drawing import outline, pitches_hz, spectrogram
from studio.audio.meter import measure
from studio.audio.mix import mix
from studio.audio.timeline import PlacedLine, speech_segment
from studio.errors import InputError, SoundError
from studio.files.audition import Audition, Stimulus
from studio.files.card import VoiceCard
from studio.files.manifest import NoticeEntry
from studio.fingerprint import fingerprint, take_fields
from studio.ports import Progress
from studio.rules.audition import level_of, matched
from studio.rules.auditionpage import Drawings, page
from studio.rules.candidates import Candidate
from studio.rules.takes import doubtful_lines
from studio.service.mastering import open_source
from studio.service.rooms import Rooms
from studio.service.speaking import spec_of, takes_of
from studio.sound import Sound, rounded_to_24_bits, samples_digest
from studio.units import gain_of_db
from studio.values.text import Script
from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec

AUDITION_RECIPE = 2
"""Raised when the sounds or the page of an audition change."""
MOST_CHARACTERS = 2_000
"""About two minutes: a listener compares no longer text."""
MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class _Speaker:
    """A candidate with its card and resolved voice."""

    candidate: Candidate
    card: VoiceCard
    spec: VoiceSpec


def make_audition(rooms: Rooms, written: str, candidates: Sequence[Candidate], progress: Progress) -> Audition:
    """See Studio.audition."""
    script = _script(rooms, written)
    chosen = tuple(dict.fromkeys(candidates))
    if not 1 <= len(chosen) <= MOST_CANDIDATES:
        raise InputError("audition.bad_count", count=len(chosen), most=MOST_CANDIDATES)
    speakers = [_Speaker(each, rooms.voices.card(each.voice_id), spec_of(rooms, each)) for each in chosen]
    key = _id(script, speakers)
    kept = rooms.auditions.find(key)
    if kept is not None:
        return kept
    requests = [SpeechRequest(line.spoken, speaker.spec) for speaker in speakers for line in script.utterances]
    takes = takes_of(rooms, requests, progress)
    count = len(script.utterances)
    takes_by_speaker = [takes[at * count : (at + 1) * count] for at in range(len(speakers))]
    sounds = [_read(rooms, script, own) for own in takes_by_speaker]
    doubts = [
        doubtful_lines(zip(requests[at * count : (at + 1) * count], own, strict=True))
        for at, own in enumerate(takes_by_speaker)
    ]
    audition, heard = _matched(rooms, key, script, speakers, takes_by_speaker, sounds, doubts)
    rooms.auditions.save(audition, heard, page(audition, [_drawn(rooms, sound) for sound in heard]))
    return audition


def _script(rooms: Rooms, written: str) -> Script:
    if len(written) > MOST_CHARACTERS:
        raise InputError("audition.text_too_long", length=len(written), most=MOST_CHARACTERS)
    script = rooms.reader.read(written)
    if not script.utterances:
        raise InputError("audition.nothing_to_say")
    return script


def _id(script: Script, speakers: Sequence[_Speaker]) -> str:
    """The same text by the same voices is the same audition, so that scores are of the very sounds."""
    fields = fingerprint(
        {
            "recipe": AUDITION_RECIPE,
            "pauses_ms": [line.pause_after_ms for line in script.utterances],
            "takes": [
                {speaker.candidate.key: take_fields(SpeechRequest(line.spoken, speaker.spec))}
                for speaker in speakers
                for line in script.utterances
            ],
        }
    )
    return fields[:16]


def _read(rooms: Rooms, script: Script, takes: Sequence[TakeInfo]) -> Sound:
    """The whole text at the studio's rate, put together as a segment of a programme is."""
    lines = [PlacedLine(take, line.pause_after_ms) for take, line in zip(takes, script.utterances, strict=True)]
    timeline = speech_segment(lines, None, 0.0)
    blocks = mix(timeline, lambda source: open_source(rooms, source))()
    return Sound(np.concatenate(list(blocks)), timeline.rate_hz)


def _matched(
    rooms: Rooms,
    key: str,
    script: Script,
    speakers: Sequence[_Speaker],
    takes: Sequence[Sequence[TakeInfo]],
    sounds: Sequence[Sound],
    doubts: Sequence[tuple[NoticeEntry, ...]],
) -> tuple[Audition, list[Sound]]:
    own = [_level(sound) for sound in sounds]
    levels = matched(own)
    heard = [_in_24_bits(sound, gain) for sound, gain in zip(sounds, levels.gains_db, strict=True)]
    words = sum(len(line.spoken.split()) for line in script.utterances)
    stimuli = []
    for number, (speaker, sound) in enumerate(zip(speakers, heard, strict=True), 1):
        loudness, peak = _level(sound)
        voiced_s = sum((take.cue_out - take.cue_in) / take.rate_hz for take in takes[number - 1])
        stimuli.append(
            Stimulus(
                file=f"mau-{number}.flac",
                sha256=samples_digest(sound.samples),
                candidate=speaker.candidate.key,
                voice=speaker.card.id,
                name=speaker.candidate.name(speaker.card),
                engine=speaker.spec.engine,
                engine_version=speaker.spec.engine_version,
                variant=speaker.spec.variant,
                speed=speaker.spec.speed,
                accent=speaker.card.accent,
                gender=speaker.card.gender,
                licence=speaker.card.licence,
                attribution=speaker.card.attribution,
                duration_s=round(sound.seconds, 3),
                syllables_per_second=round(words / voiced_s, 2),
                own_lufs=round(own[number - 1][0], 2),
                gain_db=round(levels.gains_db[number - 1], 2),
                integrated_lufs=round(loudness, 2),
                true_peak_dbtp=round(peak, 2),
                doubtful=doubts[number - 1],
            )
        )
    lines = tuple(line.spoken for line in script.utterances)
    target = round(levels.target_lufs, 2)
    return Audition(id=key, made_at=rooms.clock.now(), lines=lines, target_lufs=target, stimuli=tuple(stimuli)), heard


def _level(sound: Sound) -> tuple[float, float]:
    level = level_of(measure(lambda: iter((sound.samples,)), sound.rate_hz, true_peak=True))
    if level is None:
        raise SoundError("sound.unmeasurable", seconds=round(sound.seconds, 3))
    return level


def _in_24_bits(sound: Sound, gain_db: float) -> Sound:
    """The sound times a gain, each sample at the nearest of 24 bits; its peaks stay far from full scale."""
    return Sound(rounded_to_24_bits(sound.samples * np.float32(gain_of_db(gain_db))), sound.rate_hz)


def _drawn(rooms: Rooms, sound: Sound) -> Drawings:
    wave = sound.samples[:, 0]
    picture = rooms.pictures.heat_png(spectrogram(wave, sound.rate_hz))
    return Drawings(outline(wave), picture, pitches_hz(wave, sound.rate_hz))
