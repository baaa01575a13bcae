"""Answers for a person: tables, one claim, conflicts, traces. On a terminal fitted to its width; elsewhere plain, and nothing is cut."""

from __future__ import annotations

import os
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claims_cli.core.notation import figure_for_people, grouped, parse_figure
from claims_cli.render.safe import safe, safe_lines
from claims_cli.render.shapes import NUMERIC, TITLES, Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TextIO

    from claims_cli.render.shapes import Shape

GAP = "  "
ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def fitted(stream: TextIO, look: Look) -> bool:
    """Whether to fit the answer to a terminal."""
    return look is Look.FITTED and stream.isatty()


@lru_cache(maxsize=4096)
def figure(value: object) -> str:
    """A figure of the value mini-language as people write it."""
    return "" if value is None else figure_for_people(parse_figure(str(value)))


def value_told(row: Mapping[str, Any]) -> str:
    """The figure with what is not usual about it: a forecast, a denial, a refusal to confirm."""
    told = [figure(row["value"])]
    if row.get("stance") not in {None, "asserts"}:
        told.append(str(row["stance"]))
    elif row["value"] is None and row.get("stance"):
        told.append("asserts")
    if row.get("modality") not in {None, "observed"}:
        told.append(str(row["modality"]))
    if row.get("review") not in {None, "accepted"}:
        told.append(f"({row['review']})")
    return " ".join(filter(None, told))


def change_told(row: Mapping[str, Any]) -> str:
    """A change in absolute and relative terms, and the days that it took."""
    if row["change"] is None:
        return ""
    sign = "+" if row["change"] > 0 else "−" if row["change"] < 0 else "±"
    told = f"{sign}{grouped(row['change'].copy_abs())}"
    if row["ratio"] is not None and row["change"] != 0:
        told += f" × {rounded(row['ratio'])}"
    days = row.get("days")
    if days:
        told += f" in {days} {'day' if days == 1 else 'days'}"
    return told


def rounded(ratio: Decimal) -> str:
    """A ratio with one decimal, more where it would vanish."""
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def cell(name: str, row: Mapping[str, Any]) -> str:  # noqa: PLR0911  a line for each kind of value
    """A cell of a table."""
    if name == "value":
        return safe(value_told(row))
    if name == "change" and "ratio" in row:
        return change_told(row)
    value = row[name]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return grouped(value)
    if isinstance(value, list):
        return safe("; ".join(map(str, value)))
    if isinstance(value, dict):
        return safe(changes_of_fields(value))
    return safe(str(value))


def changes_of_fields(changed: Mapping[str, Sequence[object]]) -> str:
    """What each field said, and what it says; a dash for nothing."""
    shown = {name: " → ".join("–" if end is None else str(end) for end in ends) for name, ends in changed.items()}
    return "; ".join(f"{TITLES.get(name, name)}: {ends}" for name, ends in shown.items())


def width_of(text: str) -> int:
    """How many cells of a terminal a text takes (Unicode TR 11; marks take none)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(letter) in ZERO_WIDTH else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text
    )


def padded(text: str, width: int, name: str) -> str:
    """A text filled up to a width: numbers to the right, words to the left."""
    filling = " " * (width - width_of(text))
    return filling + text if name in NUMERIC else text + filling


def show_table(rows: Iterable[Mapping[str, Any]], shape: Shape, stream: TextIO, look: Look) -> int:
    """Write a table with a header; nothing at all when there are no rows. Gives how many rows."""
    names = shape.on_screen
    cells = [[cell(name, row) for name in names] for row in rows]
    if cells and fitted(stream, look):
        show_rich(names, cells, stream)
    elif cells:
        show_plain(names, cells, stream)
    return len(cells)


def show_plain(names: Sequence[str], cells: Sequence[Sequence[str]], stream: TextIO) -> None:
    """Columns in line, two spaces apart, a line a row."""
    titles = [TITLES.get(name, name) for name in names]
    widths = [max(width_of(text) for text in column) for column in zip(titles, *cells, strict=True)]
    for row in [titles, *cells]:
        line = GAP.join(padded(text, width, name) for text, width, name in zip(row, widths, names, strict=True))
        stream.write(line.rstrip() + "\n")


def show_rich(names: Sequence[str], cells: Sequence[Sequence[str]], stream: TextIO) -> None:
    """A table as wide as the terminal; long cells go on in the next line."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = terminal(stream)
    kept = columns_that_fit(names, cells, console.width)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for at in kept:
        whole = names[at] in {"id", "as_of", "said_on"}
        table.add_column(
            TITLES.get(names[at], names[at]), justify="right" if names[at] in NUMERIC else "left", no_wrap=whole, overflow="fold"
        )
    for row in cells:
        table.add_row(*(Text(row[at], style=style_of(names[at], row[at])) for at in kept))
    console.print(table)


# What a narrow terminal can do without, the first first: it stands in "claims show", and a column of one value tells nothing.
SPARED = ("said_on", "question", "topic")
RULE = 3  # cells between two columns of the table's box


def columns_that_fit(names: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """The columns to show in a terminal of some width: all of them, or all but those that can be spared."""
    kept = list(range(len(names)))
    for name in SPARED:
        wanted = sum(max(width_of(text) for text in (names[at], *(row[at] for row in cells))) + RULE for at in kept) - RULE
        if wanted <= width:
            break
        at = names.index(name) if name in names else None
        if at is not None and (name == "said_on" or len({row[at] for row in cells}) == 1):
            kept.remove(at)
    return kept


def style_of(name: str, text: str) -> str:
    """The style of a cell: what is forecast or not asserted stands back, what conflicts stands out."""
    if name == "value" and text.endswith(("forecast", "target", "conditional", "unconfirmed")):
        return "italic"
    if name in {"relation", "conflict"} and text in {"contradicts", "denies", "falls", "misreports", "exceeds_whole", "yes"}:
        return "bold red"
    return "bold" if name == "value" else ""


def terminal(stream: TextIO) -> Any:  # noqa: ANN401  a rich Console, which is imported only when it is needed
    """A console on the stream."""
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False, no_color="NO_COLOR" in os.environ or None)


def show_lines(lines: Iterable[tuple[str, str]], stream: TextIO, look: Look) -> None:
    """Write lines, each with a style for terminals; whatever a line holds, it is shown and stays one line."""
    lines = [(safe(text), style) for text, style in lines]
    if not fitted(stream, look):
        stream.writelines(f"{text}\n" for text, _ in lines)
        return
    from rich.text import Text

    console = terminal(stream)
    for text, style in lines:
        console.print(Text(text, style=style))


def show_conflicts(conflicts: Iterable[Mapping[str, Any]], texts: Mapping[str, str], stream: TextIO, look: Look) -> None:
    """A block for each conflict: what is asked, when, the positions, and why they cannot all be right."""
    for number, conflict in enumerate(conflicts):
        gap = "" if conflict["gap"] is None else f"{GAP}gap × {rounded(conflict['gap'])}"
        lines = [("", "")] if number else []
        lines.append((f"{conflict['id']}{GAP}{conflict['relation']}{GAP}{conflict['status']}{gap}", "bold"))
        lines.append((f"{texts[conflict['question']]}{GAP}{period(conflict)}", ""))
        lines.extend((line, "") for line in positions_told(conflict["positions"]))
        lines.append((f"{conflict['explanation']}.", "red"))
        if conflict["ruling"]:
            lines.append((f"Ruling {ruling_told(conflict['ruling'])}", "italic"))
        show_lines(lines, stream, look)


def ruling_told(ruling: Mapping[str, Any]) -> str:
    """A ruling: by whom, what, and why."""
    named = "".join(f", {told}" for told in (ruling["claim"] and f"#{ruling['claim']}", ruling["cause"]) if told)
    return f"by {ruling['who']}: {ruling['verdict']}{named}: {ruling['reason']}"


def standing_told(conflict: Mapping[str, Any]) -> str:
    """Where a conflict stands: its id and status, and the ruling on it."""
    return f"{conflict['id']}: {conflict['status']}" + (f", ruling {ruling_told(conflict['ruling'])}" if conflict["ruling"] else "")


def period(conflict: Mapping[str, Any]) -> str:
    """The days of a conflict."""
    if conflict["to"] is None:
        return f"since {conflict['from']}"
    return conflict["from"] if conflict["from"] == conflict["to"] else f"{conflict['from']} to {conflict['to']}"


def positions_told(positions: Sequence[Mapping[str, Any]]) -> list[str]:
    """The positions in columns: what, how many reports of how many origins, whose."""
    whats = [position_value(one) for one in positions]
    origins = [origins_told(len(one["claims"]), one["origins"]) for one in positions]
    wide, wider = max(map(width_of, whats)), max(map(len, origins))
    told = []
    for what, origin, one in zip(whats, origins, positions, strict=True):
        claims = ", ".join(f"#{claim}" for claim in one["claims"])
        told.append(f"  {what}{' ' * (wide - width_of(what))}{GAP}{origin:{wider}}{GAP}{', '.join(one['claimants'])} ({claims})")
    return told


def position_value(position: Mapping[str, Any]) -> str:
    """What a position says: its figures, with the stance where it is no assertion, or the stance alone."""
    figures = figure(position["value"])
    if not figures:
        return str(position["stance"])
    return figures if position["stance"] == "asserts" else f"{figures} {position['stance']}"


def origins_told(reports: int, origins: int) -> str:
    """How many reports there are, and how many independent origins they have."""
    return f"{counted(reports, 'report')}, {counted(origins, 'origin')}"


def counted(number: int, what: str) -> str:
    """A number of things."""
    return f"{number} {what if number == 1 else what + 's'}"


def show_falls(falls: Sequence[Mapping[str, Any]], stream: TextIO, look: Look) -> None:
    """Why a toll may have gone down: for each fall the causes, the likeliest first, each with what speaks for it."""
    lines = []
    for fall in falls:
        lines += [("", ""), (f"Why the toll may have gone down: {fall['explanation']}", "bold")]
        for number, cause in enumerate(fall["causes"], start=1):
            lines.append((f"{number:>3}  {cause['cause']}", ""))
            lines.extend((f"     + {told}", "") for told in cause["evidence"])
    show_lines(lines, stream, look)


def show_repairs(conflict: Mapping[str, Any], stream: TextIO, look: Look) -> None:
    """What would remove a conflict, the likeliest first, each with what speaks for and against it."""
    lines = [("", ""), ("What would remove it, the likeliest first:" if conflict["repairs"] else "No single edit removes it.", "bold")]
    for number, repair in enumerate(conflict["repairs"], start=1):
        lines.append((f"{number:>3}  {repair['explanation']} (#{repair['claim']})", ""))
        lines.extend((f"     + {word}", "") for word in repair["speaks_for"])
        lines.extend((f"     − {word}", "") for word in repair["speaks_against"])
    if conflict["removals"]:
        sets = "; ".join(", ".join(f"#{claim}" for claim in removal) for removal in conflict["removals"])
        doubt = "" if conflict["smallest"] else ", though fewer might do"
        lines.append((f"Without these the others agree{doubt}: {sets}", ""))
    show_lines(lines, stream, look)


def show_claim(claim: Mapping[str, Any], stream: TextIO, look: Look) -> None:
    """One claim: its facts, its quote in context, and its relations to others."""
    lines = [(f"claim {claim['id']}{GAP}{value_told(claim)}", "bold"), (claim["question_text"], "")]
    lines.extend((f"  {TITLES.get(name, name):<13} {claim[name]}", "") for name in CLAIM_LINES if claim[name] is not None)
    lines.append((f"  {'recorded':<13} {claim['recorded_at']} by {claim['recorded_by']}", ""))
    lines.extend((f"  {'conflict':<13} {standing_told(one)}", "") for one in claim["conflicts"])
    show_lines(lines, stream, look)
    if claim["quote"] is not None:
        show_quote(claim, stream, look)
    stream.writelines(event_line(one) for one in claim["history"][1:])
    if claim["relations"]:
        stream.write("\n")
        stream.writelines(f"  {one['relation']:<14} #{one['claim']}{GAP}{safe(one['explanation'])}\n" for one in claim["relations"])


def event_line(event: Mapping[str, Any]) -> str:
    """What happened to a claim later on: when, by whom, and each field with its former and its new content."""
    fields = changes_of_fields(event["changed"])
    return f"  {event['event']:<13} {event['at']} by {safe(event['who'])}{GAP}{safe(fields)}".rstrip() + "\n"


CLAIM_LINES = [
    "ref",
    "topic",
    "question",
    "claimant",
    "voice",
    "relay",
    "stance",
    "modality",
    "place",
    "basis",
    "as_of",
    "said_on",
    "published_on",
    "publisher",
    "title",
    "url",
    "value_text",
    "review",
    "note",
]


def show_quote(claim: Mapping[str, Any], stream: TextIO, look: Look) -> None:
    """The quote in its context: set off by its colour on a terminal, by guillemets elsewhere."""
    before, quote, after = (safe_lines(claim[name] or "").replace("\n", " ") for name in ("quote_prefix", "quote", "quote_suffix"))
    if not fitted(stream, look):
        stream.write(f"\n  …{before}«{quote}»{after}…\n" if before or after else f"\n  «{quote}»\n")
        return
    from rich.text import Text

    terminal(stream).print(Text.assemble("\n  …", (before, "dim"), (quote, "bold reverse"), (after, "dim"), "…"))
