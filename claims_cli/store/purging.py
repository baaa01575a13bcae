"""Purging, for the protection of a source: its words leave every version of every row, and the file itself.

The one thing that is ever taken out of the history. Each touched row keeps its hash, and a tombstone says that it was purged, so that
the rest can still be verified. The source stays known by its uid and the hash of its text, so that the same document is not taken in again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import exists, select, update

from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.store.database import SETTINGS, Commitment, blame, engine_for, writing
from claims_cli.store.echo import Echo
from claims_cli.store.integrity import PURGED_OPERATION, entry_found, hash_found, written_key
from claims_cli.store.ledger import OPERATION, PURGE, key_columns, parts, rows_with, tombstone
from claims_cli.store.models import HISTORY
from claims_cli.store.recording import CLAIM
from claims_cli.store.sources import SOURCE, SOURCE_ORIGINAL, SOURCE_TEXT
from claims_cli.store.standing import TOLD_OF_OPERATIONS, left_standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection, Table

    from claims_cli.core.claim import Operation
    from claims_cli.store.database import Address
    from claims_cli.store.ledger import Ledger

Row: TypeAlias = "Mapping[str, Any]"

# The columns that hold words of the source, and what is left in them.
WORDS: dict[str, dict[str, str | bytes | None]] = {
    "source": {"title": None, "url": None},
    "source_text": {"text": ""},
    "source_original": {"bytes": b""},
    "claim": dict.fromkeys(("ref", "quote", "quote_prefix", "quote_suffix", "value_text", "basis", "place", "note")),
}
MARK = "[purged]"
VACUUM_EACH = (
    "VACUUM FULL source",
    "VACUUM FULL source_history",
    "VACUUM FULL source_text",
    "VACUUM FULL source_text_history",
    "VACUUM FULL source_original",
    "VACUUM FULL source_original_history",
    "VACUUM FULL claim",
    "VACUUM FULL claim_history",
    "VACUUM FULL operation",
)


@dataclass(slots=True)
class Purged:
    """What a purge took out: how many rows of each table, versions counted, and the numbers of claims and operations.

    ``elsewhere`` names what holds words of the source and was left as it is.
    """

    rows: dict[str, int] = field(default_factory=dict)
    claims: set[int] = field(default_factory=set)
    operations: list[int] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def purge(address: Address, operation: Operation, number: int, reason: str, commitment: Commitment = Commitment.KEEP) -> Purged:
    """Take the words of a source out of every version of every row, and out of the file. It cannot be undone.

    What was purged before is not counted again, but its file is rewritten again. Raises NotFound, and NotUnderstood for a reason that
    is empty or repeats the source's words.
    """
    if not reason.strip():
        raise NotUnderstood("a purge has a reason", fix='give --reason "…"')
    with writing(address, operation, commitment) as ledger:
        result = Purge(ledger, reason).carry_out(number)
    if commitment is Commitment.KEEP:
        rewrite(address)
    return result


class Purge:
    """One purge at work. ``texts`` are the words that go, ``own`` the operations that opened or closed a row which holds them.

    ``places`` go, too, but their names stand in half of all questions.
    """

    def __init__(self, ledger: Ledger, reason: str) -> None:
        self.ledger = ledger
        self.connection = ledger.connection
        self.reason = reason
        self.texts: set[str] = set()
        self.places: set[str] = set()
        self.own = {ledger.operation_id}
        self.result = Purged()
        graves = select(PURGE.c.table_name, PURGE.c.row_key, PURGE.c.content_hash)
        self.buried = {tuple(row) for row in self.connection.execute(graves)}

    def carry_out(self, number: int) -> Purged:
        """Purge a source, and those that were merged into it."""
        sources, claims = self.meant(number)
        self.result.claims = claims
        of_source = [(SOURCE, "id"), (SOURCE_TEXT, "source_id"), (SOURCE_ORIGINAL, "source_id")]
        for table, column, numbers in [*((*one, sources) for one in of_source), (CLAIM, "id", claims)]:
            for kept in (table, HISTORY[table.name]):
                for row in rows_with(self.connection, kept, column, numbers):
                    self.own |= {row["operation_id"], row.get("closed_by")} - {None}
                    self.take_out(table, kept, row)
        self.redact(Echo(self.texts | self.places))
        self.result.elsewhere = list(left_standing(self.connection, Echo(self.texts), sources, claims))
        return self.result

    def meant(self, number: int) -> tuple[set[int], set[int]]:
        """The source with those that became one with it, and all claims that were ever found in them. Raises NotFound."""
        past_source, past_claim = HISTORY["source"], HISTORY["claim"]
        known = self.ids(SOURCE.c.id, SOURCE.c.id == number) | self.ids(past_source.c.id, past_source.c.id == number)
        if not known:
            raise NotFound(f"there is no source {number}", fix="see: claims sources")
        standing, merges = self.ids(SOURCE.c.id), merges_in(self.connection)
        sources: set[int] = set()
        claims: set[int] = set()
        reached = {number}
        while reached - sources:
            sources |= reached
            claims = {
                one for table in (CLAIM, past_claim) for some in parts(sources) for one in self.ids(table.c.id, table.c.source_id.in_(some))
            }
            former = {one for some in parts(claims) for one in self.ids(past_claim.c.source_id, past_claim.c.id.in_(some))}
            joined = {one for merged in merges if sources & merged for one in merged}
            reached = sources | (former - standing) | joined
        return sources, claims

    def ids(self, column: ColumnElement[int], *conditions: ColumnElement[bool]) -> set[int]:
        """The numbers in a column."""
        return set(self.connection.execute(select(column).where(*conditions)).scalars())

    def take_out(self, table: Table, kept: Table, row: Row) -> None:
        """Blank the words of one version of a row, and set its tombstone; a source's is set in any case, to be known by."""
        key, hashed = written_key(row, key_columns(table)), row["content_hash"] or ""
        blanks = {name: blank for name, blank in WORDS[table.name].items() if row[name] != blank}
        if (table.name, key, hashed) in self.buried and not blanks:
            return
        self.texts.update(row[name] for name in blanks if isinstance(row[name], str) and name != "place")
        self.places.update(row[name] for name in blanks if name == "place")
        if not blanks and table is not SOURCE:
            return
        if blanks:
            self.connection.execute(update(kept).where(*(kept.c[name] == row[name] for name in key_columns(kept))).values(blanks))
            self.result.rows[table.name] = self.result.rows.get(table.name, 0) + 1
        if (row["content_hash"] or table is SOURCE) and (table.name, key, hashed) not in self.buried:
            left = (hash_found(table.name, {**row, **blanks}) or "") if hashed else ""
            self.bury(table.name, key, row["operation_id"], hashed, left)

    def bury(self, table: str, key: str, opened_by: int, hashed: str, left: str) -> None:
        """Set a tombstone."""
        values = {"table_name": table, "row_key": key, "row_operation_id": opened_by, "content_hash": hashed, "reason": self.reason}
        made = self.connection.execute(PURGE.insert().values(**values, operation_id=self.ledger.operation_id))
        (number,) = made.inserted_primary_key or (None,)
        self.ledger.total += tombstone({**values, "id": number}, left)
        self.ledger.wrote = True

    def redact(self, echo: Echo) -> None:
        """Take the words of operations out that repeat the source's: a few in a row, and where they wrote of the source any.

        Raises NotUnderstood when this purge's own words do.
        """
        for found in self.connection.execute(select(OPERATION).order_by(OPERATION.c.id)).mappings().all():
            row = dict(found)
            repeats = echo.hinted_at_in if row["id"] in self.own else echo.heard_in
            changed = {name: redacted(name, row[name]) for name in TOLD_OF_OPERATIONS if repeats(row[name])}
            key = written_key(row, ["id"])
            if not changed or (PURGED_OPERATION, key, row["entry"]) in self.buried:
                continue
            if row["id"] == self.ledger.operation_id:
                raise NotUnderstood("the reason repeats words of the source", fix="give a reason that tells nothing of it")
            self.connection.execute(update(OPERATION).where(OPERATION.c.id == row["id"]).values(changed))
            self.result.operations.append(row["id"])
            if row["entry"] is not None:
                self.bury(PURGED_OPERATION, key, row["id"], row["entry"], entry_found({**row, **changed}) or "")


def merges_in(connection: Connection) -> list[set[int]]:
    """The sources that merges made one, in pairs: the one that was left out, and the one that was kept.

    Only a merge takes a source away and is no undo. It opens the kept one anew; one of publishers opens all of their sources, and kept the
    one of the same particulars. A source that is there again came back by an undo, and is one of its own.
    """
    past = HISTORY["source"]
    there = exists().where(SOURCE.c.id == past.c.id)
    undid = exists().where(OPERATION.c.id == past.c.closed_by, OPERATION.c.undoes.is_not(None))
    gone = [dict(row) for row in connection.execute(select(past).where(~there, ~undid)).mappings()]
    opened: dict[int, dict[int, Row]] = {}
    for kept in (SOURCE, past):
        for version in rows_with(connection, kept, "operation_id", {row["closed_by"] for row in gone}):
            opened.setdefault(version["operation_id"], {})[version["id"]] = version
    pairs: list[set[int]] = []
    for row in gone:
        kept_then = opened.get(row["closed_by"], {})
        if row["id"] not in kept_then:  # else it was only changed
            pairs += [{row["id"], number} for number, one in kept_then.items() if len(kept_then) == 1 or same_document(one, row)]
    return pairs


def same_document(one: Row, other: Row) -> bool:
    """Whether two sources differ in their publisher at most, by what a source goes by."""
    named = one["title"] or one["url"]
    return all(one[name] == other[name] for name in ("title", "url", "published_on", *(() if named else ("text_hash",))))


def redacted(column: str, words: str) -> str:
    """What is left of an operation's words: of its command the program's name and the command's, of a summary nothing."""
    if column == "summary":
        return MARK
    kept = [word for word in words.split()[:2] if word.isascii() and word.isalpha() and word.islower()]
    return " ".join([*kept, MARK])


def rewrite(address: Address) -> None:
    """Write the file anew, so that nothing of what was taken out is left in it. Raises DatabaseBusy, FileTrouble."""
    if address.path is None:
        from sqlalchemy.exc import DBAPIError

        engine = engine_for(address)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
                for statement in VACUUM_EACH:
                    server.exec_driver_sql(statement)
        except DBAPIError as error:
            raise blame(error, address.shown) from error
        finally:
            engine.dispose()
        return
    try:
        connection = sqlite3.connect(address.path, isolation_level=None)
        try:
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            connection.execute("VACUUM")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise blame(error, address.shown) from error
