"""A damaged file, or one that is something else: a clear error, or the right answer; never a traceback."""

from __future__ import annotations

import gc
import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from claims_cli.store.database import address_of
from claims_cli.store.integrity import damage_of
from tests.faults.conftest import counted
from tests.faults.world import claims

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Done

READING: tuple[tuple[str, ...], ...] = (("list", "--json"), ("conflicts", "--all", "--json"), ("export", "report.jsonl", "--force"))
WRITING = ("add", "5", "--question", "camp-people", "--claimant", "Dan")
ERRORS = {3, 4, 5, 7}  # 3 and 4: a name that the command gives is no longer there


@pytest.fixture(autouse=True)
def at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands in a folder of their own."""
    monkeypatch.chdir(tmp_path)


def answer(where: Path, words: tuple[str, ...]) -> tuple[Done, str]:
    """What a command says, with the report that it wrote."""
    report = where.parent / "report.jsonl"
    report.unlink(missing_ok=True)
    done = claims(*words, db=str(where))
    if done.code:
        gc.collect()  # the traceback of what failed may hold a connection, which a program that ends would not
    return done, report.read_text(encoding="utf-8") if report.exists() else done.stdout


def fate(done: Done, told: str, right: str) -> str:
    """What came of a command on a damaged file."""
    if done.code == 0:
        return "right" if told == right else "altered"
    assert done.code in ERRORS, done
    assert done.stderr.count("\n") == 1, done
    return "error"


@counted(300, 3000)
def test_a_flipped_bit_gives_a_clear_error_or_an_answer(files: Path, tmp_path: Path, count: int) -> None:
    chance = random.Random(count)  # noqa: S311  a fixed seed, so that a failure can be seen again
    content = (files / "model.db").read_bytes()
    used = [at for at, byte in enumerate(content) if byte]  # most of a small database is room, in which a flip is no damage
    where = tmp_path / "flipped.db"
    where.write_bytes(content)
    right = {words: answer(where, words)[1] for words in READING}
    fates: Counter[str] = Counter()
    for number in range(count):
        at, bit = chance.choice(used), chance.randrange(8)
        flipped = bytearray(content)
        flipped[at] ^= 1 << bit
        for words in READING if number % 5 else (*READING[1:], WRITING):
            where.write_bytes(flipped)
            try:
                found = fate(*answer(where, words), right.get(words, ""))
            except Exception as error:
                error.add_note(f"bit {bit} of byte {at}: {' '.join(words)}")
                raise
            fates[found] += 1
            if found == "altered" and words != WRITING:
                assert damage_of(address_of(str(where))), f"bit {bit} of byte {at}"
    assert fates.total() == 3 * count
    assert min(fates["right"], fates["error"]) > 0


def test_a_file_cut_short_is_told(files: Path, tmp_path: Path) -> None:
    content = (files / "model.db").read_bytes()
    where = tmp_path / "short.db"
    where.write_bytes(content)
    right = {words: answer(where, words)[1] for words in READING}
    cuts = [0, 1, 15, 16, 99, 100, 101, 512, 4095, *range(4096, len(content), 4096 * 3)]
    fates: Counter[str] = Counter()
    for cut in cuts:
        for words in (*READING, WRITING):
            where.write_bytes(content[:cut])
            fates[fate(*answer(where, words), right.get(words, ""))] += 1
    assert set(fates) == {"error"}
