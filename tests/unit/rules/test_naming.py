"""Names of files and folders are short, ASCII and never empty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.rules.naming import MAX_SLUG, shown, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bản tin sáng", "ban-tin-sang"),
        ("Đường Đê La Thành", "duong-de-la-thanh"),
        ("  TB số 45/2026 (khẩn) ", "tb-so-45-2026-khan"),
        ("公告", "ban-tin"),
    ],
)
def test_slug(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text())
def test_every_title_gives_a_safe_name(title: str) -> None:
    slug = slugify(title)
    assert 0 < len(slug) <= MAX_SLUG
    assert slug.isascii()
    assert slug.replace("-", "a").isalnum()


def test_a_long_title_is_cut_between_words() -> None:
    assert slugify("phường " * 20) == "-".join(["phuong"] * 7)[:MAX_SLUG]


def test_a_name_that_is_not_utf_8_is_shown_as_far_as_it_is() -> None:
    assert shown("Thông báo \udce7.txt") == "Thông báo ?.txt"
    assert shown("Thông báo 🎵") == "Thông báo 🎵"
