"""Stretches of days: when claims stand, and on which days something holds of those that stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from claims_cli.core.statement import FOR_GOOD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from claims_cli.core.statement import Statement

Key = TypeVar("Key", bound=tuple[Any, ...])
Span: TypeAlias = "tuple[int, int]"


class Stretch(NamedTuple):  # a frozen dataclass takes three times as long to make, and conflicts are found by them
    """Days on which some claims are known to disagree, the last one included."""

    first: int
    last: int
    members: Sequence[Statement]


def last_day(statement: Statement) -> int:
    """The last day on which it stands, as a number that compares."""
    return FOR_GOOD if statement.until is None else statement.until


def first_day(statement: Statement) -> int:
    """The first day on which it stands; only asked of dated claims."""
    return statement.since or 0


def span_of(statement: Statement) -> Span:
    """The first and last day on which it stands."""
    return first_day(statement), last_day(statement)


class Extremes(Generic[Key]):
    """The largest (or smallest) of any run of a list, each in constant time after n log n of making (a sparse table).

    Only as much is made as the longest run that is asked for needs.
    """

    __slots__ = ("levels", "pick")

    def __init__(self, values: Sequence[Key], pick: Callable[[Key, Key], Key]) -> None:
        """``pick`` is ``max`` or ``min``."""
        self.pick = pick
        self.levels = [values]

    def over(self, start: int, end: int) -> Key:
        """The extreme of ``values[start:end]``, which must not be empty."""
        if end - start == 1:
            return self.levels[0][start]
        level = (end - start).bit_length() - 1
        while level >= len(self.levels):
            below = self.levels[-1]
            self.levels.append(list(map(self.pick, below, below[1 << len(self.levels) - 1 :])))
        row = self.levels[level]
        return self.pick(row[start], row[end - (1 << level)])


def by_span(statements: Iterable[Statement]) -> dict[Span, list[Statement]]:
    """Claims by the first and last day on which they stand: on a much reported question many share both."""
    spans = defaultdict(list)
    for one in statements:
        spans[span_of(one)].append(one)
    return spans


def turning_days(*spans: Iterable[Span]) -> list[int]:
    """The days on which some claim begins to stand, or no longer stands."""
    return sorted({day for first, last in chain(*spans) for day in (first, last + 1)})


def stretches_of(
    runs: Sequence[tuple[int, int]],
    starts: Sequence[int],
    spans: Mapping[Span, Sequence[Statement]],
    disputed: Callable[[Sequence[Statement], int, int], Iterable[Statement]],
) -> list[Stretch]:
    """Runs of segments as stretches of days, each with its claims in dispute; ``disputed`` picks them from those that stand in segments."""
    ends = [end for _, end in runs]
    place = {day: at for at, day in enumerate(starts)}
    members: list[list[Statement]] = [[] for _ in runs]
    for (first, last), group in spans.items():
        begin, stop = place[first], place[last + 1]
        for number in range(bisect_right(ends, begin), len(runs)):
            run_begins, run_ends = runs[number]
            if run_begins >= stop:
                break
            members[number] += disputed(group, max(begin, run_begins), min(stop, run_ends))
    return [Stretch(starts[begin], starts[end] - 1, taking_part) for (begin, end), taking_part in zip(runs, members, strict=True)]


def runs_of(disputed: Sequence[bool]) -> list[tuple[int, int]]:
    """The runs of true values, each as its first index and the index after its last."""
    found = []
    for is_disputed, run in groupby(range(len(disputed)), key=disputed.__getitem__):
        if is_disputed:
            indices = list(run)
            found.append((indices[0], indices[-1] + 1))
    return found
