"""Random bytes and mutated texts wherever something is taken in: an answer or a clear error, never a traceback, within 300 MB."""

from __future__ import annotations

import random
import resource
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.conftest import counted
from tests.faults.offspring import CONTEXT, ended, started
from tests.faults.world import ARTICLE, CODEBOOK, ROWS, claims

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

CHILDREN = 2
MOST_MEMORY = 300 * 1024 * 1024  # bytes, beyond what the program takes before it begins
UNDERSTOOD = {0, 2, 3, 4}  # done, or told what is wrong with it
ENGLISH = "The ministry said on Monday that about 1,200 people (up from 900 on 3 May) live in the camp; Ben denied it.\n"
TABLE = "".join(f"{','.join(dict.fromkeys(name for row in ROWS for name in row))}\n") + "camp-people,400,Ministry,2024-10-28,,r1\n" * 3
SEEDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "a.md": (ARTICLE, ("ingest", "a.md")),
    "b.txt": (ENGLISH, ("extract", "b.txt", "--published", "2024-10-29")),
    "c.md": (ARTICLE, ("extract", "c.md", "--json")),
    "d.jsonl": ('{"question": "camp-people", "value": "~4,5k", "claimant": "Ben", "as_of": "2024-10"}\n', ("import", "d.jsonl")),
    "e.json": ('[{"question": "camp-people", "low": 1.5, "high": 2e3, "claimant": "Ben", "relay": "A > B"}]', ("import", "e.json")),
    "f.csv": (TABLE, ("import", "f.csv")),
    "g.tsv": (TABLE.replace(",", "\t"), ("import", "g.tsv")),
    "h.toml": (CODEBOOK, ("codebook", "check", "h.toml")),
    "i.jsonl": ('{"id": 1, "text": "400 people came", "published": "2024-10-29", "lang": "en"}\n', ("extract", "i.jsonl", "--batch")),
}
WORDS = [
    "2024-10-28",
    "2024-10/2024-11",
    "~12k",
    ">10,000",
    "10-12k",
    "camps",
    "camp-people",
    "camp-people@2024-10-28",
    "وزارة",
    "1",
    "%_'\"*",
]
FILTERS = [
    *(("list", f"--{name}", "*") for name in ("topic", "question", "claimant", "source", "place", "since", "until", "stance", "modality")),
    *(("list", f"--{name}", "*") for name in ("min", "max", "search", "review", "sort", "columns", "limit")),
    ("conflicts", "--on", "*"),
    ("reconcile", "--question", "camp-people", "--on", "*"),
    ("explain", "*"),
    ("relate", "*", "*"),
    ("show", "*"),
    ("trace", "--topic", "*"),
    ("add", "*", "--question", "camp-people", "--claimant", "*", "--as-of", "*"),
]
NOISE = [
    b"\x00",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b'"',
    b"{",
    b"9" * 40,
    b"1e999",
    b"\r",
    "٣".encode(),
    "ـ".encode(),
    b"---\n",
    b"\\u0000",
]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A content with pieces cut out, doubled, flipped, or replaced by what nobody meant; now and then noise alone."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(400))
    pieces = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(pieces) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            del pieces[at : at + chance.randint(1, 12)]
        elif kind == 1:
            pieces[at:at] = pieces[max(0, at - 20) : at] * chance.randint(1, 3)
        elif kind == 2 and at < len(pieces):
            pieces[at] ^= 1 << chance.randrange(8)
        else:
            pieces[at:at] = chance.choice(NOISE)
    return bytes(pieces)


def enduring(seed: int, count: int, where: str, trouble: Connection) -> None:
    """Take in noise so many times; tell what went wrong, and with what."""
    import os

    os.chdir(Path(where).parent)
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MOST_MEMORY, taken + MOST_MEMORY))
    chance = random.Random(seed)  # noqa: S311  a fixed seed, so that a failure can be seen again
    for number in range(count):
        if number % 2:
            given, words = noisy_file(chance)
        else:
            given, words = b"", noisy_words(chance)
        try:
            done = claims(*words, db=where)
            if done.code not in UNDERSTOOD or "Traceback" in done.stderr:
                trouble.send((words, given, done.code, done.stderr))
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            trouble.send((words, given, -1, repr(error)))


def noisy_file(chance: random.Random) -> tuple[bytes, tuple[str, ...]]:
    """Write a mutated file; gives what stands in it, and the command that takes it in."""
    name = chance.choice(list(SEEDS))
    content, words = SEEDS[name]
    given = mutated(content.encode(), chance)
    Path(name).write_bytes(given)
    return given, words


def noisy_words(chance: random.Random) -> tuple[str, ...]:
    """A command with mutated words, as a shell would pass them on: without NUL."""
    noise = [mutated(chance.choice(WORDS).encode(), chance).replace(b"\0", b"").decode(errors="surrogateescape") for _ in range(3)]
    return tuple(noise.pop() if word == "*" else word for word in chance.choice(FILTERS))


@counted(1000, 200_000)
def test_noise_is_understood_or_refused(files: Path, tmp_path: Path, count: int) -> None:
    work = []
    for number in range(CHILDREN):
        folder = tmp_path / str(number)
        folder.mkdir()
        where = str(shutil.copyfile(files / "model.db", folder / "desk.db"))
        mine, its = CONTEXT.Pipe(duplex=False)
        work.append((started(enduring, number, count // CHILDREN, where, its), mine))
        its.close()
    troubles = []
    for child, told in work:
        try:
            while True:
                troubles.append(told.recv())
        except EOFError:
            pass
        assert ended(child) == 0
    assert troubles == [], "\n".join(map(repr, troubles[:20]))
