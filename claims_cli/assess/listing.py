"""Listing: claims by filters, one claim with all that is kept of it, and the things that claims refer to."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from claims_cli.assess.conflicts import Which, conflicts_found, standing
from claims_cli.assess.origins import Compared
from claims_cli.assess.statements import claim_named, rows_on, statements_on
from claims_cli.core.claim import Review
from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.folding import fold
from claims_cli.core.naming import number_in
from claims_cli.core.table import Table
from claims_cli.core.when import parse_when
from claims_cli.store.reading import ORDERS, first
from claims_cli.store.rows import decimal_of
from claims_cli.store.titles import names_meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from claims_cli.store.reading import Reader, Row

PLACE = ("place",)
SEARCHED = ("quote", "value_text", "claimant", "question", "publisher", "title", "note", "ref")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which claims are meant; ``None``: any. Dates are EDTF, names any of an actor's, ``source`` a number or a publisher's name."""

    topic: str | None = None
    question: str | None = None
    claimant: str | None = None
    source: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    stance: str | None = None
    modality: str | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    search: str | None = None
    review: str | None = None
    ref: str | None = None


def pending(selection: Selection) -> Selection:
    """The candidates among a selection."""
    return replace(selection, review=Review.CANDIDATE)


@dataclass(frozen=True, slots=True)
class Claims(Table):
    """The claims of some filters, in the columns of the list."""

    reader: Reader
    chosen: Row
    sort: str
    limit: int | None

    def __iter__(self) -> Iterator[Row]:
        """Each claim, with exact decimals."""
        return map(listed, self.reader.claims(self.chosen, order=self.sort, limit=self.limit))

    def arrays(self, columns: Sequence[str]) -> Iterator[str]:
        """Each claim as the text of an array. A decimal is kept in the form that is given out."""
        return self.reader.claim_arrays(columns, self.chosen, order=self.sort, limit=self.limit)


def claims_listed(reader: Reader, selection: Selection, *, sort: str = "id", limit: int | None = None) -> Iterable[Row]:
    """Claims that fit, in the columns of the list.

    Raises NotFound for a topic, question, claimant or source that is not kept, NotUnderstood for a date without the end that is asked for.
    """
    if sort not in ORDERS:
        raise NotUnderstood(f"cannot sort by {sort!r}", fix=f"sort by one of: {', '.join(ORDERS)}")
    chosen = parameters(reader, selection)
    tests = [(fold(words).split(), columns) for words, columns in ((selection.search, SEARCHED), (selection.place, PLACE)) if words]
    if not tests:
        return Claims(reader, chosen, sort, limit)
    return islice((row for row in Claims(reader, chosen, sort, None) if all(holds(row, *test) for test in tests)), limit)


def holds(row: Row, words: list[str], columns: tuple[str, ...]) -> bool:
    """Whether all the words stand somewhere in these columns, whatever the spelling of hamzas, marks and digits."""
    text = fold(" ".join(str(row[name]) for name in columns if row[name] is not None))
    return all(word in text for word in words)


def listed(row: Row) -> dict[str, Any]:
    """A row with exact decimals."""
    return {**row, "low": decimal_of(row["low"]), "high": decimal_of(row["high"])}


def parameters(reader: Reader, selection: Selection) -> dict[str, Any]:
    """What the filters compare with. Raises NotFound, NotUnderstood."""
    reader.scope(topic=selection.topic, question=selection.question)  # for its NotFound, with names that look alike
    chosen: dict[str, Any] = {one.name: value for one in fields(selection) if (value := getattr(selection, one.name)) is not None}
    for name in ("search", "place"):  # compared by folding, which is not left to the database: engines fold differently
        chosen.pop(name, None)
    if selection.claimant is not None:
        chosen["claimant"] = actor_id(reader, selection.claimant)
    if selection.source is not None:
        chosen |= source_filter(reader, chosen.pop("source"))
    for name in ("since", "until"):
        if name in chosen:
            chosen[name] = day_of(name, chosen[name])
    for name in ("min", "max"):
        if name in chosen:
            chosen[name] = float(chosen[name])
    return chosen


def day_of(name: str, text: str) -> int:
    """The day that ``since`` or ``until`` means. Raises NotUnderstood for a date without a first, or without a last one."""
    when = parse_when(text)
    day, end = (when.earliest_day, "beginning") if name == "since" else (when.latest_day, "end")
    if day is None:
        raise NotUnderstood(f"--{name} {text!r} has no {end}", fix="write a day such as 2024-10-28, a month or a year")
    return day


def actor_id(reader: Reader, name: str) -> int:
    """The actor of a name, alias or slug, or the one of a name that means the same. Raises NotFound."""
    exact = first(reader.query("actor_id", folded=fold(name), slug=name))
    if exact is not None:
        return int(exact["id"])
    cited, others = (
        {int(row["id"]) for one in names for row in reader.query("actor_id", folded=fold(one), slug=name)} for names in names_meant(name)
    )
    found = cited or others
    if len(found) != 1:
        raise reader.not_found("claimant", name)
    return found.pop()


def source_filter(reader: Reader, source: str) -> dict[str, int]:
    """The filter for a source's number, or for a publisher's name."""
    number = number_in(source)
    return {"publisher": actor_id(reader, source)} if number is None else {"source": number}


def claim_shown(reader: Reader, name: str) -> dict[str, Any]:
    """One claim by number or ref, with its relations to the others on its question, and the conflicts that it takes part in.

    Raises NotFound, NotUnderstood.
    """
    number = claim_named(reader, name)
    row = first(reader.query("claim_detail", id=number))
    if row is None:
        raise taken_away(reader, number)
    compared = Compared(reader, statements_on(rows_on(reader, question=row["question"])), [row["id"]])
    this = next((one for one in compared.statements if one.id == row["id"]), None)
    relations = []
    for other in compared.statements:
        if this is not None and other.id != this.id:
            found = compared.finding(this, other)
            relations.append({"claim": other.id, "ref": other.ref, "relation": found.relation.value, "explanation": found.explanation})
    return {**listed(row), "relations": relations, "conflicts": conflicts_with(reader, number, row["question"])}


def conflicts_with(reader: Reader, claim: int, question: str) -> list[dict[str, Any]]:
    """Where each conflict stands in which a claim on a question takes part, be it on that question or on the one that it is a part of."""
    asked = first(reader.query("asked", **reader.scope(topic=None, question=question)))
    questions = [question, *([asked["part_of"]] if asked is not None and asked["part_of"] is not None else [])]
    found = (row for slug in questions for row in conflicts_found(reader, question=slug, which=Which.ALL))
    return [standing(row) for row in found if any(claim in position["claims"] for position in row["positions"])]


def taken_away(reader: Reader, number: int) -> NotFound:
    """The error for a claim that is not there any more."""
    *_, last = reader.query("claim_versions", id=number)
    why = f": {last['closed_for']}" if last["closed_for"] else f" ({last['closed_with']})"
    return NotFound(
        f"claim {number} was taken away on {last['closed_at']} by {last['closed_by']}{why}", fix=f"see: claims history {number}"
    )


def topics_listed(reader: Reader) -> Iterator[Row]:
    """All topics."""
    return reader.query("topics")


def questions_listed(reader: Reader, topic: str | None = None) -> Iterator[Row]:
    """Questions, of one topic or all. Raises NotFound."""
    first_topic, last_topic = reader.bounds_of("topic", topic)
    return reader.query("questions", first_topic=first_topic, last_topic=last_topic)


def actors_listed(reader: Reader) -> Iterator[Row]:
    """All actors, each with its aliases."""
    aliases: dict[str, list[str]] = {}
    for row in reader.query("aliases"):
        aliases.setdefault(row["slug"], []).append(row["name"])
    for row in reader.query("actors"):
        yield {**row, "aliases": [name for name in aliases.get(row["slug"], []) if name != row["name"]]}


def sources_listed(reader: Reader) -> Iterator[Row]:
    """All sources."""
    return reader.query("sources")
