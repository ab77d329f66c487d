"""Carts: found, converted once, measured, and refused by name when they are no use."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.audio.meter import measure
from studio.errors import InputError, SoundError
from studio.sound import Blocks, Samples
from studio.stores.carts import FileCartStore, converting, finding
from studio.stores.carts.converting import convert
from studio.stores.carts.reader import FlacReader
from studio.stores.sound import prepare
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.stores.unit import TomlUnitRules
from studio.values.cart import CartKind
from tests.fakes.clocks import Stopped
from tests.fakes.sounds import tone

FFMPEG = FfmpegSoundFiles().ffmpeg


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kho nhạc"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> FileCartStore:
    home = tmp_path / "home"
    return FileCartStore(home, [folder], FfmpegSoundFiles(), TomlUnitRules(home), Stopped())


def jingle(rate_hz: int) -> Samples:
    """0.5 s of silence, 2 s of a tone, 0.5 s of silence."""
    return np.pad(tone(440, 2.0, 0.3, rate_hz), ((rate_hz // 2, rate_hz // 2), (0, 0)))


def written(path: Path, rate_hz: int = 44_100, channels: int = 1) -> Path:
    """A jingle as WAV, or as what the name's ending says by way of ffmpeg."""
    wav = path.with_suffix(".wav")
    soundfile.write(wav, np.repeat(jingle(rate_hz), channels, axis=1), rate_hz, subtype="PCM_16")
    if path.suffix != ".wav":
        subprocess.run([FfmpegSoundFiles().ffmpeg, "-v", "error", "-i", wav, path], check=True, timeout=60)
        wav.unlink()
    return path


@pytest.mark.parametrize("extension", finding.EXTENSIONS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_format_becomes_the_same_cart(extension: str, channels: int, folder: Path, store: FileCartStore) -> None:
    written(folder / f"nhạc hiệu{extension}", channels=channels)
    info = store.prepare("nhạc hiệu", folder.parent)
    reader = store.reader(info.digest)
    samples = reader.read(0, reader.frames)
    assert (info.name, info.rate_hz) == (f"nhạc hiệu{extension}", 48_000)
    assert reader.frames == info.frames == samples.shape[0]
    assert info.frames == pytest.approx(48_000 * 3, abs=3_000)
    assert info.cue_in == pytest.approx(24_000, abs=2_500)
    assert info.cue_out - info.cue_in == pytest.approx(96_000, abs=1_500)
    assert np.abs(samples).max() == pytest.approx(0.3, abs=0.02)
    measured = measure(lambda: iter([samples]), 48_000, true_peak=False).integrated_lufs
    assert info.integrated_lufs == pytest.approx(measured, abs=0.001)


def test_a_cart_is_converted_once(folder: Path, store: FileCartStore, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(folder / "cat.mp3")
    decodings: list[Path] = []

    def noted(path: Path, ffmpeg: str) -> Blocks:
        decodings.append(path)
        return prepare.prepared(path, ffmpeg)

    monkeypatch.setattr(converting, "prepared", noted)
    first = store.prepare("cat.mp3", folder)
    assert store.prepare("cat", folder) == first
    assert len(decodings) == 1
    path.write_bytes(written(folder / "other.wav", 48_000).read_bytes())
    assert store.prepare("cat.mp3", folder).digest != first.digest
    assert len(decodings) == 2


def test_the_same_samples_are_the_same_cart(folder: Path, store: FileCartStore) -> None:
    written(folder / "a.wav")
    (folder / "b.wav").write_bytes((folder / "a.wav").read_bytes())
    assert store.prepare("a", folder).digest == store.prepare("b", folder).digest


def test_a_lost_cart_is_prepared_again(tmp_path: Path, folder: Path, store: FileCartStore) -> None:
    written(folder / "a.wav")
    info = store.prepare("a", folder)
    (tmp_path / "home" / "carts" / f"{info.digest}.flac").unlink()
    with pytest.raises(SoundError) as caught:
        store.reader(info.digest)
    assert caught.value.code == "cart.damaged"
    assert store.prepare("a", folder) == info
    assert store.reader(info.digest).read(30_000, 10).shape == (10, 1)


def test_what_stands_beside_comes_first(tmp_path: Path, folder: Path, store: FileCartStore) -> None:
    written(folder / "nhac.wav")
    beside = tmp_path / "chương trình"
    beside.mkdir()
    soundfile.write(beside / "nhac.wav", tone(200, 5.0, 0.1), 48_000)
    assert store.prepare("nhac", beside).frames == 5 * 48_000
    assert store.prepare("nhac", beside / "bản tin.toml").frames == 5 * 48_000
    assert store.prepare("../kho nhạc/nhac.wav", beside).frames == pytest.approx(3 * 48_000, abs=2)


def test_reading_past_the_end(folder: Path, store: FileCartStore) -> None:
    written(folder / "a.wav", 48_000)
    reader = store.reader(store.prepare("a", folder).digest)
    assert reader.read(reader.frames - 5, 100).shape == (5, 1)
    assert reader.read(reader.frames + 5, 100).shape == (0, 1)


def test_what_lies_beside_a_sound_speaks_for_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shipped = Path(__file__).resolve().parents[3] / "samples" / "carts"
    store = FileCartStore(home, [shipped], FfmpegSoundFiles(), TomlUnitRules(home), Stopped())
    cards = sorted(path.stem for path in shipped.glob("*.toml"))
    assert cards
    for name in cards:
        by_name, by_path = store.prepare(name, tmp_path), store.prepare(f"{name}.flac", shipped)
        assert by_name == by_path
        assert by_name.rights == "Phát Thanh Studio"
        assert by_name.kind in set(CartKind)


def test_an_unknown_cart_says_where_it_was_looked_for(tmp_path: Path, folder: Path, store: FileCartStore) -> None:
    with pytest.raises(InputError) as caught:
        store.prepare("nhac-la", tmp_path)
    assert caught.value.code == "cart.not_found"
    assert caught.value.fields["reference"] == "nhac-la"
    assert str(folder) in str(caught.value.fields["folders"])


def bad_carts() -> Iterator[tuple[str, bytes | Samples, str]]:
    yield "text.mp3", "Không phải âm thanh. ".encode() * 500, "cart.not_audio"
    yield "empty.wav", b"", "cart.not_audio"
    yield "list.m4a", b"#EXTM3U\n#EXTINF:3,\na.wav\n", "cart.playlist"
    yield "list.wav", "\ufeffffconcat version 1.0\nfile a.wav\n".encode(), "cart.playlist"
    yield "list.mp3", b"[playlist]\nFile1=a.wav\n", "cart.playlist"
    yield "stream.mp3", b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>', "cart.playlist"
    yield "silent.wav", np.zeros((48_000, 1), np.float32), "cart.silent"
    yield "faint.wav", tone(440, 2.0, 0.0005), "cart.silent"
    yield "offset.wav", np.full((96_000, 1), -0.4, np.float32), "cart.silent"
    yield "faint-on-an-offset.wav", 0.3 + tone(440, 2.0, 0.0005), "cart.silent"
    yield "short.wav", tone(440, 0.3, 0.3), "cart.too_short"
    yield "blip.wav", np.pad(tone(440, 0.2, 0.3), ((9_600, 48_000), (0, 0))), "cart.too_short"


@pytest.mark.parametrize(("name", "content", "code"), list(bad_carts()), ids=[name for name, _, _ in bad_carts()])
def test_a_cart_of_no_use_is_refused_by_name(
    name: str, content: bytes | Samples, code: str, tmp_path: Path, folder: Path, store: FileCartStore
) -> None:
    if isinstance(content, bytes):
        (folder / name).write_bytes(content)
    else:
        soundfile.write(folder / name, content, 48_000, subtype="PCM_24")
    with pytest.raises(SoundError) as caught:
        store.prepare(name, folder)
    assert caught.value.code == code
    assert caught.value.fields["path"] == name
    assert list((tmp_path / "home").rglob("*.*")) == []


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100])
@pytest.mark.parametrize("name", ["a.wav", "a.mp3"])
def test_a_constant_offset_is_silence_though_its_ends_ring(name: str, rate_hz: int, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "nguon.wav", np.full((2 * rate_hz, 1), 0.5), rate_hz, subtype="PCM_24")
    subprocess.run([FFMPEG, "-v", "error", "-y", "-i", tmp_path / "nguon.wav", tmp_path / name], check=True, timeout=60)
    with pytest.raises(SoundError) as caught:
        convert(tmp_path / name, FFMPEG, tmp_path / "kho")
    assert caught.value.code == "cart.silent"


def test_a_sound_on_an_offset_is_kept_as_it_is(tmp_path: Path) -> None:
    sound = 0.3 + np.pad(tone(440, 1.0, 0.002), ((24_000, 24_000), (0, 0)))
    soundfile.write(tmp_path / "a.wav", sound, 48_000, subtype="PCM_24")
    kept = convert(tmp_path / "a.wav", FFMPEG, tmp_path / "kho")
    np.testing.assert_allclose(FlacReader(kept.file).read(0, kept.frames), sound, atol=2**-23)
    assert float(kept.cells.max()) == pytest.approx(0.302, abs=1e-4)


def test_damage_in_the_middle_is_found(folder: Path, store: FileCartStore) -> None:
    path = written(folder / "a.flac")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = bytes(400)
    path.write_bytes(data)
    with pytest.raises(SoundError) as caught:
        store.prepare("a", folder)
    assert caught.value.code == "cart.damaged"


def test_limits(folder: Path, store: FileCartStore, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder / "a.wav")
    monkeypatch.setattr(prepare, "MAX_SECONDS", 1)
    with pytest.raises(SoundError) as caught:
        store.prepare("a", folder)
    assert caught.value.code == "cart.too_long"
    monkeypatch.setattr(prepare, "MAX_BYTES", 1_000)
    with pytest.raises(SoundError) as caught:
        store.prepare("a", folder)
    assert caught.value.code == "cart.too_large"


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_cart_whose_kept_samples_are_damaged_is_prepared_again(
    damage: bytes | None, tmp_path: Path, folder: Path, store: FileCartStore
) -> None:
    written(folder / "a.wav")
    info = store.prepare("a", folder)
    kept = tmp_path / "home" / "carts" / f"{info.digest}.flac"
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert store.prepare("a", folder) == info
    assert kept.read_bytes() == whole


@pytest.mark.parametrize("memo", ["{}", "[]", "5", '{"digest": 5, "size_bytes": 1}'])
def test_a_memo_of_another_make_is_written_anew(memo: str, tmp_path: Path, folder: Path, store: FileCartStore) -> None:
    written(folder / "a.wav")
    info = store.prepare("a", folder)
    for path in (tmp_path / "home" / "carts" / "seen").iterdir():
        path.write_text(memo, encoding="utf-8")
    assert store.prepare("a", folder) == info
