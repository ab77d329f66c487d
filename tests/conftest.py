"""What every test stands on: a home of its own for the studio, and tiers in which a missing part is a failure."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

TIERS = ("piper", "neural", "browser", "cluster", "ocr", "audit", "peers")

if "CI" not in os.environ:
    # On a busy PC time is no measure of a property; on CI Hypothesis takes its own profile.
    settings.register_profile("studio", deadline=None, print_blob=True)
    settings.load_profile("studio")


def asked_tiers() -> frozenset[str]:
    """The tiers that the check was asked for, from STUDIO_TIERS ("browser,neural")."""
    return frozenset(name for name in os.environ.get("STUDIO_TIERS", "").split(",") if name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In a tier that was asked for, a test that skips has failed: its part is missing."""
    report = yield
    tiers = [name for name in asked_tiers() if item.get_closest_marker(name)]
    if report.skipped and tiers and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"tier {', '.join(tiers)} was asked for, and the test skipped: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips while it is read: it belongs to the tiers whose markers it names."""
    report = yield
    if report.skipped and isinstance(collector, pytest.Module):
        source = collector.path.read_text(encoding="utf-8")
        tiers = [name for name in asked_tiers() if f"mark.{name}" in source]
        if tiers:
            report.outcome = "failed"
            report.longrepr = (
                f"tier {', '.join(tiers)} was asked for, and the module skipped: {_reason(report.longrepr)}"
            )
    return report


def _reason(shown: object) -> str:
    # A skip is reported as (file, line, reason).
    return str(shown[2]) if isinstance(shown, tuple) else str(shown)


@pytest.fixture(scope="session", autouse=True)
def studio_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keeps every test away from the user's own takes and settings; programs that tests start inherit it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_HOME", str(home))
        for name in ("MODELS", "FFMPEG", "TESSERACT", "WORKERS", "DEVICE", "TEST_ENGINES"):
            patch.delenv(f"STUDIO_{name}", raising=False)
        yield home
