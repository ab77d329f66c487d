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


def test_every_shipped_profile_is_right() -> None:
    assert len(FolderProfiles([ROOT / "outlets" / "profiles"]).profiles()) == 5
