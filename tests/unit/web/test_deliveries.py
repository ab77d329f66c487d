"""What the page hands out: deliveries of ours, and of them only what their manifest names."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from studio.errors import InputError
from studio.files.manifest import AudioFile, Loudness, Manifest, TextFile
from studio.web.deliveries import Deliveries, chunks

LOUD = Loudness(integrated_lufs=-16, true_peak_dbtp=-2, loudness_range_lu=None, max_short_term_lufs=None)


def deliver(parent: Path, slug: str, day: str = "2026-11-23", hour: int = 1) -> Path:
    folder = parent / f"{day}-{slug}"
    folder.mkdir()
    audio = AudioFile(
        name=f"loa-{slug}.mp3", profile="loa", segment=None, codec="mp3", rate_hz=44_100, channels=1,
        bit_rate_bps=96_000, duration_s=1, size_bytes=5, sha256="0" * 64, loudness=LOUD,
    )  # fmt: skip
    manifest = Manifest(
        title=slug, slug=slug, unit="", date=date.fromisoformat(day), made_at=datetime(2026, 11, 23, hour, tzinfo=UTC),
        approved=False, studio_version="0", encoder_version="x", written_sha256="0" * 64,
        voices=(), segments=(), audio=(audio,),
        texts=(TextFile(name="kich-ban.txt", sha256="0" * 64),), remarks=(),
    )  # fmt: skip
    (folder / audio.name).write_bytes(b"sound")
    (folder / "kich-ban.txt").write_text("lời", encoding="utf-8")
    (folder / "secret.txt").write_text("x", encoding="utf-8")
    (folder / "manifest.json").write_text(manifest.model_dump_json(), encoding="utf-8")
    return folder


def test_deliveries_of_a_day_and_later_are_listed_newest_first(tmp_path: Path) -> None:
    deliver(tmp_path, "cu", "2026-11-22")
    deliver(tmp_path, "mot", hour=1)
    deliver(tmp_path, "hai", hour=2)
    deliver(tmp_path, "mai", "2026-11-24", hour=0)
    (tmp_path / "2026-11-23-la").mkdir()
    (tmp_path / ".2026-11-23-dang-ghi").mkdir()
    found = Deliveries(tmp_path).since(date(2026, 11, 23))
    assert [each.manifest.title for each in found] == ["hai", "mot", "mai"]


def test_no_folder_is_no_delivery(tmp_path: Path) -> None:
    assert Deliveries(tmp_path / "none").since(date(2026, 1, 1)) == ()


def test_a_file_that_the_manifest_names_is_handed_out(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "tin")
    assert Deliveries(tmp_path).file(folder.name, "loa-tin.mp3") == folder / "loa-tin.mp3"
    assert Deliveries(tmp_path).file(folder.name, "manifest.json") == folder / "manifest.json"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("2026-11-23-tin", "secret.txt"),
        ("2026-11-23-tin", "../2026-11-23-tin/loa-tin.mp3"),
        ("2026-11-23-tin/../2026-11-23-tin", "loa-tin.mp3"),
        ("..", "manifest.json"),
        ("", "manifest.json"),
        ("2026-11-23-khac", "manifest.json"),
    ],
)
def test_nothing_else_is(tmp_path: Path, name: str, file: str) -> None:
    deliver(tmp_path, "tin")
    with pytest.raises(InputError) as refused:
        Deliveries(tmp_path).file(name, file)
    assert refused.value.code == "page.file_gone"


def test_a_damaged_manifest_is_no_delivery(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "tin")
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    assert Deliveries(tmp_path).find(folder.name) is None
    with pytest.raises(InputError):
        Deliveries(tmp_path).zipped(folder.name)


def test_the_archive_holds_the_delivery_in_a_folder_of_its_name(tmp_path: Path) -> None:
    folder = deliver(tmp_path, "tin")
    kept = tmp_path / "all.zip"
    kept.write_bytes(b"".join(chunks(Deliveries(tmp_path).zipped(folder.name))))
    with zipfile.ZipFile(kept) as packed:
        assert sorted(packed.namelist()) == [
            f"{folder.name}/{name}" for name in ("kich-ban.txt", "loa-tin.mp3", "manifest.json")
        ]
        assert packed.read(f"{folder.name}/loa-tin.mp3") == b"sound"


def test_another_bulletin_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    deliveries, day = Deliveries(tmp_path), date(2026, 11, 23)
    assert deliveries.free_slug(day, "thong-bao", "1" * 64) == "thong-bao"
    deliver(tmp_path, "thong-bao")
    assert deliveries.free_slug(day, "thong-bao", "1" * 64) == "thong-bao-2"
    assert deliveries.free_slug(day, "thong-bao", "0" * 64) == "thong-bao"  # the very same text
    (tmp_path / "2026-11-23-thong-bao-2").mkdir()  # somebody else's folder
    assert deliveries.free_slug(day, "thong-bao", "1" * 64) == "thong-bao-3"
