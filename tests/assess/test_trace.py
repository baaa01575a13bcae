"""Traces: what each claim changed, against its own voice first, and what each voice did in all."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from claims_cli.assess.trace import Latest, Traced, moved, movements, traces_of
from claims_cli.core.claim import Stance
from claims_cli.core.errors import NotFound
from claims_cli.store.database import address_of
from claims_cli.store.reading import reading
from tests.statements import CUMULATIVE, FLOW, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run


def test_what_a_voice_did_is_told_to_the_last_digit() -> None:
    first = Decimal(123456789012345678901234567891)
    (done,) = movements([said(f"{first}", "2024-03-01"), said("1", "2024-03-05")])
    assert (done["first"], done["spread"]) == (first, Decimal(123456789012345678901234567890))


def test_a_toll_that_grows_takes_nothing_back() -> None:
    grown = [said(value, f"2024-03-0{day}", **CUMULATIVE) for day, value in enumerate(("100", "200", "300"), start=1)]
    (done,) = movements(grown)
    assert (done["claims"], done["revisions"], done["direction"]) == (3, 0, "up")
    (done,) = movements([*grown, said("250", "2024-03-04", **CUMULATIVE)])
    assert (done["revisions"], done["direction"]) == (1, "both ways")


def test_amounts_of_different_periods_are_no_movement() -> None:
    year, month, day = (said(value, when, **FLOW) for value, when in (("40000", "2024"), ("3000", "2024-10"), ("100", "2024-10-31")))
    (told,) = movements([year, month, day])
    assert (told["claims"], told["revisions"], told["direction"], told["spread"], told["days_to_settle"]) == (3, 0, None, None, None)
    assert [moved(before, this) for before, this in pairwise((year, month, day))] == [(None, None)] * 2
    corrected = said("150", "2024-10-31", said_on="2024-11-04", **FLOW)
    (told,) = movements([year, month, day, corrected])
    assert (told["revisions"], told["direction"], told["spread"]) == (1, "up", 50)
    assert moved(day, corrected) == (Decimal(50), Decimal("1.50"))


def test_a_denial_stands_between_no_two_figures_of_speakers_own() -> None:
    latest = Latest()
    first = said("118", "2025-03-12", voice=1, **CUMULATIVE)
    denial = said(">200", "2025-03-14", voice=2, stance=Stance.DENIES, **CUMULATIVE)
    doubt = said("80", "2025-03-14", voice=2, stance=Stance.UNCONFIRMED, **CUMULATIVE)
    second = said("109", "2025-03-14", voice=3, **CUMULATIVE)
    assert [latest.before(one) for one in (first, denial, doubt, second)] == [None, first, denial, first]


@pytest.fixture
def traced(run: Run, database_url: str, tmp_path: Path) -> Traced:
    """The trace of a toll that two agencies give, with a forecast and a denial among the figures."""
    assert run("init", db=database_url).code == 0
    told = [
        ("10", "2024-03-01", "Ministry", {}),
        ("~14", "2024-03-01", "Red Crescent", {}),
        ("25", "2024-03-03", "Ministry", {}),
        ("40", "2024-03-31", "Red Crescent", {"modality": "forecast", "said_on": "2024-03-03"}),
        (">20", "2024-03-04", "Red Crescent", {}),
        ("24", "2024-03-06", "Ministry", {}),
    ]
    rows = [
        {"topic": "quake", "question": "dead", "kind": "cumulative", "unit": "person", "publisher": "Paper", "published_on": "2024-03-07"}
        | {"ref": f"r{at}", "value": value, "as_of": day, "said_on": day, "claimant": claimant, "title": f"Report {at}"}
        | more
        for at, (value, day, claimant, more) in enumerate(told, start=1)
    ]
    table = tmp_path / "rows.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("import", str(table), db=database_url)
    assert done.code == 0, done.stderr
    with reading(address_of(database_url)) as reader:
        (one,) = traces_of(reader, question="dead")
    return one


def test_each_claim_is_held_against_its_own_voice_first(traced: Traced) -> None:
    steps = {row["ref"]: (row["relation"], row["change"], row["ratio"], row["days"]) for row in traced.rows}
    assert steps == {
        "r1": (None, None, None, None),
        "r2": ("grows", Decimal(4), Decimal("1.40"), 0),
        "r3": ("grows", Decimal(15), Decimal("2.50"), 2),
        "r4": ("forecast", None, None, 28),
        "r5": ("grows", None, None, 3),
        "r6": ("falls", Decimal(-1), Decimal("0.96"), 3),
    }


def test_what_each_voice_did_is_told_without_its_forecasts(traced: Traced) -> None:
    told = {one["claimant"]: one for one in traced.claimants}
    ministry = told["Ministry"]
    assert (ministry["claims"], ministry["revisions"], ministry["first"], ministry["last"]) == (3, 1, 10, 24)
    assert ministry["spread"] == 15
    assert ministry["days_to_settle"] == 2
    assert told["Red Crescent"]["claims"] == 2


def test_a_question_that_is_not_kept_is_said(run: Run, database_url: str) -> None:
    assert run("init", db=database_url).code == 0
    with reading(address_of(database_url)) as reader, pytest.raises(NotFound, match="there is no question 'deed'"):
        traces_of(reader, question="deed")
