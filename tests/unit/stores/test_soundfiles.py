"""Sound files: parts that join sample for sample, exact lengths, tags, and files that are no use."""

from __future__ import annotations

import errno
import os
import stat
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3

from studio.audio.mastering import master
from studio.audio.meter import integrated_of_blocks, measure
from studio.errors import SoundError, StorageError
from studio.files.profile import Profile
from studio.ports import Tags
from studio.sound import Samples
from studio.stores.sound import mp3
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.values.loudness import Measurement

LOA = Profile(
    id="loa", name="Loa", codec="mp3", rate_hz=44_100, bit_rate_bps=96_000, target_lufs=-16, max_true_peak_dbtp=-1.5
)
GOC = Profile(id="goc", name="Gốc", codec="wav", rate_hz=48_000, sample_bits=24, target_lufs=-23, max_true_peak_dbtp=-1)
TAGS = Tags("Bản tin sáng", "Đài truyền thanh phường", "Chương trình sáng", "2026-11-23", 1, "Giọng máy đọc")


def segment(number: int, rate_hz: int = 48_000) -> Samples:
    """A beating tone from 0.3 s on, then silence: what a spoken segment is like at its ends."""
    seconds = 2.0 + 0.37 * number
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    tone = 0.1 * np.sin(2 * np.pi * (300 + 90 * number) * at) * (1 + 0.5 * np.cos(2 * np.pi * 3 * at))
    tone *= np.minimum(1.0, np.minimum(at, at[::-1]) / 0.002)
    return np.pad(tone, (int(0.3 * rate_hz), int(0.5 * rate_hz))).astype(np.float32)[:, np.newaxis]


def decoded(sounds: FfmpegSoundFiles, path: Path, rate_hz: int | None = None) -> Samples:
    return np.concatenate(list(sounds.decode(path, rate_hz)()))


def mastered(sounds: FfmpegSoundFiles, profile: Profile, folder: Path) -> list[tuple[Path, int, Measurement]]:
    parts = []
    for number in range(5):
        path = folder / f"phần {number}{profile.extension}"
        frames: list[int] = []
        result = master(
            lambda number=number: iter([segment(number)]),  # type: ignore[misc]
            48_000,
            profile,
            lambda blocks, path=path, frames=frames: frames.append(sounds.encode_part(blocks, profile, path)),  # type: ignore[misc]
            lambda path=path: sounds.decode(path),  # type: ignore[misc]
        )
        parts.append((path, frames[-1], result.measured))
    return parts


@pytest.mark.parametrize("profile", [LOA, GOC], ids=lambda profile: profile.id)
def test_parts_join_sample_for_sample(profile: Profile, tmp_path: Path) -> None:
    sounds = FfmpegSoundFiles()
    parts = mastered(sounds, profile, tmp_path)
    joined_path = tmp_path / f"chương trình{profile.extension}"
    sounds.join([path for path, _, _ in parts], profile, joined_path, TAGS)
    joined = decoded(sounds, joined_path)
    assert joined.shape[0] == sum(frames for _, frames, _ in parts)
    offset = 0
    for path, frames, measured in parts:
        alone = decoded(sounds, path)
        assert measured.frames == frames == alone.shape[0]
        assert np.abs(joined[offset : offset + frames] - alone).max() < 1e-4
        loud = np.flatnonzero(np.abs(joined[offset : offset + frames, 0]) > 0.02)[0] / profile.rate_hz
        assert loud == pytest.approx(0.3, abs=0.001)
        # The joint is silent: neither a click nor a rest of the part before.
        assert np.abs(joined[max(0, offset - 2_000) : offset + 2_000]).max() < 1e-3
        offset += frames
    whole = measure(lambda: iter([joined]), profile.rate_hz, true_peak=False).integrated_lufs
    of_parts = integrated_of_blocks(block for _, _, measured in parts for block in measured.gating_blocks)
    assert whole == pytest.approx(of_parts, abs=0.05)
    assert whole == pytest.approx(profile.target_lufs, abs=0.2)


def test_an_mp3_states_its_exact_length_once(tmp_path: Path) -> None:
    sounds = FfmpegSoundFiles()
    paths = [tmp_path / f"{number}.mp3" for number in range(3)]
    frames = [sounds.encode_part(iter([segment(n, 44_100)]), LOA, path) for n, path in enumerate(paths)]
    assert all(count % mp3.FRAME_SAMPLES == 0 for count in frames)
    joined = tmp_path / "joined.mp3"
    sounds.join(paths, LOA, joined, TAGS)
    form = sounds.probe(joined)
    assert (form.codec, form.rate_hz, form.channels, form.bit_rate_bps) == ("mp3", 44_100, 1, 96_000)
    assert form.duration_s == pytest.approx(sum(frames) / 44_100, abs=1e-4)
    # Another decoder reads the same length out of the header.
    assert soundfile.info(joined).frames == sum(frames)
    data = joined.read_bytes()
    assert data.count(b"Info") == 1
    assert b"Xing" not in data
    with joined.open("rb") as file:
        file.seek(data.index(b"\xff\xfb"))
        kinds = [(mp3.is_info(frame), mp3.read_header(frame)) for frame in mp3.frames(file)]
    assert [info for info, _ in kinds].count(True) == 1
    assert len(kinds) == 1 + sum(frames) // mp3.FRAME_SAMPLES + 1
    assert {header.bit_rate_bps for info, header in kinds if header and not info} == {96_000}


def test_encoding_keeps_the_level(tmp_path: Path) -> None:
    sounds = FfmpegSoundFiles()
    for bit_rate_bps in (32_000, 96_000, 192_000):
        profile = LOA.model_copy(update={"bit_rate_bps": bit_rate_bps})
        path = tmp_path / f"{bit_rate_bps}.mp3"
        sound = segment(1, 44_100)
        sounds.encode_part(iter([sound]), profile, path)
        kept = decoded(sounds, path)[: sound.shape[0]]
        assert 20 * np.log10(kept.std() / sound.std()) == pytest.approx(0, abs=0.05)
        assert np.abs(kept - sound).max() < 0.05
    assert sorted(path.name for path in tmp_path.iterdir()) == ["192000.mp3", "32000.mp3", "96000.mp3"]


def test_encoding_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "one.mp3", tmp_path / "two.mp3"]
    for path in paths:
        FfmpegSoundFiles().encode_part(iter([segment(2, 44_100)]), LOA, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_wav_keeps_every_sample(tmp_path: Path) -> None:
    sounds, path, sound = FfmpegSoundFiles(), tmp_path / "gốc.wav", segment(0)
    assert sounds.encode_part(iter([sound]), GOC, path) == sound.shape[0]
    joined = tmp_path / "joined.wav"
    sounds.join([path, path], GOC, joined, TAGS)
    assert np.array_equal(decoded(sounds, joined), np.concatenate([decoded(sounds, path)] * 2))
    assert np.abs(decoded(sounds, path) - sound).max() < 2**-22
    form = sounds.probe(joined)
    assert (form.codec, form.rate_hz, form.channels) == ("pcm_s24le", 48_000, 1)
    with soundfile.SoundFile(joined) as file:
        assert (file.title, file.artist) == (TAGS.title, TAGS.artist)
        assert "AI_GENERATED=true" in file.comment


def test_tags_are_vietnamese_in_the_old_version(tmp_path: Path) -> None:
    sounds, part, joined = FfmpegSoundFiles(), tmp_path / "part.mp3", tmp_path / "joined.mp3"
    sounds.encode_part(iter([segment(0, 44_100)]), LOA, part)
    sounds.join([part], LOA, joined, TAGS)
    tags = ID3(joined, translate=False)
    assert tags.version == (2, 3, 0)
    assert tags["TIT2"].encoding == 1
    assert str(tags["TIT2"]) == "Bản tin sáng"
    assert str(tags["TYER"]) == "2026"
    assert str(tags["TRCK"]) == "1"
    assert tags["TXXX:AI_GENERATED"].text == ["true"]


def test_decoding_at_another_rate(tmp_path: Path) -> None:
    sounds, path = FfmpegSoundFiles(), tmp_path / "a.wav"
    sounds.encode_part(iter([segment(0)]), GOC, path)
    assert decoded(sounds, path, 16_000).shape[0] == segment(0).shape[0] // 3


FOREIGN = {
    "text.mp3": "Đây không phải là âm thanh. ".encode() * 200,
    "list.mp3": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nother.wav\n#EXT-X-ENDLIST\n",
    "concat.wav": b"ffconcat version 1.0\nfile other.wav\n",
    "empty.wav": b"",
    "riff.wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_sound_is_refused_by_name(name: str, tmp_path: Path) -> None:
    sounds = FfmpegSoundFiles()
    soundfile.write(tmp_path / "other.wav", segment(0), 48_000)
    path = tmp_path / name
    path.write_bytes(FOREIGN[name])
    for attempt in (lambda: sounds.probe(path), lambda: decoded(sounds, path)):
        with pytest.raises(SoundError) as caught:
            attempt()
        assert caught.value.fields["path"] == name


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SoundError) as caught:
        FfmpegSoundFiles().probe(tmp_path / "không có.mp3")
    assert (caught.value.code, caught.value.fields["path"]) == ("sound.missing", "không có.mp3")


def test_a_cut_off_part_does_not_join(tmp_path: Path) -> None:
    sounds, part = FfmpegSoundFiles(), tmp_path / "part.mp3"
    sounds.encode_part(iter([segment(0, 44_100)]), LOA, part)
    part.write_bytes(part.read_bytes()[:-100])
    with pytest.raises(SoundError) as caught:
        sounds.join([part], LOA, tmp_path / "joined.mp3", TAGS)
    assert (caught.value.code, caught.value.fields["path"]) == ("sound.damaged", "part.mp3")


def test_parts_of_two_kinds_do_not_join(tmp_path: Path) -> None:
    sounds = FfmpegSoundFiles()
    other = LOA.model_copy(update={"bit_rate_bps": 64_000})
    sounds.encode_part(iter([segment(0, 44_100)]), LOA, tmp_path / "a.mp3")
    sounds.encode_part(iter([segment(0, 44_100)]), other, tmp_path / "b.mp3")
    with pytest.raises(SoundError) as caught:
        sounds.join([tmp_path / "a.mp3", tmp_path / "b.mp3"], LOA, tmp_path / "joined.mp3", TAGS)
    assert (caught.value.code, caught.value.fields["path"]) == ("sound.parts_differ", "b.mp3")


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for ffmpeg")
@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        (f"av_interleaved_write_frame(): {os.strerror(errno.ENOSPC)}", StorageError, "storage.disk_full"),
        ("Unknown encoder 'libmp3lame'", SoundError, "sound.encoder_failed"),
    ],
)
def test_a_failing_encoder_is_told(
    words: str, kind: type[StorageError] | type[SoundError], code: str, tmp_path: Path
) -> None:
    fake = tmp_path / "ffmpeg"
    fake.write_text(f'#!/bin/sh\necho first >&2\necho "{words}" >&2\nexit 1\n', encoding="utf-8")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(kind) as caught:
        FfmpegSoundFiles(str(fake)).encode_part(iter([segment(0, 44_100)] * 20), LOA, tmp_path / "part.mp3")
    assert caught.value.code == code
    assert code == "storage.disk_full" or caught.value.fields["reason"] == words
    assert [path.name for path in tmp_path.iterdir()] == ["ffmpeg"]


def test_an_interrupted_encoding_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> object:
        yield segment(0, 44_100)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        FfmpegSoundFiles().encode_part(broken(), LOA, tmp_path / "part.mp3")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_the_version_names_encoder_and_library() -> None:
    version = FfmpegSoundFiles().version()
    assert version.startswith("ffmpeg version ")
    assert soundfile.__libsndfile_version__ in version


def test_an_eight_bit_wav_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "old.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 1, 11_025, 0, "NONE", ""))
        file.writeframes(bytes([128, 192] * 5_000))
    samples = decoded(FfmpegSoundFiles(), path)
    assert samples.shape == (5_000, 2)
    assert samples[:, 1] == pytest.approx(0.5, abs=0.01)
