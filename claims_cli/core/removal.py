"""The fewest claims without which the others of a conflict agree: of each two that conflict one must go (a minimum vertex cover).

Few claims are searched through to the end, which of many would take for ever: of these a small set is told, not surely the smallest.
"""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING

from claims_cli.core.claim import Stance
from claims_cli.core.position import positions_of
from claims_cli.core.relation import conflict_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.core.statement import Statement

MOST_MEMBERS = 40  # claims among which the fewest to leave out are surely found: 0.1 s for random conflicts among so many, at most
MOST_COMPARED = 200  # claims that are compared two by two
MOST_REMOVALS = 10


def conflicting_pairs(members: Sequence[Statement]) -> set[frozenset[int]]:
    """The numbers of each two claims that conflict."""
    return {frozenset({one.id, other.id}) for one, other in combinations(members, 2) if conflict_between(one, other)}


def removals_of(members: Sequence[Statement]) -> list[tuple[int, ...]]:
    """Sets of claims without which no two of the others conflict, each in order of number.

    Among MOST_MEMBERS claims the smallest sets, the first MOST_REMOVALS of them in order. Of more claims one small set: what is left when
    the claim that conflicts with most is taken out again and again, or, of more than MOST_COMPARED, all but the widest-shared position.
    """
    if len(members) > MOST_COMPARED:
        kept = {one.id for one in widest_position(members)}
        return [tuple(sorted(one.id for one in members if one.id not in kept))]
    numbers = sorted(one.id for one in members)
    places = {number: place for place, number in enumerate(numbers)}
    rivals = [0] * len(numbers)
    for one, other in conflicting_pairs(members):
        rivals[places[one]] |= 1 << places[other]
        rivals[places[other]] |= 1 << places[one]
    found = Conflicts(rivals)
    sets = islice(found.smallest(), MOST_REMOVALS) if len(members) <= MOST_MEMBERS else [found.small()]
    return [tuple(numbers[place] for place in one) for one in sets]


def widest_position(members: Sequence[Statement]) -> Sequence[Statement]:
    """The most claims of one stance that all allow one value."""
    camps = ([one for one in members if one.stance is stance] for stance in Stance)
    return max((position.members for camp in camps for position in positions_of(camp)), key=len, default=())


class Conflicts:
    """Claims by place, with the rivals of each: sets of places are whole numbers, a bit for each."""

    def __init__(self, rivals: Sequence[int]) -> None:
        """``rivals`` has a set for each claim; who is a rival of one has it for a rival, too."""
        self.rivals = rivals
        self.every = (1 << len(rivals)) - 1
        self.counts: dict[int, int] = {}

    def smallest(self) -> Iterator[list[int]]:
        """Each smallest set of claims to leave out, in order of their places."""
        return self.sets_of(self.every, self.fewest(self.every))

    def sets_of(self, left: int, most: int) -> Iterator[list[int]]:
        """Each set of so many claims, of those that are left, without which no two of the others conflict; the fewest must be so many."""
        place = next((place for place in places_in(left) if self.rivals[place] & left), None)
        if place is None:
            yield []
            return
        rest = left & ~(1 << place)
        if 1 + self.fewest(rest) == most:
            yield from ([place, *more] for more in self.sets_of(rest, most - 1))
        against = self.rivals[place] & left
        if against.bit_count() + self.fewest(rest & ~against) == most:
            gone = list(places_in(against))
            yield from (sorted([*gone, *more]) for more in self.sets_of(rest & ~against, most - len(gone)))

    def fewest(self, left: int) -> int:
        """How many of the claims that are left must go, so that no two of the others conflict."""
        known = self.counts.get(left)
        if known is None:
            known = self.counts[left] = self.counted(left)
        return known

    def counted(self, left: int) -> int:
        """As ``fewest``, by taking out the claim of most rivals, or all its rivals; or the only rival of one, which is never worse."""
        rivals = {place: self.rivals[place] & left for place in places_in(left)}
        place = max(rivals, key=lambda one: rivals[one].bit_count(), default=None)
        if place is None or not rivals[place]:
            return 0
        joined = self.joined_to(place, left)
        if rest := left & ~joined:
            return self.fewest(joined) + self.fewest(rest)
        only = next((one for one in rivals.values() if one.bit_count() == 1), 0)
        if only:
            return 1 + self.fewest(left & ~only)
        against = rivals[place]
        rest = left & ~(1 << place)
        return min(1 + self.fewest(rest), against.bit_count() + self.fewest(rest & ~against))

    def joined_to(self, place: int, left: int) -> int:
        """A claim with its rivals, their rivals, and so on."""
        joined = fresh = 1 << place
        while fresh:
            reached = 0
            for one in places_in(fresh):
                reached |= self.rivals[one]
            fresh = reached & left & ~joined
            joined |= fresh
        return joined

    def small(self) -> list[int]:
        """A small set of claims to leave out, found by taking out whatever conflicts with most, again and again."""
        left, taken = self.every, []
        counts = [rivals.bit_count() for rivals in self.rivals]
        while most := max(counts):
            place = max(place for place, count in enumerate(counts) if count == most)
            taken.append(place)
            left &= ~(1 << place)
            counts[place] = 0
            for one in places_in(self.rivals[place] & left):
                counts[one] -= 1
        return sorted(taken)


def places_in(some: int) -> Iterator[int]:
    """The places of a set, in order."""
    while some:
        lowest = some & -some
        yield lowest.bit_length() - 1
        some ^= lowest
