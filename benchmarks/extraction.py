"""``python -m benchmarks.extraction``: how fast texts are read, beside quantulum3 and dateparser on the same texts in the same run.

Each tool reads in a process of its own, on one core, once to warm up and then until a time is over; the best round counts. What it read
is told too: how many numbers, dates or candidates it found, since a tool that finds nothing is fast.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from claims_cli.extract.cases import cases_of
from claims_cli.extract.pack import folder_of_packs

ROOT = Path(__file__).parents[1]
SECONDS = 4.0
PIECES = 40  # of a text that is read in one round
# Each reads the texts on standard input and prints seconds of the best round, what it found, and the most memory in MB.
TIMED = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
texts = json.load(sys.stdin)
{setup}
def round_of():
    began = time.perf_counter()
    found = sum(read(text) for text in texts)
    return time.perf_counter() - began, found
round_of()
rounds, began = [], time.perf_counter()
while not rounds or time.perf_counter() - began < {seconds}:
    rounds.append(round_of())
best, found = min(rounds)
print(json.dumps([best, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
OURS = """
from datetime import date
from claims_cli.extract.pipeline import Reading
def read(text):
    return sum(1 for _ in Reading(text, "{language}", date(2024, 10, 29)).candidates())
"""
TOOLS = {
    "claims": OURS,
    "claims, numbers only": OURS.replace("candidates()", "numbers()"),
    "claims, dates only": OURS.replace("candidates()", "all_dates()"),
    "quantulum3": """
from quantulum3 import parser
def read(text):
    return len(parser.parse(text))
""",
    "dateparser": """
from dateparser.search import search_dates
def read(text):
    return len(search_dates(text, languages=["{language}"]) or ())
""",
}


def texts() -> dict[str, list[str]]:
    """Our own texts by language: the digests of the seeds, and the English sentences with which the pack is checked."""
    arabic = [path.read_text(encoding="utf-8").split("---", maxsplit=2)[2] for path in sorted((ROOT / "seeds").glob("*.md"))]
    sentences = [case.text for _, case in cases_of(folder_of_packs().joinpath("en"))]
    return {"ar": arabic, "en": [" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]}


def measured(tool: str, language: str, some: list[str]) -> tuple[float, int, float]:
    """Seconds of a round, how much was found, and megabytes of memory."""
    program = TIMED.format(setup=TOOLS[tool].format(language=language), seconds=SECONDS)
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=json.dumps(some), capture_output=True, check=True, encoding="utf-8")  # noqa: S603  our words
    seconds, found, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, found, megabytes


def main() -> None:
    """Time each tool that is installed, and print a line for each."""
    known = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description="How fast texts are read.")
    known.add_argument("--pieces", type=int, default=PIECES, metavar="N", help=f"texts in a round ({PIECES})")
    options = known.parse_args()
    print(f"{'tool':<22}{'text':<6}{'MB/s':>7}{'found/kB':>10}{'MB held':>9}")
    for language, some in texts().items():
        read = [some[at % len(some)] for at in range(options.pieces)]
        size = sum(len(text.encode()) for text in read)
        for tool in TOOLS:
            if tool in {"quantulum3", "dateparser"} and find_spec(tool) is None:
                print(f"{tool:<22}{language:<6}  not installed: pip install {tool}")
                continue
            seconds, found, megabytes = measured(tool, language, read)
            print(f"{tool:<22}{language:<6}{size / 1e6 / seconds:>7.2f}{found / (size / 1e3):>10.1f}{megabytes:>9.0f}", flush=True)


if __name__ == "__main__":
    main()
