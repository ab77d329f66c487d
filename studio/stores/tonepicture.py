"""A picture of an audit: a panel for each tone, its words and their mean against the template."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.files.audit import ToneEntry, VoiceAudit

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

    from studio.values.tones import Contour

NAMES = {"ngang": "ngang", "huyen": "huyền", "sac": "sắc", "hoi": "hỏi", "nga": "ngã", "nang": "nặng"}
# The bundled font has no true minus; a dash stands for it.
FONTS = Path(__file__).parents[1] / "web" / "static"
PANEL_WIDTH, PANEL_HEIGHT, MARGIN, HEAD, FOOT = 460, 320, 24, 110, 150
TOP_ST, BOTTOM_ST = 9.0, -9.0
INK, QUIET, LINE, WORD, TEMPLATE, MEAN = "#16202c", "#5b6b7c", "#d6dee7", "#c9d6e6", "#b3261e", "#0b5a9e"
MERGED = {True: "gộp", False: "không gộp"}


def tones_png(audit: VoiceAudit) -> bytes:
    """The picture: six panels, above them the voice, below them mergers, rates and levels."""
    from PIL import Image, ImageDraw

    width = 3 * PANEL_WIDTH + 4 * MARGIN
    height = HEAD + 2 * (PANEL_HEIGHT + MARGIN) + FOOT
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    _write(pen, (MARGIN, 18), audit.name, 26, bold=True)
    mean = _decimal(audit.mean_pitch_hz)
    told = f"{audit.candidate} · cao độ trung bình {mean} Hz (của bốn thanh không gãy) · {audit.tracker}"
    _write(pen, (MARGIN, 54), told, 15, QUIET)
    _legend(pen)
    for at, tone in enumerate(audit.tones):
        left = MARGIN + (at % 3) * (PANEL_WIDTH + MARGIN)
        top = HEAD + (at // 3) * (PANEL_HEIGHT + MARGIN)
        _panel(pen, left, top, tone)
    for at, line in enumerate(_below(audit)):
        _write(pen, (MARGIN, height - FOOT + 8 + 25 * at), line, 16)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _legend(pen: ImageDraw) -> None:
    at = MARGIN
    for colour, name in ((MEAN, "trung bình đo được"), (WORD, "từng từ"), (TEMPLATE, "mẫu, theo Kirby 2011")):
        pen.line((at, 91, at + 34, 91), fill=colour, width=4)
        _write(pen, (at + 42, 81), name, 15, QUIET)
        at += 230


def _panel(pen: ImageDraw, left: int, top: int, tone: ToneEntry) -> None:
    pen.rectangle((left, top, left + PANEL_WIDTH, top + PANEL_HEIGHT), outline=LINE)
    for semitones in (-6, -3, 0, 3, 6):
        height = _y(top, semitones)
        pen.line((left, height, left + PANEL_WIDTH, height), fill=LINE)
        _write(pen, (left + 4, height - 16), f"{semitones:+d}".replace("-", "–"), 11, QUIET)
    for word in tone.words:
        _curve(pen, left, top, word.contour_st, WORD, 2)
    _curve(pen, left, top, tone.template_st, TEMPLATE, 3)
    _curve(pen, left, top, tone.contour_st, MEAN, 5)
    _write(pen, (left + 34, top + 6), NAMES[tone.tone], 22, bold=True)
    _write(pen, (left + 130, top + 10), f"lệch {_decimal(tone.distance)} nửa cung", 16)
    parts = f"cao độ {_decimal(tone.pitch_st)} · dài {_decimal(tone.duration_ratio)} × ngang"
    wanted = _decimal(tone.wanted_duration_ratio)
    _write(pen, (left + 34, top + PANEL_HEIGHT - 48), f"{parts} (mẫu {wanted})", 14, QUIET)
    broken = "–" if tone.broken_share is None else f"{round(100 * tone.broken_share)} %"
    told = f"gãy {broken} (mẫu {100 if tone.wanted_broken else 0} %), hõm {_decimal(tone.dip_db)} dB"
    _write(pen, (left + 34, top + PANEL_HEIGHT - 27), f"{told}, tắt {_decimal(tone.release_ms)} ms", 14, QUIET)


def _curve(pen: ImageDraw, left: int, top: int, contour: Contour, colour: str, width: int) -> None:
    """The contour, broken where there is no voice; a point alone is a dot."""
    step = (PANEL_WIDTH - 60) / len(contour)
    runs: list[list[tuple[float, float]]] = [[]]
    for at, semitones in enumerate(contour):
        if semitones is None:
            runs.append([])
        else:
            runs[-1].append((left + 45 + (at + 0.5) * step, _y(top, semitones)))
    for run in filter(None, runs):
        if len(run) > 1:
            pen.line(run, fill=colour, width=width, joint="curve")
        else:
            ((across, down),) = run
            pen.ellipse((across - width, down - width, across + width, down + width), fill=colour)


def _y(top: int, semitones: float) -> float:
    kept = min(TOP_ST, max(BOTTOM_ST, semitones))
    return top + PANEL_HEIGHT * (TOP_ST - kept) / (TOP_ST - BOTTOM_ST)


def _below(audit: VoiceAudit) -> Sequence[str]:
    mergers = "; ".join(
        f"{merger.onsets} {MERGED[merger.merged]} ({_decimal(merger.ratio)})" for merger in audit.mergers
    )
    speech = audit.speech
    pauses = f"{speech.pauses} quãng nghỉ trong câu, trung bình {_decimal(speech.mean_pause_ms)} ms"
    opinions = audit.dnsmos
    return (
        f"Âm đầu (khoảng cách so với âm khác nhau, gộp khi không quá 0,5): {mergers}",
        f"Tốc độ {_decimal(speech.syllables_per_second)} âm tiết/giây, không kể nghỉ "
        f"{_decimal(speech.articulated_per_second)}; {pauses}",
        f"Độ to các câu chênh {_decimal(speech.level_spread_lu)} LU",
        "DNSMOS: chưa cài speechmos nên không đo"
        if opinions is None
        else f"DNSMOS: chung {_decimal(opinions.overall)}, tiếng {_decimal(opinions.signal)}, "
        f"nền {_decimal(opinions.background)}",
        "Mẫu: dựng theo mô tả của Kirby, “Vietnamese (Hanoi Vietnamese)”, JIPA 41 (2011); các con số là của studio này",
    )


def _write(
    pen: ImageDraw, place: tuple[float, float], text: str, size: int, colour: str = INK, *, bold: bool = False
) -> None:
    from PIL import ImageFont

    font = ImageFont.truetype(str(FONTS / ("NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf")), size)
    pen.text(place, text, font=font, fill=colour)


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",").replace("-", "–")
