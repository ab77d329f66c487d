"""Weights: whole and right under their names, or not there; broken lines are taken up again."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.errors import BusyError, StorageError, VoiceError
from studio.files.card import VoiceCard, WeightFile
from studio.stores.voices import FolderVoices
from studio.stores.weights import FolderWeights, http
from studio.stores.weights.ledger import read_lock
from studio.values.weights import WeightCondition, WeightState
from tests.fakes.weightserver import serving

CONTENT = bytes(range(256)) * 4096
DIGEST = hashlib.sha256(CONTENT).hexdigest()
NAME = "giong.onnx"


def quiet(path: str, done: int, total: int | None) -> None:
    """Says nothing."""


def card_of(*files: WeightFile) -> VoiceCard:
    return VoiceCard(
        id="giong-thu", name="Giọng thử", engine="piper", accent="hanoi", gender="female", rate_hz=22_050,
        source="made", licence="none", files=files,
    )  # fmt: skip


def known(url: str | None = None, **more: object) -> VoiceCard:
    return card_of(WeightFile(path=NAME, url=url, size_bytes=len(CONTENT), sha256=DIGEST).model_copy(update=more))


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSE_S", 0.0)
    monkeypatch.setattr(http, "STALL_S", 0.5)
    # A proxy of the machine that runs the tests must not come between them and the loopback.
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def weights(tmp_path: Path) -> FolderWeights:
    return FolderWeights(tmp_path / "models")


def left_in(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "models" / "giong-thu").iterdir()} - {".lock"}


def the(states: tuple[WeightState, ...]) -> WeightState:
    (state,) = states
    return state


def test_a_pulled_file_is_there_whole_and_ready(weights: FolderWeights, tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        state = the(weights.pull(known(f"{server.address}/a/{NAME}"), None, quiet))
    assert state == WeightState(NAME, WeightCondition.READY, len(CONTENT), DIGEST)
    assert (tmp_path / "models/giong-thu" / NAME).read_bytes() == CONTENT
    assert left_in(tmp_path) == {NAME, "verified.json"}


def test_a_ready_file_is_not_fetched_again(weights: FolderWeights) -> None:
    with serving(CONTENT) as server:
        card = known(server.address)
        weights.pull(card, None, quiet)
        weights.pull(card, None, quiet)
        assert len(server.ranges) == 1


@pytest.mark.parametrize("fault", ["cut", "stall", "drip"])
def test_a_broken_line_is_taken_up_where_it_stopped(weights: FolderWeights, fault: str) -> None:
    with serving(CONTENT, fault) as server:
        state = the(weights.pull(known(server.address), None, quiet))
        assert state.sha256 == DIGEST
        first, second = server.ranges
        assert first is None
        assert second is not None
        assert 0 < int(second.removeprefix("bytes=").rstrip("-")) < len(CONTENT)


def test_a_run_after_a_failed_one_goes_on(weights: FolderWeights) -> None:
    with serving(CONTENT, *["cut"] * http.ATTEMPTS) as server:
        card = known(server.address)
        with pytest.raises(VoiceError) as caught:
            weights.pull(card, None, quiet)
        assert caught.value.code == "weights.unreachable"
        assert the(weights.states(card)).condition is WeightCondition.MISSING
        assert the(weights.pull(card, None, quiet)).sha256 == DIGEST
        assert server.ranges[-1] is not None


def test_what_a_broken_pull_left_goes_once_the_file_came_another_way(weights: FolderWeights, tmp_path: Path) -> None:
    with serving(CONTENT, *["cut"] * http.ATTEMPTS) as server:
        card = known(server.address)
        with pytest.raises(VoiceError):
            weights.pull(card, None, quiet)
    assert left_in(tmp_path) == {f".{NAME}.part", f".{NAME}.part.from"}
    assert the(weights.verify(card)).condition is WeightCondition.MISSING
    assert left_in(tmp_path) == {f".{NAME}.part", f".{NAME}.part.from"}, "a pull goes on with it"
    (tmp_path / "models/giong-thu" / NAME).write_bytes(CONTENT)
    weights.verify(card)
    assert left_in(tmp_path) == {NAME, "verified.json"}


def test_what_a_ready_file_does_not_need_goes_with_the_next_pull(weights: FolderWeights, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT)
    weights.pull(known(), str(tmp_path), quiet)
    part = tmp_path / "models/giong-thu" / f".{NAME}.part"
    part.write_bytes(CONTENT[:100])
    part.with_name(f"{part.name}.from").write_text('{"url": "http://a", "validator": "b"}')
    weights.pull(known(), str(tmp_path), quiet)
    assert left_in(tmp_path) == {NAME, "verified.json"}


@pytest.mark.parametrize("memo", [None, "torn", '{"url": "http://a", "validator": ""}'])
def test_what_no_pull_can_go_on_with_goes(weights: FolderWeights, tmp_path: Path, memo: str | None) -> None:
    part = tmp_path / "models/giong-thu" / f".{NAME}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(CONTENT[:100])
    if memo is not None:
        part.with_name(f"{part.name}.from").write_text(memo)
    weights.verify(known())
    assert left_in(tmp_path) == set()


def test_a_server_without_ranges_is_read_from_the_start(weights: FolderWeights) -> None:
    with serving(CONTENT, "cut", "plain") as server:
        assert the(weights.pull(known(server.address), None, quiet)).sha256 == DIGEST


def test_redirects_and_a_busy_server(weights: FolderWeights) -> None:
    with serving(CONTENT, "broken", "redirect") as server:
        assert the(weights.pull(known(server.address), None, quiet)).sha256 == DIGEST


def test_a_missing_file_is_not_asked_for_twice(weights: FolderWeights) -> None:
    with serving(CONTENT, "missing") as server, pytest.raises(VoiceError) as caught:
        weights.pull(known(f"{server.address}/x?token=geheim"), None, quiet)
    assert caught.value.code == "weights.refused"
    assert caught.value.fields["status"] == "404"
    assert "geheim" not in str(caught.value)
    assert len(server.ranges) == 1


def test_other_bytes_than_stated_are_not_kept(weights: FolderWeights, tmp_path: Path) -> None:
    with serving(CONTENT, "changed") as server, pytest.raises(VoiceError) as caught:
        weights.pull(known(server.address), None, quiet)
    assert caught.value.code == "weights.wrong_digest"
    assert left_in(tmp_path) == set()


def test_more_bytes_than_stated_are_not_taken(weights: FolderWeights, tmp_path: Path) -> None:
    with serving(CONTENT + b"!") as server, pytest.raises(VoiceError) as caught:
        weights.pull(known(server.address), None, quiet)
    assert caught.value.code == "weights.too_large"
    assert NAME not in left_in(tmp_path)


def test_an_address_that_is_none_is_told(weights: FolderWeights) -> None:
    with pytest.raises(VoiceError) as caught:
        weights.pull(known(), "http://[::hong", quiet)
    assert caught.value.code == "weights.bad_address"


def test_no_network_says_how_to_go_on(weights: FolderWeights) -> None:
    with serving(CONTENT) as server:
        address = server.address
    with pytest.raises(VoiceError) as caught:
        weights.pull(known(address), None, quiet)
    assert caught.value.code == "weights.unreachable"


def test_an_unknown_digest_is_recorded_once_and_holds_from_then_on(weights: FolderWeights, tmp_path: Path) -> None:
    card = known(sha256=None, size_bytes=None)
    origin = tmp_path / "usb"
    origin.mkdir()
    (origin / NAME).write_bytes(CONTENT)
    assert the(weights.pull(card, str(origin), quiet)).recorded
    assert DIGEST in (tmp_path / "models/LOCK").read_text()
    weights.remove(card)
    for other in (CONTENT[::-1], CONTENT[:-1]):
        (origin / NAME).write_bytes(other)
        with pytest.raises(VoiceError) as caught:
            weights.pull(card, str(origin), quiet)
        assert caught.value.code == "weights.other_than_first"
        assert caught.value.fields["lock"] == str(tmp_path / "models/LOCK")
    (origin / NAME).write_bytes(CONTENT)
    assert not the(weights.pull(card, str(origin / NAME), quiet)).recorded


@pytest.mark.parametrize(
    ("url", "moves"),
    [
        ("https://hub.example/chu/giong/resolve/main/giong.onnx", True),
        ("https://hub.example/chu/giong/raw/v1.0/giong.onnx", True),
        (f"https://hub.example/chu/giong/resolve/{'c1' * 20}/giong.onnx", False),
        ("https://dai.example/giong.onnx", False),
        (None, False),
    ],
)
def test_the_first_pull_from_an_address_that_moves_says_so_and_holds(
    weights: FolderWeights, tmp_path: Path, url: str | None, moves: bool
) -> None:
    card = known(url, sha256=None, size_bytes=None)
    (tmp_path / NAME).write_bytes(CONTENT)
    state = the(weights.pull(card, str(tmp_path / NAME), quiet))
    assert (state.recorded, state.moves) == (True, moves)
    kept = read_lock(tmp_path / "models").files[f"giong-thu/{NAME}"]
    assert kept.moving_address == (url if moves else None)
    assert kept.sha256 == DIGEST


@pytest.mark.parametrize("later", [CONTENT[::-1], CONTENT[:100]])
def test_an_address_that_moved_since_the_first_pull_is_named(weights: FolderWeights, later: bytes) -> None:
    with serving(CONTENT) as server:
        card = known(f"{server.address}/chu/giong/resolve/main/{NAME}", sha256=None, size_bytes=None)
        assert the(weights.pull(card, None, quiet)).recorded
        weights.remove(card)
        server.content = later
        with pytest.raises(VoiceError) as caught:
            weights.pull(card, None, quiet)
        assert caught.value.code == "weights.other_than_first"
        server.content = CONTENT
        assert the(weights.pull(card, None, quiet)).sha256 == DIGEST


def test_a_mirror_is_asked_for_the_cards_paths(weights: FolderWeights) -> None:
    with serving(CONTENT) as server:
        assert the(weights.pull(known(), f"{server.address}/guong/", quiet)).sha256 == DIGEST


def test_a_file_that_is_not_there_is_named(weights: FolderWeights, tmp_path: Path) -> None:
    with pytest.raises(VoiceError) as caught:
        weights.pull(known(), str(tmp_path), quiet)
    assert caught.value.code == "weights.not_there"
    with pytest.raises(VoiceError) as caught:
        weights.pull(known(), None, quiet)
    assert caught.value.code == "weights.no_source"


def test_a_touched_file_must_be_verified_again(weights: FolderWeights, tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        card = known(server.address)
        weights.pull(card, None, quiet)
    path = tmp_path / "models/giong-thu" / NAME
    swapped = bytes([CONTENT[0] ^ 1]) + CONTENT[1:]
    path.write_bytes(swapped)
    os.utime(path, ns=(1, 1))
    assert the(weights.states(card)).condition is WeightCondition.UNVERIFIED
    assert the(weights.verify(card)).condition is WeightCondition.DAMAGED
    path.write_bytes(CONTENT)
    assert the(weights.verify(card)).condition is WeightCondition.READY
    assert the(weights.states(card)).condition is WeightCondition.READY
    path.write_bytes(CONTENT[:100])
    assert the(weights.states(card)).condition is WeightCondition.DAMAGED


def test_remove_frees_the_files_and_leaves_the_rest(weights: FolderWeights, tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        card = known(server.address)
        weights.pull(card, None, quiet)
    (tmp_path / "models/giong-thu/ghi-chu.txt").write_text("của đơn vị")
    assert weights.remove(card) == len(CONTENT)
    assert left_in(tmp_path) == {"ghi-chu.txt"}
    assert the(weights.states(card)).condition is WeightCondition.MISSING


def test_a_damaged_lock_is_named(weights: FolderWeights, tmp_path: Path) -> None:
    folder = tmp_path / "models/giong-thu"
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(CONTENT)
    (tmp_path / "models/LOCK").write_text("{")
    with pytest.raises(StorageError) as caught:
        weights.states(known())
    assert caught.value.code == "weights.bad_ledger"


def test_a_damaged_seal_lets_nothing_be_loaded_until_it_is_hashed_again(weights: FolderWeights, tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        card = known(server.address)
        weights.pull(card, None, quiet)
    (tmp_path / "models/giong-thu/verified.json").write_text("{")
    assert the(weights.states(card)).condition is WeightCondition.UNVERIFIED
    assert the(weights.verify(card)).condition is WeightCondition.READY
    assert the(weights.states(card)).condition is WeightCondition.READY


def test_two_processes_pull_one_voice(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from studio.files.card import VoiceCard\n"
        "from studio.stores.weights import FolderWeights\n"
        "card = VoiceCard.model_validate_json(sys.argv[2])\n"
        "states = FolderWeights(Path(sys.argv[1])).pull(card, None, lambda *told: None)\n"
        "sys.stdout.write(states[0].sha256)\n"
    )
    with serving(CONTENT) as server:
        command = [sys.executable, "-c", program, str(tmp_path / "models"), known(server.address).model_dump_json()]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        assert [process.communicate(timeout=60)[0] for process in both] == [DIGEST, DIGEST]
        assert len(server.ranges) == 1


def test_a_held_voice_is_busy(tmp_path: Path) -> None:
    from filelock import FileLock

    folder = tmp_path / "models/giong-thu"
    folder.mkdir(parents=True)
    with FileLock(folder / ".lock"), pytest.raises(BusyError) as caught:
        FolderWeights(tmp_path / "models", lock_timeout_s=0.1).pull(known("http://127.0.0.1:9/"), None, quiet)
    assert caught.value.code == "weights.busy"


def test_who_waits_is_told_how_far_the_other_has_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setattr("studio.stores.weights.WAIT_S", 0.01)
    folder, told = tmp_path / "models/giong-thu", []
    folder.mkdir(parents=True)
    (folder / f".{NAME}.part").write_bytes(CONTENT[:1_000])
    with FileLock(folder / ".lock"), pytest.raises(BusyError):
        FolderWeights(tmp_path / "models", lock_timeout_s=0.1).pull(
            known("http://127.0.0.1:9/"), None, lambda *far: told.append(far)
        )
    assert set(told) == {(NAME, 1_000, len(CONTENT))}
    assert (folder / f".{NAME}.part").is_file(), "it is the other's"


@pytest.mark.parametrize("path", ["../a", "/etc/passwd", "a/../b", ".an", "a//b", "a\\b", "a/.b"])
def test_a_path_never_leaves_the_folder(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        WeightFile(path=path)


def test_voices_made_of_the_same_files_share_them(weights: FolderWeights, tmp_path: Path) -> None:
    source = tmp_path / NAME
    source.write_bytes(CONTENT)
    first, second = (
        card_of(WeightFile(path=NAME)).model_copy(update={"id": name, "weights": "chung"}) for name in ("mot", "hai")
    )
    weights.pull(first, str(source), quiet)
    assert the(weights.states(second)).condition is WeightCondition.READY
    assert FolderVoices([], tmp_path / "models").weights(second) == tmp_path / "models" / "chung"
    assert list(read_lock(tmp_path / "models").files) == [f"chung/{NAME}"]
    assert weights.remove(second) == len(CONTENT)
    assert the(weights.states(first)).condition is WeightCondition.MISSING
