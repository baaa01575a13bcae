"""The cases of a language pack: sentences with what must be read in them, kept beside the pack and run by ``claims lang check``."""

from __future__ import annotations

from datetime import date  # noqa: TC003  pydantic reads it when the class is made
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from claims_cli.core.errors import NotFound, NotUnderstood, Problem
from claims_cli.core.notation import figure_text, plain_text
from claims_cli.extract.pipeline import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from claims_cli.core.claim import Candidate
    from claims_cli.extract.pack import Pack

CASES = "cases.jsonl"


class ExpectedClaim(BaseModel):
    """What a case says of one candidate; a field that is left out is not compared. ``value`` is ``None`` for a statement."""

    model_config = ConfigDict(extra="forbid")

    quote: str
    value: str | None = None
    unit: str | None = None
    claimant: str | None = None
    relay: str | None = None
    stance: str | None = None
    modality: str | None = None
    as_of: str | None = None
    said_on: str | None = None
    place: str | None = None


class Case(BaseModel):
    """One text with the numbers, the dates (EDTF) or the claims that stand in it, in order, and no others.

    Of claims, every figure must be named; a statement need not.
    """

    model_config = ConfigDict(extra="forbid")

    text: str
    published: date | None = None
    numbers: list[str] | None = None
    dates: list[str] | None = None
    claims: list[ExpectedClaim] | None = None


def cases_of(folder: Traversable) -> Iterator[tuple[str, Case]]:
    """The cases of a pack, each with its file and line. Raises NotFound, or NotUnderstood for a line that is no case."""
    path = folder.joinpath(CASES)
    if not path.is_file():
        raise NotFound(f"{folder} has no {CASES}", fix="see docs/languages.md for how to write it")
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        where = f"{path}:{number}"
        if line.strip():
            try:
                yield where, Case.model_validate_json(line)
            except ValidationError as wrong:
                first = wrong.errors()[0]
                raise NotUnderstood(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", where=where) from wrong


def problems_of(pack: Pack, case: Case) -> Iterator[Problem]:
    """What a pack reads otherwise than a case says."""
    text = Reading(case.text, pack, case.published)
    if case.numbers is not None:
        numbers = [plain_text(mention.value) for mention in text.numbers() if mention.value is not None]
        yield from differing("numbers", case.numbers, numbers)
    if case.dates is not None:
        yield from differing("dates", case.dates, [mention.when.edtf or "" for mention in text.all_dates() if mention.when is not None])
    if case.claims is not None:
        yield from problems_of_claims(case.claims, list(text.candidates()))


def differing(what: str, expected: list[str], found: list[str]) -> Iterator[Problem]:
    """The problem of two lists that are not the same."""
    if expected != found:
        yield Problem(f"{what}: {', '.join(found) or 'none'} instead of {', '.join(expected) or 'none'}")


def problems_of_claims(expected: list[ExpectedClaim], found: list[Candidate]) -> Iterator[Problem]:
    """Claims that are missing, read otherwise, or not there."""
    rest = list(found)
    for wanted in expected:
        candidate = next((one for one in rest if one.quote == wanted.quote and (one.figure is None) == (wanted.value is None)), None)
        if candidate is None:
            quotes = "; ".join(one.quote for one in rest if (one.figure is None) == (wanted.value is None))
            yield Problem(f"claims: nothing is quoted as {wanted.quote!r}, but: {quotes or 'nothing'}")
            continue
        rest.remove(candidate)
        facts = facts_of(candidate)
        for name, value in wanted.model_dump(exclude_unset=True).items():
            if name != "quote" and facts[name] != value:
                yield Problem(f"{wanted.quote!r}: {name} is {facts[name]!r} instead of {value!r}")
    for candidate in rest:
        if candidate.figure is not None:
            yield Problem(f"claims: {candidate.quote!r} is read as a claim")


def facts_of(candidate: Candidate) -> dict[str, str | None]:
    """What a candidate says, as a case writes it."""
    return {
        "value": None if candidate.figure is None else figure_text(candidate.figure),
        "unit": candidate.unit,
        "claimant": candidate.claimant,
        "relay": " > ".join(candidate.relay) or None,
        "stance": candidate.stance.value,
        "modality": candidate.modality.value,
        "as_of": None if candidate.as_of is None else candidate.as_of.text,
        "said_on": None if candidate.said_on is None else candidate.said_on.text,
        "place": candidate.place,
    }
