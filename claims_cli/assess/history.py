"""What happened to the database and to each claim: operations, and versions."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from claims_cli.assess.statements import claim_named
from claims_cli.core.undone import undone_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.store.reading import Reader, Row

OF_OPERATIONS = frozenset(
    {
        "recorded_at",
        "recorded_by",
        "recorded_with",
        "operation",
        "closed_in",
        "closed_at",
        "closed_by",
        "closed_with",
        "closed_for",
    }
)


def operations_listed(reader: Reader) -> list[dict[str, Any]]:
    """Every operation, the first one first, with what became of it: ``undone by N``, ``undoes N``, or null."""
    rows = list(reader.query("operations"))
    undone = undone_by({row["operation"]: row["undoes"] for row in rows if row["undoes"] is not None})
    return [{**row, "state": state_of(row, undone)} for row in rows]


def state_of(row: Row, undone: dict[int, int]) -> str | None:
    """What became of an operation; ``None`` when it is simply in force."""
    own = None if row["undoes"] is None else f"undoes {row['undoes']}"
    taken_back = f"undone by {undone[row['operation']]}" if row["operation"] in undone else None
    return ", ".join(one for one in (own, taken_back) if one) or None


def claim_history(reader: Reader, name: str) -> list[dict[str, Any]]:
    """What happened to a claim, by number or ref, the first thing first; also if it was taken away. Raises NotFound, NotUnderstood."""
    return list(events(list(reader.query("claim_versions", id=claim_named(reader, name)))))


def events(versions: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """One row for each time that a claim was recorded, changed, taken away or restored."""
    yield event(versions[0], "recorded", {})
    for before, version in pairwise(versions):
        if before["closed_in"] != version["operation"]:
            yield ending(before)
            yield event(version, "restored", differences(before, version))
        else:
            yield event(version, "changed", differences(before, version))
    if versions[-1]["closed_in"] is not None:
        yield ending(versions[-1])


def event(version: Row, what: str, changed: dict[str, list[Any]]) -> dict[str, Any]:
    """What an operation did to a claim."""
    told = {"operation": "operation", "at": "recorded_at", "who": "recorded_by", "command": "recorded_with"}
    return {**{name: version[column] for name, column in told.items()}, "event": what, "changed": changed}


def ending(version: Row) -> dict[str, Any]:
    """The operation that took a claim away."""
    told = {"operation": "closed_in", "at": "closed_at", "who": "closed_by", "command": "closed_with"}
    return {**{name: version[column] for name, column in told.items()}, "event": "taken away", "changed": {}}


def differences(before: Row, version: Row) -> dict[str, list[Any]]:
    """Each field that a version changed, with its former and its new content."""
    return {name: [before[name], version[name]] for name in version if name not in OF_OPERATIONS and version[name] != before[name]}
