"""Candidates for a person: each with its facts in a line, and its quote set off in the sentence it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims_cli.core.claim import Modality, Stance
from claims_cli.core.notation import figure_for_people
from claims_cli.core.value import Figure, Hedge
from claims_cli.render.safe import safe, safe_lines
from claims_cli.render.screen import GAP, fitted, show_lines, terminal
from claims_cli.render.shapes import TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from claims_cli.core.claim import Claim
    from claims_cli.render.shapes import Look

FACTS = ("claimant", "relay", "place", "as_of", "said_on")


def show_candidates(rows: Sequence[Mapping[str, Any]], text: str, stream: TextIO, look: Look) -> int:
    """Write candidates of a text in its order; give how many. The rules that fired are told where the rows hold them."""
    for number, row in enumerate(rows, start=1):
        lines = [("", "")] if number > 1 else []
        lines.append((f"{number:>3}{GAP}{what_is_said(row)}", "bold"))
        facts = [f"{TITLES.get(name, name)} {row[name]}" for name in FACTS if row[name] is not None]
        if row["other"] is not None:
            facts.append(f"or {row['other']:,}")
        if facts:
            lines.append((f"     {GAP.join(facts)}", ""))
        show_lines(lines, stream, look)
        show_in_sentence(row, text, stream, look)
        if row.get("rules"):
            show_lines([(f"     because: {'; '.join(row['rules'])}", "dim")], stream, look)
    return len(rows)


def show_card(place: str, number: int, claim: Claim, sentence: tuple[int, int] | None, stream: TextIO, look: Look) -> None:  # noqa: PLR0913, PLR0917  all are seen
    """Write one candidate for a person to decide on: where it stands among the others, its facts, its quote in its sentence."""
    what = "statement" if claim.figure is None else figure_for_people(claim.figure)
    unusual = [str(one) for one, usual in ((claim.stance, Stance.ASSERTS), (claim.modality, Modality.OBSERVED)) if one is not usual]
    lines = [("", ""), (GAP.join([place, f"#{number}", what, *unusual]), "bold")]
    facts: dict[str, object] = {
        "question": claim.question,
        "claimant": claim.claimant,
        "relay": " > ".join(claim.relay) or None,
        "place": claim.place,
        "as_of": claim.as_of and claim.as_of.text,
        "said_on": claim.said_on and claim.said_on.text,
        "note": claim.note,
    }
    lines += [(f"  {TITLES.get(name, name):<10} {value}", "") for name, value in facts.items() if value is not None]
    show_lines(lines, stream, look)
    quote, text = claim.quote, claim.source.text
    if quote is not None and text is not None and sentence is not None and quote.start is not None:
        begin, end = sentence
        offsets = {"sentence_start": begin, "start": quote.start, "end": quote.end, "sentence_end": end}
        show_in_sentence(offsets, text, stream, look)
    elif quote is not None:
        stream.write(f"     «{safe(quote.exact)}»\n")


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
