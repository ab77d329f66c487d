"""Which lines are spoken together: sorted by length, so that a padded batch holds little but speech."""

from __future__ import annotations

from collections.abc import Sequence

Batch = tuple[int, ...]
"""Places of the lines that are spoken together, the longest line first."""


def plan_batches(lengths: Sequence[int], budget: int, most_rows: int) -> tuple[Batch, ...]:
    """Every line in one batch, the longest first: a batch too large for the card then shows at once.

    `lengths` are in any unit that grows with the work (token ids); a batch costs its rows times its longest row.
    It stays within `budget` and `most_rows`; a line longer than the budget is a batch of its own. Lines of the
    same length keep their order.
    """
    if budget < 1 or most_rows < 1:
        raise ValueError("a batch has room for a line")
    batches: list[Batch] = []
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        longest = lengths[batch[0]] if batch else 0
        if batch and (len(batch) == most_rows or longest * (len(batch) + 1) > budget):
            batches.append(tuple(batch))
            batch = []
        batch.append(place)
    return (*batches, tuple(batch)) if batch else ()


def halves(batch: Batch) -> tuple[Batch, Batch]:
    """A batch that was too large, as two; its longest lines in the first. Raises ValueError for a single line."""
    if len(batch) < 2:
        raise ValueError("a single line has no halves")
    middle = (len(batch) + 1) // 2
    return batch[:middle], batch[middle:]
