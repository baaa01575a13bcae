"""Accounts: claims that give one figure for the same days. They are held against other accounts together, whoever gives them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from claims_cli.core.statement import bounds
from claims_cli.core.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.core.stretch import Span
    from claims_cli.core.value import End


@dataclass(frozen=True, slots=True)
class Account:
    """Claims of one interval for the same days; without a figure the ends are infinite."""

    first: int
    last: int
    low: End
    high: End
    members: Sequence[Statement]
    voices: frozenset[int]

    def lies_apart(self, other: Account) -> bool:
        """Whether no value is allowed by both."""
        return self.low > other.high or other.low > self.high


def accounts_of(statements: Iterable[Statement], span_of: Callable[[Statement], Span]) -> list[Account]:
    """The accounts among some claims, in order of their first day; ``span_of`` gives the days for which a claim counts."""
    alike = defaultdict(list)
    for one in statements:
        alike[span_of(one), id(one.interval)].append(one)
    accounts = [
        Account(first, last, *bounds(members[0]), members, frozenset([one.voice for one in members]))
        for ((first, last), _), members in alike.items()
    ]
    return sorted(accounts, key=lambda one: one.first)


def disputed_accounts(
    accounts: Sequence[Account], rivals: Sequence[Account], clash: Callable[[Account, Account], bool]
) -> Iterator[Stretch]:
    """The days on which accounts clash with rivals that another voice gives, each with the claims that have a rival then.

    Both are in order of their first day; only the claims of ``accounts`` are told.
    """
    starts = [one.first for one in rivals]
    latest_yet = list(accumulate((one.last for one in rivals), max))
    for account in accounts:
        begin, stop = bisect_left(latest_yet, account.first), bisect_right(starts, account.last)
        against = [one for one in rivals[begin:stop] if one.last >= account.first and clash(account, one)]
        alone = {voice for one in against if len(one.voices) == 1 for voice in one.voices & account.voices}
        for voice in alone:
            others = [one for one in against if one.voices != {voice}]
            yield from disputed_days(account, others, [one for one in account.members if one.voice == voice])
        yield from disputed_days(account, against, [one for one in account.members if one.voice not in alone])


def disputed_days(account: Account, against: Iterable[Account], members: Sequence[Statement]) -> Iterator[Stretch]:
    """The runs of days that an account shares with any of its rivals, each with the members given."""
    if not members:
        return
    first = last = None
    for begin, end in sorted((max(account.first, one.first), min(account.last, one.last)) for one in against):
        if first is None or last is None:
            first, last = begin, end
        elif begin > last + 1:
            yield Stretch(first, last, members)
            first, last = begin, end
        else:
            last = max(last, end)
    if first is not None and last is not None:
        yield Stretch(first, last, members)
