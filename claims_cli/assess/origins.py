"""Where claims come from, as far as what is counted or compared needs it: quotes are read only of claims that may tell of one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from claims_cli.core.drift import drift_between
from claims_cli.core.origin import UNKNOWN_PROVENANCE, Provenance, origins_shared, tellings_of
from claims_cli.core.relation import Finding, relation_between
from claims_cli.core.statement import figure_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader

READ_AT_ONCE = 500  # claims whose quotes are read together


def with_origins(reader: Reader, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, each with the origin that it is found to share among them: a partition of their voices."""
    tellings = tellings_of(statements)
    if not tellings:
        return list(statements)
    reports = reports_kept(reader, tellings)
    return sharing(statements, origins_shared(tellings, reports, names_credited(reader, tellings, reports)))


def sharing(statements: Iterable[Statement], shared: Mapping[int, int]) -> list[Statement]:
    """The statements, those of voices that share an origin marked with it."""
    return [replace(one, shared=shared[one.voice]) if one.voice in shared else one for one in statements]


def reports_kept(reader: Reader, tellings: Iterable[Iterable[Statement]]) -> dict[int, Provenance]:
    """The reports of the claims in some groups, by number."""
    publishers = {one.id: one.publisher for group in tellings for one in group}
    reports, passed_on = {}, []
    for number, quote, prefix, suffix, is_passed_on, basis, place in reader.told_each("reports", publishers):
        reports[number] = Provenance(quote, prefix, suffix, publishers[number], (), basis, place)
        if is_passed_on:
            passed_on.append(number)
    for number, steps in groupby(reader.told_each("relays", passed_on), key=itemgetter(0)):
        reports[number].relay = tuple(voice for _, voice in steps)
    return reports


def names_credited(reader: Reader, tellings: Iterable[Iterable[Statement]], reports: Mapping[int, Provenance]) -> dict[int, frozenset[str]]:
    """The names of the outlets that a quote in some groups may credit."""
    return names_known(reader, outlets_credited(tellings, reports))


def outlets_credited(tellings: Iterable[Iterable[Statement]], reports: Mapping[int, Provenance]) -> set[int]:
    """The outlets that a quote may credit: those through which other claims of its group came, where a paper speaks for itself."""
    outlets: set[int] = set()
    for group in tellings:
        if any(one.voice == reports.get(one.id, UNKNOWN_PROVENANCE).publisher for one in group):
            outlets.update(hand for one in group for hand in reports.get(one.id, UNKNOWN_PROVENANCE).hands)
    return outlets


def names_known(reader: Reader, outlets: Iterable[int]) -> dict[int, frozenset[str]]:
    """The names of some voices, folded."""
    found: dict[int, set[str]] = {}
    for voice, name in reader.told_each("voice_names", outlets):
        found.setdefault(voice, set()).add(name)
    return {voice: frozenset(names) for voice, names in found.items()}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A position whose voices may share an origin: as it is given out, its members, and those of them that may tell of one statement."""

    position: dict[str, Any]
    members: Sequence[Statement]
    tellings: Sequence[Sequence[Statement]]


def with_counts(reader: Reader, found: Iterable[tuple[Sequence[Statement], dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Conflicts as they are given out, each with its members: the origins of their positions counted by what quotes tell, too.

    Those that need no quotes are given out at once; the others wait until enough quotes can be read together.
    """
    waiting: list[dict[str, Any]] = []
    doubtful: list[Doubtful] = []
    claims = 0
    for members, row in found:
        waiting.append(row)
        for one in doubtful_positions(members, row["positions"]):
            doubtful.append(one)
            claims += sum(map(len, one.tellings))
        if not doubtful or claims >= READ_AT_ONCE:
            recount(reader, doubtful)
            yield from waiting
            waiting, doubtful, claims = [], [], 0
    recount(reader, doubtful)
    yield from waiting


def doubtful_positions(members: Sequence[Statement], positions: Iterable[dict[str, Any]]) -> Iterator[Doubtful]:
    """The positions whose voices may share an origin."""
    several = [position for position in positions if position["origins"] > 1]
    if several:
        by_number = {one.id: one for one in members}
        for position in several:
            own = [by_number[number] for number in position["claims"]]
            if tellings := tellings_of(own):
                yield Doubtful(position, own, tellings)


def recount(reader: Reader, doubtful: Sequence[Doubtful]) -> None:
    """Count the origins of some positions anew."""
    reports = reports_kept(reader, (group for one in doubtful for group in one.tellings))
    outlets = [outlets_credited(one.tellings, reports) for one in doubtful]
    names = names_known(reader, chain.from_iterable(outlets))
    for one, credited in zip(doubtful, outlets, strict=True):
        shared = origins_shared(one.tellings, reports, {voice: names[voice] for voice in credited & names.keys()})
        one.position["origins"] = len({shared.get(member.voice, member.voice) for member in one.members})


class Compared:
    """Claims with what is needed to say what each is to another: with whom they share their origin, and how they are worded.

    Whether one claim echoes another depends only on the claims of the same figure and day.
    """

    def __init__(self, reader: Reader, statements: Sequence[Statement], about: Iterable[int] | None = None) -> None:
        """Read the reports of those that may tell of one statement with some of them, by number (``None``: with any)."""
        wanted = {one.id for one in statements} if about is None else set(about)
        tellings = [group for group in tellings_of(statements) if not wanted.isdisjoint(one.id for one in group)]
        own = {(one.voice, figure_named(one)) for one in statements if one.id in wanted}
        repeated = [one for one in statements if (one.voice, figure_named(one)) in own]
        self.reports = reports_kept(reader, [*tellings, repeated])
        names = names_credited(reader, tellings, self.reports)
        marked = {one.id: one for group in tellings for one in sharing(group, origins_shared([group], self.reports, names))}
        self.by_number = {one.id: marked.get(one.id, one) for one in statements}
        self.statements = list(self.by_number.values())

    def finding(self, one: Statement, other: Statement) -> Finding:
        """What two of the claims are to each other, with what is firmer in the later report of one statement."""
        found = relation_between(one, other)
        drift = drift_between(one, other, self.reports)
        return found if drift is None else replace(found, explanation=f"{found.explanation}; {drift}")
