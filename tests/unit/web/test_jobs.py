"""One production at a time: counted, stopped, never lost, never talkative."""

from __future__ import annotations

import logging
import threading
import time
from typing import cast

import pytest

from studio.errors import BusyError, VoiceError
from studio.ports import Progress
from studio.service.requests import Produced
from studio.web.jobs import Productions, Status

DONE = cast(Produced, object())


def ended(productions: Productions) -> Status:
    """The status once the production is over."""
    for _ in range(500):
        status = productions.status()
        if status is not None and not status.running:
            return status
        time.sleep(0.01)
    raise AssertionError("the production does not end")


def test_counts_follow_the_work() -> None:
    productions = Productions()
    go_on = threading.Event()

    def work(progress: Progress) -> Produced:
        progress("speak", 1, 2)
        progress("speak", 2, 2)
        progress("master", 0, 3)
        go_on.wait(5)
        return DONE

    productions.start("Tin", work)
    while (status := productions.status()) is None or len(status.counts) < 2:
        time.sleep(0.01)
    assert status.counts == (("speak", 2, 2), ("master", 0, 3))
    assert status.running
    go_on.set()
    assert ended(productions).produced is DONE


def test_a_second_start_is_refused_until_the_first_has_ended() -> None:
    productions = Productions()
    go_on = threading.Event()

    def work(_progress: Progress) -> Produced:
        go_on.wait(5)
        return DONE

    first = productions.start("Tin một", work)
    with pytest.raises(BusyError) as refused:
        productions.start("Tin hai", work)
    assert refused.value.fields == {"title": "Tin một"}
    go_on.set()
    ended(productions)
    assert productions.start("Tin hai", work).number == first.number + 1
    ended(productions)


def test_stop_ends_the_work_at_its_next_step() -> None:
    productions = Productions()

    def work(progress: Progress) -> Produced:
        for done in range(10_000):
            progress("speak", done, 10_000)
            time.sleep(0.005)
        return DONE

    productions.start("Tin", work)
    productions.close(5)
    status = ended(productions)
    assert status.error is not None
    assert status.error.code == "run.cancelled"


def test_a_failure_of_the_studio_is_kept() -> None:
    productions = Productions()

    def work(_progress: Progress) -> Produced:
        raise VoiceError("voice.unknown", voice="x", known="y")

    productions.start("Tin", work)
    error = ended(productions).error
    assert error is not None
    assert error.code == "voice.unknown"


def test_an_unforeseen_failure_is_kept_and_its_words_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    productions = Productions()
    words = " ".join(["lời", "của", "bản", "tin"])

    def work(_progress: Progress) -> Produced:
        raise RuntimeError(words)

    with caplog.at_level(logging.DEBUG):
        productions.start("Tên bản tin", work)
        error = ended(productions).error
    assert error is not None
    assert (error.code, error.fields) == ("page.unexpected", {"kind": "RuntimeError"})
    assert "RuntimeError" in caplog.text
    assert words not in caplog.text
    assert "Tên bản tin" not in caplog.text
