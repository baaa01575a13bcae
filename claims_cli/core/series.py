"""How long the claims of one voice on a question stand, where one of them is told otherwise than it was."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from claims_cli.core.statement import end_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims_cli.core.claim import Modality
    from claims_cli.core.statement import Statement


class Series:
    """One dated claim, and its voice's others on the question: a claim stands until the voice speaks again (``statement.end_each``).

    So another day, modality or question of the one ends others on other days, too.
    """

    def __init__(self, one: Statement, claims: Iterable[Statement], currency: int) -> None:
        """``claims`` may be of any voices and questions, and hold the one; ``currency`` is the question's, in days."""
        self.one = one
        self.currency = currency
        self.others: dict[Modality, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
        for each in claims:
            if each.id != one.id and each.voice == one.voice and each.question == one.question and each.day is not None:
                self.others[each.modality][each.day].append(each)
        self.days = {modality: sorted(by_day) for modality, by_day in self.others.items()}

    def ended(self, claim: Statement, told: Statement) -> Statement:
        """A claim of the voice, or the one as it is ``told``, with the last day on which it then stands."""
        if claim.day is None:
            return claim
        others = [*self.of_day(claim.modality, claim.day), *self.following(claim.modality, claim.day)]
        if told.question == self.one.question and told.modality is claim.modality:
            others.append(told)
        together = [replace(each) for each in (claim, *(each for each in others if each.id != claim.id))]
        end_each(together, self.currency)
        return together[0]

    def following(self, modality: Modality, day: int) -> Iterator[Statement]:
        """The others about later days, up to the first on which the voice speaks for itself: what comes after that ends nothing before."""
        days = self.days.get(modality, [])
        for later in days[bisect_right(days, day) :]:
            yield from self.of_day(modality, later)
            if any(not each.is_aside for each in self.of_day(modality, later)):
                break

    def of_day(self, modality: Modality, day: int) -> list[Statement]:
        """The others about a day."""
        return self.others[modality][day] if day in self.others.get(modality, ()) else []

    def ended_otherwise(self, told: Statement) -> Iterator[tuple[Statement, Statement]]:
        """The others that stand on other days once the one is as it is ``told``, each as it was and as it then is."""
        if (told.question, told.modality, told.day) == (self.one.question, self.one.modality, self.one.day):
            return
        touched = {each.id: each for at in (self.one, told) if at.day is not None for each in self.ending_at(at.modality, at.day)}
        for each in touched.values():
            ended = self.ended(each, told)
            if ended.until != each.until:
                yield each, ended

    def ending_at(self, modality: Modality, day: int) -> Iterator[Statement]:
        """The others that a claim of a day may end: those of that day, and of days before, back to the voice's last word of its own."""
        yield from self.of_day(modality, day)
        days = self.days.get(modality, [])
        for before in reversed(days[: bisect_left(days, day)]):
            yield from self.of_day(modality, before)
            if any(not each.is_aside for each in self.of_day(modality, before)):
                break
