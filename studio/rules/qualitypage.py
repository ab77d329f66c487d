"""The quality report as one page that needs nothing beside it: styles, drawings and pictures lie in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from studio.files.quality import ProfileQuality, QualityReport
from studio.rules.drawing import MOST_POINTS, WIDTH, wave_svg
from studio.rules.quality import Check
from studio.rules.qualitywords import ADVICE, KINDS, OUTCOMES, QUESTIONS, figures_of

CURVE_HEIGHT = 200
TOP_LUFS, BOTTOM_LUFS = 0.0, -50.0

_STYLE = """
:root{color-scheme:light;--ink:#16202c;--quiet:#5b6b7c;--line:#d6dee7;--good:#0a7a3f;--bad:#b3261e;--idle:#5b6b7c}
*{box-sizing:border-box}body{margin:0 auto;max-width:1080px;padding:24px 16px 48px;color:var(--ink);background:#fff;
font:16px/1.5 system-ui,"Noto Sans","Segoe UI",Arial,sans-serif}h1{font-size:1.6rem;margin:0 0 4px}
h2{font-size:1.25rem;margin:40px 0 4px;border-top:2px solid var(--line);padding-top:20px}
h3{font-size:1rem;margin:24px 0 6px}
p{margin:0 0 8px;color:var(--quiet)}table{border-collapse:collapse;width:100%;font-size:.95rem}
th{text-align:left;color:var(--quiet);font-weight:600}th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--line);
vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.pass{color:var(--good)}.fail{color:var(--bad);font-weight:700}.not_applicable{color:var(--idle)}
.wide{overflow-x:auto}svg,img{display:block;width:100%;height:auto;border:1px solid var(--line);border-radius:4px}
img{height:180px;image-rendering:auto}.legend{font-size:.85rem}.legend b{font-weight:600}
@media print{h2{break-before:page}}
"""


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn of one profile: lowest and highest sample by time, and the spectrogram as a PNG."""

    outline: Sequence[tuple[float, float]]
    spectrogram_png: bytes


def page(report: QualityReport, drawings: Sequence[Drawings], names: Sequence[str]) -> str:
    """The page; `drawings` and `names` (as shown) stand in the order of the report's profiles."""
    title = escape(report.title)
    sections = "".join(map(_profile, report.profiles, drawings, names))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Phiếu kiểm tra âm thanh – {title}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>Phiếu kiểm tra âm thanh</h1><p>{title} – ngày phát {report.date:%d/%m/%Y}. "
        f"Số đo lấy trên tệp đã giải mã, theo ITU-R BS.1770 và EBU R 128.</p>{sections}</body></html>\n"
    )


def _profile(quality: ProfileQuality, drawings: Drawings, name: str) -> str:
    failed = sum(check.outcome == "fail" for check in quality.checks)
    verdict = f'<span class="fail">{failed} mục chưa đạt</span>' if failed else '<span class="pass">Đạt các mục</span>'
    picture = b64encode(drawings.spectrogram_png).decode("ascii")
    return (
        f"<h2>{escape(name)}</h2><p>{escape(quality.file)} – {_clock(quality.duration_s)} – "
        f"{_decimal(quality.integrated_lufs)} LUFS, {_decimal(quality.true_peak_dbtp)} dBTP – {verdict}</p>"
        f"{_checks(quality)}<h3>Dạng sóng</h3>{wave_svg(drawings.outline, 'Dạng sóng của cả bản')}"
        f"<h3>Độ to theo thời gian</h3>{_curves(quality)}"
        f'<h3>Phổ âm</h3><img alt="Phổ âm theo thời gian, tần số thấp ở dưới" src="data:image/png;base64,{picture}">'
        f"<h3>Các đoạn</h3>{_cues(quality)}"
    )


def _checks(quality: ProfileQuality) -> str:
    rows = []
    for entry in quality.checks:
        said = escape(figures_of(Check(entry.code, entry.outcome, entry.figures)))
        if entry.outcome == "fail" and ADVICE[entry.code]:
            said += f"<br>Nên: {escape(ADVICE[entry.code])}."
        rows.append(
            f'<tr><td>{escape(QUESTIONS[entry.code])}</td><td class="{entry.outcome}">{OUTCOMES[entry.outcome]}</td>'
            f"<td>{said}</td></tr>"
        )
    heads = '<tr><th scope="col">Mục</th><th scope="col">Kết quả</th><th scope="col">Số đo</th></tr>'
    return f'<div class="wide"><table><thead>{heads}</thead><tbody>{"".join(rows)}</tbody></table></div>'


def _cues(quality: ProfileQuality) -> str:
    rows = "".join(
        f'<tr><td class="n">{cue.index}</td><td>{escape(cue.title)}</td><td>{KINDS[cue.kind]}</td>'
        f'<td class="n">{_clock(cue.start_s)}</td><td class="n">{_clock(cue.duration_s)}</td>'
        f'<td class="n">{"–" if cue.integrated_lufs is None else _decimal(cue.integrated_lufs)}</td></tr>'
        for cue in quality.cues
    )
    columns = (
        ("#", " class=n"),
        ("Tên", ""),
        ("Loại", ""),
        ("Bắt đầu", " class=n"),
        ("Dài", " class=n"),
        ("LUFS", " class=n"),
    )
    heads = "".join(f'<th scope="col"{look}>{head}</th>' for head, look in columns)
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _curves(quality: ProfileQuality) -> str:
    target = _height(quality.target_lufs)
    lines = "".join(
        f'<line x1="0" x2="{WIDTH}" y1="{_height(level):.1f}" y2="{_height(level):.1f}" stroke="#e4eaf0"/>'
        f'<text x="4" y="{_height(level) - 3:.1f}" font-size="11" fill="#5b6b7c">{level}</text>'
        for level in (-10, -20, -30, -40)
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {CURVE_HEIGHT}" role="img" aria-label="Độ to theo thời gian">{lines}'
        f'<path d="{_path(quality.momentary_lufs)}" fill="none" stroke="#9db7d3" stroke-width="1"/>'
        f'<path d="{_path(quality.short_term_lufs)}" fill="none" stroke="#0b5a9e" stroke-width="2"/>'
        f'<line x1="0" x2="{WIDTH}" y1="{target:.1f}" y2="{target:.1f}" stroke="#b3261e" stroke-dasharray="8 5"/></svg>'
        f'<p class="legend"><b>Đậm</b>: 3 giây (short-term). <b>Nhạt</b>: 0,4 giây (momentary). '
        f"<b>Gạch đỏ</b>: mức cần đạt, {_decimal(quality.target_lufs)} LUFS.</p>"
    )


def _height(lufs: float) -> float:
    kept = min(TOP_LUFS, max(BOTTOM_LUFS, lufs))
    return CURVE_HEIGHT * (TOP_LUFS - kept) / (TOP_LUFS - BOTTOM_LUFS)


def _path(curve: Sequence[float | None]) -> str:
    """A line through the values, broken where there are none."""
    pieces: list[str] = []
    pen = "M"
    every = max(1, -(-len(curve) // MOST_POINTS))
    across = WIDTH / max(1, len(curve))
    for at in range(0, len(curve), every):
        known = [value for value in curve[at : at + every] if value is not None]
        if not known:
            pen = "M"
            continue
        pieces.append(f"{pen}{at * across:.1f} {_height(max(known)):.1f}")
        pen = "L"
    return "".join(pieces)


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")
