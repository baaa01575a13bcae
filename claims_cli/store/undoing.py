"""Taking a whole operation back, by another one that can itself be taken back.

What the operation opened is closed, what it closed is opened again; nothing is forgotten. It is refused where a later operation changed the
same rows, or refers to them: taking the earlier one back would silently take that with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, insert, literal, select, tuple_, update
from sqlmodel import SQLModel

from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.undone import undone_by
from claims_cli.store.database import writing
from claims_cli.store.ledger import OPERATION, PURGE, closed, hashed_columns, key_columns, opened, parts, same_key, undos_in
from claims_cli.store.models import HISTORY, VERSIONED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, RowMapping, Table

    from claims_cli.core.claim import Operation
    from claims_cli.store.database import Address
    from claims_cli.store.ledger import Ledger

Row = dict[str, Any]
Key = tuple[Any, ...]

# The column of each table that no two of its rows may share.
UNIQUE = {table.name: column.name for table in VERSIONED for column in table.columns if column.unique}


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the operation's number and its words."""

    operation: int
    command: str


@dataclass(slots=True)
class Reversal:
    """What has to be done to one table: rows as they are now that go, former rows that come back, and the pairs of both.

    ``created`` are the rows that stand as the operation made them, ``going`` those that it made and that came back since.
    """

    table: Table
    created: ColumnElement[bool]
    changed: list[tuple[Row, Row]]
    removed: list[Row]
    going: list[Row]


def undo(address: Address, operation: Operation, number: int | None = None) -> Undone:
    """Take back an operation by its number, ``None``: the latest one that is in force and no undo, unless that brought something back.

    Raises NotFound, and NotUnderstood where it was undone already, cannot be undone, or a later operation touched the same rows.
    """
    with writing(address, operation) as ledger:
        target = target_of(ledger, number)
        reversals = [reversal_of(ledger, table, target["id"]) for table in VERSIONED]
        for one in reversals:
            close_rows(ledger, one)
        for one in reversals:
            make_room(ledger, one, target["id"])
        for one in reversals:
            bring_back(ledger, one, target["id"])
        for one in reversed(reversals):
            take_away(ledger, one, target["id"])
        told = f"undo of operation {target['id']}: {target['command']}"
        ledger.connection.execute(update(OPERATION).where(OPERATION.c.id == ledger.operation_id).values(undoes=target["id"], summary=told))
        ledger.wrote = True
    return Undone(target["id"], target["command"])


def target_of(ledger: Ledger, number: int | None) -> RowMapping:
    """The operation that is meant."""
    undoes = undos_in(ledger.connection)
    undone = undone_by(undoes)
    log = ledger.connection.execute(select(OPERATION).where(OPERATION.c.id < ledger.operation_id).order_by(OPERATION.c.id.desc()))
    with log:  # closed wherever this ends: an open result would keep the file locked
        for row in log.mappings():
            meant = row["id"] == number if number is not None else not takes_back(row["id"], undoes) and row["id"] not in undone
            if not meant:
                continue
            if row["id"] in undone:
                by = undone[row["id"]]
                raise NotUnderstood(
                    f"operation {row['id']} is undone already, by operation {by}", fix=f"to have it again: claims undo {by}"
                )
            purged = select(PURGE.c.id).where(PURGE.c.operation_id == row["id"])
            if ledger.connection.execute(purged.limit(1)).first() is not None:
                raise NotUnderstood(f"operation {row['id']} purged what cannot come back", fix="name an earlier one, see: claims history")
            return row
    if number is None:
        raise NotFound("there is nothing to undo", fix="see: claims history")
    raise NotFound(f"there is no operation {number}", fix="see: claims history")


def takes_back(number: int, undoes: Mapping[int, int]) -> bool:
    """Whether an operation is an undo that left less than there was: an undo of an undo makes again what that took back."""
    steps = 0
    while number in undoes:
        number = undoes[number]
        steps += 1
    return steps % 2 == 1


def key_of(table: Table, row: Mapping[str, Any]) -> Key:
    """The key of a row."""
    return tuple(row[name] for name in key_columns(table))


def alike(table: Table, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows have the same content."""
    return all(one[name] == other[name] for name in hashed_columns(table.name))


def reversal_of(ledger: Ledger, table: Table, target: int) -> Reversal:
    """What takes back an operation's work on one table. Raises NotUnderstood where a later one touched the same rows."""
    past, connection = HISTORY[table.name], ledger.connection
    had_a_former = former_of(table, target)
    created = and_(table.c.operation_id == target, ~had_a_former)
    closed_then = [dict(row) for row in connection.execute(select(past).where(past.c.closed_by == target)).mappings()]
    former = {key_of(table, row): row for row in closed_then}
    still = connection.execute(select(table).where(table.c.operation_id == target, had_a_former)).mappings()
    changed = [(now, former.pop(key_of(table, now))) for now in (dict(row) for row in still)]
    going: list[Row] = []
    for found in connection.execute(select(past).where(past.c.operation_id == target)).mappings().all():
        row = dict(found)
        now = current(ledger, table, row)
        if now is None or not alike(table, now, row):
            raise touched(ledger, target, row["closed_by"] if now is None else now["operation_id"], table, row)
        before = former.pop(key_of(table, row), None)
        if before is None:
            going.append(now)
        else:
            changed.append((now, before))
    for row in former.values():
        back = current(ledger, table, row)
        if back is not None:
            raise touched(ledger, target, back["operation_id"], table, row)
    return Reversal(table, created, changed, list(former.values()), going)


def former_of(table: Table, target: int) -> ColumnElement[bool]:
    """The condition that an operation closed a former row of the same key."""
    past = HISTORY[table.name].alias()
    return exists().where(past.c.closed_by == target, *(past.c[key] == table.c[key] for key in key_columns(table)))


def current(ledger: Ledger, table: Table, row: Mapping[str, Any]) -> Row | None:
    """The row that has another's key now."""
    found = ledger.connection.execute(select(table).where(same_key(table, row))).mappings().first()
    return None if found is None else dict(found)


def touched(ledger: Ledger, target: int, later: int, table: Table, row: Mapping[str, Any]) -> NotUnderstood:
    """The refusal that names the later operation and what it touched."""
    command = ledger.connection.execute(select(OPERATION.c.command).where(OPERATION.c.id == later)).scalar()
    told = next((str(row[name]) for name in ("slug", "name", "title", "value", "conflict") if row.get(name)), "")
    thing = " ".join([table.name.replace("_", " "), *(str(one) for one in key_of(table, row)), *([f"({told})"] if told else [])])
    why = f"operation {later} ({command}) touched {thing} after it"
    return NotUnderstood(f"operation {target} cannot be undone: {why}", fix=f"first: claims undo {later}")


def close_rows(ledger: Ledger, one: Reversal) -> None:
    """Copy what will go or change to the history."""
    table, past = one.table, HISTORY[one.table.name]
    names = [column.name for column in table.columns]
    for hashed in ledger.connection.execute(select(table.c.content_hash).where(one.created)).scalars():
        ledger.total += closed(hashed)
    rows = select(*(table.c[name] for name in names), literal(ledger.operation_id)).where(one.created)
    ledger.connection.execute(insert(past).from_select([*names, "closed_by"], rows))
    kept = [*(now for now, _ in one.changed), *one.going]
    ledger.total += sum(closed(row["content_hash"]) for row in kept)
    if kept:
        ledger.connection.execute(insert(past), [{**row, "closed_by": ledger.operation_id} for row in kept])


def make_room(ledger: Ledger, one: Reversal, target: int) -> None:
    """Set rows aside that hold a name which a former row wants back. Raises NotUnderstood where a later operation holds it."""
    table, name = one.table, UNIQUE.get(one.table.name)
    if name is None:
        return
    wanted = {row[name]: row for row in [*(before for _, before in one.changed), *one.removed]}
    leaving = {key_of(table, row) for row in [*(now for now, _ in one.changed), *one.going]}
    for value, row in wanted.items():
        found = ledger.connection.execute(select(table).where(table.c[name] == value)).mappings().first()
        holder = row if found is None else dict(found)
        if key_of(table, holder) == key_of(table, row):
            continue
        if holder["operation_id"] != target and key_of(table, holder) not in leaving:
            raise touched(ledger, target, holder["operation_id"], table, holder)
        aside = f"~{holder['id']}~{ledger.operation_id}"
        ledger.connection.execute(update(table).where(table.c.id == holder["id"]).values({name: aside}))


def bring_back(ledger: Ledger, one: Reversal, target: int) -> None:
    """Open the former rows again."""
    table, past = one.table, HISTORY[one.table.name]
    names = [column.name for column in table.columns]
    require_parents(ledger, one, target)
    if one.removed:  # in one statement: rows that refer to each other come back together
        opened_now = [literal(ledger.operation_id) if name == "operation_id" else past.c[name] for name in names]
        there = exists().where(*(table.c[key] == past.c[key] for key in key_columns(table)))
        ledger.connection.execute(insert(table).from_select(names, select(*opened_now).where(past.c.closed_by == target, ~there)))
    for now, before in one.changed:
        values = {**{name: before[name] for name in names}, "operation_id": ledger.operation_id}
        ledger.connection.execute(update(table).where(same_key(table, now)).values(values))
    ledger.total += sum(opened(row["content_hash"]) for row in [*(before for _, before in one.changed), *one.removed])


def require_parents(ledger: Ledger, one: Reversal, target: int) -> None:
    """Raise NotUnderstood where a former row refers to what a later operation took away."""
    coming = {row["id"] for row in one.removed if "id" in row}
    rows = [*(before for _, before in one.changed), *one.removed]
    for reference in one.table.foreign_keys:
        parent, column = reference.column.table, reference.parent.name
        wanted = {row[column] for row in rows} - {None} - (coming if parent is one.table else set())
        if parent not in VERSIONED or not wanted:
            continue
        for some in parts(wanted):
            there = set(ledger.connection.execute(select(reference.column).where(reference.column.in_(some))).scalars())
            for number in sorted(set(some) - there):
                past = HISTORY[parent.name]
                gone = select(past).where(past.c[reference.column.name] == number).order_by(past.c.closed_by.desc()).limit(1)
                row = dict(ledger.connection.execute(gone).mappings().one())
                raise touched(ledger, target, row["closed_by"], parent, row)


def take_away(ledger: Ledger, one: Reversal, target: int) -> None:
    """Delete what the operation made, all of which the history holds by now. Raises NotUnderstood where another row refers to it."""
    table, past = one.table, HISTORY[one.table.name]
    keys = key_columns(table)
    made = select(*(past.c[key] for key in keys)).where(past.c.operation_id == target)
    condition = and_(tuple_(*(table.c[key] for key in keys)).in_(made), ~former_of(table, target))
    for child, column, key in references_to(table):
        gone = select(table.c[key]).where(condition)
        asked = select(child).where(child.c[column].in_(gone)).limit(1)
        if child is table:
            asked = asked.where(child.c.id.not_in(select(table.c.id).where(condition)))
        left = ledger.connection.execute(asked).mappings().first()
        if left is not None:
            raise touched(ledger, target, left["operation_id"], child, dict(left))
    ledger.connection.execute(delete(table).where(condition))


def references_to(table: Table) -> Iterator[tuple[Table, str, str]]:
    """The columns of versioned tables that refer to a table: whose, which, and to which of its columns."""
    for child in VERSIONED:
        for reference in child.foreign_keys:
            if reference.column.table is table:
                yield child, reference.parent.name, reference.column.name
    if table.name == "claim":  # rulings outlive claims that are retracted, so that the database does not hold them to it
        yield from ((SQLModel.metadata.tables[name], "claim_id", "id") for name in ("ruling", "ruling_claim"))
