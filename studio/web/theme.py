"""How the page looks: theme, fonts, style sheet and the words of the framework's own buttons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from studio.web.labels import FRAMEWORK, FRAMEWORK_PATTERNS

if TYPE_CHECKING:
    from gradio.themes import Base

STATIC = Path(__file__).parent / "static"
STATIC_ROUTE = "/static-studio"
"""Where the page's own files are served; fonts are loaded from here, never from elsewhere."""

STYLE_SHEET = STATIC / "page.css"
SCRIPTS = ("vietnamese.js", "draft.js")
FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


def theme() -> Base:
    """A plain light-blue theme whose fonts are local."""
    import gradio as gr

    return gr.themes.Default(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        font=["Noto Sans", "sans-serif"],
        font_mono=["Noto Sans", "monospace"],
    ).set(
        button_primary_background_fill="#0b5a9e",
        button_primary_background_fill_hover="#084678",
        button_primary_background_fill_dark="#0b5a9e",
        button_primary_background_fill_hover_dark="#1d74bd",
        button_primary_text_color="#ffffff",
        block_label_text_color="#33415a",
        block_title_text_color="#33415a",
        body_text_color_subdued="#4b5a70",
        input_placeholder_color="#5c6b82",
        input_placeholder_color_dark="#9fb0c6",
    )


def head() -> str:
    """What goes into the <head>: fonts asked for early, the framework's words in Vietnamese, the keeper of drafts."""
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/ttf" crossorigin href="{STATIC_ROUTE}/{name}">' for name in FONTS
    )
    words = _for_script({"words": FRAMEWORK, "patterns": FRAMEWORK_PATTERNS})
    scripts = "".join(f"<script>{(STATIC / name).read_text('utf-8')}</script>" for name in SCRIPTS)
    return f"{fonts}<script>window.studioVietnamese = {words};</script>{scripts}"


def _for_script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
