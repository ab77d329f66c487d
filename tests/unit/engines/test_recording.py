"""The recording that a voice is cloned from: what is too short, too long, silent or no sound is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.engines.recording import read_recording
from studio.errors import VoiceError
from tests.fakes.xttsvoice import RATE_HZ, write_recording


def refused(path: Path) -> VoiceError:
    with pytest.raises(VoiceError) as caught:
        read_recording("giong", path)
    assert caught.value.fields["voice"] == "giong"
    assert caught.value.fields["path"] == path.name
    return caught.value


def test_channels_become_one(tmp_path: Path) -> None:
    path = tmp_path / "mau.wav"
    left = np.sin(np.arange(4 * 16_000) / 9).astype(np.float32) / 2
    soundfile.write(path, np.stack([left, left / 2], axis=1), 16_000, subtype="FLOAT")
    samples, rate_hz = read_recording("giong", path)
    assert rate_hz == 16_000
    np.testing.assert_allclose(samples, left * 0.75, atol=1e-6)
    assert samples.dtype == np.float32


def test_its_length_is_that_of_its_sound(tmp_path: Path) -> None:
    path = tmp_path / "mau.wav"
    write_recording(path, seconds=2.9)
    sound, _ = soundfile.read(path, dtype="float32")
    soundfile.write(path, np.pad(sound, RATE_HZ), RATE_HZ)
    error = refused(path)
    assert (error.code, error.fields["seconds"], error.fields["least_s"]) == ("voice.recording_too_short", 2.9, 3.0)
    write_recording(path, seconds=3.1)
    assert len(read_recording("giong", path)[0]) == round(3.1 * RATE_HZ)


def test_of_a_long_one_nothing_is_left_out_unsaid(tmp_path: Path) -> None:
    path = tmp_path / "mau.wav"
    write_recording(path, seconds=30.5)
    error = refused(path)
    assert (error.code, error.fields["seconds"], error.fields["most_s"]) == ("voice.recording_too_long", 30.5, 30.0)


def test_silence_is_nobody(tmp_path: Path) -> None:
    path = tmp_path / "mau.wav"
    write_recording(path, level=1e-4)
    assert refused(path).code == "voice.recording_silent"


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound at all" * 100])
def test_what_is_no_sound_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mau.wav"
    path.write_bytes(content)
    assert refused(path).code == "voice.bad_recording"


def test_invalid_samples_are_named(tmp_path: Path) -> None:
    path = tmp_path / "mau.wav"
    samples = np.full(4 * RATE_HZ, 0.5, np.float32)
    samples[100] = np.nan
    soundfile.write(path, samples, RATE_HZ, subtype="FLOAT")
    assert refused(path).code == "voice.bad_recording"


def test_a_lost_file_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "mau.wav").code == "voice.bad_recording"
