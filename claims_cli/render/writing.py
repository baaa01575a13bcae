"""Writing an answer in the format that is asked for: one table of formats, and the few answers that are more than rows."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from claims_cli.render.shapes import CANDIDATES, CONFLICTS, MOVEMENTS, RANGES, REPAIRS, TRACE, Cells, Format, Look, Mark
from claims_cli.render.to_csv import write_delimited
from claims_cli.render.to_json import text_of, write_json, write_jsonl, write_object
from claims_cli.render.to_markdown import write_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from claims_cli.render.shapes import Shape


class Drawing(StrEnum):
    """Whether a trace is drawn."""

    PLOT = "plot"
    NONE = "none"


def writers(look: Look, cells: Cells, mark: Mark) -> dict[Format, Callable[[Iterable[Mapping[str, Any]], Shape, TextIO], int]]:
    """What writes each format."""
    from claims_cli.render.screen import show_table

    return {
        Format.TABLE: partial(show_table, look=look),
        Format.CSV: partial(write_delimited, delimiter=",", cells=cells, mark=mark),
        Format.TSV: partial(write_delimited, delimiter="\t", cells=cells, mark=mark),
        Format.JSON: write_json,
        Format.JSONL: write_jsonl,
        Format.MD: write_markdown,
    }


def write_rows(  # noqa: PLR0913  three of them are looks, with usual values
    rows: Iterable[Mapping[str, Any]],
    shape: Shape,
    form: Format,
    stream: TextIO,
    *,
    look: Look = Look.FITTED,
    cells: Cells = Cells.SAFE,
    mark: Mark = Mark.NONE,
) -> int:
    """Write rows of a shape as they come; give how many."""
    return writers(look, cells, mark)[form](rows, shape, stream)


def write_claim(claim: Mapping[str, Any], form: Format, stream: TextIO, *, look: Look) -> None:
    """Write one claim with all that is kept of it."""
    from claims_cli.render.screen import show_claim
    from claims_cli.render.shapes import Shape

    if form is Format.TABLE:
        show_claim(claim, stream, look)
    elif form is Format.JSON:
        write_object(claim, stream)
    else:
        write_rows([claim], Shape(tuple(claim), tuple(claim)), form, stream, look=look)


def write_conflicts(
    conflicts: Iterable[Mapping[str, Any]],
    texts: Mapping[str, str],
    form: Format,
    stream: TextIO,
    *,
    look: Look,
) -> set[str]:
    """Write conflicts as they come; give the statuses that occur. ``texts`` has the words of each question by slug, for people."""
    from claims_cli.render.screen import show_conflicts

    statuses: set[str] = set()

    def noted() -> Iterator[Mapping[str, Any]]:
        for conflict in conflicts:
            statuses.add(conflict["status"])
            yield conflict

    if form is Format.TABLE:
        show_conflicts(noted(), texts, stream, look)
    else:
        write_rows(noted(), CONFLICTS, form, stream, look=look)
    return statuses


def write_explanation(conflict: Mapping[str, Any], texts: Mapping[str, str], form: Format, stream: TextIO, *, look: Look) -> None:
    """Write what would remove a conflict: for people below the conflict itself, as JSON with it, else a row for each edit."""
    if form is Format.JSON:
        write_object(conflict, stream)
    elif form is not Format.TABLE:
        write_rows(conflict["repairs"], REPAIRS, form, stream, look=look)
    else:
        from claims_cli.render.screen import show_conflicts, show_falls, show_repairs

        show_conflicts([conflict], texts, stream, look)
        show_falls(conflict["falls"], stream, look)
        show_repairs(conflict, stream, look)


def write_profile(profile: Mapping[str, Any], form: Format, stream: TextIO, *, look: Look) -> None:
    """Write a support profile: for people in words, as JSON whole, else a row for each range."""
    if form is Format.JSON:
        write_object(profile, stream)
    elif form is not Format.TABLE:
        write_rows(profile["ranges"], RANGES, form, stream, look=look)
    else:
        from claims_cli.render.profile import show_profile

        show_profile(profile, stream, look)


def write_traces(traces: Sequence[Any], form: Format, stream: TextIO, *, look: Look, drawing: Drawing) -> None:
    """Write traces: for people a table, a drawing and a summary of each claimant for every question; else the rows of all."""
    if form is not Format.TABLE:
        write_rows((row for traced in traces for row in traced.rows), TRACE, form, stream, look=look)
        return
    from claims_cli.render.plot import plot_of
    from claims_cli.render.profile import imbalances_told
    from claims_cli.render.screen import show_lines, show_table

    for number, traced in enumerate(traces):
        heading = f"{traced.question}  {traced.text}"
        show_lines([("", "")] * bool(number) + [(heading, "bold"), ("", "")], stream, look)
        show_table(traced.rows, TRACE, stream, look)
        if drawing is Drawing.PLOT and (drawn := plot_of(traced.rows, traced.unit, stream)):
            stream.write(f"\n{drawn}\n")
        if traced.claimants:
            stream.write("\n")
            show_table(traced.claimants, MOVEMENTS, stream, look)
        if traced.arithmetic:
            show_lines([("", ""), *imbalances_told(traced.arithmetic)], stream, look)


def write_found(  # noqa: PLR0913  three of them are looks
    rows: Sequence[Mapping[str, Any]],
    text: str,
    shape: Shape,
    form: Format,
    stream: TextIO,
    *,
    look: Look,
    explain: bool,
) -> int:
    """Write what was found in a text: candidates for people in their sentences; else rows, with the rules that fired where asked for."""
    shape = with_rules(shape) if explain else shape
    if form is not Format.TABLE or shape.columns[0] != CANDIDATES.columns[0]:
        return write_rows(rows, shape, form, stream, look=look)
    from claims_cli.render.candidates import show_candidates

    return show_candidates([{name: row[name] for name in shape.columns} for row in rows], text, stream, look)


def write_batch(answers: Iterable[Mapping[str, Any]], shape: Shape, stream: TextIO, *, explain: bool) -> None:
    """Write one line of JSON for each answer to a batch, as they come."""
    columns = (with_rules(shape) if explain else shape).columns
    for answer in answers:
        candidates = [{name: row[name] for name in columns} for row in answer["candidates"]]
        print(text_of({**answer, "candidates": candidates}), file=stream)


def with_rules(shape: Shape) -> Shape:
    """A shape with the rules that fired as its last column."""
    return replace(shape, columns=(*shape.columns, "rules"), on_screen=(*shape.on_screen, "rules"))
