"""Changes in any order, taken back and made again: the history only grows, and with everything undone all is as it was in the beginning."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from claims_cli.store import database
from claims_cli.store.database import address_of, transaction
from claims_cli.store.integrity import damage_of
from claims_cli.store.models import HISTORY
from tests.faults.conftest import HOURS
from tests.faults.world import CONFLICT, claims, content

if TYPE_CHECKING:
    from collections.abc import Callable

PAST = [f"{name}_history" for name in HISTORY]
REFUSED = {3, 4}  # no such claim any more, or something later rests on it
QUESTIONS = st.sampled_from(["camp-people", "camp-children", "camp-dead"])
NAMES = st.sampled_from(["Ministry", "Ben", "Eve", "Agency", "Dan", "The Paper"])
SLUGS = st.sampled_from(["ministry", "ben", "eve", "agency", "paper"])
NUMBERS = st.integers(1, 16)
VALUES = st.sampled_from(["5", "~400", ">900", "10-12"])
CHANGES = st.sampled_from(["as_of=2024-10-27", "note=seen", "claimant=Dan", "relay=Eve > Ben", "place=", "modality=forecast"])


@pytest.fixture(autouse=True)
def statements_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all commands of this process on one database share an engine, and so the statements that it compiled."""
    monkeypatch.setattr(database, "engine_for", lru_cache(maxsize=8)(database.engine_for))


class Desk(RuleBasedStateMachine):
    """Somebody who changes what stands in a copy of the small world."""

    start: ClassVar[Callable[[], str]]

    @initialize()
    def open(self) -> None:
        self.where = type(self).start()
        self.past = self.closed()
        self.undone: list[str] = []

    def closed(self) -> dict[str, set[tuple[Any, ...]]]:
        """What the history holds."""
        with transaction(address_of(self.where)) as connection:
            return {name: {tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))} for name in PAST}  # noqa: S608  our own names

    def change(self, *words: str) -> bool:
        """Carry out a command, and hold the history against what it was; gives whether it was not refused."""
        done = claims(*words, db=self.where)
        assert done.code == 0 or done.code in REFUSED, (words, done.stderr)
        before, self.past = self.past, self.closed()
        assert [name for name, rows in before.items() if not rows <= self.past[name]] == [], words
        return done.code == 0

    @rule(value=VALUES, question=QUESTIONS, claimant=NAMES)
    def add(self, value: str, question: str, claimant: str) -> None:
        self.change("add", value, "--question", question, "--claimant", claimant, "--as-of", "2024-10-28")

    @rule(number=NUMBERS, change=CHANGES)
    def edit(self, number: int, change: str) -> None:
        self.change("edit", str(number), change)

    @rule(number=NUMBERS)
    def retract(self, number: int) -> None:
        self.change("retract", str(number), "--reason", "withdrawn")

    @rule(kept=SLUGS, other=SLUGS)
    def merge(self, kept: str, other: str) -> None:
        if kept != other:
            self.change("merge", "actors", kept, other)

    @rule()
    def review(self) -> None:
        self.change("review", "--accept-all")

    @rule(verdict=st.sampled_from(["both_stand", "cannot_be_settled"]))
    def judge(self, verdict: str) -> None:
        self.change("rule", CONFLICT, "--verdict", verdict, "--reason", "it was counted again")

    @rule()
    def undo(self) -> None:
        if self.change("undo"):
            self.undone.append(str(self.operations()))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.change("undo", self.undone.pop())

    def operations(self) -> int:
        """How many operations are kept."""
        with transaction(address_of(self.where)) as connection:
            return int(connection.execute(text("SELECT COUNT(*) FROM operation")).scalar_one())

    def teardown(self) -> None:
        if not hasattr(self, "where"):
            return
        assert damage_of(address_of(self.where)) is None
        while self.change("undo"):
            pass
        left = {name: rows for name, rows in content(self.where).items() if f"{name}_history" in PAST and rows}
        assert left == {}
        assert damage_of(address_of(self.where)) is None


@pytest.mark.parametrize(("runs", "steps"), [(10, 15), pytest.param(500, 50, marks=[pytest.mark.nightly, pytest.mark.timeout(HOURS)])])
def test_whatever_is_done_can_be_undone(copy: Callable[[], str], runs: int, steps: int) -> None:
    desk = type("CopyOfDesk", (Desk,), {"start": staticmethod(copy)})
    told: dict[str, Any] = {"phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}
    run_state_machine_as_test(desk, settings=settings(max_examples=runs, stateful_step_count=steps, **told))
