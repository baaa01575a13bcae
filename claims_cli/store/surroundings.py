"""Where a database file lies: what kind of folder, what stands beside it, and who may read it."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.errors import ClaimsError
from claims_cli.store.database import opened_to_read, schema_of_file

if TYPE_CHECKING:
    from collections.abc import Iterator

Found = tuple[str, str, str, str | None]  # a check, its state, what was found, what to do

SCARCE = 100 * 1024 * 1024
SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "my drive", "icloud", "mobile documents", "nextcloud", "syncthing")
# File systems whose locks cannot be relied on (sqlite.org/lockingv3.html, "How To Corrupt Your Database Files").
REMOTE = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "gluster", "lustre", "davfs", "vboxsf")
MOUNTS = Path("/proc/mounts")
MOST_LOOKED_AT = 200  # files beside it


def surroundings_of(path: Path) -> Iterator[Found]:
    """What is beside and around a database file that is there."""
    whole = path.resolve()
    yield folder_found(whole)
    yield permissions_found(whole)
    free = shutil.disk_usage(whole.parent).free
    if free < SCARCE + whole.stat().st_size:
        yield "disk", "bad", f"{free // 1_000_000} MB free", "make room before writing"
    else:
        yield "disk", "ok", f"{free // 1_000_000_000} GB free", None
    yield journal_found(whole)
    yield backup_found(whole)


def folder_found(path: Path) -> Found:
    """Whether another program or machine may write the folder's files behind SQLite's back."""
    part = next((part for part in path.parts[:-1] if any(name in part.lower() for name in SYNCED)), None)
    if part is not None:
        return "folder", "bad", f"{part} is kept in step with other machines", "move the database out of it, and put backups there"
    kind = file_system_of(path, MOUNTS.read_text(encoding="utf-8", errors="replace") if MOUNTS.exists() else "")
    if kind is not None and any(kind.startswith(name) for name in REMOTE):
        return "folder", "note", f"on {kind}, whose locks may not hold", "one writer at a time; for a team use PostgreSQL"
    return "folder", "ok", f"{path.parent}" + ("" if kind is None else f" ({kind})"), None


def file_system_of(path: Path, mounts: str) -> str | None:
    """The kind of file system that a path lies on, by the lines of /proc/mounts; ``None`` where they do not tell."""
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:  # noqa: PLR2004  device, place, kind
            continue
        place = Path(words[1].replace("\\040", " "))
        if (path == place or place in path.parents) and (found is None or len(place.parts) >= found[0]):
            found = (len(place.parts), words[2])
    return None if found is None else found[1]


def permissions_found(path: Path) -> Found:
    """Who may read the file."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return "permissions", "note", f"{mode:o}: others may read it", f"chmod 600 {path}"
    return "permissions", "ok", f"{mode:o}", None


def journal_found(path: Path) -> Found:
    """Whether something half written was left, or files that do not belong to our way of writing."""
    left = [name for name in ("-journal", "-wal", "-shm") if Path(f"{path}{name}").exists()]
    if "-journal" in left:
        return "journal", "note", f"{path.name}-journal: somebody writes, or was stopped", "leave it there: the next command takes it back"
    if left:
        return "journal", "note", f"{', '.join(path.name + one for one in left)}: another program set WAL mode", "close that program"
    return "journal", "ok", "none left", None


def backup_found(path: Path) -> Found:
    """The newest copy of the database beside it, and whether it has the last changes."""
    beside = sorted(one for one in path.parent.iterdir() if one != path and one.is_file())[:MOST_LOOKED_AT]
    begun = beginning_of(path)
    copies = [one for one in beside if is_ours(one) and (one.name.startswith(f"{path.name}.") or begun == beginning_of(one) is not None)]
    advice = f"claims --db {path} db backup FILE"
    if not copies:
        return "backup", "note", "none beside the database", advice
    newest = max(copies, key=lambda one: one.stat().st_mtime)
    made, changed = newest.stat().st_mtime, path.stat().st_mtime
    told = f"{newest.name} of {datetime.fromtimestamp(made, UTC):%Y-%m-%d}"
    if made >= changed:
        return "backup", "ok", f"{told}, nothing changed since", None
    return "backup", "note", f"{told}, {int((changed - made) // 86_400)} days before the last change", advice


def beginning_of(path: Path) -> str | None:
    """The first link of a database's chain, which all its copies have; ``None`` where it has none or cannot be read."""
    try:
        with closing(opened_to_read(path)) as connection:
            row = connection.execute("SELECT chain FROM operation ORDER BY id LIMIT 1").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return None if row is None else row[0]


def is_ours(path: Path) -> bool:
    """Whether a file is a database of this program."""
    try:
        return schema_of_file(path) > 0
    except ClaimsError:
        return False
