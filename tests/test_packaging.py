"""What is installed is whole, and says nothing of the machine on which it was made."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel built from this folder."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    with zipfile.ZipFile(found) as archive:
        return set(archive.namelist())


def below(folder: Path, inside: str, pattern: str) -> set[str]:
    """The files of a folder by the names that they have in the wheel."""
    return {f"{inside}/{file.relative_to(folder).as_posix()}" for file in folder.rglob(pattern)}


def test_the_wheel_holds_the_whole_package(wheel: set[str]) -> None:
    package = ROOT / "claims_cli"
    expected = {name for pattern in ("*.py", "*.sql", "*.toml", "*.html", "py.typed") for name in below(package, "claims_cli", pattern)}
    assert expected - wheel == set()
    assert any(name.startswith("claims_cli/store/sql/") for name in wheel)


def test_the_wheel_holds_the_migrations_inside_the_package(wheel: set[str]) -> None:
    expected = below(ROOT / "migrations", "claims_cli/migrations", "*.py")
    assert len(expected) > 1
    assert expected - wheel == set()


def test_the_wheel_is_typed_and_licensed(wheel: set[str]) -> None:
    assert "claims_cli/py.typed" in wheel
    assert any(name.endswith("/licenses/LICENSE") for name in wheel)


def test_the_wheel_holds_nothing_else(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"claims_cli"}
    assert [name for name in wheel if name.endswith((".pyc", ".db"))] == []


def test_constraints_name_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


def test_every_dependency_is_constrained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [one for extra in project["optional-dependencies"].values() for one in extra]
    pinned = {plain(line) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    assert {plain(one) for one in wanted} - pinned == set()


def plain(requirement: str) -> str:
    """The name in a requirement, as registries compare names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()
