"""Candidates for a person: each with its facts in a line, and its quote set off in the sentence it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims_cli.core.notation import figure_for_people
from claims_cli.core.value import Figure, Hedge
from claims_cli.render.safe import safe, safe_lines
from claims_cli.render.screen import GAP, fitted, show_lines, terminal
from claims_cli.render.shapes import TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from claims_cli.render.shapes import Look

FACTS = ("claimant", "relay", "place", "as_of", "said_on")


def show_candidates(rows: Sequence[Mapping[str, Any]], text: str, stream: TextIO, look: Look) -> int:
    """Write candidates of a text in its order; give how many. The rules that fired are told where the rows hold them."""
    for number, row in enumerate(rows, start=1):
        lines = [("", "")] if number > 1 else []
        lines.append((safe(f"{number:>3}{GAP}{what_is_said(row)}"), "bold"))
        facts = [f"{TITLES.get(name, name)} {row[name]}" for name in FACTS if row[name] is not None]
        if row["other"] is not None:
            facts.append(f"or {row['other']:,}")
        if facts:
            lines.append((safe(f"     {GAP.join(facts)}"), ""))
        show_lines(lines, stream, look)
        show_in_sentence(row, text, stream, look)
        if row.get("rules"):
            show_lines([(safe(f"     because: {'; '.join(row['rules'])}"), "dim")], stream, look)
    return len(rows)


def what_is_said(row: Mapping[str, Any]) -> str:
    """The figure with its unit, or that it is a statement, and what is not usual about it."""
    if row["hedge"] is None:
        said = "statement"
    else:
        figure = figure_for_people(Figure(row["low"], row["high"], Hedge(row["hedge"])))
        said = f"{figure} {row['unit']}" if row["unit"] else figure
    unusual = [row[name] for name, usual in (("stance", "asserts"), ("modality", "observed")) if row[name] != usual]
    return GAP.join([said, *unusual])


def show_in_sentence(row: Mapping[str, Any], text: str, stream: TextIO, look: Look) -> None:
    """The sentence with the quote set off: by its colour on a terminal, by guillemets elsewhere."""
    before, quote, after = (
        safe_lines(text[begin:end]).replace("\n", " ")
        for begin, end in ((row["sentence_start"], row["start"]), (row["start"], row["end"]), (row["end"], row["sentence_end"]))
    )
    if not fitted(stream, look):
        stream.write(f"     {before}«{quote}»{after}\n")
        return
    from rich.padding import Padding
    from rich.text import Text

    terminal(stream).print(Padding(Text.assemble((before, "dim"), (quote, "bold reverse"), (after, "dim")), (0, 0, 0, 5)))
