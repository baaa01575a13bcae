"""Short commands stay short: what they do not need is not imported."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, settled_environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "dateutil", "rich"}
OF_OPTIONS = {"pydantic"}  # typer reads options through it (about 40 ms), so only a command line without any is spared


@pytest.fixture
def small(run: Run, tmp_path: Path) -> Path:
    """A SQLite database with one claim."""
    path = tmp_path / "small.db"
    table = tmp_path / "one.csv"
    table.write_text("question,topic,unit,value,claimant,as_of\nhow-many,troops,soldier,10000,Pentagon,2024-10-28\n", encoding="utf-8")
    for words in (("init",), ("import", str(table))):
        done = run(*words, db=str(path))
        assert done.code == 0, done.stderr
    return path


def imported(*words: str) -> set[str]:
    """The top-level packages that a command imports, its answer going to a pipe."""
    command = [sys.executable, "-X", "importtime", "-m", "claims_cli", *words]
    done = subprocess.run(
        command, env=settled_environment(), capture_output=True, stdin=subprocess.DEVNULL, check=False, encoding="utf-8", timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(word: str) -> None:
    assert imported(word) & (HEAVY | OF_OPTIONS) == set()


@pytest.mark.parametrize("command", ["list", "conflicts", "topics"])
def test_reading_a_file_in_a_pipe_imports_nothing_heavy(small: Path, command: str) -> None:
    found = imported("--db", str(small), command)
    assert "sqlite3" in found
    assert found & HEAVY == set()
