"""A profile asks only for what its encoder gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from studio.files.profile import Profile
from studio.stores.catalogs import FolderProfiles

ROOT = Path(__file__).resolve().parents[3]
BASE = {"id": "thu", "name": "Thử", "target_lufs": -16.0, "max_true_peak_dbtp": -1.5}


@pytest.mark.parametrize(
    ("codec", "rate_hz", "right", "wrong"),
    [
        ("mp3", 44_100, 96_000, 33_000),
        ("mp3", 48_000, 320_000, 100_001),
        ("aac", 32_000, 192_000, 192_001),
        ("aac", 48_000, 288_000, 320_000),
        ("opus", 48_000, 256_000, 256_001),
    ],
)
def test_a_bit_rate_that_would_come_out_as_another_is_refused(codec: str, rate_hz: int, right: int, wrong: int) -> None:
    record = {**BASE, "codec": codec, "rate_hz": rate_hz}
    assert Profile.model_validate({**record, "bit_rate_bps": right}).bit_rate_bps == right
    with pytest.raises(ValidationError, match="bit_rate_bps"):
        Profile.model_validate({**record, "bit_rate_bps": wrong})


def test_a_station_may_be_stricter_than_the_house_not_looser() -> None:
    record = {**BASE, "codec": "opus", "rate_hz": 48_000, "bit_rate_bps": 96_000}
    assert Profile.model_validate(record).tolerance_lu == 0.2
    assert Profile.model_validate({**record, "tolerance_lu": 0.05}).is_on_target(-16.04)
    assert not Profile.model_validate({**record, "tolerance_lu": 0.05}).is_on_target(-16.06)
    assert not Profile.model_validate(record).is_on_target(None)
    for wrong in (0.21, 1.0, 0.0):
        with pytest.raises(ValidationError, match="tolerance_lu"):
            Profile.model_validate({**record, "tolerance_lu": wrong})


def test_every_shipped_profile_is_right() -> None:
    assert len(FolderProfiles([ROOT / "outlets" / "profiles"]).profiles()) == 5
