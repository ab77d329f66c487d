"""Where the studio keeps things and how much of the machine it may use: resolved once, then only passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.errors import InputError

MAX_WORKERS = 64
DEVICES = ("cpu", "cuda")


@dataclass(frozen=True, slots=True)
class Settings:
    """Resolved settings.

    `home` holds everything the program writes; `models` the voices' weights; `shipped` is the
    checkout with its read-only cards, profiles and samples. `ffmpeg` overrides the bundled binary, `tesseract`
    the program of that name that the system has. `device` is where engines on torch work.
    """

    home: Path
    models: Path
    shipped: Path
    workers: int
    ffmpeg: str | None = None
    allow_test_engines: bool = False
    tesseract: str | None = None
    device: str = "cpu"

    def folders(self, kind: str) -> tuple[Path, ...]:
        """Folders searched for one kind of data ("voices", "outlets/profiles", …): the unit's own first."""
        return (self.home / kind, self.shipped / kind)


def from_environment(environment: Mapping[str, str], shipped: Path, cores: int) -> Settings:
    """Settings from `STUDIO_*` variables; raises InputError `settings.bad_value` naming the variable."""
    home = Path(environment.get("STUDIO_HOME") or shipped / "var").absolute()
    return Settings(
        home=home,
        models=Path(environment.get("STUDIO_MODELS") or shipped / "models").absolute(),
        shipped=shipped,
        workers=_workers(environment.get("STUDIO_WORKERS"), cores),
        ffmpeg=environment.get("STUDIO_FFMPEG") or None,
        allow_test_engines=environment.get("STUDIO_TEST_ENGINES") == "1",
        tesseract=environment.get("STUDIO_TESSERACT") or None,
        device=_device(environment.get("STUDIO_DEVICE") or DEVICES[0]),
    )


def _workers(written: str | None, cores: int) -> int:
    if not written:
        return max(1, min(cores, 8))
    if not written.isdecimal() or not 1 <= int(written) <= MAX_WORKERS:
        raise InputError("settings.bad_value", name="STUDIO_WORKERS", value=written, wanted=f"1 to {MAX_WORKERS}")
    return int(written)


def _device(written: str) -> str:
    if written not in DEVICES:
        raise InputError("settings.bad_value", name="STUDIO_DEVICE", value=written, wanted=" or ".join(DEVICES))
    return written
