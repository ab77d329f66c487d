"""Sounds that foreign programs and people leave: cut off, far too long, many channels, odd samples."""

from __future__ import annotations

import os
import random
import struct
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from studio.audio.meter import measure
from studio.errors import SoundError
from studio.sound import Samples
from studio.stores.carts.converting import Converted, convert
from studio.stores.carts.reader import FlacReader
from studio.stores.sound.completeness import check_whole
from studio.stores.sound.decoder import layout, probe
from studio.stores.sound.downmix import weights
from studio.stores.soundfiles import FfmpegSoundFiles
from tests.fakes.sounds import eight_bits, long_silence, tone

FFMPEG = FfmpegSoundFiles().ffmpeg


def encoded(path: Path, samples: Samples, *options: str, rate_hz: int = 48_000) -> Path:
    """The samples as what the name's ending and ffmpeg's options say."""
    wav = path.with_name("nguon.wav")
    soundfile.write(wav, samples, rate_hz, subtype="PCM_24")
    subprocess.run([FFMPEG, "-v", "error", "-y", "-i", wav, *options, path], check=True, timeout=60)
    wav.unlink()
    return path


def converted(path: Path) -> tuple[Converted, Samples]:
    sound = convert(path, FFMPEG, path.parent / "kho")
    reader = FlacReader(sound.file)
    return sound, reader.read(0, reader.frames)


def level_of(samples: Samples) -> float:
    measured = measure(lambda: iter([samples]), 48_000, true_peak=False).integrated_lufs
    assert measured is not None
    return measured


def refused(path: Path) -> SoundError:
    with pytest.raises(SoundError) as caught:
        convert(path, FFMPEG, path.parent / "kho")
    assert caught.value.fields["path"] == path.name
    kept = path.parent / "kho"
    assert not kept.exists() or list(kept.iterdir()) == []
    return caught.value


FORMATS = {
    "a.wav": (), "a.w64": (), "a.flac": (), "a.mp3": (), "a.ogg": (), "a.opus": (), "a.m4a": (), "a.aac": (),
    "a.wma": (), "a.aiff": (), "a.au": (), "a.caf": (), "a.mka": (), "a.webm": (), "a.ac3": (), "a.wv": (),
    "a.amr": ("-ar", "8000"), "faststart.m4a": ("-movflags", "faststart"), "vbr.mp3": ("-q:a", "4"),
    "film.mp4": (), "film.avi": (), "film.ts": (), "alac.m4a": ("-c:a", "alac"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_any_usual_format_is_read_and_its_loss_is_noticed(name: str, tmp_path: Path) -> None:
    path = encoded(tmp_path / name, tone(440, 5.0, 0.2), *FORMATS[name])
    sound, samples = converted(path)
    assert sound.frames == pytest.approx(5 * 48_000, abs=8_000)
    assert level_of(samples) == pytest.approx(level_of(tone(440, 5.0, 0.2)), abs=4.0 if path.suffix == ".amr" else 1.0)
    sound.file.unlink()
    if name.endswith(".ts"):
        # Packets of a broadcast stream may end anywhere.
        return
    whole = path.read_bytes()
    # Once between two of ffmpeg's packets, once within one.
    for size in (len(whole) * 6 // 10 // 4096 * 4096, len(whole) * 6 // 10 + 7):
        path.write_bytes(whole[:size])
        assert refused(path).code in ("cart.truncated", "cart.damaged")


@pytest.mark.parametrize("name", ["a.wav", "a.aiff", "a.au", "a.mp3", "a.ogg", "a.opus", "a.m4a"])
def test_a_cut_off_file_is_told_as_such(name: str, tmp_path: Path) -> None:
    path = encoded(tmp_path / name, tone(440, 5.0, 0.2), "-b:a", "128k")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    error = refused(path)
    assert (error.code, error.fields["size_bytes"]) == ("cart.truncated", len(whole) // 2)
    stated = error.fields["stated_bytes"]
    assert isinstance(stated, int)
    assert len(whole) // 2 < stated <= len(whole)


@pytest.mark.parametrize("stated", [0, 0xFFFF_FFFF])
def test_a_recorder_that_never_wrote_the_length_is_told(stated: int, tmp_path: Path) -> None:
    path = tmp_path / "thu.wav"
    soundfile.write(path, tone(440, 2.0, 0.2), 48_000, subtype="PCM_16")
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", stated)
    data[4:8] = struct.pack("<I", stated)
    path.write_bytes(data)
    assert refused(path).code == "cart.unfinished"


def test_what_follows_the_sound_does_not_matter(tmp_path: Path) -> None:
    for name in ("a.m4a", "a.mp3", "a.wav"):
        path = encoded(tmp_path / name, tone(440, 2.0, 0.2))
        path.write_bytes(path.read_bytes() + b"TAG" + bytes(125))
        assert converted(path)[0].frames == pytest.approx(96_000, abs=3_000)


def test_ten_hours_are_refused_without_being_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.stores.sound import prepare

    def never(*_: object, **__: object) -> None:
        raise AssertionError("ffmpeg was started")

    monkeypatch.setattr(prepare, "Ffmpeg", never)
    error = refused(long_silence(tmp_path / "dài.wav", hours=10))
    assert (error.code, error.fields["most_s"]) == ("cart.too_long", prepare.MAX_SECONDS)


def channels_wav(path: Path, *levels: float) -> Path:
    """Two seconds of a tone of its own in each channel, with the channels named as WAVE files name them."""
    silence = np.zeros((96_000, 1), np.float32)
    tracks = [tone(300 * (n + 1), 2.0, level) if level else silence for n, level in enumerate(levels)]
    layout = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}[len(levels)]
    wav = path.with_name("nguon.wav")
    soundfile.write(wav, np.concatenate(tracks, axis=1), 48_000, subtype="PCM_24")
    command = [FFMPEG, "-v", "error", "-y", "-channel_layout", layout, "-i", str(wav), "-c:a", "pcm_s24le", str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


FRONT, SURROUND = 0.5**0.5, 0.5
WHOLE_5_1 = 2 * FRONT + 1.0 + 2 * SURROUND


@pytest.mark.parametrize(
    ("only", "factor"),
    [(0, FRONT), (1, FRONT), (2, 1.0), (4, SURROUND), (5, SURROUND)],
)
def test_each_of_five_channels_is_heard_as_the_standard_says(only: int, factor: float, tmp_path: Path) -> None:
    levels = [0.0] * 6
    levels[only] = 0.4
    samples = converted(channels_wav(tmp_path / "vòm.wav", *levels))[1]
    assert np.abs(samples).max() == pytest.approx(0.4 * factor / WHOLE_5_1, rel=0.01)


def test_low_frequency_effects_alone_are_silence(tmp_path: Path) -> None:
    assert refused(channels_wav(tmp_path / "vòm.wav", 0, 0, 0, 0.5, 0, 0)).code == "cart.silent"


def test_full_scale_in_every_channel_is_not_clipped(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    for channels in (1, 2, 6, 8):
        soundfile.write(path, np.repeat(tone(440, 1.0, 0.99), channels, axis=1), 48_000, subtype="PCM_24")
        assert np.abs(converted(path)[1]).max() == pytest.approx(0.99, abs=0.001)


@pytest.mark.parametrize("names", [("FL",), ("NONE",) * 3, ("LFE",), ("FL", "FR", "FC", "LFE", "BL", "BR")])
def test_weights_are_one_together(names: tuple[str, ...]) -> None:
    assert weights(names).sum() == pytest.approx(1.0)
    assert len(weights(names)) == len(names)


def test_channels_that_cancel_each_other_are_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    left = tone(440, 2.0, 0.5)
    soundfile.write(path, np.concatenate([left, -left], axis=1), 48_000, subtype="PCM_24")
    assert refused(path).code == "cart.silent"


@pytest.mark.parametrize(
    "write",
    [
        lambda path: eight_bits(path, tone(440, 2.0, 0.5, 8_000), 8_000),
        lambda path: soundfile.write(path, tone(440, 2.0, 0.5, 96_000), 96_000, subtype="PCM_24"),
        lambda path: soundfile.write(path, tone(440, 2.0, 0.5, 44_100), 44_100, subtype="FLOAT"),
        lambda path: soundfile.write(path, np.repeat(tone(440, 2.0, 0.5, 192_000), 2, 1), 192_000, subtype="PCM_32"),
    ],
    ids=["8 bits at 8 kHz", "96 kHz", "44.1 kHz in floats", "192 kHz stereo"],
)
def test_rates_and_sample_formats_keep_their_level(write: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write(path)
    sound, samples = converted(path)
    assert sound.frames == pytest.approx(96_000, abs=2)
    assert sound.integrated_lufs == pytest.approx(level_of(tone(440, 2.0, 0.5)), abs=0.1)
    assert np.abs(samples).max() == pytest.approx(0.5, abs=0.02)


def test_why_a_file_is_damaged_is_said_without_ffmpegs_own_names(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.flac", tone(440, 5.0, 0.2))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = bytes(400)
    path.write_bytes(data)
    error = refused(path)
    assert error.code == "cart.damaged"
    assert "@ 0x" not in str(error.fields["reason"])
    assert "Terminating" not in str(error.fields["reason"])


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.m4a"])
def test_tags_in_any_encoding_do_not_matter(name: str, tmp_path: Path) -> None:
    path = encoded(tmp_path / name, tone(440, 2.0, 0.2), "-metadata", "title=NHACHIEU")
    data = path.read_bytes()
    marked = data.replace(b"NHACHIEU", "ĐàiTruyề".encode("cp1258", "replace")[:8])
    assert marked != data or name == "a.mp3"  # there in UTF-16
    path.write_bytes(marked)
    assert converted(path)[0].frames == pytest.approx(96_000, abs=3_000)


def test_a_codec_that_nobody_knows_is_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "lạ.wav"
    soundfile.write(path, tone(440, 2.0, 0.2), 48_000, subtype="PCM_16")
    data = bytearray(path.read_bytes())
    data[20:22] = struct.pack("<H", 0x7A21)
    path.write_bytes(data)
    assert refused(path).code == "cart.not_audio"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_whatever_a_header_says_it_is_only_a_bad_sound(name: str, tmp_path: Path) -> None:
    whole = encoded(tmp_path / name, tone(440, 1.0, 0.2), *FORMATS[name]).read_bytes()
    chance = random.Random(name)
    path = tmp_path / f"hỏng.{name}"
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4, 16))):
            data[chance.randrange(min(len(data), chance.choice((64, 512, 4096))))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        for look in (check_whole, probe, layout):
            with suppress(SoundError):
                look(path)


def ape_tag(*, with_header: bool) -> bytes:
    """APEv2 as MP3Gain and foobar2000 leave it behind the sound."""
    item = struct.pack("<II", 6, 0) + b"REPLAYGAIN_TRACK_GAIN\0-1.230"
    ends = [
        b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, flags << 29) + bytes(8)
        for flags in ((5, 4) if with_header else (0,))
    ]
    return ends[0] + item + ends[1] if with_header else item + ends[0]


LYRICS3 = b"LYRICSBEGIN" + b"IND0000300" + b"LYR00010helloworld"
BEHIND = {
    "ape": ape_tag(with_header=True),
    "ape without header, then id3v1": ape_tag(with_header=False) + b"TAG" + bytes(125),
    "lyrics3, then id3v1": LYRICS3 + b"%06dLYRICS200" % len(LYRICS3) + b"TAG" + bytes(125),
}


@pytest.mark.parametrize("tags", BEHIND.values(), ids=list(BEHIND))
def test_tags_behind_the_sound_of_an_mp3_are_no_damage(tags: bytes, tmp_path: Path) -> None:
    path = encoded(tmp_path / "nhạc, hiệu.mp3", tone(440, 2.0, 0.2), "-b:a", "128k")
    plain, plain_samples = converted(path)
    whole = path.read_bytes()
    path.write_bytes(whole + tags)
    sound, samples = converted(path)
    assert np.array_equal(samples, plain_samples)
    plain.file.unlink()
    sound.file.unlink()
    # A tag that states more than there is, and one that is nothing but a name, are what they are: damage.
    for wrong in (b"APETAGEX" + struct.pack("<IIII", 2000, 1 << 30, 1, 0) + bytes(8), b"xLYRICS200"):
        path.write_bytes(whole + bytes(300) + wrong)
        assert refused(path).code == "cart.damaged"


@pytest.mark.parametrize("name", ["a.flac", "a.wv", "a.tta", "a.ac3", "a.mka"])
def test_a_single_bit_that_changed_is_noticed_where_the_format_lets_one(name: str, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).standard_normal((48_000 * 3, 1)).astype(np.float32) * 0.1
    options = ("-c:a", "flac") if name == "a.mka" else ()
    path = encoded(tmp_path / name, noise, *options)
    sound = converted(path)[0]
    assert sound.frames == pytest.approx(3 * 48_000, abs=3_000)
    sound.file.unlink()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    assert refused(path).code == "cart.damaged"


@pytest.mark.parametrize("name", ["anh.png", "luong.sdp", "rong.mp3", "rong.wav"])
def test_what_ffmpeg_knows_and_is_no_sound(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    if name.endswith(".png"):
        Image.new("RGB", (30, 30)).save(path)
    elif name.endswith(".sdp"):
        path.write_text("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n")
    else:
        path.touch()
    assert refused(path).code == "cart.not_audio"
    assert capfd.readouterr().err == ""


def test_a_name_that_is_not_utf_8_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"nh\xb9c hi\xd6u.wav")
    soundfile.write(os.fsencode(path), tone(440, 2.0, 0.2), 48_000)
    assert converted(path)[0].frames == 96_000
