"""What installed libraries are called."""

from __future__ import annotations

from collections.abc import Mapping

BUILT_FOR_CARDS: Mapping[str, str] = {"onnxruntime": "onnxruntime-gpu"}
"""Libraries that go by another name where they are built for a graphics card; one of the two is installed."""
