"""Every command shown in README and docs is run, and its output compared with what is shown.

In a ``console`` block a line that begins with ``$`` is a command and the lines after it are all that it writes, ``...`` standing
for any number of lines. A line that begins with ``>`` goes on with a command that ended in a backslash. Each block has a copy of the
project's folder to itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, ROOT, settled_environment

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDED = ("data.db", "seeds", "docs", "README.md")
ANYTHING = "..."


@dataclass(frozen=True, slots=True)
class Block:
    """A console block, and where it begins."""

    place: str
    lines: tuple[str, ...]

    @property
    def steps(self) -> list[tuple[str, list[str]]]:
        """Each command with the output that is shown for it."""
        found: list[tuple[str, list[str]]] = []
        for line in self.lines:
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
                continue
            assert found, f"{self.place}: output without a command"
            command, shown = found[-1]
            if command.endswith("\\") and line.startswith("> ") and not shown:
                found[-1] = (f"{command}\n{line.removeprefix('> ')}", shown)
            else:
                shown.append(line)
        return found


def blocks() -> list[Block]:
    """The console blocks of all documents that are there."""
    return [
        Block(f"{document.name}:{text.count(chr(10), 0, match.start()) + 1}", tuple(match[1].splitlines()))
        for document in DOCUMENTS
        if document.exists() and (text := document.read_text(encoding="utf-8"))
        for match in BLOCK.finditer(text)
    ]


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A folder like the project's, where a reader types commands."""
    folder = tmp_path / "claims"
    folder.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copy(source, folder / name)
    program = tmp_path / "bin" / "claims"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claims_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def written(command: str, folder: Path) -> list[str]:
    """What a command writes, on both streams, as lines."""
    environment = settled_environment() | {"PYTHONUNBUFFERED": "1"}  # both streams in the order of a terminal
    environment["PATH"] = os.pathsep.join([str(folder.parent / "bin"), environment["PATH"]])
    done = subprocess.run(
        ["/bin/bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    return tidy(done.stdout.splitlines())


def tidy(lines: list[str]) -> list[str]:
    """Lines without spaces at their ends and without empty lines at the end of all."""
    return "\n".join(line.rstrip() for line in lines).rstrip("\n").splitlines()


def fits(shown: list[str], found: list[str]) -> bool:
    """Whether an output is as shown."""
    pattern = "".join("(?:.*\n)*?" if line == ANYTHING else re.escape(f"{line}\n") for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in found)) is not None


@pytest.mark.parametrize("block", [pytest.param(block, id=block.place) for block in blocks()])
def test_what_is_shown_is_what_happens(block: Block, reader: Path) -> None:
    for command, shown in block.steps:
        found = written(command, reader)
        if not fits(tidy(shown), found):
            assert found == tidy(shown), f"{block.place}: $ {command}"


def test_dots_stand_for_any_number_of_lines() -> None:
    assert fits(["a", "...", "d"], ["a", "b", "c", "d"])
    assert fits(["a", "...", "d"], ["a", "d"])
    assert not fits(["a", "...", "d"], ["a", "b"])
    assert not fits(["a"], ["a", "b"])
