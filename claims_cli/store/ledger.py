"""What one operation opens, changes and takes away: every row goes through here, so that history is complete and every content hashed.

A changed or removed row is first copied to its table's history. The operation log is a chain of hashes over what each operation did:

- a row's ``content_hash`` covers its table and all its columns that hold something, whoever opened it;
- an operation's ``digest`` is the sum, modulo 2^256, of the hashes of the rows that it opened, of those that it closed and of the
  tombstones that it set (a sum does not depend on the order: AdHash, Bellare and Micciancio 1997, without their claim against a forger);
- its ``entry`` covers its own columns and the digest, its ``chain`` the chain before it and the entry.
"""

from __future__ import annotations

from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import and_, delete, func, insert, select, update

from claims_cli.store.hashing import json_text, json_texts, sha
from claims_cli.store.inserting import insert_columns
from claims_cli.store.models import HISTORY, VERSIONED, OperationRow, PurgeRow
from claims_cli.store.rows import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, RowMapping, Table

Value = TypeVar("Value", int, str)

# SQLModel adds __table__ without telling the type checker.
OPERATION: Table = OperationRow.__table__  # type: ignore[attr-defined]
PURGE: Table = PurgeRow.__table__  # type: ignore[attr-defined]

HASH_LENGTH = 32  # hexadecimal digits: 128 bits
MODULUS = 1 << 256
MOST_ASKED = 1000  # values in one query
UNHASHED = frozenset({"operation_id", "content_hash", "closed_by"})


@cache
def hashed_columns(table: str) -> tuple[str, ...]:
    """The names of the columns that a row's hash covers, in their order."""
    columns = HISTORY[table].columns
    return tuple(sorted(one.name for one in columns if one.name not in UNHASHED))


def content_hash(table: str, row: Mapping[str, Any]) -> str:
    """The hash of a row: its table and its columns that hold something, by name, as JSON. A column added later leaves it as it is."""
    told = {name: value for name in hashed_columns(table) if (value := row.get(name)) is not None}
    return sha(compact()([table, told]))[:HASH_LENGTH]


def content_hashes(table: str, columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """The hashes of many rows, which are given column by column: for each what ``content_hash`` gives."""
    names = [name for name in hashed_columns(table) if name in columns]
    told = [json_texts(columns[name], before=f",{json_text(name)}:", null="") for name in names]
    start = f"[{json_text(table)},{{"
    return [sha(f"{start}{''.join(row)[1:]}}}]")[:HASH_LENGTH] for row in zip(*told, strict=True)]


def opened(hashed: str | None) -> int:
    """What a row adds to the digest of the operation that opened it; nothing where another program wrote it."""
    return 0 if hashed is None else int(hashed, 16)


def closed(hashed: str | None) -> int:
    """What a row adds to the digest of the operation that closed it."""
    return 0 if hashed is None else int(sha("closed" + hashed)[:HASH_LENGTH], 16)


def tombstone(row: Mapping[str, Any], left: str) -> int:
    """What a tombstone adds to the digest of the operation that set it; ``left`` is the hash of what it left of its row.

    A purged row no longer has the content of its hash; this is what tells whether the rest of it is as it was left.
    """
    told = [row[name] for name in ("id", "table_name", "row_key", "row_operation_id", "content_hash", "reason")]
    return int(sha(compact()(["purge", told, left]))[:HASH_LENGTH], 16)


def entry_of(row: Mapping[str, Any]) -> str:
    """The hash of an operation's own columns and its digest."""
    return sha(compact()([row[name] for name in ("id", "at", "who", "command", "summary", "undoes", "digest")]))


def link(chain: str | None, entry: str) -> str:
    """The chain after an entry; ``None``: nothing came before it."""
    return sha((chain or "") + entry)


def key_columns(table: Table) -> list[str]:
    """The names of the columns that make up a live row's key."""
    return [one.name for one in table.primary_key.columns]


def parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Numbers or texts in order, as many at a time as one query takes."""
    listed = sorted(values)
    return (listed[at : at + MOST_ASKED] for at in range(0, len(listed), MOST_ASKED))


def rows_with(connection: Connection, table: Table, column: str, values: Iterable[Value]) -> Iterator[dict[str, Any]]:
    """The rows of a table that have one of some numbers or texts in a column."""
    for some in parts(values):
        yield from [dict(row) for row in connection.execute(select(table).where(table.c[column].in_(some))).mappings()]


def undos_in(connection: Connection) -> dict[int, int]:
    """Every undo, with the operation that it meant."""
    asked = select(OPERATION.c.id, OPERATION.c.undoes).where(OPERATION.c.undoes.is_not(None))
    return {row.id: row.undoes for row in connection.execute(asked)}


class Ledger:
    """One operation at work. ``operation_id`` is its number, ``at`` its moment as it is kept."""

    def __init__(self, connection: Connection, operation_id: int, at: str) -> None:
        self.connection = connection
        self.operation_id = operation_id
        self.at = at
        self.total = 0
        self.wrote = False
        self.last_ids: dict[str, int] = {}
        self.waiting: dict[str, list[dict[str, Any]]] = {}

    def next_id(self, table: Table) -> int:
        """A number that no row of a table ever had."""
        return self.next_ids(table, 1)[0]

    def next_ids(self, table: Table, count: int) -> range:
        """Numbers that no row of a table ever had."""
        if table.name not in self.last_ids:
            past = HISTORY[table.name]
            tops = [self.connection.execute(select(func.coalesce(func.max(one.c.id), 0))).scalar_one() for one in (table, past)]
            self.last_ids[table.name] = max(tops)
        last = self.last_ids[table.name]
        self.last_ids[table.name] += count
        return range(last + 1, last + count + 1)

    def insert(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Open new rows, given column by column; each is given its operation and its hash."""
        self.write()
        filled = {name: values for name, values in columns.items() if any(value is not None for value in values)}
        hashes = content_hashes(table.name, filled)
        if hashes:
            self.total += sum(map(int, hashes, repeat(16)))
            insert_columns(self.connection, table, {**filled, "operation_id": [self.operation_id] * len(hashes), "content_hash": hashes})
            self.wrote = True

    def open(self, table: Table, **values: object) -> int:
        """A new row of a table whose rows are numbered; gives its number."""
        number = self.next_id(table) if "id" not in values else values["id"]
        self.insert(table, {name: [value] for name, value in {**values, "id": number}.items()})
        assert isinstance(number, int)  # noqa: S101  for the type checker: ids are numbers
        return number

    def open_later(self, table: Table, **values: object) -> None:
        """A new row, its key among its values, that is written with others before anything else is; until then it cannot be asked for."""
        self.waiting.setdefault(table.name, []).append(values)
        self.wrote = True

    def write(self) -> None:
        """Write the rows that wait for others, those first to which others refer."""
        if not self.waiting:
            return
        waiting, self.waiting = self.waiting, {}
        for table in VERSIONED:
            if rows := waiting.get(table.name):
                self.insert(table, {name: [row[name] for row in rows] for name in rows[0]})

    def change(self, table: Table, condition: ColumnElement[bool], **values: object) -> int:
        """Give the rows that fit other values, each former row kept in the history; gives how many really changed."""
        self.write()
        rows = self.connection.execute(select(table).where(condition)).mappings().all()
        return sum(self.replace(table, row, {**row, **values}) for row in rows)

    def replace(self, table: Table, former: RowMapping, row: Mapping[str, Any]) -> bool:
        """Close a row and open another with the same key; gives whether they differ."""
        self.write()
        if all(former[name] == row[name] for name in hashed_columns(table.name)):
            return False
        self.reopen(table, former, row)
        return True

    def reopen(self, table: Table, former: RowMapping, row: Mapping[str, Any]) -> None:
        """Close a row and open another with the same key, be it the same: a sign that this operation meant it."""
        self.write()
        self.close_all(table, [former])
        hashed = content_hash(table.name, row)
        values = {**row, "operation_id": self.operation_id, "content_hash": hashed}
        self.connection.execute(update(table).where(same_key(table, dict(former))).values(values))
        self.total += opened(hashed)

    def remove(self, table: Table, condition: ColumnElement[bool]) -> int:
        """Take the rows that fit away, each kept in the history; gives how many they were."""
        self.write()
        rows = self.connection.execute(select(table).where(condition)).mappings().all()
        self.close_all(table, rows)
        if rows:
            self.connection.execute(delete(table).where(condition))
        return len(rows)

    def close_all(self, table: Table, rows: Sequence[RowMapping]) -> None:
        """Copy rows to the history, but those that this very operation opened: they were never there for anybody else."""
        kept = []
        for row in rows:
            if row["operation_id"] == self.operation_id:
                self.total -= opened(row["content_hash"])
            else:
                self.total += closed(row["content_hash"])
                kept.append({**row, "closed_by": self.operation_id})
        if kept:
            self.connection.execute(insert(HISTORY[table.name]), kept)
        self.wrote = self.wrote or bool(rows)

    def seal(self) -> None:
        """Write the operation's digest and its link of the chain."""
        self.write()
        row = dict(self.connection.execute(select(OPERATION).where(OPERATION.c.id == self.operation_id)).mappings().one())
        row["digest"] = f"{self.total % MODULUS:064x}"
        entry = entry_of(row)
        before = select(OPERATION.c.chain).where(OPERATION.c.id < self.operation_id).order_by(OPERATION.c.id.desc()).limit(1)
        chain = link(self.connection.execute(before).scalar(), entry)
        sealed = update(OPERATION).where(OPERATION.c.id == self.operation_id)
        self.connection.execute(sealed.values(digest=row["digest"], entry=entry, chain=chain))


def same_key(table: Table, row: Mapping[str, Any]) -> ColumnElement[bool]:
    """The condition that a row of a table has the key of another."""
    return and_(*(table.c[name] == row[name] for name in key_columns(table)))
