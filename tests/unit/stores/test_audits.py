"""Kept audits, their picture, and the optional parts that measure."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.errors import MissingPartError
from studio.files.audit import DnsmosEntry, MergerEntry, SpeechEntry, ToneEntry, VoiceAudit, WordEntry
from studio.rules.audit import template_entry
from studio.sound import Sound
from studio.stores.audits import FolderAudits
from studio.stores.opinions import RATE_HZ, Dnsmos
from studio.stores.pictures import PillowPictures
from studio.stores.pitch import PraatPitch

CONTOUR: tuple[float | None, ...] = (0.0, 1.0, None, None, 20.0, None, -20.0, 1.0, 2.0, None)


def tone(name: str, *, measured: bool = True) -> ToneEntry:
    figure = 1.5 if measured else None
    word = WordEntry(
        word="tã", contour_st=CONTOUR, duration_ms=300, gap_ms=20, dip_db=9, release_ms=20, broken=True
    )  # fmt: skip
    return ToneEntry(
        tone=name, template_st=(0.0,) * 10, contour_st=CONTOUR if measured else (None,) * 10,
        words=(word,) if measured else (), unmeasured=() if measured else ("tạ",), duration_ms=figure,
        duration_ratio=figure, wanted_duration_ratio=1.0, gap_ms=figure, dip_db=figure, release_ms=figure,
        broken_share=figure, wanted_broken=False, pitch_st=figure, duration_octaves=figure, voicing=figure,
        distance=figure,
    )  # fmt: skip


def audit(candidate: str = "hanoi-espeak", dnsmos: DnsmosEntry | None = None) -> VoiceAudit:
    names = ("ngang", "huyen", "sac", "hoi", "nga")
    return VoiceAudit(
        word_list=1, made_at=datetime(2026, 11, 25, tzinfo=UTC), candidate=candidate, voice="hanoi-espeak",
        name="Giọng thử", engine="espeak", engine_version="1", variant="f5", speed=1.0, settings={}, tracker="Praat",
        pitch_range_hz=(90.0, 300.0), mean_pitch_hz=180.0, template=template_entry(),
        tones=(*map(tone, names), tone("nang", measured=False)),
        mergers=(MergerEntry(onsets="s = x", pairs=("sa–xa",), contrasts=("xa–kha",), pair_distance=0.0,
                             contrast_distance=9.0, ratio=0.0, most_ratio=0.5, merged=True),),
        speech=SpeechEntry(lines=1, syllables=5, syllables_per_second=3.0, articulated_per_second=3.2, pauses=0,
                           mean_pause_ms=None, longest_pause_ms=None, least_pause_ms=100, levels_lufs=(-20.0,),
                           level_spread_lu=0.0),
        dnsmos=dnsmos,
    )  # fmt: skip


def test_the_last_audit_of_each_candidate_is_kept(tmp_path: Path) -> None:
    store = FolderAudits(tmp_path)
    store.save(audit(), b"old")
    record, picture = store.save(audit(), b"new")
    assert picture.read_bytes() == b"new"
    assert VoiceAudit.model_validate_json(record.read_bytes()) == audit()
    store.save(audit("hanoi-espeak+f2@0.9:northern_tones=0"), b"other")
    names = {path.name for path in (tmp_path / "audits").iterdir()}
    other = "hanoi-espeak.f2.0.9.northern_tones.0"
    assert names == {"hanoi-espeak.json", "hanoi-espeak.png", f"{other}.json", f"{other}.png"}
    assert json.loads(record.read_text("utf-8"))["format"] == "phat-thanh-studio/audit"


@pytest.mark.parametrize("dnsmos", [None, DnsmosEntry(overall=3, signal=3, background=4, p808=3, version="1")])
def test_the_picture_draws_what_was_measured_and_bears_what_was_not(dnsmos: DnsmosEntry | None) -> None:
    picture = Image.open(io.BytesIO(PillowPictures().tones_png(audit(dnsmos=dnsmos))))
    assert picture.format == "PNG"
    counted = picture.convert("RGB").getcolors(1 << 20)
    assert counted is not None
    colours = {colour: count for count, colour in counted}
    assert colours[11, 90, 158] > 500, "the measured contour"
    assert colours[179, 38, 30] > 500, "the template"


def test_every_letter_of_the_picture_is_in_its_font(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import ImageFont

    from studio.stores import tonepicture

    texts: list[str] = []
    monkeypatch.setattr(tonepicture, "_write", lambda _pen, _place, text, *_more, **_named: texts.append(text))
    tonepicture.tones_png(audit(dnsmos=DnsmosEntry(overall=3, signal=3, background=4, p808=3, version="1")))
    font = ImageFont.truetype(str(tonepicture.FONTS / "NotoSans-Regular.ttf"), 24)
    box = bytes(font.getmask("\U0010fffe"))
    letters = set("".join(texts)) - {" "}
    assert len(letters) > 40
    assert [letter for letter in letters if bytes(font.getmask(letter)) == box] == []


def test_without_parselmouth_the_line_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "parselmouth", None)
    with pytest.raises(MissingPartError) as caught:
        PraatPitch().version()
    assert caught.value.code == "audit.not_installed"
    assert caught.value.fields["part"] == "praat-parselmouth"


def speech() -> Sound:
    return Sound(np.full((RATE_HZ, 1), 1.5, np.float32), RATE_HZ)


def test_without_speechmos_nothing_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "speechmos", None)
    assert Dnsmos().opinion(speech()) is None


def test_with_speechmos_its_figures_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    def run(samples: Any, rate_hz: int) -> dict[str, float]:
        heard.append((samples, rate_hz))
        return {"ovrl_mos": 2.5, "sig_mos": 3.25, "bak_mos": 4.0, "p808_mos": 3.0}

    monkeypatch.setitem(sys.modules, "speechmos", SimpleNamespace(dnsmos=SimpleNamespace(run=run)))
    monkeypatch.setattr("importlib.metadata.version", lambda _name: "9")
    found = Dnsmos().opinion(speech())
    assert found == DnsmosEntry(overall=2.5, signal=3.25, background=4.0, p808=3.0, version="speechmos 9")
    ((samples, rate_hz),) = heard
    assert (samples.ndim, samples.max(), rate_hz) == (1, 1.0, RATE_HZ)
    with pytest.raises(ValueError, match="16000"):
        Dnsmos().opinion(Sound(np.zeros((10, 1), np.float32), 8_000))
