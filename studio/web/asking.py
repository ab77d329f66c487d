"""How the page's events ask the studio: short work in one request and its answer, long work through the queue."""

from __future__ import annotations

from typing import Any

QUEUED: dict[str, Any] = {"api_visibility": "private"}
"""Work that takes long, such as recognising a scan: it waits for its turn, and the page shows how long already."""
DIRECT: dict[str, Any] = {**QUEUED, "queue": False}
"""The answer comes with the request itself. The queue's answers come through a stream that Gradio closes after the
last of them: one that is ready in just that moment waits until something else is asked, which may be never."""
QUIET: dict[str, Any] = {**DIRECT, "show_progress": "hidden"}
"""The same without a sign on the page that something is being asked."""
