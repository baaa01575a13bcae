"""The claims on some questions as statements, read once and shared by relations, traces and the showing of one claim."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING

from claims_cli.assess.origins import Compared
from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.naming import claim_meant, number_in
from claims_cli.core.policy import HOUSE
from claims_cli.core.statement import end_each
from claims_cli.store.reading import EVERY_ID
from claims_cli.store.rows import statement_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims_cli.core.policy import Policy
    from claims_cli.core.relation import Finding
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader, Row


def rows_on(reader: Reader, *, topic: str | None = None, question: str | None = None, voice: int | None = None) -> Iterator[Row]:
    """The accepted claims on a topic or question, of one voice or all, in order of question and of when they were said. Raises NotFound."""
    first_voice, last_voice = EVERY_ID if voice is None else (voice, voice)
    return reader.query("statements", **reader.scope(topic=topic, question=question), first_voice=first_voice, last_voice=last_voice)


def statements_on(rows: Iterable[Row], policy: Policy = HOUSE) -> list[Statement]:
    """Rows as statements, their figures as wide as a policy takes them, each with the days on which it stands.

    All that a voice claims on a question must be among them.
    """
    found: list[Statement] = []
    for _, of_question in groupby(rows, key=lambda row: row["asked"]):
        own = list(of_question)
        statements = [statement_of(row, policy) for row in own]
        end_each(statements, own[0]["currency"])
        found += statements
    return found


def relations_on(reader: Reader, question: str) -> Iterator[dict[str, object]]:
    """The relation of every two claims on a question, each pair once, in order of their numbers."""
    compared = Compared(reader, sorted(statements_on(rows_on(reader, question=question)), key=lambda one: one.id))
    for one, other in combinations(compared.statements, 2):
        yield related(one, other, compared.finding(one, other))


def relation_of(reader: Reader, first_name: str, second_name: str) -> dict[str, object]:
    """The relation of two claims, each given by number or ref. Raises NotFound, NotUnderstood."""
    one, beside = statement_named(reader, first_name)
    other, others = statement_named(reader, second_name)
    if one.id == other.id:
        raise NotUnderstood(f"{first_name} and {second_name} name one claim, {one.id}", fix="name another claim beside it")
    compared = Compared(reader, others if one.question == other.question else [*beside, *others], [one.id, other.id])
    first, second = compared.by_number[one.id], compared.by_number[other.id]
    return related(first, second, compared.finding(first, second))


def statement_named(reader: Reader, name: str) -> tuple[Statement, list[Statement]]:
    """The statement of a claim, by number or ref, and all on its question.

    Raises NotFound, also for a claim that is not accepted, and NotUnderstood for a ref of several claims.
    """
    for row in reader.query("claim_detail", id=claim_named(reader, name)):
        every = statements_on(rows_on(reader, question=row["question"]))
        for one in every:
            if one.id == row["id"]:
                return one, every
        raise NotFound(f"the claim {name!r} is not accepted, so it is compared with nothing", fix="see: claims list --review candidate")
    raise no_claim(name)


def claim_named(reader: Reader, name: str) -> int:
    """The number of the claim that a number or ref means, also of one that was taken away.

    Raises NotFound, and NotUnderstood for a ref of several claims.
    """
    meant = claim_meant(name, {row["id"] for row in reader.query("claim_named", id=number_in(name), ref=name)})
    if meant is None:
        raise no_claim(name)
    return meant


def no_claim(name: str) -> NotFound:
    """The error for a name that no claim has."""
    return NotFound(f"there is no claim {name!r}", fix="see: claims list")


def related(one: Statement, other: Statement, finding: Finding) -> dict[str, object]:
    """A row of the relations."""
    return {
        "a": one.id,
        "b": other.id,
        "a_ref": one.ref,
        "b_ref": other.ref,
        "relation": finding.relation.value,
        "conflict": finding.conflict,
        "explanation": finding.explanation,
    }
