"""An audition as one page: what each voice is, how it sounds, and what that looks like."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from studio.files.audition import Audition, Stimulus
from studio.rules.drawing import pitch_svg, wave_svg

_STYLE = """
:root{color-scheme:light;--ink:#16202c;--quiet:#5b6b7c;--line:#d6dee7}
*{box-sizing:border-box}body{margin:0 auto;max-width:1080px;padding:24px 16px 48px;color:var(--ink);background:#fff;
font:16px/1.5 system-ui,"Noto Sans","Segoe UI",Arial,sans-serif}h1{font-size:1.6rem;margin:0 0 4px}
h2{font-size:1.25rem;margin:40px 0 4px;border-top:2px solid var(--line);padding-top:20px}
h3{font-size:1rem;margin:20px 0 6px}p,li{margin:0 0 8px;color:var(--quiet)}
table{border-collapse:collapse;width:100%;font-size:.95rem}th{text-align:left;color:var(--quiet);font-weight:600}
th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}
audio{width:100%;margin:8px 0}svg,img{display:block;width:100%;height:auto;border:1px solid var(--line);
border-radius:4px}img{height:160px}@media print{h2{break-before:page}audio{display:none}}
"""


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn of one voice; pitches each hundredth of a second, None where there is no voice."""

    outline: Sequence[tuple[float, float]]
    spectrogram_png: bytes
    pitches_hz: Sequence[float | None]


def page(audition: Audition, drawings: Sequence[Drawings]) -> str:
    """The page; `drawings` stand in the order of the stimuli, whose files lie beside it."""
    sections = "".join(map(_stimulus, audition.stimuli, drawings))
    lines = "".join(f"<li>{escape(line)}</li>" for line in audition.lines)
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Nghe thử các giọng</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>Nghe thử các giọng</h1><p>Cùng một bài, {len(audition.stimuli)} giọng, độ to bằng nhau: "
        f"{_decimal(audition.target_lufs)} LUFS, chỉ bằng tăng giảm âm lượng (đo theo ITU-R BS.1770). "
        f"Giọng đọc do máy tổng hợp.</p><ol>{lines}</ol>{_table(audition)}{sections}</body></html>\n"
    )


_COLUMNS = (
    ("Giọng", False),
    ("Dài (giây)", True),
    ("Âm tiết/giây", True),
    ("Độ to gốc (LUFS)", True),
    ("Chỉnh (dB)", True),
    ("Độ to (LUFS)", True),
    ("Đỉnh (dBTP)", True),
    ("Câu đáng ngờ", True),
    ("Giấy phép", False),
)


def _table(audition: Audition) -> str:
    heads = "".join(f'<th scope="col"{_class(numeric)}>{head}</th>' for head, numeric in _COLUMNS)
    rows = "".join(map(_row, audition.stimuli))
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(stimulus: Stimulus) -> str:
    figures = (
        stimulus.duration_s,
        stimulus.syllables_per_second,
        stimulus.own_lufs,
        stimulus.gain_db,
        stimulus.integrated_lufs,
        stimulus.true_peak_dbtp,
    )
    cells = "".join(f'<td class="n">{_decimal(figure)}</td>' for figure in figures)
    cells += f'<td class="n">{len(stimulus.doubtful)}</td>'
    return f"<tr><td>{escape(stimulus.name)}</td>{cells}<td>{escape(stimulus.licence)}</td></tr>"


def _class(numeric: bool) -> str:
    return ' class="n"' if numeric else ""


def _stimulus(stimulus: Stimulus, drawings: Drawings) -> str:
    picture = b64encode(drawings.spectrogram_png).decode("ascii")
    owner = f" – {escape(stimulus.attribution)}" if stimulus.attribution else ""
    name = escape(stimulus.name)
    return (
        f"<h2>{name}</h2><p>{escape(stimulus.candidate)} – {escape(stimulus.engine_version)}{owner}</p>"
        f'<audio controls preload="none" src="{escape(stimulus.file)}" aria-label="Nghe {name}"></audio>'
        f"<h3>Dạng sóng</h3>{wave_svg(drawings.outline, 'Dạng sóng')}"
        f'<h3>Phổ âm, 0 đến 8 kHz</h3><img alt="Phổ âm theo thời gian, tần số thấp ở dưới" '
        f'src="data:image/png;base64,{picture}">'
        f"<h3>Cao độ</h3>{pitch_svg(drawings.pitches_hz, 'Cao độ theo thời gian')}"
    )


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")
