"""Kept carts: added whole or not at all, found by id and name, refused where they may not air, removed."""

from __future__ import annotations

import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from studio.audio.meter import measure
from studio.errors import BusyError, InputError, SoundError, StudioError
from studio.files.card import Consent
from studio.files.cart import CartCard
from studio.ports import CartChange, NewCart
from studio.sound import Samples
from studio.stores.carts import FileCartStore
from studio.stores.carts.cards import CartCards
from studio.stores.carts.library import FileCartLibrary
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.stores.unit import TomlUnitRules
from studio.values.cart import CartKind
from tests.fakes.clocks import Stopped
from tests.fakes.sounds import tone

TODAY = date(2026, 1, 5)
JINGLE = NewCart(CartKind.JINGLE, name="Nhạc hiệu sáng", rights="Đài phường")
BED = NewCart(CartKind.BED, rights="Đài phường")
CONSENT = Consent(person="Nguyễn Văn A", given=date(2025, 12, 1), purpose="phát thanh", until=TODAY)
SPEECH = NewCart(CartKind.RECORDED_SPEECH, rights="Nguyễn Văn A", consent=CONSENT)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def library(home: Path) -> FileCartLibrary:
    return FileCartLibrary(home, FfmpegSoundFiles(), Stopped())


@pytest.fixture
def store(home: Path) -> FileCartStore:
    return FileCartStore(home, [], FfmpegSoundFiles(), TomlUnitRules(home), Stopped())


def steps() -> Samples:
    """Half a second of silence, then a quiet, a loud and a quiet second."""
    silence = np.zeros((24_000, 1), np.float32)
    return np.concatenate([silence, tone(440, 1.0, 0.05), tone(440, 1.0, 0.5), tone(440, 1.0, 0.05)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gốc.wav"
    soundfile.write(path, steps(), 48_000, subtype="PCM_24")
    return path


def sounds(home: Path) -> list[str]:
    return sorted(path.stem for path in (home / "carts").glob("*.flac"))


def code_of(caught: pytest.ExceptionInfo[StudioError]) -> str:
    return caught.value.code


def test_a_cart_is_kept_with_all_that_is_known_of_it(home: Path, library: FileCartLibrary, file: Path) -> None:
    card = library.add(file, replace(JINGLE, licence="CC BY 4.0"))
    assert (card.id, card.name, card.kind.value) == ("nhac-hieu-sang", "Nhạc hiệu sáng", "nhac_hieu")
    assert (card.rights, card.licence) == ("Đài phường", "CC BY 4.0")
    assert (card.frames, card.cue_in_ms) == (168_000, 500)
    assert card.cue_out_ms == 3_500
    assert card.true_peak_dbtp == pytest.approx(-6.0, abs=0.1)
    assert card.source.file == "gốc.wav"
    assert sounds(home) == [card.digest]
    written = tomllib.loads((home / "carts" / "cards" / "nhac-hieu-sang.toml").read_text(encoding="utf-8"))
    assert CartCard.model_validate(written) == card
    assert library.cards() == (card,)
    assert library.card("nhac-hieu-sang") == library.card("NHẠC HIỆU SÁNG") == card


def test_its_picture_shows_what_plays(library: FileCartLibrary, file: Path) -> None:
    card = library.add(file, replace(BED, loop_in_ms=1_500, loop_out_ms=2_500))
    picture = np.asarray(Image.open(library.picture(card)))
    height, width = picture.shape[:2]
    assert (width, height) == (1200, 200)

    def thickness(at_ms: int) -> int:
        column = picture[:, at_ms * width // 3_500].astype(int)
        return int(np.count_nonzero(column[:, 0] < 100))

    assert thickness(250) == 0
    assert thickness(1_000) == pytest.approx(0.05 * height, abs=3)
    assert thickness(2_000) == pytest.approx(0.5 * height, abs=3)
    above, below = picture[5, 2_000 * width // 3_500], picture[5, 3_000 * width // 3_500]
    assert tuple(above) != tuple(below)


def test_what_a_rundown_gets_of_it(store: FileCartStore, library: FileCartLibrary, file: Path, tmp_path: Path) -> None:
    card = library.add(file, replace(BED, name="Nền", loop_in_ms=1_500, loop_out_ms=2_500))
    info = store.prepare("nen", tmp_path)
    assert (info.digest, info.name, info.kind, info.rights) == (card.digest, "Nền", "nhac_nen", "Đài phường")
    assert (info.loop_in, info.loop_out) == (72_000, 120_000)
    assert info.true_peak_dbtp == card.true_peak_dbtp
    assert store.prepare("nền", tmp_path) == info
    assert store.reader(info.digest).read(0, 10).shape == (10, 1)


def test_a_file_of_the_same_sound_is_the_kept_cart(
    store: FileCartStore, library: FileCartLibrary, file: Path, tmp_path: Path
) -> None:
    assert store.prepare("gốc.wav", tmp_path).rights is None
    library.add(file, replace(JINGLE, cue_in_ms=1_500))
    info = store.prepare("gốc.wav", tmp_path)
    assert (info.rights, info.cue_in) == ("Đài phường", 72_000)


def test_cues_that_are_moved_are_measured_again(library: FileCartLibrary, file: Path) -> None:
    found = library.add(file, JINGLE)
    quiet = library.add(file, replace(JINGLE, name="khẽ", cue_in_ms=500, cue_out_ms=1_400))
    expected = measure(lambda: iter([tone(440, 0.9, 0.05)]), 48_000, true_peak=True)
    assert quiet.integrated_lufs == pytest.approx(expected.integrated_lufs, abs=0.1)
    assert quiet.true_peak_dbtp == pytest.approx(-26.0, abs=0.1)
    assert found.integrated_lufs > quiet.integrated_lufs + 15
    assert found.digest == quiet.digest
    with pytest.raises(SoundError) as caught:
        library.add(file, replace(JINGLE, name="lặng", cue_in_ms=0, cue_out_ms=450))
    assert code_of(caught) == "cart.silent"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cue_in_ms": 3_200}, "cart.bad_point"),
        ({"cue_out_ms": 3_600}, "cart.bad_point"),
        ({"cue_out_ms": 399}, "cart.bad_point"),
        ({"loop_in_ms": 1_000}, "cart.half_loop"),
        ({"loop_out_ms": 1_000}, "cart.half_loop"),
        ({"loop_in_ms": 1_000, "loop_out_ms": 1_399}, "cart.loop_too_short"),
        ({"loop_in_ms": 2_000, "loop_out_ms": 1_000}, "cart.loop_too_short"),
        ({"loop_in_ms": 100, "loop_out_ms": 2_000}, "cart.bad_point"),
        ({"loop_in_ms": 1_000, "loop_out_ms": 4_000}, "cart.bad_point"),
        ({"kind": CartKind.STING, "loop_in_ms": 1_000, "loop_out_ms": 2_000}, "cart.loop_no_bed"),
        ({"rights": ""}, "cart.bad_value"),
        ({"name": " "}, "cart.bad_value"),
        ({"licence": "x" * 301}, "cart.bad_value"),
        ({"kind": CartKind.RECORDED_SPEECH}, "cart.no_consent"),
        ({"kind": CartKind.RECORDED_SPEECH, "synthetic": True}, "cart.no_consent"),
        ({"kind": CartKind.VOICED_IDENT}, "cart.no_consent"),
        ({"consent": CONSENT.model_copy(update={"until": date(2026, 1, 4)})}, "cart.consent_ended"),
        ({"consent": CONSENT.model_copy(update={"given": date(2026, 1, 6)})}, "cart.consent_to_come"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    changes: dict[str, object], code: str, home: Path, library: FileCartLibrary, file: Path
) -> None:
    with pytest.raises(StudioError) as caught:
        library.add(file, replace(BED, **changes))  # type: ignore[arg-type]  # the fields are those of NewCart
    assert code_of(caught) == code
    assert caught.value.fields["cart"] == changes.get("name", "gốc")
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_machine_needs_no_consent(library: FileCartLibrary, file: Path) -> None:
    assert library.add(file, replace(JINGLE, kind=CartKind.VOICED_IDENT, synthetic=True)).consent is None


def test_a_name_that_is_taken(home: Path, library: FileCartLibrary, file: Path, tmp_path: Path) -> None:
    first = library.add(file, JINGLE)
    other = tmp_path / "khác.wav"
    soundfile.write(other, tone(300, 1.0, 0.3), 48_000, subtype="PCM_24")
    with pytest.raises(InputError) as caught:
        library.add(other, JINGLE)
    assert (code_of(caught), caught.value.fields["id"]) == ("cart.exists", "nhac-hieu-sang")
    assert sounds(home) == [first.digest]
    second = library.add(other, replace(JINGLE, replace=True))
    assert library.cards() == (second,)
    assert sounds(home) == [second.digest]


def test_changing_measures_and_draws_again(home: Path, library: FileCartLibrary, file: Path) -> None:
    first = library.add(file, replace(BED, name="nền", rights=None))
    drawn = library.picture(first).read_bytes()
    file.unlink()
    changed = library.change(
        "nền", CartChange(rights="Đài", cue_in_ms=600, cue_out_ms=1_400, loop_in_ms=700, loop_out_ms=1_300)
    )
    expected = measure(lambda: iter([tone(440, 0.8, 0.05)]), 48_000, true_peak=True)
    assert changed.integrated_lufs == pytest.approx(expected.integrated_lufs, abs=0.1)
    assert library.picture(changed).read_bytes() != drawn
    assert (changed.rights, changed.loop_in_ms) == ("Đài", 700)
    assert (changed.digest, changed.source, changed.frames) == (first.digest, first.source, first.frames)
    back = library.change("nền", CartChange(cue_in_ms=first.cue_in_ms, cue_out_ms=first.cue_out_ms, licence="CC0"))
    assert (back.integrated_lufs, back.true_peak_dbtp) == (first.integrated_lufs, first.true_peak_dbtp)
    assert (back.rights, back.loop_in_ms, back.licence) == ("Đài", 700, "CC0")
    assert library.cards() == (back,)
    assert sounds(home) == [first.digest]


def test_a_change_that_does_not_fit_changes_nothing(library: FileCartLibrary, file: Path, home: Path) -> None:
    card = library.add(file, SPEECH)
    ended = CONSENT.model_copy(update={"until": date(2026, 1, 4)})
    for change, code in (
        (CartChange(cue_in_ms=3_400), "cart.bad_point"),
        (CartChange(loop_in_ms=600, loop_out_ms=1_200), "cart.loop_no_bed"),
        (CartChange(rights=""), "cart.bad_value"),
        (CartChange(consent=ended), "cart.consent_ended"),
    ):
        with pytest.raises(InputError) as caught:
            library.change(card.id, change)
        assert code_of(caught) == code
        assert library.cards() == (card,)
    (home / "carts" / f"{card.digest}.flac").unlink()
    with pytest.raises(SoundError) as lost:
        library.change(card.id, CartChange(rights="B"))
    assert code_of(lost) == "cart.lost"


def test_removing(home: Path, library: FileCartLibrary, store: FileCartStore, file: Path, tmp_path: Path) -> None:
    first, second = library.add(file, JINGLE), library.add(file, replace(JINGLE, name="b"))
    assert library.remove("Nhạc hiệu sáng") == first
    assert sounds(home) == [second.digest]
    assert not library.picture(first).exists()
    library.remove("b")
    assert sounds(home) == []
    assert library.cards() == ()
    with pytest.raises(InputError) as caught:
        library.remove("b")
    assert code_of(caught) == "cart.unknown"
    with pytest.raises(InputError) as caught:
        store.prepare("b", tmp_path)
    assert code_of(caught) == "cart.not_found"


def test_a_sound_that_a_rundown_uses_by_path_stays(
    home: Path, library: FileCartLibrary, store: FileCartStore, file: Path, tmp_path: Path
) -> None:
    info = store.prepare("gốc.wav", tmp_path)
    library.add(file, JINGLE)
    library.remove("nhac-hieu-sang")
    assert sounds(home) == [info.digest]


def test_without_rights_it_does_not_air(
    home: Path, library: FileCartLibrary, store: FileCartStore, file: Path, tmp_path: Path
) -> None:
    library.add(file, replace(JINGLE, rights=None))
    for reference in ("nhac-hieu-sang", "gốc.wav"):
        with pytest.raises(InputError) as caught:
            store.prepare(reference, tmp_path)
        assert (code_of(caught), caught.value.fields["cart"]) == ("cart.no_rights", "Nhạc hiệu sáng")
    (home / "unit.toml").write_text("allow_carts_without_rights = true\n", encoding="utf-8")
    assert store.prepare("nhac-hieu-sang", tmp_path).rights is None


def test_consent_is_asked_for_again_when_it_airs(
    home: Path, library: FileCartLibrary, store: FileCartStore, file: Path, tmp_path: Path
) -> None:
    library.add(file, replace(SPEECH, name="phát biểu"))
    assert store.prepare("phat-bieu", tmp_path).kind == "phat_bieu"
    assert store.prepare("phat-bieu", tmp_path, date(2026, 1, 5)).kind == "phat_bieu"
    with pytest.raises(InputError) as caught:
        store.prepare("phat-bieu", tmp_path, date(2026, 1, 6))
    assert code_of(caught) == "cart.consent_ended"
    path = home / "carts" / "cards" / "phat-bieu.toml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("until = 2026-01-05", "until = 2026-01-04"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        store.prepare("phat-bieu", tmp_path)
    assert code_of(caught) == "cart.consent_ended"
    path.write_text(whole.replace("given = 2025-12-01", "given = 2026-01-06"), encoding="utf-8")
    for day in (None, date(2026, 1, 5)):
        with pytest.raises(InputError) as caught:
            store.prepare("phat-bieu", tmp_path, day)
        assert (code_of(caught), caught.value.fields["given"]) == ("cart.consent_to_come", "2026-01-06")
    path.write_text(whole.partition("[consent]")[0], encoding="utf-8")
    (home / "unit.toml").write_text("allow_carts_without_rights = true\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        store.prepare("phat-bieu", tmp_path)
    assert code_of(caught) == "cart.no_consent"


def test_a_card_that_was_edited_wrongly_says_where(home: Path, library: FileCartLibrary, file: Path) -> None:
    library.add(file, JINGLE)
    path = home / "carts" / "cards" / "nhac-hieu-sang.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("cue_out_ms = 3500", "cue_out_ms = 4000"), "utf-8")
    with pytest.raises(InputError) as caught:
        library.cards()
    assert code_of(caught) == "cart_card.bad_value"
    assert caught.value.fields["file"] == str(path)


def test_a_lost_sound_is_named(
    home: Path, library: FileCartLibrary, store: FileCartStore, file: Path, tmp_path: Path
) -> None:
    card = library.add(file, JINGLE)
    sound = home / "carts" / f"{card.digest}.flac"
    soundfile.write(sound, tone(440, 0.5, 0.1), 48_000)
    for _ in ("cut", "gone"):
        with pytest.raises(SoundError) as caught:
            store.prepare("nhac-hieu-sang", tmp_path)
        assert (code_of(caught), caught.value.fields["cart"]) == ("cart.lost", "Nhạc hiệu sáng")
        sound.unlink(missing_ok=True)
    library.add(file, replace(JINGLE, replace=True))
    assert store.prepare("nhac-hieu-sang", tmp_path).digest == card.digest


def test_several_at_once_are_safe(home: Path, store: FileCartStore, file: Path, tmp_path: Path) -> None:
    def added(nth: int) -> str:
        library = FileCartLibrary(home, FfmpegSoundFiles(), Stopped())
        try:
            return library.add(file, replace(JINGLE, name=f"bản {nth % 3}")).id
        except InputError as error:
            return error.code

    with ThreadPoolExecutor(6) as pool:
        prepared = [pool.submit(store.prepare, "gốc.wav", tmp_path) for _ in range(4)]
        results = sorted(pool.map(added, range(6)))
        digests = {each.result().digest for each in prepared}
    assert results == ["ban-0", "ban-1", "ban-2", *["cart.exists"] * 3]
    assert sounds(home) == sorted(digests)
    assert [path.name for path in home.rglob("*.part*")] == []


def test_who_waits_too_long_is_told(home: Path) -> None:
    patient, hasty = CartCards(home), CartCards(home, lock_timeout_s=0)
    with patient.held(), pytest.raises(BusyError) as caught, hasty.held():
        raise AssertionError("two held the carts")
    assert code_of(caught) == "cart.busy"


def test_there_must_be_a_file(library: FileCartLibrary, tmp_path: Path) -> None:
    for path in (tmp_path / "không có.wav", tmp_path):
        with pytest.raises(InputError) as caught:
            library.add(path, JINGLE)
        assert (code_of(caught), caught.value.fields["path"]) == ("cart.no_file", str(path))


def test_cards_can_be_listed_while_others_come_and_go(home: Path, library: FileCartLibrary, file: Path) -> None:
    library.add(file, replace(JINGLE, name="bền"))
    ending = threading.Event()

    def come_and_go() -> None:
        while not ending.is_set():
            library.add(file, replace(JINGLE, name="tạm"))
            library.remove("tạm")

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(come_and_go)
        seen = [len(FileCartLibrary(home, FfmpegSoundFiles(), Stopped()).cards()) for _ in range(300)]
        ending.set()
        coming.result()
    assert set(seen) <= {1, 2}


def test_a_card_is_of_single_lines(library: FileCartLibrary, tmp_path: Path) -> None:
    """A list shows a cart on a line, its columns between tabs."""
    path = tmp_path / "nhạc\nhiệu\t1.wav"
    soundfile.write(path, tone(440, 1.0, 0.3), 48_000)
    card = library.add(path, NewCart(CartKind.SONG, rights="Đài\r\nphường \x1b[31m"))
    assert (card.id, card.name, card.rights) == ("nhac-hieu-1", "nhạc hiệu 1", "Đài phường [31m")
    assert card.source.file == "nhạc hiệu 1.wav"


def test_a_kept_sound_that_is_no_sound_any_more_is_told_by_the_carts_name(
    home: Path, library: FileCartLibrary, store: FileCartStore, tmp_path: Path
) -> None:
    soundfile.write(tmp_path / "a.wav", tone(440, 1.0, 0.3), 48_000)
    card = library.add(tmp_path / "a.wav", JINGLE)
    (home / "carts" / f"{card.digest}.flac").write_bytes(b"x")
    with pytest.raises(SoundError) as caught:
        store.prepare("Nhạc hiệu sáng", tmp_path / "khac")
    assert (caught.value.code, caught.value.fields["cart"]) == ("cart.lost", "Nhạc hiệu sáng")
