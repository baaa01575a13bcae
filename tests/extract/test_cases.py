"""Each language pack reads its own cases as they say, and says what it reads otherwise."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.extract.cases import CASES, Case, cases_of, problems_of
from claims_cli.extract.pack import folder_of_packs, languages, pack_of
from claims_cli.intake.languages import checked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

EVERY = [
    (language, where.rsplit(":", maxsplit=1)[-1], case)
    for language in languages()
    for where, case in cases_of(folder_of_packs().joinpath(language))
]


@pytest.mark.parametrize(
    ("language", "case"), [(language, case) for language, _, case in EVERY], ids=[f"{language}-{line}" for language, line, _ in EVERY]
)
def test_a_case_is_read_as_it_says(language: str, case: Case) -> None:
    assert [str(problem) for problem in problems_of(pack_of(language), case)] == []


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A copy of the English pack, to change."""
    folder = tmp_path / "en2"
    shutil.copytree(str(folder_of_packs().joinpath("en")), folder)
    return folder


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"text": "Ten men.", "numbers": ["11"]}, "numbers: 10 instead of 11"),
        ({"text": "On 3 May 2024.", "dates": []}, "dates: 2024-05-03 instead of none"),
        (
            {"text": "Ten men left.", "claims": [{"quote": "Ten men", "value": "10", "unit": "horse"}]},
            "unit is 'person' instead of 'horse'",
        ),
        ({"text": "Ten men left.", "claims": []}, "'Ten men' is read as a claim"),
        ({"text": "Ten men left.", "claims": [{"quote": "men", "value": "10"}]}, "nothing is quoted as 'men'"),
    ],
)
def test_what_is_read_otherwise_is_said_with_its_line(own_pack: Path, case: dict[str, object], said: str) -> None:
    (own_pack / CASES).write_text("\n" + json.dumps(case) + "\n")
    count, problems = checked(str(own_pack))
    assert count == 1
    assert any(said in str(problem) and str(problem).startswith(f"{own_pack / CASES}:2: ") for problem in problems)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (CASES, '{"text": 5}', "text: Input should be a valid string"),
        (CASES, '{"text": "x", "sums": []}', "sums: Extra inputs are not permitted"),
        ("units.toml", "units = 5", "units.toml: units"),
        ("language.toml", "code = ", "language.toml"),
    ],
)
def test_a_file_that_is_wrong_is_named(own_pack: Path, name: str, content: str, said: str) -> None:
    (own_pack / name).write_text(content)
    with pytest.raises(NotUnderstood) as caught:
        checked(str(own_pack))
    assert said in str(caught.value)


def test_a_pack_without_cases_is_not_taken_for_checked(own_pack: Path) -> None:
    (own_pack / CASES).unlink()
    with pytest.raises(NotFound, match="has no cases"):
        checked(str(own_pack))


def test_the_command_checks_a_pack(run: Run, own_pack: Path) -> None:
    assert run("lang", "check", "ar").stdout.startswith("ar: ")
    (own_pack / CASES).write_text('{"text": "Ten men.", "numbers": ["11"]}')
    done = run("lang", "check", str(own_pack))
    assert (done.code, done.stdout) == (3, "")
    assert "1 of the 1 cases" in done.stderr
