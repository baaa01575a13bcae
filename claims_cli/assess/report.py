"""The report: every claim with what it is to the claim before it, and the conflicts that it takes part in."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from claims_cli.assess.conflicts import Which, Width, conflicts_found, conflicts_on, name_of, statements_by_question
from claims_cli.assess.listing import Claims, Selection, parameters
from claims_cli.assess.trace import relations_to_latest, traces_of
from claims_cli.core.policy import HOUSE
from claims_cli.core.relation import Relation
from claims_cli.core.table import Table
from claims_cli.store.cores import on_all_cores
from claims_cli.store.rows import question_of, statement_maker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.claim import Question
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader, Row

EVERY_QUESTION = Width(robust=True)  # those on which nothing can conflict, too
NO_RELATION = ""
RELATIONS = (NO_RELATION, *Relation)
PLACE_OF = {relation: place for place, relation in enumerate(RELATIONS)}
PAGE = 4096
Found: TypeAlias = "tuple[list[tuple[int, int]], list[tuple[str, list[int]]]]"
OfQuestion: TypeAlias = "tuple[int, list[Statement], list[Statement]]"


class Content(StrEnum):
    """What a report holds, one row each."""

    CLAIMS = "claims"
    CONFLICTS = "conflicts"
    TRACE = "trace"


def rows_of(reader: Reader, content: Content, *, topic: str | None, question: str | None) -> Iterable[Row]:
    """The rows of a report on a topic or question (``None``: all). Raises NotFound."""
    match content:
        case Content.CLAIMS:
            return claims_reported(reader, topic=topic, question=question)
        case Content.CONFLICTS:
            return conflicts_found(reader, topic=topic, question=question, which=Which.ALL)
        case Content.TRACE:
            return (row for traced in traces_of(reader, topic=topic, question=question) for row in traced.rows)
        case _:
            assert_never(content)


class Marks:
    """A small number for each claim, 0 where none is set, in pages: a report holds five bytes for a claim, and no objects."""

    def __init__(self, size: str) -> None:
        """``size`` is the typecode of an array."""
        nothing = array(size, bytes(array(size).itemsize * PAGE))
        self.pages: dict[int, array[int]] = defaultdict(lambda: nothing[:])

    def __getitem__(self, claim: int) -> int:
        """The number of a claim."""
        return self.pages[claim // PAGE][claim % PAGE]

    def __setitem__(self, claim: int, number: int) -> None:
        """Set it."""
        self.pages[claim // PAGE][claim % PAGE] = number


@dataclass(frozen=True, slots=True)
class Findings:
    """Of each claim, by number, the place of its relation in RELATIONS, and that of the names of its conflicts in ``names``."""

    relations: Marks = field(default_factory=lambda: Marks("B"))
    conflicts: Marks = field(default_factory=lambda: Marks("I"))
    names: list[str] = field(default_factory=lambda: [""])

    def note(self, relations: Iterable[tuple[int, int]], conflicts: Iterable[tuple[str, Sequence[int]]]) -> None:
        """Note what was found on a question. A claim on a part of it may have conflicts on the part already."""
        for number, relation in relations:
            self.relations[number] = relation
        for name, members in conflicts:
            place: dict[int, int] = {}  # by what was there before, so that the claims of a conflict share the text
            for number in members:
                before = self.conflicts[number]
                if before not in place:
                    place[before] = len(self.names)
                    self.names.append(f"{self.names[before]} {name}".lstrip())
                self.conflicts[number] = place[before]


@dataclass(frozen=True, slots=True)
class Report(Table):
    """Claims as listed, with ``relation`` (to the claim before it on its question) and ``conflict`` (the ids, joined by spaces)."""

    claims: Claims
    findings: Findings

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """Each claim by the names of its columns."""
        found = self.findings
        for row in self.claims:
            relation, conflict = RELATIONS[found.relations[row["id"]]], found.names[found.conflicts[row["id"]]]
            yield {**row, "relation": relation or None, "conflict": conflict or None}

    def arrays(self, columns: Sequence[str]) -> Iterator[str]:
        """Each claim as the text of an array: the number first, relation and conflict last."""
        from json import dumps

        relations, conflicts = self.findings.relations, self.findings.conflicts
        names = [dumps(name, ensure_ascii=False) for name in self.findings.names]
        for told in self.claims.arrays(columns[:-2]):
            number = int(told[2 : told.index('"', 2)])
            yield f'{told[:-1]},"{RELATIONS[relations[number]]}",{names[conflicts[number]]}]'


def claims_reported(reader: Reader, *, topic: str | None, question: str | None) -> Report:
    """The report on the claims of a topic or question (``None``: all). Raises NotFound."""
    claims = Claims(reader, parameters(reader, Selection(topic=topic, question=question)), "id", None)
    findings = Findings()
    for relations, conflicts in on_all_cores(reader, reader.scope(topic=topic, question=question), found_by_question):
        findings.note(relations, conflicts)
    return Report(claims, findings)


def found_by_question(reader: Reader, bounds: Mapping[str, int]) -> Iterator[Found]:
    """For each question what each claim on it is to the one before it (its place in RELATIONS), and the conflicts with who takes part."""
    for asked, compared, others in claims_by_question(reader, bounds):
        named: dict[str, int] = defaultdict(int)
        disputes = conflicts_on(asked, compared)
        conflicts = [(name_of(conflict, named), [one.id for one in conflict.episode.members]) for conflict in disputes]
        own = [*(one for one in compared if one.question == asked.slug), *others]
        yield [(number, PLACE_OF[relation]) for number, relation in relations_to_latest(reader, own)], conflicts


def claims_by_question(reader: Reader, bounds: Mapping[str, int]) -> Iterator[tuple[Question, list[Statement], list[Statement]]]:
    """Each question with the claims on it and on parts of it that may conflict, and the other claims on it, which never do."""
    questions = {row["id"]: question_of(row) for row in reader.query("asked", **bounds)}
    numbers = {question.slug: number for number, question in questions.items()}
    speakers = {number: (name, voice) for number, name, voice in reader.told("speakers")}
    statement_told = statement_maker(speakers, HOUSE)
    compared: Iterator[OfQuestion] = (
        (numbers[asked.slug], own, []) for asked, own in statements_by_question(reader, bounds, EVERY_QUESTION)
    )
    unplaced = groupby(reader.told("unplaced", **bounds), key=itemgetter(0))
    others: Iterator[OfQuestion] = ((number, [], [statement_told(row, questions[number]) for row in rows]) for number, rows in unplaced)
    for number, found in groupby(merge(compared, others, key=itemgetter(0)), key=itemgetter(0)):
        of_question = list(found)
        yield questions[number], [one for _, some, _ in of_question for one in some], [one for _, _, some in of_question for one in some]
