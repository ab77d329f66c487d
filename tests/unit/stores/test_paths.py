"""Names that no disk takes, and pipes where files should be: refused by name, never waited for."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.errors import InputError, SoundError, StorageError, StudioError, VoiceError
from studio.files.card import VoiceCard, WeightFile
from studio.files.rundown import Rundown
from studio.ports import NewCart
from studio.stores.carts import FileCartStore
from studio.stores.carts.library import FileCartLibrary
from studio.stores.documents import FileDocuments
from studio.stores.durable import write_bytes
from studio.stores.lexicons import FolderLexicons
from studio.stores.sound.decoder import probe
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.stores.tomlfiles import read_toml
from studio.stores.unit import TomlUnitRules
from studio.stores.voices import FolderVoices
from studio.stores.weights.sources import bring
from studio.values.cart import CartKind
from tests.fakes.clocks import Stopped

ROOT = Path(__file__).resolve().parents[3]
TOO_LONG = "á" * 130
"""260 bytes: no usual disk takes more than 255."""


@pytest.mark.parametrize("name", [TOO_LONG, f"kho/{TOO_LONG}.wav", "a" * 250, "a\0b", "kho/a\0b.wav"])
def test_a_cart_whose_name_cannot_be_is_not_found(name: str, tmp_path: Path) -> None:
    store = FileCartStore(tmp_path, [tmp_path], FfmpegSoundFiles(), TomlUnitRules(tmp_path), Stopped())
    with pytest.raises(InputError) as caught:
        store.prepare(name, tmp_path)
    assert (caught.value.code, caught.value.fields["reference"]) == ("cart.not_found", name)


def test_a_file_whose_name_cannot_be_is_not_taken_in(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        FileCartLibrary(tmp_path, FfmpegSoundFiles(), Stopped()).add(tmp_path / TOO_LONG, NewCart(CartKind.SONG))
    assert caught.value.code == "cart.no_file"


def test_a_bulletin_with_the_longest_name_is_read(tmp_path: Path) -> None:
    """Its own lexicon's name would be too long for the disk: then there is none."""
    path = tmp_path / f"{'b' * 251}.txt"
    path.write_text("Xin chào bà con.", encoding="utf-8")
    assert FileDocuments().load(path).text == "Xin chào bà con."
    assert FolderLexicons(None).beside(path) == ()


@pytest.mark.parametrize("name", [TOO_LONG, "a\0b"])
@pytest.mark.parametrize("suffix", [".tsv", ".txt"])
def test_other_files_whose_names_cannot_be(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}{suffix}"
    with pytest.raises(InputError) as caught:
        FolderLexicons(None).read(path) if suffix == ".tsv" else FileDocuments().load(path)
    assert caught.value.code.endswith((".not_found", ".unreadable"))


def test_weights_are_not_at_a_place_that_cannot_be(tmp_path: Path) -> None:
    card = VoiceCard(
        id="giong",
        name="Giọng",
        engine="piper",
        accent="hanoi",
        gender="female",
        rate_hz=22_050,
        source="-",
        licence="-",
    )
    with pytest.raises(VoiceError) as caught:
        bring(card, WeightFile(path="a.onnx"), TOO_LONG * 3, tmp_path / ".a.part", None, lambda *_: None)
    assert caught.value.code == "weights.not_there"


def test_a_folder_is_no_bulletin(tmp_path: Path) -> None:
    (tmp_path / "tin.txt").mkdir()
    with pytest.raises(InputError) as caught:
        FileDocuments().load(tmp_path / "tin.txt")
    assert caught.value.code == "documents.unreadable"


READERS: dict[str, Callable[[Path], object]] = {
    "a.toml": lambda path: read_toml(path, Rundown, "rundown"),
    "a.tsv": FolderLexicons(None).read,
    "a.txt": FileDocuments().load,
    "a.wav": probe,
}


@pytest.mark.parametrize("name", READERS)
def test_a_pipe_is_not_waited_for(name: str, tmp_path: Path) -> None:
    pipe = tmp_path / name
    os.mkfifo(pipe)
    # Whoever opens it all the same hears nothing instead of waiting for ever.
    threading.Thread(target=lambda: os.close(os.open(pipe, os.O_WRONLY)), daemon=True).start()
    with pytest.raises(StudioError) as caught:
        READERS[name](pipe)
    assert caught.value.code.endswith(".unreadable")
    assert isinstance(caught.value, InputError | SoundError)


def test_a_folder_that_is_a_file_is_told_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        write_bytes(tmp_path / "home" / "carts" / "a.json", b"{}")
    assert caught.value.code == "storage.unwritable"
    voices = FolderVoices([tmp_path / "home" / "voices", ROOT / "voices"], tmp_path / "models")
    assert voices.audition_text()
