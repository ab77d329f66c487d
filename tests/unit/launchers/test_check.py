"""What the check runs, what it returns, and that a skip in a tier that was asked for is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts._launch import check
from scripts._launch.layout import Layout


def test_check_leaves_out_the_tiers_that_were_not_asked(layout: Layout) -> None:
    tests = check.steps(layout, frozenset({"browser"}), False, ("-k", "x"))[-1].arguments
    assert "not piper and not neural and not cluster and not ocr and not audit and not peers" in tests
    assert tests[-2:] == ("-k", "x")
    every = check.steps(layout, frozenset(check.TIERS), False, ())[-1].arguments
    assert not any("not " in word for word in every)


def test_check_splits_its_own_options_from_those_of_pytest() -> None:
    assert check.split(["--fast", "--", "-k", "--", "x"]) == (["--fast"], ("-k", "--", "x"))
    assert check.parser().parse_args(["--with", "neural,browser"]).tiers == ("neural", "browser")
    with pytest.raises(SystemExit):
        check.parser().parse_args(["--with", "neurla"])


@pytest.mark.skipif(os.name != "posix", reason="stands for an environment by a link to this Python")
def test_check_goes_on_after_a_failure_and_returns_the_first_code(
    layout: Layout, capfd: pytest.CaptureFixture[str]
) -> None:
    layout.python.parent.mkdir(parents=True)
    layout.python.symlink_to(sys.executable)
    told = "import os; print(os.environ['STUDIO_TIERS'])"
    todo = [
        check.Step("one", ("-c", "raise SystemExit(3)")),
        check.Step("two", ("-c", "raise SystemExit(4)")),
        check.Step("three", ("-c", told)),
    ]
    assert check.run(layout, todo, frozenset({"browser"})) == 3
    shown = capfd.readouterr().out
    assert "== one: FAILED (3)" in shown
    assert "\nbrowser\n" in shown
    assert "== three: ok" in shown


@pytest.mark.parametrize(("tiers", "outcome"), [("", "skipped"), ("cluster", "skipped"), ("browser", "failed")])
def test_skip_in_an_asked_tier_is_a_failure(tmp_path: Path, tiers: str, outcome: str) -> None:
    conftest = Path(__file__).resolve().parents[2] / "conftest.py"
    (tmp_path / "conftest.py").write_text(conftest.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n browser: x\n", encoding="utf-8")
    (tmp_path / "test_one.py").write_text(
        "import pytest\n@pytest.mark.browser\ndef test_page():\n    pytest.skip('no Chromium')\n", encoding="utf-8"
    )
    (tmp_path / "test_two.py").write_text(
        "import pytest\npytestmark = pytest.mark.browser\npytest.importorskip('nothing_of_this_name')\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", check.GO_ON, str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | {"STUDIO_TIERS": tiers},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode != 0) is (outcome == "failed"), done.stdout
    wanted = "1 failed, 1 error" if outcome == "failed" else "2 skipped"
    assert wanted in done.stdout
