"""Conflicts: by question and stretch of time, the positions that cannot all be right, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import chain, groupby, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from claims_cli.assess.origins import with_counts
from claims_cli.core.claim import ASSERTS, FLOW, OBSERVED, TARGET, Modality, Question
from claims_cli.core.dispute import Episode, denials_of, episodes_of
from claims_cli.core.errors import NotUnderstood
from claims_cli.core.pair import content_order, is_plain, time_order
from claims_cli.core.policy import POLICIES, PolicyName
from claims_cli.core.position import Position, camps_of, gap_between, positions_of
from claims_cli.core.relation import Relation, conflict_told
from claims_cli.core.ruling import Ruling, Status, status_of
from claims_cli.core.statement import LAST_DAY, end_each
from claims_cli.core.value import Interval
from claims_cli.core.when import parse_when
from claims_cli.store.cores import on_all_cores
from claims_cli.store.reading import EVERY_ID
from claims_cli.store.rows import interval_from, question_of, statement_maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.relation import Finding
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader

Scope: TypeAlias = "tuple[Modality, int, int, bool]"
EVERY_DAY: Scope = (OBSERVED, 0, 0, False)


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conflicts are to be told: those going on on a day (an ordinal; ``None``: any), settled or not, by a policy."""

    day: int | None
    which: Which
    width: Width

    def has(self, conflict: Conflict, row: Mapping[str, Any], others: Sequence[Sequence[frozenset[int]]]) -> bool:
        """Whether a conflict is among them, given its row and what other policies find."""
        if not holds_under(conflict, others) or (self.day is not None and not conflict_goes_on(conflict, self.day)):
            return False
        return self.which is Which.ALL or row["status"] != Status.SETTLED


def conflicts_found(  # noqa: PLR0913  each of them narrows what is found
    reader: Reader,
    *,
    topic: str | None = None,
    question: str | None = None,
    on: str | None = None,
    which: Which = Which.UNSETTLED,
    width: Width = HOUSE_WIDTH,
) -> Iterator[dict[str, Any]]:
    """Conflicts of a topic or question (``None``: all), one row each, earliest first within a question, found as they are asked for.

    ``on`` is an EDTF day on which they must be going on. Settled ones are left out unless asked for. Raises NotFound, NotUnderstood.
    """
    wanted = Wanted(None if on is None else day_meant(on), which, width)
    return on_all_cores(reader, reader.scope(topic=topic, question=question), partial(conflicts_within, wanted=wanted))


def conflicts_within(reader: Reader, bounds: Mapping[str, int], wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The conflicts that are wanted of the questions within some bounds, as ``conflicts_found`` gives them."""
    rulings = rulings_kept(reader, bounds)
    robust, policy = wanted.width.robust, wanted.width.policy
    currencies = {row["slug"]: row["currency"] for row in reader.query("asked", **bounds)} if robust else {}

    def found() -> Iterator[tuple[Sequence[Statement], dict[str, Any]]]:
        for asked, statements in statements_by_question(reader, bounds, wanted.width):
            named: dict[str, int] = defaultdict(int)
            others = by_other_policies(asked, statements, policy, currencies) if robust else []
            # Each has its name, whether it is shown or not.
            rows = [(conflict, shaped(conflict, rulings.get(asked.slug, ()), named)) for conflict in conflicts_on(asked, statements)]
            yield from ((conflict.episode.members, row) for conflict, row in rows if wanted.has(conflict, row, others))

    return with_counts(reader, found())


def statements_by_question(
    reader: Reader, bounds: Mapping[str, int], width: Width = HOUSE_WIDTH
) -> Iterator[tuple[Question, list[Statement]]]:
    """The questions on which claims may conflict, each with the claims on it and on parts of it, as a policy takes their figures."""
    questions = {row["id"]: question_of(row) for row in reader.query("asked", **bounds)}
    speakers = {number: (name, voice) for number, name, voice in reader.told("speakers")}
    statement_told = statement_maker(speakers, POLICIES[width.policy])
    rows = reader.told("disputed", **bounds, every=int(width.needs_every_claim), all_questions=int(covers_every_question(bounds)))
    for number, bearing_on_it in groupby(rows, key=itemgetter(0)):
        by_question: dict[int, list[Statement]] = defaultdict(list)
        for row in bearing_on_it:
            by_question[row[1]].append(statement_told(row, questions[row[1]]))
        for about, statements in by_question.items():
            end_each(statements, questions[about].currency)
        yield questions[number], list(chain.from_iterable(by_question.values()))


def by_other_policies(
    asked: Question, statements: Sequence[Statement], policy: PolicyName, currencies: Mapping[str, int]
) -> list[list[frozenset[int]]]:
    """For each policy but one, the claims of each conflict that it finds among the claims on one question and its parts.

    ``currencies`` has the days of currency of each of these by slug: which claim is given up for which depends on the policy, too.
    """
    found = []
    for other in (one for name, one in POLICIES.items() if name is not policy):
        taken = [replace(one, interval=interval_from(one.figure, other, one.unit)) for one in statements]
        for slug, on_question in groupby(taken, key=attrgetter("question")):
            end_each(on_question, currencies[slug])
        found.append([claims_of(one) for one in conflicts_on(asked, taken)])
    return found


def holds_under(conflict: Conflict, others: Sequence[Sequence[frozenset[int]]]) -> bool:
    """Whether each of some policies finds two or more of a conflict's claims in one conflict, too."""
    return all(any(len(claims_of(conflict) & claims) > 1 for claims in of_policy) for of_policy in others)


def claims_of(conflict: Conflict) -> frozenset[int]:
    """The numbers of the claims that take part."""
    return frozenset(one.id for one in conflict.episode.members)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An episode on a question, how its members fall into positions, and what explains it.

    Where a part exceeds its whole, the question is the whole's.
    """

    question: Question
    episode: Episode
    grouping: Callable[[Sequence[Statement]], list[Position]]
    finding: Finding

    @property
    def positions(self) -> list[Position]:
        """Its positions."""
        return self.grouping(self.episode.members)


def conflicts_on(asked: Question, statements: Iterable[Statement]) -> list[Conflict]:
    """The conflicts among the claims on one question and on the parts of it, earliest first."""
    scopes: dict[Scope, list[Statement]] = {EVERY_DAY: []}
    parts = []
    for one in statements:
        if one.question == asked.slug:
            scopes.setdefault(scope_of(one), []).append(one)
        elif one.stance is ASSERTS and (floor := floor_of_whole(one)):
            parts.append(floor)
    found = []
    for scope, scoped in sorted(scopes.items()):
        if len(scoped) <= 1 and not parts:
            continue
        disputes = [(one, positions_of) for one in episodes_of(scoped, parts if scope == EVERY_DAY else ())]
        denials = [(one, camps_of) for one in denials_of(scoped)]
        for episode, grouping in (*disputes, *denials):
            finding = finding_behind(episode, asked.slug, across_stances=grouping is camps_of)
            if finding is not None:
                found.append(Conflict(asked, episode, grouping, finding))
    return sorted(found, key=lambda one: one.episode.first)


def scope_of(statement: Statement) -> Scope:
    """What is compared with what: claims of one modality; of a flow, a target or a forecast for a stated day also of one period.

    Rates are compared that are measured over as many months.
    """
    if statement.modality is OBSERVED and statement.kind is not FLOW and not statement.months:
        return EVERY_DAY
    dated = statement.kind is FLOW or statement.modality is TARGET or statement.horizon is not None
    period = (statement.day_from or 0, statement.day or 0) if dated else (0, statement.months)
    return statement.modality, *period, statement.horizon is not None


def floor_of_whole(part: Statement) -> Statement | None:
    """A claim on a part as it bears on the whole, of which it says only how much it is at least; ``None`` when it says nothing."""
    interval = part.interval
    if interval is None or interval.low is None:
        return None
    return replace(part, interval=Interval(interval.low, None, low_open=interval.low_open))


def finding_behind(episode: Episode, asked: str, *, across_stances: bool) -> Finding | None:
    """The finding of the first two members that conflict, in an order that does not depend on how they were entered.

    Those on the question itself come before those on its parts, plain figures before hedged ones. Of a denial only two of different
    stance count (``across_stances``): that figures of one side lie apart, too, is a conflict of its own. ``None`` where no two conflict:
    the sweep looks at days and figures alone, as of one voice that gives two figures for a day, as a revision.
    """
    members: Sequence[Statement] = episode.members
    if len(members) > 2:  # noqa: PLR2004  of two there is one pair, which has an order of its own
        members = sorted(members, key=lambda one: (time_order(one), one.question != asked, not is_plain(one), content_order(one)))
    for at, one in enumerate(members):
        for other in islice(members, at + 1, None):
            if across_stances and one.stance is other.stance:
                continue
            if found := conflict_told(one, other):
                return found
    return None


def day_meant(text: str) -> int:
    """The day of an EDTF text. Raises NotUnderstood for anything but one day."""
    when = parse_when(text)
    if when.earliest_day is None or when.earliest_day != when.latest_day:
        raise NotUnderstood(f"{text!r} is not one day", fix="write a day such as 2024-10-28")
    return when.earliest_day


def conflict_goes_on(conflict: Conflict, day: int) -> bool:
    """Whether a conflict is going on on a day."""
    return conflict.episode.first <= day and (conflict.episode.last is None or day <= conflict.episode.last)


def covers_every_question(bounds: Mapping[str, int]) -> bool:
    """Whether bounds leave out no question."""
    return (bounds["first_question"], bounds["last_question"]) == (bounds["first_topic"], bounds["last_topic"]) == EVERY_ID


def topic_bounds(reader: Reader) -> Mapping[str, int]:
    """The bounds that mean every topic."""
    scope = reader.scope(topic=None, question=None)
    return {name: scope[name] for name in ("first_topic", "last_topic")}


def texts_of_questions(reader: Reader, *, topic: str | None = None, question: str | None = None) -> dict[str, str]:
    """The words of the questions of a topic, of one question, or of all, by slug. Raises NotFound."""
    return {row["slug"]: row["text"] for row in reader.query("asked", **reader.scope(topic=topic, question=question))}


def rulings_kept(reader: Reader, bounds: Mapping[str, int]) -> dict[str, list[Ruling]]:
    """The rulings in force on each question within some bounds, by its slug, the latest last."""
    found: dict[str, list[Ruling]] = defaultdict(list)
    for _, rows in groupby(reader.query("rulings", **bounds), key=lambda row: row["id"]):
        of_one = list(rows)
        told = {name: of_one[0][name] for name in of_one[0] if name not in {"judged", "position"}}
        judged = {row["judged"]: row["position"] for row in of_one if row["judged"] is not None}
        found[told["question"]].append(Ruling(**told, judged=judged))
    return found


def name_of(conflict: Conflict, named: dict[str, int]) -> str:
    """The id of a conflict: its question and first day, with a number where two begin together. ``named`` counts those before it."""
    name = f"{conflict.question.slug}@{date.fromordinal(conflict.episode.first).isoformat()}"
    named[name] += 1
    return name if named[name] == 1 else f"{name}.{named[name]}"


def shaped(conflict: Conflict, rulings: Sequence[Ruling], named: dict[str, int]) -> dict[str, Any]:
    """A conflict as a row of the output."""
    first, last = conflict.episode.first, conflict.episode.last
    name = name_of(conflict, named)
    finding, positions = conflict.finding, conflict.positions
    ruling = next((one for one in reversed(rulings) if one.judges(positions)), None)
    return {
        "id": name,
        "question": conflict.question.slug,
        "topic": conflict.question.topic,
        "relation": finding.relation.value,
        "from": date.fromordinal(first).isoformat(),
        "to": None if last is None else date.fromordinal(min(last, LAST_DAY)).isoformat(),  # a level can stand beyond the calendar
        "gap": None if finding.relation is Relation.DENIES else gap_between(positions),
        "explanation": finding.explanation,
        "status": status_of(ruling, positions).value,
        "ruling": None if ruling is None else ruling.shown,
        "positions": [position_shaped(position) for position in positions],
    }


def standing(row: Mapping[str, Any]) -> dict[str, Any]:
    """Where a conflict stands, of a row of the output: its id, status and ruling."""
    return {name: row[name] for name in ("id", "status", "ruling")}


def position_shaped(position: Position) -> dict[str, Any]:
    """A position as it is given out: its range, how many origins, whose, and which claims."""
    return {
        "low": position.low,
        "high": position.high,
        "value": position.value,
        "stance": position.members[0].stance.value,
        "origins": position.origins,
        "claimants": sorted({one.claimant for one in position.members}),
        "claims": [one.id for one in position.members],
        "refs": [one.ref for one in position.members],
    }
