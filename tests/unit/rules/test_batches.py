"""Lines planned into batches: each once, within the budget, little padding."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.rules.batches import halves, plan_batches

LENGTHS = st.lists(st.integers(1, 500), max_size=200)


@given(LENGTHS, st.integers(1, 5_000), st.integers(1, 64))
def test_every_line_is_in_one_batch_within_the_budget(lengths: list[int], budget: int, most_rows: int) -> None:
    plan = plan_batches(lengths, budget, most_rows)
    assert sorted(place for batch in plan for place in batch) == list(range(len(lengths)))
    for batch in plan:
        assert 1 <= len(batch) <= most_rows
        assert len(batch) == 1 or len(batch) * max(lengths[place] for place in batch) <= budget


@given(LENGTHS, st.integers(1, 5_000), st.integers(1, 64))
def test_the_longest_come_first_and_batches_are_as_full_as_they_may(
    lengths: list[int], budget: int, most_rows: int
) -> None:
    plan = plan_batches(lengths, budget, most_rows)
    in_order = [lengths[place] for batch in plan for place in batch]
    assert in_order == sorted(lengths, reverse=True)
    for batch, following in pairwise(plan):
        assert len(following) >= 1
        assert len(batch) == most_rows or (len(batch) + 1) * lengths[batch[0]] > budget


def test_sorting_leaves_little_padding() -> None:
    lengths = [20 + 37 * place % 281 for place in range(1_000)]
    plan = plan_batches(lengths, 16_384, 64)
    padded = sum(len(batch) * lengths[batch[0]] for batch in plan)
    assert padded < 1.06 * sum(lengths)


def test_equal_lengths_keep_their_order() -> None:
    assert plan_batches([5, 9, 5, 9], 18, 8) == ((1, 3), (0, 2))


def test_nothing_takes_no_batch() -> None:
    assert plan_batches([], 100, 8) == ()


@pytest.mark.parametrize(("budget", "most_rows"), [(0, 1), (1, 0)])
def test_a_batch_without_room_is_a_mistake(budget: int, most_rows: int) -> None:
    with pytest.raises(ValueError):
        plan_batches([1], budget, most_rows)


def test_halves_keep_every_line_and_the_order() -> None:
    assert halves((4, 2, 0)) == ((4, 2), (0,))
    with pytest.raises(ValueError):
        halves((1,))
