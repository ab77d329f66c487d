"""The studio as this process's environment sets it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.service.studio import Studio
    from studio.settings import Settings

SHIPPED = Path(__file__).resolve().parents[2]


def environment_settings() -> Settings:
    """Settings from the environment; also keeps other libraries' caches under STUDIO_HOME."""
    from studio.settings import from_environment

    settings = from_environment(os.environ, SHIPPED, os.cpu_count() or 1)
    cache = settings.home / "cache"
    for name in ("XDG_CACHE_HOME", "HF_HOME", "MPLCONFIGDIR", "GRADIO_TEMP_DIR", "NUMBA_CACHE_DIR"):
        os.environ.setdefault(name, str(cache / name.lower()))
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(name, "1")
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    return settings


@contextmanager
def opened() -> Iterator[Studio]:
    """A Studio that is closed at the end, whatever happens."""
    from studio.wiring import open_studio

    studio = open_studio(environment_settings())
    try:
        yield studio
    finally:
        studio.close()
