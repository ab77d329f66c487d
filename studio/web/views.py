"""What the page shows, as HTML: pure functions from values to text, every foreign word escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from studio.files.manifest import AudioFile, Manifest
from studio.service.requests import Produced
from studio.web.deliveries import Delivered
from studio.web.jobs import Status
from studio.web.labels import STAGES, UNITS_OF_STAGE
from studio.web.words import vietnamese

ROUTE = "/ban-giao"
"""Where deliveries are handed out: `ROUTE/<folder>/<file>` and `ROUTE/<folder>.zip`."""

DECIMALS = re.compile(r"-?\d+\.\d+")

LOGO = (
    '<svg viewBox="0 0 48 48" aria-hidden="true"><rect width="48" height="48" rx="11" fill="#0b5a9e"/>'
    '<path d="M11 20v8h6l12 8V12l-12 8z" fill="#fff"/>'
    '<path d="M34 17a10 10 0 0 1 0 14M38 12a17 17 0 0 1 0 24" fill="none" stroke="#ffd166" stroke-width="3" '
    'stroke-linecap="round"/></svg>'
)


def page_head() -> str:
    """The page's title."""
    return (
        f'<header class="s-head">{LOGO}<div><h1>Phát Thanh Studio</h1>'
        "<p>Từ bản tin viết đến bản phát thanh giọng Hà Nội</p></div></header>"
    )


def step(number: int, title: str, hint: str) -> str:
    """The heading of one step."""
    return f'<div class="s-step"><h2><b>{number}</b>{escape(title)}</h2><p>{escape(hint)}</p></div>'


def error(sentence: str) -> str:
    """Something that went wrong, said where it happened."""
    return f'<div class="s-error" role="alert" data-bulletin>{escape(sentence)}</div>'


def info(sentence: str) -> str:
    """A quiet remark."""
    return f'<div class="s-info" data-bulletin>{escape(sentence)}</div>'


def said(sentence: str) -> str:
    """What was done; announced politely to screen readers."""
    return f'<div class="s-info" role="status" data-bulletin>{escape(sentence)}</div>'


def progress(status: Status) -> str:
    """The stages of a production with their counts; announced politely to screen readers."""
    counts = {name: (done, total) for name, done, total in status.counts}
    order = list(STAGES)
    latest = max((order.index(name) for name in counts if name in order), default=0)
    rows = "".join(_stage(name, counts.get(name), followed=nth < latest) for nth, name in enumerate(order))
    doing = "Đang dừng" if status.stopping else "Đang sản xuất"
    return (
        f'<section class="s-box" role="status" aria-live="polite" data-bulletin><div class="s-title"><h3>{doing}: '
        f'{escape(status.title)}</h3></div><ul class="s-steps">{rows}</ul>'
        '<p class="s-note">Có thể đóng hoặc tải lại trang: việc vẫn chạy và bản giao vẫn còn ở mục “Đã sản xuất”.</p>'
        "</section>"
    )


def _stage(name: str, counts: tuple[int, int] | None, followed: bool) -> str:
    done, total = counts or (0, 0)
    if total:
        state = "done" if done >= total else "now"
        share, count = round(100 * done / total), f"{done}/{total} {UNITS_OF_STAGE[name]}"
    elif followed:
        state, share, count = "done", 100, "dùng lại"
    else:
        state, share, count = "waiting", 0, "đang đợi"
    return (
        f'<li class="{state}"><span class="name">{STAGES[name]}</span>'
        f'<span class="s-bar" role="progressbar" aria-label="{STAGES[name]}" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{share}"><i style="width:{share}%"></i></span><span class="count">{count}</span></li>'
    )


TEXTS = {".txt": "Kịch bản (TXT)", ".html": "Phiếu kiểm tra (HTML)"}
"""Texts of a delivery that an editor wants, by the ending of their names."""


def result(produced: Produced, profile_names: Mapping[str, str]) -> str:
    """A finished production: levels, remarks, downloads."""
    manifest = produced.manifest
    lines = produced.spoken + produced.reused
    spoken = f"{lines} câu: đọc mới {produced.spoken}, dùng lại {produced.reused}"
    return (
        f'<section class="s-box" data-bulletin>{_title(manifest, spoken)}{levels(manifest, profile_names)}'
        f"{remarks(manifest, profile_names)}{_downloads(produced.folder.name, manifest, profile_names)}"
        '<p class="s-note">Bản này chưa được duyệt phát. Giọng đọc do máy tổng hợp.</p></section>'
    )


def delivered(deliveries: Iterable[Delivered], profile_names: Mapping[str, str]) -> str:
    """Deliveries that stand, each with a player for every profile and its downloads."""
    cards = "".join(_card(each, profile_names) for each in deliveries)
    return cards or info("Hôm nay chưa có bản nào. Bản sản xuất xong sẽ nằm ở đây, kể cả khi tải lại trang.")


def _card(each: Delivered, profile_names: Mapping[str, str]) -> str:
    name = each.folder.name
    players = "".join(_player(each, file, profile_names) for file in _wholes(each.manifest))
    day = each.manifest.date.strftime("%d/%m/%Y")
    return (
        f'<section class="s-box s-card" data-bulletin>{_title(each.manifest, f"Ngày phát {day}")}{players}'
        f"{_downloads(name, each.manifest, profile_names)}</section>"
    )


def _player(each: Delivered, file: AudioFile, profile_names: Mapping[str, str]) -> str:
    profile = profile_names.get(file.profile, file.profile)
    source = f"{ROUTE}/{each.folder.name}/{file.name}"
    return (
        f'<div class="s-play"><span>{escape(profile)} · {clock(file.duration_s)}</span>'
        f'<audio controls preload="none" src="{escape(source)}" '
        f'aria-label="{escape(f"Nghe {each.manifest.title}, {profile}")}"></audio></div>'
    )


def _title(manifest: Manifest, remark: str) -> str:
    return f'<div class="s-title"><h3>{escape(manifest.title)}</h3><span>{escape(remark)}</span></div>'


def _wholes(manifest: Manifest) -> tuple[AudioFile, ...]:
    return tuple(file for file in manifest.audio if file.segment is None)


def levels(manifest: Manifest, profile_names: Mapping[str, str]) -> str:
    """Measured figures of the whole programme at each profile."""
    rows = "".join(
        f"<tr><td>{escape(profile_names.get(file.profile, file.profile))}</td><td>{clock(file.duration_s)}</td>"
        f"<td>{level(file.loudness.integrated_lufs)}</td><td>{level(file.loudness.true_peak_dbtp)}</td>"
        f"<td>{escape(file.codec.upper())}</td><td>{level(file.size_bytes / 1e6)} MB</td></tr>"
        for file in _wholes(manifest)
    )
    heads = ("Bản phát", "Thời lượng", "Độ to (LUFS)", "Đỉnh (dBTP)", "Loại tệp", "Dung lượng")
    return (
        '<div class="s-wide"><table class="s-levels"><caption hidden>Số đo của từng bản</caption><thead><tr>'
        + "".join(f'<th scope="col">{head}</th>' for head in heads)
        + f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def remarks(manifest: Manifest, profile_names: Mapping[str, str]) -> str:
    """What the receiver should know of the whole, in words."""
    sentences = []
    for remark in manifest.remarks:
        fields = dict(remark.fields)
        if "profile" in fields:
            fields["profile"] = profile_names.get(fields["profile"], fields["profile"])
        figured = {name: _figured(value) for name, value in fields.items()}
        sentences.append(vietnamese(remark.code, figured))
    return "".join(f'<p class="s-note">{escape(sentence)}</p>' for sentence in sentences)


def _figured(value: str) -> str | float:
    """A manifest holds figures as written in English."""
    return float(value) if DECIMALS.fullmatch(value) else value


def _downloads(name: str, manifest: Manifest, profile_names: Mapping[str, str]) -> str:
    links = "".join(
        f'<a download href="{escape(f"{ROUTE}/{name}/{file.name}")}">'
        f"{escape(profile_names.get(file.profile, file.profile))} ({escape(file.name.rpartition('.')[2].upper())})</a>"
        for file in _wholes(manifest)
    )
    texts = "".join(
        f'<a download href="{escape(f"{ROUTE}/{name}/{text.name}")}">{shown}</a>'
        for text in manifest.texts
        for ending, shown in TEXTS.items()
        if text.name.endswith(ending)
    )
    zipped = f'<a class="main" download href="{escape(f"{ROUTE}/{name}.zip")}">Tải tất cả (ZIP)</a>'
    return f'<nav class="s-downloads" aria-label="Tải về">{zipped}{links}{texts}</nav>'


def level(value: float) -> str:
    """A figure with one decimal, as written in Vietnamese."""
    return f"{value:.1f}".replace("-", "−").replace(".", ",")


def clock(seconds: float) -> str:
    """Minutes and seconds, such as 1:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
