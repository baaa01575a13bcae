"""Damage: a row that is no longer what was written, told by the hash that it carries, or a file whose pages do not fit together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from claims_cli.core.errors import ClaimsError, DatabaseUnusable
from claims_cli.store.reading import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims_cli.store.database import Address
    from claims_cli.store.reading import Reader


def damage_of(address: Address) -> DatabaseUnusable | None:
    """The first damage that is found in a database; ``None`` when it is sound, is not there, or cannot be read for another reason."""
    try:
        with reading(address) as reader:
            found = next(damages(reader, pages=address.path is not None), None)
    except DatabaseUnusable as error:
        return error
    except ClaimsError:
        return None
    except ValueError as error:  # text that is none, where SQLite's own module does not expect it
        found = str(error)
    return None if found is None else DatabaseUnusable(f"{address.shown} is damaged: {found}", fix="restore a backup")


def damages(reader: Reader, *, pages: bool) -> Iterator[str]:
    """What is wrong with a database; ``pages``: with those of its file too."""
    if pages:
        yield from (row["integrity_check"] for row in reader.rows("PRAGMA integrity_check", {}) if row["integrity_check"] != "ok")
    sums: Counter[int] = Counter()
    yield from altered_rows(reader, sums)
    yield from altered_operations(reader, sums)


def altered_rows(reader: Reader, sums: Counter[int]) -> Iterator[str]:
    """Rows that are not what was written; ``sums`` takes what the rows add to the digest of each operation."""
    from claims_cli.store.ledger import closed, content_hash, opened
    from claims_cli.store.models import HISTORY

    for table in HISTORY:
        for name in (table, f"{table}_history"):
            for row in reader.rows(f"SELECT * FROM {name}", {}):  # noqa: S608  our own names
                hashed = row["content_hash"]
                if hashed is not None and content_hash(table, row) != hashed:
                    yield f"a row of {name} is not what was written"
                sums[row["operation_id"]] += opened(hashed)
                if "closed_by" in row:
                    sums[row["closed_by"]] += closed(hashed)


def altered_operations(reader: Reader, sums: Counter[int]) -> Iterator[str]:
    """Operations that are not what was recorded, or whose rows are not those that there are."""
    from claims_cli.store.ledger import MODULUS, entry_of

    for row in reader.rows("SELECT * FROM operation", {}):
        if entry_of(row) != row["entry"] or f"{sums[row['id']] % MODULUS:064x}" != row["digest"]:
            yield f"operation {row['id']} is not what was recorded"
