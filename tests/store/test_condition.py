"""The doctor: what it tells of a database, its folder and its server, whatever state they are in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims_cli.store import surroundings
from claims_cli.store.backup import back_up
from claims_cli.store.condition import condition_of
from claims_cli.store.database import SCHEMA, address_of
from claims_cli.store.surroundings import file_system_of
from tests.store.conftest import CLAIM, asked, recorded

if TYPE_CHECKING:
    from tests.conftest import Run

Found = dict[str, dict[str, str | None]]


def found(where: str) -> Found:
    """What the doctor finds, by check."""
    return {str(row["check"]): row for row in condition_of(address_of(where))}


def test_a_sound_database_is_told_with_its_last_operation(base: str) -> None:
    assert found(base)["last operation"]["found"] == "none yet"
    recorded(base, CLAIM)
    told = found(base)
    (last,) = asked(base, "SELECT chain FROM operation")
    assert told["last operation"]["found"] == f"1 at 2024-12-01T08:30:00Z by desk; head of the chain {last['chain'][:16]}"
    assert (told["schema"]["state"], told["schema"]["found"]) == ("ok", str(SCHEMA))
    assert [row["check"] for row in told.values() if row["state"] == "bad"] == []
    if base.startswith("postgresql"):
        assert (told["encoding"]["found"], told["server"]["state"]) == ("UTF8", "ok")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database file with a claim."""
    from claims_cli.store.schema import make_database

    made = tmp_path / "data.db"
    make_database(address_of(str(made)))
    recorded(str(made), CLAIM)
    return made


def test_what_is_bad_is_told_by_the_exit_code_where_that_is_asked_for(run: Run, path: Path) -> None:
    assert run("doctor", "--exit-code", db=str(path)).code == 0
    path.write_bytes(b"no database at all" * 100)
    assert run("doctor", db=str(path)).code == 0
    assert run("doctor", "--exit-code", db=str(path)).code == 1


def test_a_backup_beside_it_is_told_with_its_age(path: Path) -> None:
    assert found(str(path))["backup"]["found"] == "none beside the database"
    path.with_name("data.notes").write_text("no database")
    copy = path.with_name("data-copy.db")
    back_up(address_of(str(path)), copy)
    assert found(str(path))["backup"]["state"] == "ok"
    changed = path.stat().st_mtime
    os.utime(copy, (changed - 3 * 86_400, changed - 3 * 86_400))
    told = found(str(path))["backup"]
    assert told["state"] == "note"
    assert str(told["found"]).endswith("3 days before the last change")


def test_what_others_may_read_and_what_was_left_is_told(path: Path) -> None:
    assert found(str(path))["permissions"]["state"] == "ok"
    path.chmod(0o644)
    assert found(str(path))["permissions"]["found"] == "644: others may read it"
    assert found(str(path))["journal"]["state"] == "ok"
    path.with_name("data.db-journal").write_bytes(bytes(512))
    (Path(f"{path}-wal")).touch()
    told = found(str(path))
    assert (told["journal"]["state"], told["journal"]["found"]) == ("note", "data.db-journal: somebody writes, or was stopped")


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Desk", "Google Drive", "iCloud Drive"])
def test_a_folder_that_is_kept_in_step_is_told(path: Path, name: str) -> None:
    folder = path.parent / name
    folder.mkdir()
    path.rename(folder / "data.db")
    told = found(str(folder / "data.db"))["folder"]
    assert (told["state"], told["found"]) == ("bad", f"{name} is kept in step with other machines")


def test_a_file_system_of_another_machine_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = path.with_name("mounts")
    monkeypatch.setattr(surroundings, "MOUNTS", mounts)
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/desk {path.parent} nfs4 rw 0 0\n")
    assert found(str(path))["folder"]["found"] == "on nfs4, whose locks may not hold"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    assert found(str(path))["folder"]["state"] == "ok"


def test_the_kind_of_file_system_is_that_of_the_nearest_mount() -> None:
    mounts = "a / ext4 rw\nb /home fuse.sshfs rw\nc /home/my\\040desk xfs rw\nodd line"
    assert file_system_of(Path("/etc/x"), mounts) == "ext4"
    assert file_system_of(Path("/home/ann/x"), mounts) == "fuse.sshfs"
    assert file_system_of(Path("/home/my desk/x"), mounts) == "xfs"
    assert file_system_of(Path("/x"), "") is None


def test_it_works_where_there_is_no_database_or_another_programs_or_a_damaged_one(run: Run, path: Path) -> None:
    path.with_name("notes.txt").write_text("hello")
    content = bytearray(path.read_bytes())
    content[5000:60_000] = bytes(55_000)
    path.with_name("damaged.db").write_bytes(content)
    path.with_name("short.db").write_bytes(path.read_bytes()[:5000])
    for name in ("missing.db", "notes.txt", "damaged.db", "short.db", ".", "postgresql://nobody@127.0.0.1:9/none"):
        told = run("doctor", "--csv", db=name)
        assert (told.code, told.stderr) == (0, ""), (name, told)
        assert ",bad," in told.stdout, (name, told.stdout)


def test_what_is_set_around_it_is_told_without_a_password(run: Run, path: Path) -> None:
    told = run("doctor", "--json", db=str(path), env={"SOURCE_DATE_EPOCH": "1", "CLAIMS_DB": "postgresql://ann:secret@server/claims"})
    assert "SOURCE_DATE_EPOCH=1 stands in for it" in told.stdout
    assert "postgresql://ann:***@server/claims" in told.stdout
    assert "secret" not in told.stdout
