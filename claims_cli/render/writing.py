"""Writing an answer in the format that is asked for: one table of formats, and the few answers that are more than rows."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from claims_cli.render.shapes import CONFLICTS, MOVEMENTS, TRACE, Cells, Format, Look, Mark
from claims_cli.render.to_csv import write_delimited
from claims_cli.render.to_json import write_json, write_jsonl, write_object
from claims_cli.render.to_markdown import write_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
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
    conflicts: Sequence[Mapping[str, Any]],
    texts: Mapping[str, str],
    form: Format,
    stream: TextIO,
    *,
    look: Look,
) -> None:
    """Write conflicts; ``texts`` has the words of each question by slug, for people."""
    from claims_cli.render.screen import show_conflicts

    if form is Format.TABLE:
        show_conflicts(conflicts, texts, stream, look)
    else:
        write_rows(conflicts, CONFLICTS, form, stream, look=look)


def write_traces(traces: Sequence[Any], form: Format, stream: TextIO, *, look: Look, drawing: Drawing) -> None:
    """Write traces: for people a table, a drawing and a summary of each claimant for every question; else the rows of all."""
    if form is not Format.TABLE:
        write_rows((row for traced in traces for row in traced.rows), TRACE, form, stream, look=look)
        return
    from claims_cli.render.plot import plot_of
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
