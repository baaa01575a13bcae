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
    from claims_cli.store.ledger import MODULUS, closed, content_hash, entry_of, opened
    from claims_cli.store.models import HISTORY

    if pages:
        for row in reader.rows("PRAGMA quick_check", {}):
            if row["quick_check"] != "ok":
                yield row["quick_check"]
    sums: Counter[int] = Counter()
    for table in HISTORY:
        for name in (table, f"{table}_history"):
            for row in reader.rows(f"SELECT * FROM {name}", {}):  # noqa: S608  our own names
                hashed = row["content_hash"]
                if hashed is not None and content_hash(table, row) != hashed:
                    yield f"a row of {name} is not what was written"
                sums[row["operation_id"]] += opened(hashed)
                if "closed_by" in row:
                    sums[row["closed_by"]] += closed(hashed)
    for row in reader.rows("SELECT * FROM operation", {}):
        if entry_of(row) != row["entry"] or f"{sums[row['id']] % MODULUS:064x}" != row["digest"]:
            yield f"operation {row['id']} is not what was recorded"
