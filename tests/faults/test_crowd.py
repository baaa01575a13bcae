"""Many at one time: programs that read, reckon and write lose nothing and refuse nobody; a lock that is held too long is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from claims_cli.core.claim import Operation
from claims_cli.core.notation import parse_figure
from claims_cli.store import database
from claims_cli.store.database import address_of, writing
from claims_cli.store.reading import reading
from claims_cli.store.recording import Recorder
from claims_cli.store.revising import kept_claim, revise
from tests.faults.conftest import counted
from tests.faults.offspring import CONTEXT, ended, started

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.synchronize import Barrier

PROGRAMS = 8
COUNTED = 5  # the claim whose figure is raised


def raising(where: str, program: int, times: int, ready: Barrier) -> None:
    """Raise one claim's figure by one, again and again, and enter a claim beside it with the figure that was found."""
    settings = (*database.SETTINGS, "synchronous=OFF")  # no power fails here, and waiting for the disk is no part of it
    vars(database)["SETTINGS"] = settings
    address = address_of(where)
    ready.wait()
    for step in range(times):
        operation = Operation(datetime.now(UTC), f"program {program}", f"claims raise {step}")
        with writing(address, operation) as ledger:
            recorder = Recorder(ledger)
            claim = kept_claim(ledger.connection, COUNTED)
            found = int(claim.figure.low) if claim.figure and claim.figure.low else 0
            revise(recorder, COUNTED, replace(claim, figure=parse_figure(str(found + 1))))
            recorder.add_claims([replace(claim, claimant=f"Voice {program}", ref=f"{program}-{step}")])


@counted(100, 1000)
def test_eight_programs_that_read_and_write_in_turn_lose_nothing(copy: Callable[[], str], count: int) -> None:
    where = copy()
    count //= 1 if address_of(where).path else 4  # a server takes an operation in four times the time
    with reading(address_of(where)) as reader:
        before = {row["id"]: row for row in reader.claims({})}
    ready = CONTEXT.Barrier(PROGRAMS)
    children = [started(raising, where, program, count, ready) for program in range(PROGRAMS)]
    assert [ended(child, works=1 + count // 50) for child in children] == [0] * PROGRAMS
    with reading(address_of(where)) as reader:
        after = {row["id"]: row for row in reader.claims({})}
    start = int(before[COUNTED]["value"])
    assert int(after[COUNTED]["value"]) == start + PROGRAMS * count
    fresh = [row for number, row in after.items() if number not in before]
    assert {row["ref"] for row in fresh} == {f"{program}-{step}" for program in range(PROGRAMS) for step in range(count)}
    assert sorted(int(row["value"]) for row in fresh) == list(range(start, start + PROGRAMS * count))
    assert sorted(row["id"] for row in fresh) == list(range(len(before) + 1, len(before) + 1 + PROGRAMS * count))
