"""Lets Coqui load where torchaudio's compiled part, linked to CUDA's libraries, does not: beside a torch for the CPU.

Coqui needs torchaudio to be there, and of it only what is written in Python: resampling and filters.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable
from typing import Any

_EXTENSION = "torchaudio._extension"


def ensure_torchaudio() -> bool:
    """Imports torchaudio; True where that took a stand-in for its compiled part.

    Raises ImportError where torchaudio is not installed, OSError where it does not even load without that part.
    """
    try:
        importlib.import_module("torchaudio")
    except OSError:  # what the system's loader says of a library that lacks another
        sys.modules[_EXTENSION] = _stand_in()
        try:
            importlib.import_module("torchaudio")
        except BaseException:
            del sys.modules[_EXTENSION]
            raise
        return True
    return False


def _stand_in() -> types.ModuleType:
    """What torchaudio asks of its compiled part: that there is none, and a refusal for what cannot do without."""
    module = types.ModuleType(_EXTENSION)
    names: dict[str, Any] = {
        "_IS_TORCHAUDIO_EXT_AVAILABLE": False,
        "_IS_ALIGN_AVAILABLE": False,
        "_check_cuda_version": lambda: None,
        "fail_if_no_align": _refusing,
    }
    module.__dict__.update(names)
    return module


def _refusing(function: Callable[..., Any]) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise RuntimeError(f"torchaudio's {function.__name__} needs its compiled part, which does not load here")

    return refuse
