"""Reading: the queries of ``sql/``, the same text on every engine.

SQLite is asked through Python's own module (an ORM would take longer to load than to answer), others through SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from functools import cache, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from claims_cli.core.errors import NotFound
from claims_cli.store.database import blame, opened_to_read, require_schema, schema_of_file, server_to_read
from claims_cli.store.past import look_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from claims_cli.store.database import Address

Row: TypeAlias = "Mapping[str, Any]"

QUERIES = Path(__file__).parent / "sql"
EVERY_ID = (0, 2**31 - 1)
IDS_AT_ONCE = (8, 64, 512)

# What is told of a claim, in the order of the list.
COLUMNS = {
    "id": "c.id",
    "uid": "c.uid",
    "ref": "c.ref",
    "topic": "t.slug",
    "question": "q.slug",
    "value": "c.value",
    "low": "c.low_exact",
    "high": "c.high_exact",
    "hedge": "c.hedge",
    "unit": "q.unit",
    "stance": "c.stance",
    "modality": "c.modality",
    "claimant": "a.name",
    "relay": "c.relay",
    "place": "COALESCE(c.place, q.place)",
    "as_of": "c.as_of",
    "said_on": "c.said_on",
    "published_on": "s.published_on",
    "publisher": "p.name",
    "title": "s.title",
    "url": "s.url",
    "quote": "c.quote",
    "value_text": "c.value_text",
    "review": "c.review",
    "recorded_at": "c.recorded_at",
    "note": "c.note",
}
FILTERS = {
    "topic": "t.slug = :topic",
    "question": "q.slug = :question",
    "claimant": "c.claimant_id IN (SELECT id FROM actor WHERE id = :claimant OR voice_id = :claimant)",
    "source": "c.source_id = :source",
    "publisher": "s.publisher_id = :publisher",
    "since": "c.day >= :since",
    "until": "c.day_from <= :until",
    "stance": "c.stance = :stance",
    "modality": "c.modality = :modality",
    "min": "COALESCE(c.high, c.low) >= :min",
    "max": "COALESCE(c.low, c.high) <= :max",
    "review": "c.review = :review",
    "ref": "c.ref = :ref",
}
ORDERS = {
    "id": "c.id",
    "as_of": "CASE WHEN c.day IS NULL THEN 1 ELSE 0 END, c.day, c.id",
    "said_on": "CASE WHEN c.said_day IS NULL THEN 1 ELSE 0 END, c.said_day, c.id",
    "value": "CASE WHEN COALESCE(c.low, c.high) IS NULL THEN 1 ELSE 0 END, COALESCE(c.low, c.high), c.id",
    "claimant": "a.name, c.id",
    "question": "q.slug, c.id",
    "recorded_at": "c.recorded_at, c.id",
}


class Reader:
    """An open database, for reading."""

    def rows(self, text: str, parameters: Row) -> Iterator[Row]:
        """The rows of a query."""
        raise NotImplementedError

    def query(self, name: str, **parameters: object) -> Iterator[Row]:
        """The rows of the query that stands in ``sql/NAME.sql``."""
        return self.rows(query_text(name), parameters)

    def tuples(self, text: str, parameters: Row) -> Iterator[tuple[Any, ...]]:
        """The rows of a query as plain tuples, for those that read a million of them."""
        raise NotImplementedError

    def told(self, name: str, **parameters: object) -> Iterator[tuple[Any, ...]]:
        """The rows of the query that stands in ``sql/NAME.sql`` as plain tuples."""
        return self.tuples(query_text(name), parameters)

    def told_each(self, name: str, ids: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query for the ids in place of ``:ids``: one for a few, one for each few hundred, so that few texts are planned."""
        every = sorted(set(ids))
        size = next((size for size in IDS_AT_ONCE if len(every) <= size), IDS_AT_ONCE[-1])
        names, text = text_for_ids(name, size) if every else ((), "")
        for start in range(0, len(every), size):
            some = every[start : start + size]
            filled = some + some[-1:] * (size - len(some))
            yield from self.tuples(text, dict(zip(names, filled, strict=True)))

    def claims(self, chosen: Row, *, order: str = "id", limit: int | None = None) -> Iterator[Row]:
        """Claims that fit all the chosen FILTERS, in one of the ORDERS; ``limit`` is a number of rows, ``None``: all."""
        told = ", ".join(f"{expression} AS {name}" for name, expression in COLUMNS.items())
        return self.rows(*claims_asked(told, chosen, order, limit))

    def claim_arrays(self, columns: Sequence[str], chosen: Row, *, order: str = "id", limit: int | None = None) -> Iterator[str]:
        """The same claims, each as the text of a JSON array: the texts in some COLUMNS, an empty one where it is null."""
        raise NotImplementedError

    def scope(self, *, topic: str | None, question: str | None) -> dict[str, int]:
        """The bounds that the queries take for a topic or question, by slug; ``None``: any. Raises NotFound."""
        first_topic, last_topic = self.bounds_of("topic", topic)
        first_question, last_question = self.bounds_of("question", question)
        return {
            "first_topic": first_topic,
            "last_topic": last_topic,
            "first_question": first_question,
            "last_question": last_question,
        }

    def bounds_of(self, what: str, slug: str | None) -> tuple[int, int]:
        """The lowest and highest id that are meant."""
        if slug is None:
            return EVERY_ID
        for row in self.query(f"{what}_id", slug=slug):
            return row["id"], row["id"]
        raise self.not_found(what, slug)

    def not_found(self, what: str, slug: str) -> NotFound:
        """The error for a slug that is not kept, with those that look like it."""
        from difflib import get_close_matches

        known = [row["slug"] for row in self.query("names") if row["what"] == what]
        near = get_close_matches(slug, known, n=3, cutoff=0.5)
        plural = {"topic": "topics", "question": "questions", "claimant": "actors"}[what]
        fix = f"did you mean {' or '.join(near)}?" if near else f"see: claims {plural}"
        return NotFound(f"there is no {what} {slug!r}", fix=fix)


class FileReader(Reader):
    """A SQLite file. ``path`` is where another process finds the same state; ``None`` where it is read as it was earlier."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        """Take over an open connection."""
        self.connection = connection
        self.path = path

    def rows(self, text: str, parameters: Row) -> Iterator[Row]:
        """The rows of a query."""
        cursor = self.connection.execute(text, parameters)
        names = [column[0] for column in cursor.description]
        for values in cursor:
            yield dict(zip(names, values))  # noqa: B905  both are as long as the query has columns, and strict costs time

    def tuples(self, text: str, parameters: Row) -> Iterator[tuple[Any, ...]]:
        """The rows of a query as plain tuples."""
        return self.connection.execute(text, parameters)

    def claim_arrays(self, columns: Sequence[str], chosen: Row, *, order: str = "id", limit: int | None = None) -> Iterator[str]:
        """The same claims as arrays. SQLite writes one in two thirds of the time in which Python fetches its values."""
        cells = ", ".join(f"COALESCE(CAST({COLUMNS[name]} AS TEXT), '')" for name in columns)
        text, parameters = claims_asked(f"json_array({cells})", chosen, order, limit)
        return map(itemgetter(0), self.connection.execute(text, parameters))


class ServerReader(Reader):
    """A database that SQLAlchemy reaches."""

    def __init__(self, connection: Connection) -> None:
        """Take over an open connection."""
        self.connection = connection

    def rows(self, text: str, parameters: Row) -> Iterator[Row]:
        """The rows of a query."""
        from sqlalchemy import text as sql

        with self.connection.execution_options(stream_results=True).execute(sql(text), dict(parameters)) as result:
            for row in result.mappings():
                yield dict(row)

    def tuples(self, text: str, parameters: Row) -> Iterator[tuple[Any, ...]]:
        """The rows of a query as plain tuples."""
        from sqlalchemy import text as sql

        with self.connection.execution_options(stream_results=True).execute(sql(text), dict(parameters)) as result:
            yield from map(tuple, result)

    def claim_arrays(self, columns: Sequence[str], chosen: Row, *, order: str = "id", limit: int | None = None) -> Iterator[str]:
        """The same claims as arrays."""
        from json import JSONEncoder

        encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        for row in self.claims(chosen, order=order, limit=limit):
            yield encode(["" if (value := row[name]) is None else str(value) for name in columns])


def claims_asked(told: str, chosen: Row, order: str, limit: int | None) -> tuple[str, Row]:
    """The query that tells something of the claims that fit, and its parameters."""
    conditions = [f"{'AND' if at else 'WHERE'} {FILTERS[name]}" for at, name in enumerate(chosen)]
    text = "\n".join([f"SELECT {told}", query_text("claims"), *conditions, f"ORDER BY {ORDERS[order]}"])
    return (text if limit is None else f"{text}\nLIMIT :limit"), {**chosen, "limit": limit}


@cache
def query_text(name: str) -> str:
    """The text of a query, without its comments: a colon in a comment would be taken for a parameter."""
    lines = (QUERIES / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))


@cache
def text_for_ids(name: str, size: int) -> tuple[tuple[str, ...], str]:
    """The parameters for so many ids, and the text of a query that takes them in place of ``:ids``."""
    names = tuple(f"id_{at}" for at in range(size))
    return names, query_text(name).replace(":ids", ", ".join(f":{each}" for each in names))


@contextmanager
def reading(address: Address, known_at: str | None = None) -> Iterator[Reader]:
    """A database opened for reading, all of whose queries see one state.

    ``known_at`` is a moment (ISO 8601, UTC, whole seconds) as of which it is read; ``None``: as it is now.
    Raises NotFound, DatabaseUnusable, DatabaseBusy.
    """
    if address.path is None:
        with reading_server(address, known_at) as reader:
            yield reader
        return
    require_schema(schema_of_file(address.path), address.shown)
    try:
        connection = opened_to_read(address.path)
        try:
            connection.execute("BEGIN")
            if known_at is not None:
                look_back(partial(asked_of_file, connection), "main", known_at)
            yield FileReader(connection, address.path if known_at is None else None)
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter where SQLite quotes what is not UTF-8
        raise blame(error, address.shown) from error


def asked_of_file(connection: sqlite3.Connection, statement: str) -> tuple[list[str], Sequence[Any] | None]:
    """The columns and the first row of a statement's answer."""
    cursor = connection.execute(statement)
    return [column[0] for column in cursor.description or ()], cursor.fetchone()


def asked_of_server(connection: Connection, statement: str) -> tuple[list[str], Sequence[Any] | None]:
    """The columns and the first row of a statement's answer."""
    result = connection.exec_driver_sql(statement)
    return (list(result.keys()), result.first()) if result.returns_rows else ([], None)


@contextmanager
def reading_server(address: Address, known_at: str | None) -> Iterator[Reader]:
    """A server's database opened for reading."""

    def hide_what_came_later(connection: Connection) -> None:
        if known_at is not None:
            (schema,) = connection.exec_driver_sql("SELECT current_schema()").one()
            look_back(partial(asked_of_server, connection), schema, known_at)

    with server_to_read(address, hide_what_came_later) as connection:
        yield ServerReader(connection)


def first(rows: Iterable[Row]) -> Row | None:
    """The first row, ``None`` when there is none."""
    return next(iter(rows), None)
