"""The codebook: checked as a whole, applied as often as one likes, and given back as it was."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from claims_cli.core.errors import ClaimsError, RowsRefused
from claims_cli.intake.codebook import read_codebook
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

SEEDS = ROOT / "seeds" / "codebook.toml"
SMALL = """
[topics.camps]
title = "Camps"

[questions.camp]
topic = "camps"
text = "How many people are in the camp?"
unit = "person"

[actors.office]
name = "Office"
aliases = { en = ["The Office"], ar = ["المكتب"] }

[actors.voice]
name = "Voice"
speaks_for = "office"
"""


def test_the_seeds_codebook_holds_together() -> None:
    codebook = read_codebook(SEEDS)
    assert {topic.slug for topic in codebook.topics} >= {"troops", "aid", "territory", "arms", "diplomacy"}


def test_a_codebook_applied_exported_and_applied_elsewhere_is_the_same(run: Run, database_url: str, tmp_path: Path) -> None:
    assert run("init", db=database_url).code == 0
    assert run("codebook", "apply", str(SEEDS), db=database_url).code == 0
    first = run("codebook", "export", db=database_url).stdout
    (tmp_path / "first.toml").write_text(first)
    again = run("codebook", "apply", "first.toml", db=database_url)
    assert again.code == 0
    assert "new" not in again.stderr
    assert run("init", "--codebook", "first.toml", db="other.db").code == 0
    assert run("codebook", "export", db="other.db").stdout == first
    told, kept = tomllib.loads(SEEDS.read_text(encoding="utf-8")), tomllib.loads(first)
    assert {section: set(told[section]) for section in told} == {section: set(kept[section]) for section in kept}


def test_a_codebook_applied_in_part_leaves_the_rest(run: Run, database_url: str, tmp_path: Path) -> None:
    assert run("init", "--codebook", str(SEEDS), db=database_url).code == 0
    before = tomllib.loads(run("codebook", "export", db=database_url).stdout)
    (tmp_path / "small.toml").write_text(SMALL)
    assert run("codebook", "apply", "small.toml", db=database_url).code == 0
    after = tomllib.loads(run("codebook", "export", db=database_url).stdout)
    small = tomllib.loads(SMALL)
    for section in before:
        assert set(after[section]) == set(before[section]) | set(small[section])
        assert {slug: after[section][slug] for slug in before[section]} == before[section]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('topic = "camps"', 'topic = "cams"', "there is no topic 'cams'"),
        ('text = "How many people are in the camp?"\n', "", "text"),
        ('unit = "person"', 'unit = "person"\ncolour = "red"', "colour"),
        ('unit = "person"', 'unit = "person"\nkind = "sort"', "'sort' is not a kind"),
        ('unit = "person"', 'unit = "person"\npart_of = "camp"', "the question is part of itself"),
        ('unit = "person"', 'unit = "person"\npart_of = "town"', "there is no question 'town'"),
        ('unit = "person"', 'unit = "person"\ncurrency = -1', "currency"),
        ('speaks_for = "office"', 'speaks_for = "bureau"', "there is no actor 'bureau'"),
        ('name = "Voice"', 'name = "the office"', "is also a name of office"),
        ("[questions.camp]", '[questions."the camp"]', "is not a slug"),
        ("[topics.camps]", "[subjects.camps]", "subjects"),
        ('["المكتب"]', '"المكتب"', "aliases are not lists of names"),
        ('speaks_for = "office"', 'offices = ["mayor"]', "offices are not a list of offices"),
        ('speaks_for = "office"', 'offices = [{ name = "mayor", since = "2024" }]', "offices are not a list of offices"),
        ('speaks_for = "office"', 'offices = [{ name = "mayor", from = "2024-02-30" }]', "February 2024 has 29 days"),
        ('speaks_for = "office"', 'offices = [{ name = "mayor", to = 5 }]', "5 is not a text"),
        ('unit = "person"', 'unit = "person"\nwords = "camp"', "words are not a list of groups"),
        ("[topics.camps]", "[topics.camps", "not TOML"),
    ],
)
def test_a_mistake_in_a_codebook_is_named(run: Run, tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in SMALL
    path = tmp_path / "bad.toml"
    path.write_text(SMALL.replace(old, new))
    with pytest.raises(ClaimsError) as caught:
        read_codebook(path)
    problems = caught.value.problems if isinstance(caught.value, RowsRefused) else (caught.value,)
    assert any(said in str(problem) for problem in problems)
    assert run("codebook", "check", "bad.toml").code == 3
    assert run("codebook", "apply", "bad.toml", db="desk.db").code in (3, 4)


def test_a_whole_that_turns_in_a_circle_is_refused(tmp_path: Path) -> None:
    parts = "".join(f'[questions.q{n}]\ntopic = "t"\ntext = "?"\nunit = "person"\npart_of = "q{(n + 1) % 3}"\n' for n in range(3))
    path = tmp_path / "circle.toml"
    path.write_text('[topics.t]\ntitle = "T"\n' + parts)
    with pytest.raises(RowsRefused) as caught:
        read_codebook(path)
    assert len(caught.value.problems) == 3


def test_a_unit_is_not_changed_under_claims(run: Run, database_url: str, tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL)
    (tmp_path / "other.toml").write_text(SMALL.replace('unit = "person"', 'unit = "tent"'))
    assert run("init", "--codebook", "small.toml", db=database_url).code == 0
    assert run("codebook", "apply", "other.toml", db=database_url).code == 0
    assert run("codebook", "apply", "small.toml", db=database_url).code == 0
    assert run("add", "5", "--question", "camp", "--claimant", "Office", db=database_url).code == 0
    done = run("codebook", "apply", "other.toml", db=database_url)
    assert (done.code, done.stdout) == (3, "")
    assert "camp" in done.stderr
