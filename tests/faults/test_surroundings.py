"""Another time zone, locale, terminal, home or folder: the same data come out, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, ROOT, settled_environment
from tests.faults.world import FIXED, written

if TYPE_CHECKING:
    from pathlib import Path

# In the C locale Python itself cannot read the path of an editable install that is not ASCII, so there it is not asked.
C_LOCALE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"} if str(ROOT).isascii() else {"LC_ALL": "C.UTF-8"}
# Nor is it in a locale that is not installed, which the C library takes for C.
ARABIC = {"LC_ALL": "ar_EG.UTF-8" if str(ROOT).isascii() else "C.UTF-8", "LANG": "ar_EG.UTF-8", "LANGUAGE": "ar"}
SURROUNDINGS: dict[str, tuple[str, dict[str, str | None]]] = {
    "far east": ("desk", {"TZ": "Pacific/Kiritimati"}),
    "far west": ("desk", {"TZ": "Pacific/Midway"}),
    "C": ("desk", dict(C_LOCALE)),
    "arabic": ("desk", dict(ARABIC)),
    "cp1252": ("desk", {"PYTHONIOENCODING": "cp1252"}),
    "narrow": ("desk", {"COLUMNS": "1", "LINES": "1", "TERM": "dumb"}),
    "colour": ("desk", {"FORCE_COLOR": "1", "TERM": "xterm-256color"}),
    "no home": ("desk", {"HOME": None, "USER": None, "LOGNAME": None, "XDG_RUNTIME_DIR": None}),
    "other hashes": ("desk", {"PYTHONHASHSEED": "7"}),
    "a folder's name": ("ما يقال — a desk 100% #1?", {}),
}


def told(folder: Path, environment: dict[str, str | None]) -> tuple[str, bytes]:
    """What the program writes on standard output and to a report, from the small world's files on."""
    folder.mkdir(parents=True)
    written(folder)
    settled = settled_environment() | FIXED | {"PYTHONHASHSEED": "0"} | environment
    env = {name: value for name, value in settled.items() if value is not None}

    def run(*words: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-m", "claims_cli", "--db", str(folder / "desk.db"), *words],
            cwd=folder,
            env=env,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    run("init", "--codebook", "book.toml", "--import", "rows.jsonl")
    run("ingest", "article.md")
    run("export", "report.csv")
    return run("conflicts", "--json").decode(), (folder / "report.csv").read_bytes()


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """What comes out as a rule."""
    return told(tmp_path_factory.mktemp("usual") / "desk", {})


@pytest.mark.parametrize(("name", "environment"), SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_the_surroundings_change_no_byte(tmp_path: Path, usual: tuple[str, bytes], name: str, environment: dict[str, str | None]) -> None:
    assert told(tmp_path / name, environment) == usual
