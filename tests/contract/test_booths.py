"""What every booth keeps to, run for each of them; then how a booth of processes fails and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.booths.local import LINES_IN_FLIGHT, LINES_TOGETHER, LocalBooth
from studio.engines.registry import ENGINES, EngineRegistry
from studio.errors import CancelledError, VoiceError
from studio.ports import Booth
from studio.values.voice import SpeechRequest, VoiceSpec

ENGINES_WITH_TROUBLE = {
    **ENGINES,
    "trouble": "tests.fakes.engines:TroubleEngine",
    "chorus": "tests.fakes.engines:ChorusEngine",
    "fickle": "tests.fakes.engines:FickleEngine",
}
NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
PATIENCE_S = 30.0

posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(params=[1, 2, 3])
def booth(request: pytest.FixtureRequest) -> Iterator[LocalBooth]:
    with LocalBooth(request.param) as local:
        yield local


@pytest.fixture
def trouble(tmp_path: Path) -> VoiceSpec:
    return VoiceSpec("thử", "trouble", "1", str(tmp_path / "stumbled"), "computed", 8_000)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    if status.exists():
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return not state.stdout.strip().startswith("Z")


def eventually(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


class TestEveryBooth:
    def test_gives_each_line_in_order_as_the_engine_alone_would(self, booth: Booth, spec: VoiceSpec) -> None:
        requests = [
            SpeechRequest(" ".join(["tin", word, *["nữa"] * (place * 7 % 5)]), spec)
            for place, word in enumerate(NUMBERS * 2)
        ]
        engine = EngineRegistry().load(spec.engine)
        for request, sound in zip(requests, booth.speak(requests), strict=True):
            expected = engine.speak(request)
            assert sound.rate_hz == expected.rate_hz
            np.testing.assert_array_equal(sound.samples, expected.samples)

    def test_an_engines_error_travels_with_its_fields(self, booth: Booth, spec: VoiceSpec) -> None:
        lines = booth.speak([SpeechRequest("một", spec), SpeechRequest("số 2", spec), SpeechRequest("ba", spec)])
        next(lines)
        with pytest.raises(VoiceError) as caught:
            next(lines)
        assert caught.value.code == "voice.cannot_say"
        assert caught.value.fields["line"] == "số 2"
        assert [s.rate_hz for s in booth.speak([SpeechRequest("bốn", spec)])] == [spec.rate_hz]

    def test_speaks_nothing_of_nothing(self, booth: LocalBooth) -> None:
        assert list(booth.speak([])) == []
        assert booth.worker_pids() == ()

    def test_holds_a_bounded_few_lines(self, booth: LocalBooth, spec: VoiceSpec) -> None:
        asked = 0

        def endless() -> Iterator[SpeechRequest]:
            nonlocal asked
            while True:
                asked += 1
                yield SpeechRequest("mãi", spec)

        lines = booth.speak(endless())
        for given in range(1, 4):
            next(lines)
            assert asked - given <= LINES_IN_FLIGHT * 3
        lines.close()  # type: ignore[attr-defined]

    def test_several_threads_may_speak_at_once(self, booth: Booth, spec: VoiceSpec) -> None:
        frames: dict[int, list[int]] = {}

        def speak(count: int) -> None:
            requests = [SpeechRequest(" ".join(NUMBERS[: count + n]), spec) for n in range(5)]
            frames[count] = [sound.frames for sound in booth.speak(requests)]

        threads = [threading.Thread(target=speak, args=(count,)) for count in (1, 2, 3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
        for count in (1, 2, 3):
            assert frames[count] == sorted(frames[count])
        assert frames[1][1:] == frames[2][:-1]

    def test_once_closed_stays_closed(self, booth: LocalBooth, spec: VoiceSpec) -> None:
        pids = [next(booth.speak([SpeechRequest("một", spec)])).rate_hz] and booth.worker_pids()
        assert len(pids) == 1
        booth.close()
        booth.close()
        assert booth.worker_pids() == ()
        assert not is_running(pids[0])
        with pytest.raises(CancelledError) as caught:
            list(booth.speak([SpeechRequest("hai", spec)]))
        assert caught.value.code == "booth.closed"


class TestTrouble:
    @pytest.fixture
    def local(self) -> Iterator[LocalBooth]:
        with LocalBooth(2, engines=ENGINES_WITH_TROUBLE) as booth:
            yield booth

    def test_a_line_is_tried_again_after_its_worker_died(self, local: LocalBooth, trouble: VoiceSpec) -> None:
        sounds = list(local.speak([SpeechRequest(text, trouble) for text in ("một", "vấp ngã", "ba")]))
        assert [sound.frames for sound in sounds] == [1_600, 3_600, 1_600]
        assert Path(trouble.variant).exists()

    def test_a_line_that_kills_two_workers_is_named(self, local: LocalBooth, trouble: VoiceSpec) -> None:
        lines = local.speak([SpeechRequest("một", trouble), SpeechRequest("ngã hai lần", trouble)])
        next(lines)
        with pytest.raises(VoiceError) as caught:
            next(lines)
        assert caught.value.code == "voice.worker_died"
        assert caught.value.fields["line"] == "ngã hai lần"
        assert caught.value.fields["exit_code"] == 9
        assert len(list(local.speak([SpeechRequest("bốn", trouble)]))) == 1

    def test_a_bug_in_an_engine_is_told_with_its_trace(self, local: LocalBooth, trouble: VoiceSpec) -> None:
        with pytest.raises(VoiceError) as caught:
            list(local.speak([SpeechRequest("hỏng rồi", trouble)]))
        assert caught.value.code == "voice.worker_died"
        assert "một lỗi của bộ đọc" in str(caught.value.fields["detail"])

    def test_what_a_library_prints_does_not_reach_the_sound(self, local: LocalBooth, trouble: VoiceSpec) -> None:
        assert [s.frames for s in local.speak([SpeechRequest("ồn ào", trouble)])] == [3_600]

    def test_a_hanging_line_is_given_up(self, trouble: VoiceSpec) -> None:
        with LocalBooth(1, engines=ENGINES_WITH_TROUBLE, line_timeout_s=5.0) as local:
            with pytest.raises(VoiceError) as caught:
                list(local.speak([SpeechRequest("treo máy", trouble)]))
            assert caught.value.code == "voice.line_timed_out"
            assert len(list(local.speak([SpeechRequest("một", trouble)]))) == 1

    @posix
    def test_killed_workers_are_replaced(self, local: LocalBooth, trouble: VoiceSpec) -> None:
        requests = [SpeechRequest(" ".join(NUMBERS[: 1 + n % 9]), trouble) for n in range(40)]
        expected = [request.spoken.count(" ") * 2_000 + 1_600 for request in requests]
        frames: list[int] = []
        killed: set[int] = set()
        for sound in local.speak(requests):
            frames.append(sound.frames)
            if len(frames) in (3, 20):
                for pid in local.worker_pids():
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)
        assert frames == expected
        assert killed
        assert killed.isdisjoint(local.worker_pids())
        assert not any(is_running(pid) for pid in killed)

    def test_closing_ends_a_line_that_hangs(self, local: LocalBooth, trouble: VoiceSpec) -> None:
        caught: list[str] = []

        def speak() -> None:
            try:
                list(local.speak([SpeechRequest("treo máy", trouble)]))
            except CancelledError as error:
                caught.append(error.code)

        thread = threading.Thread(target=speak)
        thread.start()
        assert eventually(lambda: len(local.worker_pids()) == 1)
        local.close()
        thread.join(PATIENCE_S)
        assert caught == ["booth.closed"]


class TestTogether:
    """Lines on a graphics card, by an engine that speaks many at once."""

    @pytest.fixture
    def local(self) -> Iterator[LocalBooth]:
        with LocalBooth(2, engines=ENGINES_WITH_TROUBLE) as booth:
            yield booth

    @pytest.fixture
    def chorus(self, tmp_path: Path) -> VoiceSpec:
        return VoiceSpec("thử", "chorus", "1", str(tmp_path / "chorus"), "computed", 8_000, device="cuda")

    def sizes(self, voice: VoiceSpec) -> list[int]:
        path = Path(f"{voice.variant}.sizes")
        return sorted(int(line) for line in path.read_text().split()) if path.exists() else []

    def test_lines_of_a_voice_are_spoken_together_and_given_in_order(
        self, local: LocalBooth, chorus: VoiceSpec
    ) -> None:
        requests = [SpeechRequest(" ".join(NUMBERS[: 1 + n % 9]), chorus) for n in range(2 * LINES_TOGETHER + 6)]
        frames = [sound.frames for sound in local.speak(requests)]
        assert frames == [request.spoken.count(" ") * 2_000 + 1_600 for request in requests]
        assert self.sizes(chorus) == [6, LINES_TOGETHER, LINES_TOGETHER]

    def test_on_a_cpu_they_are_spoken_side_by_side(self, local: LocalBooth, chorus: VoiceSpec) -> None:
        voice = replace(chorus, device="cpu")
        assert len(list(local.speak(SpeechRequest(text, voice) for text in NUMBERS))) == len(NUMBERS)
        assert self.sizes(voice) == []

    def test_voices_are_kept_apart(self, local: LocalBooth, chorus: VoiceSpec) -> None:
        voices = [
            chorus,
            chorus,
            replace(chorus, speed=2.0),
            replace(chorus, speed=2.0),
            replace(chorus, engine="tone"),
        ]
        lines = [SpeechRequest("một", voice) for voice in (*voices, *voices)]
        assert [sound.frames for sound in local.speak(lines)] == [1_600, 1_600, 800, 800, 1_600] * 2
        assert self.sizes(chorus) == [2, 2, 2, 2]

    def test_an_error_comes_in_its_lines_place(self, local: LocalBooth, chorus: VoiceSpec) -> None:
        lines = local.speak([SpeechRequest(text, chorus) for text in ("một", "hai", "sai ba", "bốn")])
        assert [next(lines).frames for _ in range(2)] == [1_600, 1_600]
        with pytest.raises(VoiceError) as caught:
            next(lines)
        assert caught.value.fields["line"] == "sai ba"

    def test_a_line_that_ends_its_worker_is_found_and_the_others_are_spoken(
        self, local: LocalBooth, chorus: VoiceSpec
    ) -> None:
        lines = local.speak([SpeechRequest(text, chorus) for text in ("một", "ngã hai", "ba")])
        assert next(lines).frames == 1_600
        with pytest.raises(VoiceError) as caught:
            next(lines)
        assert caught.value.code == "voice.worker_died"
        assert caught.value.fields["line"] == "ngã hai"
        once = [SpeechRequest(text, chorus) for text in ("một", "vấp ngã", "ba")]
        assert [sound.frames for sound in local.speak(once)] == [1_600, 3_600, 1_600]


PARENT = """
import signal, sys, threading, time
from studio.booths.local import LocalBooth
from studio.engines.registry import ENGINES
from studio.values.voice import SpeechRequest, VoiceSpec

signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background of a shell was told to ignore it
spec = VoiceSpec("thử", "trouble", "1", "", "computed", 8000)
booth = LocalBooth(2, engines={**ENGINES, "trouble": "tests.fakes.engines:TroubleEngine"})

def tell():
    while len(booth.worker_pids()) < 2:
        time.sleep(0.02)
    time.sleep(%(delay_s)s)
    print(*booth.worker_pids(), flush=True)

list(booth.speak([SpeechRequest("một", spec), SpeechRequest("hai", spec)]))
threading.Thread(target=tell, daemon=True).start()
list(booth.speak([SpeechRequest("treo một", spec), SpeechRequest("treo hai", spec)]))
"""


@posix
class TestEnds:
    """Two lines hang in two workers; then the parent meets its end."""

    def start(self, delay_s: float = 0.5) -> tuple[subprocess.Popen[str], list[int]]:
        root = Path(__file__).resolve().parents[2]
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT % {"delay_s": delay_s}],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(is_running(pid) for pid in pids)
        return parent, pids

    def test_a_killed_parent_leaves_no_worker(self) -> None:
        parent, pids = self.start()
        parent.kill()
        parent.communicate(timeout=PATIENCE_S)
        assert eventually(lambda: not any(is_running(pid) for pid in pids))

    @pytest.mark.parametrize("whole_terminal", [True, False])
    def test_ctrl_c_ends_the_workers(self, whole_terminal: bool) -> None:
        parent, pids = self.start()
        if whole_terminal:
            os.killpg(parent.pid, signal.SIGINT)
        else:
            os.kill(parent.pid, signal.SIGINT)
        _, errors = parent.communicate(timeout=PATIENCE_S)
        assert parent.returncode != 0
        assert errors.count("KeyboardInterrupt") == 1
        assert eventually(lambda: not any(is_running(pid) for pid in pids))


def test_a_worker_loads_only_what_it_needs() -> None:
    program = "import sys; import studio.booths.worker, studio.engines.espeak; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    heavy = {"pydantic", "scipy", "gradio", "fastapi", "soundfile", "typer", "av", "soxr", "studio.files.card"}
    assert heavy.isdisjoint(loaded.stdout.split())


@pytest.mark.parametrize("way", ["-m", "path", "stdin"])
def test_works_however_the_program_was_started(way: str, tmp_path: Path) -> None:
    module = tmp_path / "chay.py"
    module.write_text(
        "from studio.booths.local import LocalBooth\n"
        "from studio.values.voice import SpeechRequest, VoiceSpec\n"
        "spec = VoiceSpec('am-thu', 'tone', '1', '', 'computed', 8000)\n"
        "booth = LocalBooth(1)\n"
        "print([sound.frames for sound in booth.speak([SpeechRequest('một hai', spec)])])\n"
        "booth.close()\n",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parents[2]
    arguments = {"-m": ["-m", "chay"], "path": [str(module)], "stdin": ["-"]}[way]
    done = subprocess.run(
        [sys.executable, *arguments],
        input=module.read_text(encoding="utf-8") if way == "stdin" else None,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(tmp_path)]), "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    # Were the main module loaded again in a worker, it would start workers of its own.
    assert (done.stdout, done.stderr) == ("[3600]\n", "")
