"""Conflicts: by question and stretch of time, the positions that cannot all be right, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any

from claims_cli.assess.origins import with_counts
from claims_cli.core.dispute import Episode, denials_of, episodes_of
from claims_cli.core.errors import NotUnderstood
from claims_cli.core.notation import ends_text
from claims_cli.core.policy import HOUSE, POLICIES, Policy, PolicyName
from claims_cli.core.position import Position, camps_of, gap_between, positions_of
from claims_cli.core.relation import Relation, conflict_between, relation_between
from claims_cli.core.ruling import Ruling, Status, status_of
from claims_cli.core.statement import LAST_DAY
from claims_cli.core.value import Interval
from claims_cli.core.when import parse_when
from claims_cli.store.rows import statement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from claims_cli.core.relation import Finding
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader, Row


class Which(StrEnum):
    """Which conflicts are wanted."""

    UNSETTLED = "unsettled"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Width:
    """How wide figures are taken: by a policy. ``robust`` wants only conflicts of which every policy finds two or more claims."""

    policy: PolicyName = PolicyName.HOUSE
    robust: bool = False

    @property
    def needs_every_claim(self) -> bool:
        """Whether the claims to look at cannot be told beforehand: the ends that are kept are those of the house policy."""
        return self.robust or self.policy is not PolicyName.HOUSE


HOUSE_WIDTH = Width()


def conflicts_found(  # noqa: PLR0913  each of them narrows what is found
    reader: Reader,
    *,
    topic: str | None = None,
    question: str | None = None,
    on: str | None = None,
    which: Which = Which.UNSETTLED,
    width: Width = HOUSE_WIDTH,
) -> Iterator[dict[str, Any]]:
    """Conflicts of a topic or question (``None``: all), one row each, earliest first within a question.

    ``on`` is an EDTF day on which they must be going on. Settled ones are left out unless asked for. Raises NotFound, NotUnderstood.
    """
    day = None if on is None else day_meant(on)
    rulings = rulings_kept(reader)
    topics = {row["slug"]: row["topic"] for row in reader.query("questions", **topic_bounds(reader))}
    for of_question in rows_by_question(reader, topic=topic, question=question, width=width):
        named: dict[str, int] = defaultdict(int)
        others = by_other_policies(of_question, width.policy) if width.robust else []
        shown = []
        for conflict in conflicts_on(of_question, POLICIES[width.policy]):
            row = shaped(conflict, topics, rulings.get(conflict.question, ()), named)  # each has its name, whether it is shown or not
            if not holds_under(conflict, others) or (day is not None and not conflict_goes_on(conflict, day)):
                continue
            if which is Which.ALL or row["status"] != Status.SETTLED:
                shown.append((conflict.episode.members, row))
        yield from with_counts(reader, shown)


def rows_by_question(reader: Reader, *, topic: str | None, question: str | None, width: Width = HOUSE_WIDTH) -> Iterator[list[Row]]:
    """The claims that may conflict, question by question."""
    rows = reader.query("disputed", **reader.scope(topic=topic, question=question), every=int(width.needs_every_claim))
    return (list(of_question) for _, of_question in groupby(rows, key=lambda row: row["asked"]))


def by_other_policies(rows: Sequence[Row], policy: PolicyName) -> list[list[frozenset[int]]]:
    """For each policy but one, the claims of each conflict that it finds among the rows of one question."""
    return [[claims_of(one) for one in conflicts_on(rows, other)] for name, other in POLICIES.items() if name is not policy]


def holds_under(conflict: Conflict, others: Sequence[Sequence[frozenset[int]]]) -> bool:
    """Whether each of some policies finds two or more of a conflict's claims in one conflict, too."""
    return all(any(len(claims_of(conflict) & claims) > 1 for claims in of_policy) for of_policy in others)


def claims_of(conflict: Conflict) -> frozenset[int]:
    """The numbers of the claims that take part."""
    return frozenset(one.id for one in conflict.episode.members)


def conflicts_of_claims(reader: Reader, *, topic: str | None = None, question: str | None = None) -> dict[int, list[str]]:
    """The ids of all conflicts that each claim of a topic or question takes part in, as ``conflicts_found`` names them."""
    found: dict[int, list[str]] = {}
    for of_question in rows_by_question(reader, topic=topic, question=question):
        named: dict[str, int] = defaultdict(int)
        for conflict in conflicts_on(of_question):
            name = name_of(conflict, named)
            for one in conflict.episode.members:
                found.setdefault(one.id, []).append(name)
    return found


@dataclass(frozen=True, slots=True)
class Conflict:
    """An episode and how its members fall into positions. ``question`` is the slug of the whole where a part exceeds it."""

    question: str
    episode: Episode
    grouping: Callable[[Sequence[Statement]], list[Position]]

    @property
    def positions(self) -> list[Position]:
        """Its positions."""
        return self.grouping(self.episode.members)

    @property
    def finding(self) -> Finding:
        """The finding that explains it."""
        return explained(self.episode)


def conflicts_on(rows: Sequence[Row], policy: Policy = HOUSE) -> list[Conflict]:
    """The conflicts among the rows of one question under a policy, earliest first."""
    found = []
    question = question_asked(rows)
    for _, scoped in groupby(rows, key=lambda row: (row["modality"], row["period_from"], row["period_to"])):
        statements = [bearing_on_asked(row, policy) for row in scoped]
        found += [Conflict(question, one, positions_of) for one in episodes_of(statements)]
        found += [Conflict(question, one, camps_of) for one in denials_of(statements)]
    return sorted(found, key=lambda one: (one.episode.first, one.episode.members[0].id))


def bearing_on_asked(row: Row, policy: Policy) -> Statement:
    """The statement of a row, as it bears on the question asked: a part says of its whole only how much it is at least."""
    statement = statement_of(row, policy)
    part = statement.interval
    if part is None or row["question_id"] == row["asked"]:
        return statement
    return replace(statement, interval=Interval(part.low, None, low_open=part.low_open))


def question_asked(rows: Sequence[Row]) -> str:
    """The slug of the question that rows bear on; claims on a part of it may stand among them."""
    own = next((row for row in rows if row["question_id"] == row["asked"]), None)
    slug: str = rows[0]["whole"] if own is None else own["question"]
    return slug


def explained(episode: Episode) -> Finding:
    """The finding of the first two members that conflict."""
    for at, one in enumerate(episode.members):
        for other in episode.members[at + 1 :]:
            if conflict_between(one, other):
                return relation_between(one, other)
    raise AssertionError(f"no two claims of {[one.id for one in episode.members]} conflict, though the sweep says so")


def day_meant(text: str) -> int:
    """The day of an EDTF text. Raises NotUnderstood for anything but one day."""
    when = parse_when(text)
    if when.earliest_day is None or when.earliest_day != when.latest_day:
        raise NotUnderstood(f"{text!r} is not one day", fix="write a day such as 2024-10-28")
    return when.earliest_day


def conflict_goes_on(conflict: Conflict, day: int) -> bool:
    """Whether a conflict is going on on a day."""
    return conflict.episode.first <= day and (conflict.episode.last is None or day <= conflict.episode.last)


def topic_bounds(reader: Reader) -> Mapping[str, int]:
    """The bounds that mean every topic."""
    scope = reader.scope(topic=None, question=None)
    return {name: scope[name] for name in ("first_topic", "last_topic")}


def texts_of_questions(reader: Reader) -> dict[str, str]:
    """The words of every question, by slug."""
    return {row["slug"]: row["text"] for row in reader.query("questions", **topic_bounds(reader))}


def rulings_kept(reader: Reader) -> dict[str, list[Ruling]]:
    """The rulings in force on each question, by its slug, the latest last."""
    found: dict[str, list[Ruling]] = defaultdict(list)
    for _, rows in groupby(reader.query("rulings"), key=lambda row: row["id"]):
        of_one = list(rows)
        told = {name: of_one[0][name] for name in of_one[0] if name != "judged"}
        found[told["question"]].append(Ruling(**told, claims=frozenset(row["judged"] for row in of_one if row["judged"] is not None)))
    return found


def ruling_on(name: str, members: frozenset[int], rulings: Sequence[Ruling]) -> Ruling | None:
    """The latest ruling on a conflict: of its name, else one on some of its claims, since a new claim can make it begin earlier."""
    named = [one for one in rulings if one.conflict == name]
    return next(reversed(named or [one for one in rulings if one.judges(members)]), None)


def name_of(conflict: Conflict, named: dict[str, int]) -> str:
    """The id of a conflict: its question and first day, with a number where two begin together. ``named`` counts those before it."""
    name = f"{conflict.question}@{date.fromordinal(conflict.episode.first).isoformat()}"
    named[name] += 1
    return name if named[name] == 1 else f"{name}.{named[name]}"


def shaped(conflict: Conflict, topics: Mapping[str, str], rulings: Sequence[Ruling], named: dict[str, int]) -> dict[str, Any]:
    """A conflict as a row of the output."""
    first, last = conflict.episode.first, conflict.episode.last
    name = name_of(conflict, named)
    finding, positions = conflict.finding, conflict.positions
    members = claims_of(conflict)
    ruling = ruling_on(name, members, rulings)
    return {
        "id": name,
        "question": conflict.question,
        "topic": topics[conflict.question],
        "relation": finding.relation.value,
        "from": date.fromordinal(first).isoformat(),
        "to": None if last is None else date.fromordinal(min(last, LAST_DAY)).isoformat(),  # a level can stand beyond the calendar
        "gap": None if finding.relation is Relation.DENIES else gap_between(positions),
        "explanation": finding.explanation,
        "status": status_of(ruling, members).value,
        "ruling": None if ruling is None else ruling.shown,
        "positions": [position_shaped(position) for position in positions],
    }


def position_shaped(position: Position) -> dict[str, Any]:
    """A position as it is given out: its range, how many origins, whose, and which claims."""
    return {
        "low": position.low,
        "high": position.high,
        "value": ends_text(position.low, position.high),
        "stance": position.members[0].stance.value,
        "origins": position.origins,
        "claimants": sorted({one.claimant for one in position.members}),
        "claims": [one.id for one in position.members],
        "refs": [one.ref for one in position.members],
    }
