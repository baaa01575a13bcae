"""The direction of imports and the size of things."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "claims_cli"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 450
LONGEST_FUNCTION = 60
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "process", "handle", "data"}
MAY_PRINT = {"cli", "render"}
CLOCK_AND_PERSON = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "getpass.getuser",
    "os.getlogin",
}


def room(file: Path) -> str:
    """The part of the package that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0]


def nodes(file: Path) -> Iterator[ast.AST]:
    """All of a file's syntax tree."""
    return ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file)))


def place(file: Path, node: ast.expr | ast.stmt) -> str:
    """Where a node stands, for a person."""
    return f"{file.relative_to(ROOT)}:{node.lineno}"


def test_imports_go_one_way() -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_a_package() -> None:
    folders = {file.parent for file in FILES}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_file_is_long() -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    long = [
        f"{place(file, node)} {node.name}: {length} lines"
        for file in FILES
        for node in nodes(file)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_only_the_edge_prints() -> None:
    prints = [
        place(file, node)
        for file in FILES
        if room(file) not in MAY_PRINT
        for node in nodes(file)
        if isinstance(node, ast.Name) and node.id == "print"
    ]
    assert prints == []


def test_no_module_has_a_vague_name() -> None:
    assert [str(file.relative_to(ROOT)) for file in FILES if {file.stem, file.parent.name} & VAGUE] == []


def test_only_the_command_line_asks_for_the_time_and_the_person() -> None:
    asked = [
        f"{place(file, node)} {ast.unparse(node)}"
        for file in FILES
        if room(file) != "cli"
        for node in nodes(file)
        if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCK_AND_PERSON
    ]
    assert asked == []
