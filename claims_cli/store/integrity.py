"""Verifying: every row against its hash, every operation against what it did, the log against its chain.

SQLite's own check looks at the structure of the file and passes over a letter that has become another. What is read here may be
damaged in any way: nothing is taken for granted, and a table that cannot be read to its end is a finding, too.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from claims_cli.core.errors import ClaimsError, DatabaseUnusable
from claims_cli.store.database import SCHEMA, blame, opened_to_read, require_schema, schema_of_file, server_to_read
from claims_cli.store.ledger import MODULUS, closed, content_hash, entry_of, key_columns, link, opened, tombstone
from claims_cli.store.models import HISTORY, VERSIONED
from claims_cli.store.rows import figure_columns, figure_from, hash_of_bytes, text_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection, Table

    from claims_cli.store.database import Address

Row: TypeAlias = "Mapping[str, Any]"
Finding: TypeAlias = "dict[str, str | None]"
Buried: TypeAlias = tuple[str, str, str]  # a table, the key of a row as a JSON array, and the hash of what stood there

MOST_TOLD = 100  # findings of one kind; the rest are counted
AT_ONCE = 1000  # rows fetched from a server
RESTORE = "restore a backup"
BAD = "bad"
PURGED_OPERATION = "operation"
QUOTES = """
SELECT c.id FROM {claims} c JOIN source_text t ON t.source_id = c.source_id
WHERE c.quote IS NOT NULL AND c.quote_start IS NOT NULL AND t.text <> ''
AND SUBSTR(t.text, c.quote_start + 1, c.quote_end - c.quote_start) <> c.quote
"""
SOURCE_HASHES = "SELECT {hashed} AS hashed FROM source WHERE id = {id} UNION SELECT {hashed} FROM source_history WHERE id = {id}"
# What each table keeps of a source, and how its hash is made.
KEPT_OF_SOURCE: dict[str, tuple[str, str, Callable[[Any], str | None]]] = {
    "source_text": ("text", "text_hash", text_hash),
    "source_original": ("bytes", "bytes_hash", hash_of_bytes),
}
BROKEN = (sqlite3.Error, UnicodeDecodeError)  # the latter where SQLite quotes in its complaint what is not UTF-8
# What a damaged value may make of our own functions, whatever they expect.
UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError, AssertionError, ClaimsError)


@dataclass(slots=True)
class Verified:
    """What was looked at: how many claims and operations, the head of the chain (``None``: no operation has one), what is damaged."""

    claims: int = 0
    operations: int = 0
    head: str | None = None
    damaged: int = 0


class Scan:
    """A database opened to be looked at, row by row."""

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query."""
        raise NotImplementedError

    def structure(self) -> Iterator[tuple[str, str]]:
        """What the engine itself finds wrong: where, and what."""
        raise NotImplementedError


class FileScan(Scan):
    """A SQLite file. Text that is not UTF-8 is read all the same, with what is wrong in it as lone surrogates."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open connection."""
        self.connection = connection
        connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query."""
        cursor = self.connection.execute(query)
        names = [column[0] for column in cursor.description]
        for values in cursor:
            yield dict(zip(names, values, strict=True))

    def structure(self) -> Iterator[tuple[str, str]]:
        """What integrity_check and foreign_key_check say, and the migrations' number where it is not the file's."""
        for row in self.rows("PRAGMA integrity_check"):
            if (said := str(row["integrity_check"])) != "ok":
                yield "file", said
        for row in self.rows("PRAGMA foreign_key_check"):
            yield f"{row['table']} rowid {row['rowid']}", f"refers to a row of {row['parent']} that is not there"
        for row in self.rows("SELECT version_num FROM alembic_version"):
            if row["version_num"] != f"{SCHEMA:04}":
                yield "alembic_version", f"schema {row['version_num']!r}, the file says {SCHEMA}"


class ServerScan(Scan):
    """A PostgreSQL database; it holds its own references and encoding."""

    def __init__(self, connection: Connection) -> None:
        """Take over an open connection."""
        self.connection = connection

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query."""
        streamed = {"stream_results": True, "max_row_buffer": AT_ONCE}
        with self.connection.exec_driver_sql(query, execution_options=streamed) as result:
            for row in result.mappings():
                yield dict(row)

    def structure(self) -> Iterator[tuple[str, str]]:
        """Nothing: the server does not look."""
        yield from ()


@contextmanager
def scanning(address: Address) -> Iterator[Scan]:
    """A database of this program's schema, all of whose queries see one state. Raises NotFound, DatabaseUnusable, DatabaseBusy."""
    if address.path is None:
        with server_to_read(address) as server:
            yield ServerScan(server)
        return
    require_schema(schema_of_file(address.path), address.shown)
    try:
        connection = opened_to_read(address.path)
        try:
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute("BEGIN")
            yield FileScan(connection)
        finally:
            connection.close()
    except BROKEN as error:
        raise blame(error, address.shown) from error


@dataclass(slots=True)
class Verifier:
    """One look at a whole database. ``sums`` has one number an operation, whatever the number of claims."""

    scan: Scan
    result: Verified
    sums: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    tombstones: dict[Buried, list[Row]] = field(default_factory=dict)
    left: dict[Buried, str] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong or worth a note, a row each."""
        yield from self.told("structure", "file", self.scan.structure())
        yield from self.told("tombstone", "purge", self.read_tombstones())
        for live in VERSIONED:
            for name in (live.name, HISTORY[live.name].name):
                yield from self.table(live, name)
        yield from self.told("operation", "operation", self.operations())
        yield from self.notes()

    def told(self, what: str, table: str, found: Iterator[tuple[str, str]]) -> Iterator[Finding]:
        """Findings as rows, the first of each kind told and the rest counted; a table that cannot be read on is one more."""
        count = 0
        try:
            for where, words in found:
                count += 1
                self.result.damaged += 1
                if count <= MOST_TOLD:
                    yield finding(BAD, what, where, words)
        except BROKEN as error:
            self.result.damaged += 1
            yield finding(BAD, what, table, f"cannot be read to its end: {first_line(error)}")
        except KeyError as error:  # a bit may be flipped in the name of a column, too
            self.result.damaged += 1
            yield finding(BAD, what, table, f"has no column {error}")
        if count > MOST_TOLD:
            yield finding(BAD, what, table, f"and {count - MOST_TOLD} more")

    def read_tombstones(self) -> Iterator[tuple[str, str]]:
        """Remember what was purged."""
        for row in self.scan.rows("SELECT * FROM purge"):
            self.tombstones.setdefault((row["table_name"], row["row_key"], row["content_hash"]), []).append(row)
            if not isinstance(row["operation_id"], int):
                yield f"purge {row['id']}", "its operation is not a number"

    def table(self, live: Table, name: str) -> Iterator[Finding]:
        """What is wrong with the rows of a table or its history."""
        unhashed: list[int] = [0]
        yield from self.told("row", name, self.rows_of(live, name, unhashed))
        if unhashed[0]:
            yield finding("note", "row", name, f"{unhashed[0]} without a hash: another program wrote them", None)

    def rows_of(self, live: Table, name: str, unhashed: list[int]) -> Iterator[tuple[str, str]]:
        """Rows that are not what they were written as; counts those without a hash."""
        keys = key_columns(live)
        for row in self.scan.rows(f"SELECT * FROM {name}"):  # noqa: S608  our own names
            self.result.claims += name == "claim"
            key = written_key(row, keys)
            where = f"{name} {key.strip('[]')}" + (f", version of operation {row['operation_id']}" if "closed_by" in row else "")
            hashed = row["content_hash"]
            if hashed is None:
                unhashed[0] += 1
            else:
                yield from ((where, words) for words in self.hash_problems(live.name, key, row, hashed))
            if live.name in KEPT_OF_SOURCE:
                yield from ((where, words) for words in self.source_problems(live.name, key, row))
            elif live.name == "claim":
                yield from ((where, words) for words in figure_problems(row))

    def hash_problems(self, table: str, key: str, row: Row, hashed: object) -> Iterator[str]:
        """Why a row is not the one of its hash; adds it to the sums of its operations."""
        try:
            self.sums[row["operation_id"]] += opened(str(hashed))
            if "closed_by" in row:
                self.sums[row["closed_by"]] += closed(str(hashed))
        except UNREADABLE:
            yield "its hash is damaged"
            return
        found = hash_found(table, row)
        if found is None:
            yield "it holds what is no text or number"
        elif found != hashed:
            grave = (table, key, str(hashed))
            if grave not in self.tombstones:
                yield "its content is not what was written"
            elif self.left.setdefault(grave, found) != found:
                yield "what was left of it by the purge is not what was written"

    def source_problems(self, table: str, key: str, row: Row) -> Iterator[str]:
        """Why the text or the bytes of a source are not those that were kept."""
        if (table, key, row["content_hash"]) in self.tombstones:
            return
        what, hashed, hash_of = KEPT_OF_SOURCE[table]
        try:
            found = hash_of(row[what])
            kept = {one["hashed"] for one in self.scan.rows(SOURCE_HASHES.format(id=int(row["source_id"]), hashed=hashed))}
        except UNREADABLE:
            yield f"the {what} cannot be read"
            return
        if found not in kept:
            yield f"what is kept of the document is not what the source's {hashed} was made of"

    def operations(self) -> Iterator[tuple[str, str]]:
        """Operations that are not what they were written as, or did something else than what is there."""
        self.bury()
        before: str | None = None
        for row in self.scan.rows("SELECT * FROM operation ORDER BY id"):
            self.result.operations += 1
            yield from ((f"operation {row['id']}", words) for words in self.operation_problems(row, before))
            before = self.result.head = row["chain"]
        for number, rest in self.sums.items():
            if rest % MODULUS:
                yield f"operation {number}", "rows name it, and it is not there"

    def operation_problems(self, row: Row, before: str | None) -> Iterator[str]:
        """Why an operation is not what it was written as."""
        did = self.sums.pop(row["id"], 0) % MODULUS
        sealed = [row[name] for name in ("digest", "entry", "chain")]
        if sealed == [None, None, None]:
            if did:
                yield "its seal is missing"
            return
        if row["digest"] != f"{did:064x}":
            yield "what it wrote is not what is there: rows are changed, missing or more than they were"
        entry = entry_found(row)
        grave = (PURGED_OPERATION, written_key(row, ["id"]), str(row["entry"]))
        if entry != row["entry"] and grave not in self.tombstones:
            yield "it is not what was written: its time, person, words or digest"
        try:
            chained = link(before, str(row["entry"]))
        except UNREADABLE:
            chained = None
        if chained != row["chain"]:
            yield "the chain of operations is broken: this one or the one before it is changed, or one between them is missing"

    def bury(self) -> None:
        """Add the tombstones to the sums of the operations that set them."""
        purged = {key for table, key, _ in self.tombstones if table == PURGED_OPERATION}
        if purged:
            for row in self.scan.rows("SELECT * FROM operation"):
                if (key := written_key(row, ["id"])) in purged:
                    self.left[PURGED_OPERATION, key, str(row["entry"])] = entry_found(row) or ""
        for grave, rows in self.tombstones.items():
            for row in rows:
                try:
                    self.sums[row["operation_id"]] += tombstone(row, self.left.get(grave, grave[2]))
                except UNREADABLE:
                    self.sums[row["operation_id"]] += 1  # no tombstone of ours adds just this: the digest will not fit

    def notes(self) -> Iterator[Finding]:
        """What is no damage, and still worth a look."""
        for name in ("claim", "claim_history"):
            count = 0
            try:
                for row in self.scan.rows(QUOTES.format(claims=name)):
                    count += 1
                    if count <= MOST_TOLD:
                        yield finding(
                            "note", "quote", f"{name} {row['id']}", "the quote does not stand at its place in the text", "see: claims show"
                        )
            except BROKEN as error:
                self.result.damaged += 1
                yield finding(BAD, "quote", name, f"cannot be read to its end: {first_line(error)}")


def findings_of(address: Address, result: Verified) -> Iterator[Finding]:
    """Look at a whole database; gives what is found as it is found, and fills in the result.

    Raises NotFound, and DatabaseUnusable or DatabaseBusy where it cannot be opened at all.
    """
    with scanning(address) as scan:
        yield from Verifier(scan, result).findings()


def damage_of(address: Address) -> DatabaseUnusable | None:
    """The first damage that is found in a database; ``None`` when it is sound, is not there, or cannot be read for another reason."""
    try:
        found = next((one for one in findings_of(address, Verified()) if one["state"] == BAD), None)
    except DatabaseUnusable as error:
        return error
    except ClaimsError:
        return None
    except ValueError as error:  # text that is none, where SQLite's own module does not expect it
        return DatabaseUnusable(f"{address.shown} is damaged: {error}", fix=f"see: claims db verify; {RESTORE}")
    if found is None:
        return None
    return DatabaseUnusable(f"{address.shown} is damaged: {found['where']}: {found['found']}", fix=f"see: claims db verify; {RESTORE}")


def finding(state: str, what: str, where: str, found: str, advice: str | None = RESTORE) -> Finding:
    """A row of the answer."""
    return {"state": state, "what": what, "where": where, "found": found, "advice": advice}


def first_line(error: Exception) -> str:
    """The words of an error, on one line."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def written_key(row: Row, names: list[str]) -> str:
    """The key of a row as a JSON array, as tombstones have it."""
    return json.dumps([row[name] for name in names], separators=(",", ":"), default=str)


def hash_found(table: str, row: Row) -> str | None:
    """The hash of a row as it is; ``None`` where it holds what cannot be hashed."""
    try:
        return content_hash(table, row)
    except UNREADABLE:
        return None


def entry_found(row: Row) -> str | None:
    """The hash of an operation as it is; ``None`` where it holds what cannot be hashed."""
    try:
        return entry_of(row)
    except UNREADABLE:
        return None


def figure_problems(row: Row) -> Iterator[str]:
    """Why the columns of a claim's figure do not go together."""
    try:
        told = figure_columns(figure_from(row["low_exact"], row["high_exact"], row["hedge"]))
    except UNREADABLE:
        yield "its figure means nothing"
        return
    wrong = [name for name in ("value", "low", "high") if row[name] != told[name]]
    if wrong:
        yield f"its figure does not go together: {', '.join(wrong)}"
