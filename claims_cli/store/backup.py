"""Backups: a whole copy of a database as one SQLite file, which takes its name only once it is on disk and looked at.

SQLite's backup in one step, under one read lock: 25 of 25 copies were good while two programs wrote, each of which waited at most 0.4 s
for it (40 MB). In steps of 100 pages it began anew with each write, and was not done after 10 s.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.errors import DatabaseUnusable, FileTrouble
from claims_cli.store.database import Address, blame, opened_to_read, require_schema, schema_of_file

if TYPE_CHECKING:
    from collections.abc import Iterator


def back_up(address: Address, path: Path, *, force: bool = False) -> None:
    """Copy a database into a new SQLite file, also while others write; from a server, too, with the same numbers and the whole history.

    Raises FileTrouble when the file is there already and not to be written over, and what opening the database raises.
    """
    if address.path is None:
        from claims_cli.store.portable import copy_from_server

        with appearing(path, force=force) as copy:
            copy_from_server(address, copy)
            look_at(copy, copy, path)
        return
    require_schema(schema_of_file(address.path), address.shown)
    if os.path.lexists(path) and path.exists() and path.samefile(address.path):
        raise FileTrouble(f"{path} is the database itself", fix="give the backup another name")
    with appearing(path, force=force) as copy:
        copy_file(address.path, copy)
        look_at(copy, address.path, path)


def back_up_before_upgrade(path: Path) -> Path:
    """Copy a file of an older schema to a name beside it that says which, such as ``data.db.schema-4.bak``; gives that name."""
    schema = schema_of_file(path)
    name = path.with_name(f"{path.name}.schema-{schema}.bak")
    number = 2
    while os.path.lexists(name):
        name = path.with_name(f"{path.name}.schema-{schema}.{number}.bak")
        number += 1
    with appearing(name, force=False) as copy:
        copy_file(path, copy)
        look_at(copy, path, name)
    return name


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite database into an empty file, in one step under one read lock. Raises DatabaseBusy, DatabaseUnusable, FileTrouble."""
    try:
        into = sqlite3.connect(target, isolation_level=None)
        try:
            into.execute("PRAGMA journal_mode=OFF")  # an unfinished copy is thrown away
            out_of = opened_to_read(source)
            try:
                out_of.execute("BEGIN")
                out_of.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()  # locks: backup itself would wait for ever
                out_of.backup(into)
            finally:
                out_of.close()
        finally:
            into.close()
    except sqlite3.Error as error:
        raise blame(error, str(source)) from error


def look_at(copy: Path, original: Path, shown: Path) -> None:
    """Raise DatabaseUnusable unless a copy is sound and has the schema of its original."""
    try:
        connection = opened_to_read(copy)
        try:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise blame(error, str(shown)) from error
    if said != "ok" or loose is not None or schema_of_file(copy) != schema_of_file(original):
        told = said if said != "ok" else "rows refer to others that are not there"
        raise DatabaseUnusable(f"{shown} was not made, the copy is not sound: {told}", fix="look at the database itself: claims db verify")


@contextmanager
def appearing(path: Path, *, force: bool) -> Iterator[Path]:
    """An empty file that only its owner may read, which takes its name when all is done and on disk.

    A link is not followed: nothing is written but what is named. Raises FileTrouble.
    """
    taken = os.path.lexists(path)
    if taken and path.is_dir() and not path.is_symlink():
        raise FileTrouble(f"{path} is a folder", fix="give the name of a file")
    if taken and not force:
        raise FileTrouble(f"{path} is there already", fix="give --force to write over it")
    journal = path.with_name(f"{path.name}-journal")
    if os.path.lexists(journal):
        raise FileTrouble(f"{journal} is there, and would be taken for the journal of the new file", fix="give another name")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)  # 0600
        os.close(handle)
    except OSError as error:
        raise FileTrouble(f"cannot write {path}: {error.strerror}") from None
    made = Path(name)
    try:
        yield made
        to_disk(made)
        made.replace(path)
        to_disk(path.parent)
    except OSError as error:
        raise FileTrouble(f"cannot write {path}: {error.strerror}") from None
    finally:
        for rest in (made, Path(f"{name}-journal")):
            rest.unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """See that what was written to a file or folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
