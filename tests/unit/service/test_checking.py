"""Whatever keeps a rundown from being produced is told with its line and key, all of it at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from studio.errors import StudioError
from studio.service.requests import ProduceOptions
from studio.service.studio import Studio

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2026, 1, 5)
HEAD = 'title = "Bản tin"\nunit = "Đài"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ban-tin.toml"
    path.write_text(text, encoding="utf-8")
    return path


def found(studio: Studio, path: Path) -> list[tuple[int | None, str | None, str]]:
    return [(problem.line, problem.key, problem.error.code) for problem in studio.check(path, DAY)]


def test_a_right_rundown_has_no_problems(studio: Studio) -> None:
    assert found(studio, ROOT / "samples" / "ban-tin-sang.toml") == []


def test_every_fault_of_the_file_is_told_not_the_first_alone(studio: Studio, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + 'speeed = 1.0\nspeed = 9\n[[items]]\ntext = "Xin chào."\n')
    assert found(studio, path) == [
        (3, "speeed", "rundown.unknown_key"),
        (4, "speed", "rundown.bad_value"),
        (5, "items.1.title", "rundown.missing_key"),
    ]


def test_a_file_that_is_no_toml(studio: Studio, tmp_path: Path) -> None:
    assert found(studio, written(tmp_path, HEAD + "items\n")) == [(3, None, "rundown.bad_syntax")]
    assert found(studio, tmp_path / "khong-co.toml") == [(None, None, "rundown.not_found")]


NAMED = """title = "Bản tin"
unit = "Đài"
voice = "khong-co"
profiles = ["loa", "khong-co"]
lexicon = "khong-co.tsv"
[opening]
cart = "khong-co.wav"
text = "..."
[bed]
cart = "hong.wav"
[stings]
cart = "cat"
[[items]]
title = "Một"
file = "khong-co.txt"
[[items]]
title = "Hai"
file = "trong.txt"
[[items]]
title = "Ba"
text = "Nơi nhận:\\n- Lưu: VT."
voice = "hanoi-vais1000"
[closing]
text = "Hết."
cart = "ket"
"""


def test_everything_a_rundown_names_is_looked_for(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "hong.wav").write_bytes(b"RIFF")
    (tmp_path / "trong.txt").write_text("* * *\n", encoding="utf-8")
    assert found(studio, written(tmp_path, NAMED)) == [
        (3, "voice", "voice.unknown"),
        (4, "profiles.2", "profile.unknown"),
        (5, "lexicon", "lexicon.not_found"),
        (7, "opening.cart", "cart.not_found"),
        (8, "opening.text", "text.nothing_to_say"),
        (10, "bed.cart", "cart.not_audio"),
        (12, "stings.cart", "cart.not_found"),
        (15, "items.1.file", "documents.not_found"),
        (18, "items.2.file", "documents.empty"),
        (21, "items.3.text", "text.nothing_to_say"),
        (22, "items.3.voice", "voice.not_pulled"),
        (25, "closing.cart", "cart.not_found"),
    ]


def test_an_emergency_of_which_a_fact_would_not_be_heard(studio: Studio, tmp_path: Path) -> None:
    facts = {
        "who": "Ủy ban nhân dân phường",
        "what": "🌊🌊",
        "where": "汉字",
        "when": "Đêm nay, {ngay}",
        "do": "Sơ tán.",
    }
    emergency = "[emergency]\n" + "".join(f'{fact} = "{text}"\n' for fact, text in facts.items())
    path = written(tmp_path, HEAD + 'priority = "khan_cap"\n' + emergency)
    assert found(studio, path) == [
        (6, "emergency.what", "rundown.silent_fact"),
        (7, "emergency.where", "rundown.silent_fact"),
    ]
    with pytest.raises(StudioError) as caught:
        studio.open(path, DAY)
    assert (caught.value.code, caught.value.fields["key"]) == ("rundown.silent_fact", "emergency.what")


def test_a_refused_voice_is_told(studio: Studio, tmp_path: Path) -> None:
    card = (tmp_path / "home" / "voices" / "tieng-hai.toml").read_text(encoding="utf-8")
    for name, change in (("mien-nam", '"saigon"'), ("nguoi", '"hanoi"\norigin = "cloned"')):
        text = card.replace("tieng-hai", name).replace('"hanoi"', change)
        (tmp_path / "home" / "voices" / f"{name}.toml").write_text(text, encoding="utf-8")
    item = '[[items]]\ntitle = "Tin"\ntext = "Xin chào."\nvoice = "{}"\n'
    path = written(tmp_path, HEAD + item.format("mien-nam") + item.format("nguoi"))
    assert found(studio, path) == [
        (6, "items.1.voice", "voice.other_accent"),
        (10, "items.2.voice", "voice.no_consent"),
    ]


LONG = "nghiêng" * 500
"""A word of 3 500 letters; the test tone speaks at most 3 000 characters at once."""


def test_a_line_that_no_voice_speaks_at_once_is_told_before_it_is_spoken(
    studio: Studio, options: ProduceOptions, tmp_path: Path
) -> None:
    item = '[[items]]\ntitle = "{}"\ntext = "{}"\n'
    turns = item.format("Hỏi đáp", f"Hỏi: Sao ạ?\\nĐáp: {LONG}")
    turns += 'kind = "hoi_dap"\nvoices = ["tieng-thu", "tieng-hai"]\n'
    whole = item.format("Tin", f"Xin chào. {LONG}") + turns + item.format("Vừa", LONG[:2_900])
    path = written(tmp_path, HEAD + whole)
    assert found(studio, path) == [(5, "items.1.text", "text.line_too_long"), (8, "items.2.text", "text.line_too_long")]
    assert studio.check(path, DAY)[1].error.fields["voice"] == "tieng-hai"
    with pytest.raises(StudioError) as caught:
        studio.plan(studio.open(path, DAY), options)
    fields = caught.value.fields
    assert (caught.value.code, fields["title"], fields["voice"]) == ("text.line_too_long", "Tin", "tieng-thu")
    assert (fields["characters"], fields["at_most"]) == (3_501, 3_000)


def test_each_line_is_held_against_the_voice_that_says_it(studio: Studio, tmp_path: Path) -> None:
    """A voice that cannot speak here is told where it is named, and no length is known of it."""
    item = f'[[items]]\ntitle = "Tin"\ntext = "{LONG}"\nvoice = "khong-co"\n'
    assert found(studio, written(tmp_path, HEAD + item)) == [(6, "items.1.voice", "voice.unknown")]


def test_a_damaged_lexicon_beside_a_bulletin_is_told_at_the_bulletin(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_text("Xin chào.\n", encoding="utf-8")
    (tmp_path / "tin.lexicon.tsv").write_text("một ô\n", encoding="utf-8")
    path = written(tmp_path, HEAD + '[[items]]\ntitle = "Tin"\nfile = "tin.txt"\n')
    assert found(studio, path) == [(5, "items.1.file", "lexicon.bad_row")]


@pytest.mark.parametrize("text", [NAMED, HEAD + "items\n", HEAD])
def test_what_has_problems_is_not_produced(studio: Studio, options: ProduceOptions, tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    codes = {problem.error.code for problem in studio.check(path, DAY)}
    with pytest.raises(StudioError) as caught:
        studio.plan(studio.open(path), options)
    assert caught.value.code in codes


def test_about_how_long_a_programme_lasts(studio: Studio, tmp_path: Path) -> None:
    words = '[[items]]\ntitle = "Tin"\ntext = "Một hai ba bốn. Năm sáu bảy tám."\n'
    silent = studio.estimated_s(studio.open(written(tmp_path, HEAD + words)))
    # Eight syllables at 4.4 a second, a pause of 0.4 s, and the silence around.
    assert silent == pytest.approx(8 / 4.4 + 0.4 + 1.0)
    music = f'[opening]\ncart = "{(ROOT / "samples" / "carts" / "nhac-hieu.flac").as_posix()}"\n'
    with_music = studio.estimated_s(studio.open(written(tmp_path, HEAD + music + words)))
    assert with_music - silent == pytest.approx(12, abs=0.5)
