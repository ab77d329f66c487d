"""Servers and networks that lie: nothing wrong is kept, nothing right is lost, and each is told in words."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from studio.errors import StorageError, VoiceError
from studio.files.card import VoiceCard, WeightFile
from studio.stores.weights import FolderWeights, http
from studio.stores.weights.ledger import read_lock
from tests.fakes.weightserver import serving

CONTENT = bytes(range(256)) * 4096
DIGEST = hashlib.sha256(CONTENT).hexdigest()
NAME = "giong.onnx"

Usage = namedtuple("Usage", "total used free")


def quiet(path: str, done: int, total: int | None) -> None:
    """Says nothing."""


def unknown(url: str) -> VoiceCard:
    """A card that states neither size nor digest: nothing but the answers tells a wrong file."""
    return VoiceCard(
        id="giong-thu", name="Giọng thử", engine="piper", accent="hanoi", gender="female", rate_hz=22_050,
        source="made", licence="none", files=(WeightFile(path=NAME, url=url),),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSE_S", 0.0)
    monkeypatch.setattr(http, "STALL_S", 0.5)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def weights(models: Path) -> FolderWeights:
    return FolderWeights(models)


def part_of(models: Path) -> Path:
    return models / "giong-thu" / f".{NAME}.part"


@pytest.mark.parametrize("fault", ["mixed", "elsewhere"])
def test_bytes_of_another_file_or_place_are_never_put_behind_the_first_ones(weights: FolderWeights, fault: str) -> None:
    with serving(CONTENT, "cut", fault) as server:
        (state,) = weights.pull(unknown(server.address), None, quiet)
        assert state.sha256 == DIGEST
        assert server.ranges[-1] is None


def test_a_part_that_nobody_asked_for_is_no_whole_file(weights: FolderWeights) -> None:
    with serving(CONTENT, "half") as server:
        (state,) = weights.pull(unknown(server.address), None, quiet)
    assert state.sha256 == DIGEST


def test_a_pull_that_was_ended_when_all_had_come_goes_on(weights: FolderWeights, models: Path) -> None:
    with serving(CONTENT, *["cut"] * http.ATTEMPTS) as server:
        with pytest.raises(VoiceError):
            weights.pull(unknown(server.address), None, quiet)
        part_of(models).write_bytes(CONTENT)
        (state,) = weights.pull(unknown(server.address), None, quiet)
        assert state.sha256 == DIGEST
        assert server.ranges[-1] == f"bytes={len(CONTENT)}-"


def test_more_than_the_server_has_is_dropped_and_fetched_anew(weights: FolderWeights, models: Path) -> None:
    with serving(CONTENT, *["cut"] * http.ATTEMPTS) as server:
        with pytest.raises(VoiceError):
            weights.pull(unknown(server.address), None, quiet)
        part_of(models).write_bytes(CONTENT + b"!")
        (state,) = weights.pull(unknown(server.address), None, quiet)
    assert state.sha256 == DIGEST


def test_every_byte_that_came_is_kept(weights: FolderWeights, models: Path) -> None:
    with serving(CONTENT[:100_000], *["cut"] * http.ATTEMPTS) as server, pytest.raises(VoiceError):
        weights.pull(unknown(server.address), None, quiet)
    assert part_of(models).stat().st_size > 90_000


@pytest.mark.parametrize(
    ("fault", "status"),
    [("packed", "packed though plain was asked for"), ("page", "a web page and no file")],
)
def test_what_is_no_file_is_refused(weights: FolderWeights, models: Path, fault: str, status: str) -> None:
    with serving(CONTENT, fault) as server, pytest.raises(VoiceError) as caught:
        weights.pull(unknown(server.address), None, quiet)
    assert caught.value.code == "weights.refused"
    assert caught.value.fields["status"] == f"200, {status}"
    assert read_lock(models).files == {}


def test_nothing_is_no_file(weights: FolderWeights, models: Path, tmp_path: Path) -> None:
    with serving(CONTENT, *["empty"] * http.ATTEMPTS) as server, pytest.raises(VoiceError) as caught:
        weights.pull(unknown(server.address), None, quiet)
    assert caught.value.code == "weights.unreachable"
    (tmp_path / NAME).touch()
    with pytest.raises(VoiceError) as caught:
        weights.pull(unknown("http://127.0.0.1:9/"), str(tmp_path), quiet)
    assert caught.value.code == "weights.empty"
    assert read_lock(models).files == {}


def test_a_tag_that_cannot_be_sent_back_is_not(weights: FolderWeights) -> None:
    with serving(CONTENT, "tag") as server:
        (state,) = weights.pull(unknown(server.address), None, quiet)
        assert state.sha256 == DIGEST
        assert server.ranges == [None, None]


def test_a_server_that_is_asked_too_often_is_asked_again(weights: FolderWeights) -> None:
    with serving(CONTENT, "many") as server:
        (state,) = weights.pull(unknown(server.address), None, quiet)
    assert state.sha256 == DIGEST


def test_nobody_is_sent_on_to_files_of_the_machine(weights: FolderWeights) -> None:
    with serving(CONTENT, "away") as server, pytest.raises(VoiceError) as caught:
        weights.pull(unknown(server.address), None, quiet)
    assert caught.value.code == "weights.bad_address"


@pytest.mark.parametrize("address", ["http://", "http://[::1", f"http://{'a' * 300}.vn/x", "http://xn--/x"])
def test_an_address_that_cannot_be_is_named(weights: FolderWeights, address: str) -> None:
    with pytest.raises(VoiceError) as caught:
        weights.pull(unknown(address), None, quiet)
    assert caught.value.code == "weights.bad_address"


@pytest.mark.parametrize(
    ("name", "value"),
    [("http_proxy", "::nonsense"), ("http_proxy", "ftp://127.0.0.1:9"), ("SSL_CERT_FILE", "/nowhere/at/all.pem")],
)
def test_network_settings_that_cannot_be_used_are_named(
    weights: FolderWeights, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(VoiceError) as caught:
        weights.pull(unknown("http://127.0.0.1:9/"), None, quiet)
    assert caught.value.code == "weights.bad_network"


@pytest.mark.parametrize("source", ["", "ftp://may.example/giong", "file:///media/usb"])
def test_a_source_of_another_kind_is_named(weights: FolderWeights, source: str) -> None:
    with pytest.raises(VoiceError) as caught:
        weights.pull(unknown("http://127.0.0.1:9/"), source, quiet)
    assert caught.value.code == "weights.bad_source"


def test_a_disk_is_not_filled_by_a_file_whose_size_only_the_server_says(
    weights: FolderWeights, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 30, 1 << 30, (64 << 20) + 100))
    (tmp_path / NAME).write_bytes(CONTENT)
    with serving(CONTENT) as server:
        for source in (None, str(tmp_path)):
            with pytest.raises(StorageError) as caught:
                weights.pull(unknown(server.address), source, quiet)
            assert caught.value.code == "storage.disk_full"
    assert not part_of(models).exists() or not part_of(models).stat().st_size


def test_what_filled_the_disk_and_cannot_go_on_is_dropped(
    weights: FolderWeights, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: str, done: int, total: int | None) -> None:
        raise OSError(errno.ENOSPC, "no room")

    for fault, kept in (("", True), ("untagged", False)):
        with serving(CONTENT, fault) as server, pytest.raises(StorageError) as caught:
            weights.pull(unknown(server.address), None, full)
        assert caught.value.code == "storage.disk_full"
        assert part_of(models).exists() == kept


def test_a_copy_leaves_nothing_that_a_pull_over_http_goes_on_from(
    weights: FolderWeights, models: Path, tmp_path: Path
) -> None:
    with serving(CONTENT, *["cut"] * http.ATTEMPTS) as server:
        with pytest.raises(VoiceError):
            weights.pull(unknown(server.address), None, quiet)
        (tmp_path / NAME).write_bytes(CONTENT[::-1])

        def stop(path: str, done: int, total: int | None) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            weights.pull(unknown(server.address), str(tmp_path), stop)
        (state,) = weights.pull(unknown(server.address), None, quiet)
    assert state.sha256 == DIGEST
