"""Every codec a profile can ask for: level and length of what comes back, tags, covers, and the archive's header."""

from __future__ import annotations

import base64
import struct
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from PIL import Image

from studio.audio.mastering import Mastered, master
from studio.audio.meter import measure
from studio.errors import InputError, SoundError, StorageError
from studio.files.profile import Profile
from studio.ports import Tags
from studio.sound import Blocks, Samples
from studio.stores.sound import bwf
from studio.stores.sound.cover import cover
from studio.stores.sound.tagging import MP4_AI_MARK
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.values.loudness import Measurement

LEVELS = {"target_lufs": -18.0, "max_true_peak_dbtp": -1.0}
PROFILES = [
    Profile.model_validate({"id": codec, "name": codec, "codec": codec, **form, **LEVELS})
    for codec, form in {
        "mp3": {"rate_hz": 44_100, "bit_rate_bps": 96_000},
        "aac": {"rate_hz": 48_000, "bit_rate_bps": 96_000},
        "opus": {"rate_hz": 48_000, "bit_rate_bps": 64_000},
        "flac": {"rate_hz": 48_000, "sample_bits": 24},
        "wav": {"rate_hz": 48_000, "sample_bits": 16},
    }.items()
]
MP3, AAC, OPUS, FLAC_24, WAV_16 = PROFILES
LOUDNESS = Measurement(-23.04, -1.5, 5.25, -18.333, 96_000, 48_000, max_momentary_lufs=-16.2)
TAGS = Tags(
    "Bản tin sáng",
    "Đài truyền thanh phường",
    "Chương trình sáng thứ Hai",
    "2026-11-23",
    3,
    "Giọng máy đọc",
    reference="20261123-03-chuong-trinh-sang",
    made_at=datetime(2026, 11, 22, 17, 5, 9),  # noqa: DTZ001 - local time, as the header holds it
    loudness=LOUDNESS,
)


def speech(rate_hz: int, seconds: float = 4.01) -> Samples:
    """A gliding tone in syllables; its middle cannot be mistaken for another place."""
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    glide = np.sin(2 * np.pi * (200 + 150 * at) * at)
    return np.asarray(0.2 * glide * np.abs(np.sin(2 * np.pi * 1.7 * at)), np.float32)[:, np.newaxis]


def decoded(path: Path) -> Samples:
    return np.concatenate(list(FfmpegSoundFiles().decode(path)()))


def part_of(profile: Profile, folder: Path, sound: Samples | None = None) -> tuple[Path, int]:
    path = folder / f"phần{profile.extension}"
    blocks = iter([speech(profile.rate_hz) if sound is None else sound])
    return path, FfmpegSoundFiles().encode_part(blocks, profile, path)


def mastered(profile: Profile, path: Path) -> Mastered:
    sounds = FfmpegSoundFiles()

    def encode(blocks: Blocks) -> None:
        sounds.encode_part(blocks, profile, path)

    return master(lambda: iter([speech(48_000)]), 48_000, profile, encode, lambda: sounds.decode(path))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_delivered_file_is_on_target(profile: Profile, tmp_path: Path) -> None:
    part, final = tmp_path / f"part{profile.extension}", tmp_path / f"final{profile.extension}"
    result = mastered(profile, part)
    FfmpegSoundFiles().join([part], profile, final, TAGS)
    momentary = profile.codec == "wav"
    heard = measure(FfmpegSoundFiles().decode(final), profile.rate_hz, true_peak=True, momentary=momentary)
    assert heard.integrated_lufs == pytest.approx(profile.target_lufs, abs=0.1)
    assert heard.true_peak_dbtp is not None
    assert heard.true_peak_dbtp <= profile.max_true_peak_dbtp
    assert heard == result.measured
    form = FfmpegSoundFiles().probe(final)
    assert (form.rate_hz, form.channels) == (profile.rate_hz, 1)
    assert form.codec.startswith({"wav": "pcm_s16le"}.get(profile.codec, profile.codec))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_nothing_is_added_lost_or_moved(profile: Profile, tmp_path: Path) -> None:
    path, frames = part_of(profile, tmp_path)
    sound, back = speech(profile.rate_hz), decoded(path)
    assert back.shape == (frames, 1)
    assert 0 <= frames - sound.shape[0] < 1_152
    middle = slice(profile.rate_hz, 2 * profile.rate_hz)
    lags = range(-300, 301)
    scores = [float(np.dot(sound[middle, 0], np.roll(back[:, 0], -lag)[middle])) for lag in lags]
    assert abs(lags[int(np.argmax(scores))]) <= 1


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_the_same_sound_gives_the_same_bytes(profile: Profile, tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        path, _ = part_of(profile, tmp_path / name)
        final = tmp_path / name / f"xong{profile.extension}"
        FfmpegSoundFiles().join([path], profile, final, TAGS)
        found.append(final.read_bytes())
    assert found[0] == found[1]


@pytest.mark.parametrize("profile", [FLAC_24, WAV_16], ids=lambda profile: profile.id)
def test_lossless_parts_join_sample_for_sample(profile: Profile, tmp_path: Path) -> None:
    path, _ = part_of(profile, tmp_path)
    joined = tmp_path / f"joined{profile.extension}"
    FfmpegSoundFiles().join([path, path], profile, joined, TAGS)
    assert np.array_equal(decoded(joined), np.concatenate([decoded(path)] * 2))
    assert soundfile.info(joined).subtype == f"PCM_{profile.sample_bits}"


@pytest.mark.parametrize("profile", [AAC, OPUS], ids=lambda profile: profile.id)
def test_packets_join_no_parts(profile: Profile, tmp_path: Path) -> None:
    path, _ = part_of(profile, tmp_path)
    assert not profile.joins_parts
    with pytest.raises(ValueError, match="do not join"):
        FfmpegSoundFiles().join([path, path], profile, tmp_path / f"joined{profile.extension}", TAGS)


@pytest.mark.parametrize("profile", [AAC, OPUS], ids=lambda profile: profile.id)
def test_a_part_that_is_no_file_of_its_kind_is_named(profile: Profile, tmp_path: Path) -> None:
    part = tmp_path / f"part{profile.extension}"
    with pytest.raises(SoundError) as caught:
        FfmpegSoundFiles().join([part], profile, tmp_path / f"final{profile.extension}", TAGS)
    assert (caught.value.code, caught.value.fields["path"]) == ("sound.missing", part.name)
    part.write_bytes(b"no sound at all " * 100)
    with pytest.raises(SoundError) as caught:
        FfmpegSoundFiles().join([part], profile, tmp_path / f"final{profile.extension}", TAGS)
    assert caught.value.code == "sound.damaged"


def test_an_interrupted_encoding_leaves_no_half_file(tmp_path: Path) -> None:
    def broken() -> Blocks:
        yield speech(48_000)
        raise KeyboardInterrupt

    for profile in (AAC, OPUS):
        with pytest.raises(KeyboardInterrupt):
            FfmpegSoundFiles().encode_part(broken(), profile, tmp_path / f"part{profile.extension}")
    assert list(tmp_path.iterdir()) == []


def finished(profile: Profile, folder: Path, home: Path | None = None) -> Path:
    path, _ = part_of(profile, folder)
    final = folder / f"xong{profile.extension}"
    FfmpegSoundFiles(home=home).join([path], profile, final, TAGS)
    return final


def size(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as image:
        image.load()
        return image.size


def test_an_mp3_carries_mark_and_cover(tmp_path: Path) -> None:
    tags = ID3(finished(MP3, tmp_path), translate=False)
    assert tags.version == (2, 3, 0)
    assert tags["TXXX:AI_GENERATED"].text == ["true"]
    assert (tags["APIC:"].type, tags["APIC:"].mime) == (3, "image/png")
    assert size(tags["APIC:"].data) == (300, 300)
    assert len(tags["APIC:"].data) < 16_000


def test_an_mp4_carries_the_same(tmp_path: Path) -> None:
    tags = MP4(finished(AAC, tmp_path))
    assert (tags["\xa9nam"], tags["\xa9ART"], tags["\xa9alb"]) == ([TAGS.title], [TAGS.artist], [TAGS.album])
    assert (tags["\xa9day"], tags["trkn"], tags["\xa9cmt"]) == ([TAGS.date], [(3, 0)], [TAGS.comment])
    assert [bytes(value) for value in tags[MP4_AI_MARK]] == [b"true"]
    assert tags["covr"][0].imageformat == MP4Cover.FORMAT_PNG
    assert size(bytes(tags["covr"][0])) == (300, 300)


@pytest.mark.parametrize("profile", [OPUS, FLAC_24], ids=lambda profile: profile.id)
def test_vorbis_comments_carry_the_same(profile: Profile, tmp_path: Path) -> None:
    path = finished(profile, tmp_path)
    tags = OggOpus(path) if profile is OPUS else FLAC(path)
    names = ("title", "artist", "album", "date", "tracknumber", "comment", "ai_generated")
    expected = [TAGS.title, TAGS.artist, TAGS.album, TAGS.date, "3", TAGS.comment, "true"]
    assert [tags[name] for name in names] == [[text] for text in expected]
    picture = Picture(base64.b64decode(tags["metadata_block_picture"][0])) if profile is OPUS else tags.pictures[0]
    assert (picture.type, picture.mime, picture.width, picture.height) == (3, "image/png", 300, 300)
    assert size(picture.data) == (300, 300)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_the_mark_is_read_back(profile: Profile, tmp_path: Path) -> None:
    sounds, final = FfmpegSoundFiles(), finished(profile, tmp_path)
    assert sounds.ai_marked(final)
    part, _ = part_of(profile, tmp_path)
    sounds.join([part], profile, final, replace(TAGS, ai_generated=False))
    assert not sounds.ai_marked(final)
    final.write_bytes(b"no sound at all " * 100)
    with pytest.raises(SoundError) as caught:
        sounds.ai_marked(final)
    assert caught.value.code == "sound.damaged"


def test_a_units_own_picture_is_made_small(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    Image.new("RGBA", (1_600, 800), "#aa2211").save(home / "cover.png")
    picture = ID3(finished(MP3, tmp_path, home))["APIC:"]
    assert (picture.mime, size(picture.data)) == ("image/jpeg", (300, 150))


def test_what_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "cover.jpg").write_bytes(b"no picture")
    with pytest.raises(InputError) as caught:
        finished(MP3, tmp_path, tmp_path)
    assert caught.value.code == "cover.not_a_picture"
    assert str(caught.value.fields["path"]).endswith("cover.jpg")


def chunks(data: bytes) -> dict[bytes, bytes]:
    assert data[:4] == b"RIFF"
    assert data[8:12] == b"WAVE"
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    found: dict[bytes, bytes] = {}
    at = 12
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        found[name] = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    assert at == len(data)
    return found


def test_a_broadcast_wave_says_who_when_and_how_loud(tmp_path: Path) -> None:
    found = chunks(finished(WAV_16, tmp_path).read_bytes())
    assert list(found) == [b"bext", b"fmt ", b"LIST", b"data"]
    bext = found[b"bext"]
    assert bext[:256].rstrip(b"\0") == b"Ban tin sang; Giong may doc"
    assert bext[256:288].rstrip(b"\0") == b"Dai truyen thanh phuong"
    assert bext[288:320].rstrip(b"\0") == b"20261123-03-chuong-trinh-sang"
    assert bext[320:338] == b"2026-11-2217:05:09"
    assert struct.unpack_from("<QH", bext, 338) == (0, 2)
    assert bext[348:412] == bytes(64)
    assert struct.unpack_from("<5h", bext, 412) == (-2304, 525, -150, -1620, -1833)
    assert bext[422:602] == bytes(180)
    assert bext[602:] == b"A=PCM,F=48000,W=16,M=mono,T=Phat Thanh Studio\r\n"
    assert struct.unpack("<HHIIHH", found[b"fmt "]) == (1, 1, 48_000, 96_000, 2, 16)
    assert "Bản tin sáng\0".encode() in found[b"LIST"]


@pytest.mark.parametrize("bits", [16, 24])
@pytest.mark.parametrize("frames", [48_000, 48_001])
def test_the_samples_of_a_broadcast_wave(bits: int, frames: int, tmp_path: Path) -> None:
    profile = WAV_16.model_copy(update={"sample_bits": bits})
    path, _ = part_of(profile, tmp_path, speech(48_000)[:frames])
    final = tmp_path / "final.wav"
    FfmpegSoundFiles().join([path], profile, final, replace(TAGS, loudness=None, made_at=None))
    data = chunks(final.read_bytes())
    assert len(data[b"data"]) == frames * bits // 8
    assert np.array_equal(decoded(final), decoded(path))
    assert data[b"bext"][320:338] == b"2026-11-2300:00:00"
    assert struct.unpack_from("<5h", data[b"bext"], 412) == (0x7FFF,) * 5


def test_long_texts_and_strange_letters_keep_to_their_fields() -> None:
    tags = replace(TAGS, title="Ộ" * 300, artist="日本 Đ", comment="")
    bext = bwf.bext(tags, bwf.Form(48_000, 1, 24))
    assert bext[:256] == b"O" * 256
    assert bext[256:288].rstrip(b"\0") == b"?? D"


def test_a_wav_does_not_outgrow_its_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = part_of(WAV_16, tmp_path)
    monkeypatch.setattr(bwf, "MAX_BYTES", 100_000)
    with pytest.raises(StorageError) as caught:
        FfmpegSoundFiles().join([path], WAV_16, tmp_path / "final.wav", TAGS)
    assert "4 GiB" in str(caught.value.fields["reason"])


@pytest.mark.parametrize("side", [8_000, 10_000, 14_000])
def test_a_cover_that_would_take_all_memory_is_refused(side: int, tmp_path: Path) -> None:
    Image.new("1", (side, side)).save(tmp_path / "cover.png")
    with pytest.raises(InputError) as caught:
        cover("T", "U", "2026-01-05", tmp_path)
    assert (caught.value.code, caught.value.fields["path"]) == ("cover.too_large", str(tmp_path / "cover.png"))
