"""CSV and TSV, safe to open in a spreadsheet (OWASP: CSV injection)."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from claims_cli.core.table import Table
from claims_cli.render.safe import safe_lines
from claims_cli.render.shapes import Cells, Mark
from claims_cli.render.to_json import text_of

if TYPE_CHECKING:
    from _csv import Writer as CsvWriter
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from claims_cli.render.shapes import Shape

# A sign that begins a formula, at the beginning of a cell, or of what is one to a program that splits at semicolons, as Excel does in
# much of the world, or at tabs. Quotes before it vanish there; apostrophes count, so that ours can be taken off (intake/tables.py).
SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
FORMULA = re.compile(rf"^(?=[\s'\"]*{SIGNS})|[;\t\n](?=[ '\"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*{SIGNS})")
# What may be one in the text of an array: after the quotation mark before a cell, one within it, or a semicolon.
RISKY = re.compile(rf"[\";][ ']*{SIGNS}")
SIGN_BEHIND = re.compile(rf"{SIGNS}(?<=[\"; '].)")  # what a risky text holds, found in less than half the time
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
LOOKED_AT_ONCE = 100  # rows


def cell(value: object, cells: Cells) -> str:
    """A value as a cell. A text that a spreadsheet would take for a formula gets an apostrophe before it; a number stays a number."""
    if isinstance(value, str):
        return value if cells is Cells.RAW else safe_cell(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float):
        return str(value)
    return joined(value) if cells is Cells.RAW else safe_cell(joined(value))


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula and no terminal for a command."""
    text = safe_lines(text)
    return text if PLAIN_NUMBER.fullmatch(text) else FORMULA.sub(r"\g<0>'", text)


def cells_of(values: Iterable[object], cells: Cells) -> list[str | None]:
    """Values as cells; ``None`` is an empty one.

    Most texts begin with a letter or digit, are printable and have no semicolon: they need no look at all.
    """
    return [
        value
        if value is None or (type(value) is str and (not value or (value[:1].isalnum() and value.isprintable() and ";" not in value)))
        else cell(value, cells)
        for value in values
    ]


def joined(value: object) -> str:
    """A list of texts with semicolons between them; anything else as JSON."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return text_of(value)


def write_delimited(  # noqa: PLR0913  three of them are looks, with usual values
    rows: Iterable[Mapping[str, object]], shape: Shape, stream: TextIO, *, delimiter: str, cells: Cells = Cells.SAFE, mark: Mark = Mark.NONE
) -> int:
    """Write a header and the rows as they come, by RFC 4180 but with plain line ends; give how many."""
    if mark is Mark.BOM:
        stream.write("\ufeff")
    if cells is Cells.RAW:  # a return begins no row only where its cell is in quotes
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(shape.columns)
    if isinstance(rows, Table) and cells is Cells.SAFE:
        return write_arrays(rows.arrays(shape.columns), len(shape.columns), stream, delimiter=delimiter)
    count = 0
    for row in rows:
        writer.writerow(cells_of((row[name] for name in shape.columns), cells))
        count += 1
    return count


def write_arrays(arrays: Iterable[str], width: int, stream: TextIO, *, delimiter: str) -> int:
    """Write rows that come as the texts of arrays; give how many. Nearly all need no care of each cell: of many at once that is seen."""
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    between = (width - 1) * '","'.count(delimiter)
    count = 0
    coming = iter(arrays)
    while some := list(islice(coming, LOOKED_AT_ONCE)):
        together = "".join(some)
        if width == 1 or "\\" in together or not is_harmless(together, together):
            for array in some:
                write_array(array, between, writer, stream, delimiter=delimiter)
        elif together.count(delimiter) > between * len(some):
            stream.writelines(plain_line(array, between, delimiter) for array in some)
        else:
            stream.write(together[2:-2].replace('"]["', "\n").replace('","', delimiter) + "\n")
        count += len(some)
    return count


def write_array(array: str, between: int, writer: CsvWriter, stream: TextIO, *, delimiter: str) -> None:
    """Write one row with what care it needs; ``between`` is how often the delimiter stands in its array at least."""
    if "\\" in array or '","' not in array:
        texts = json.loads(array)
        writer.writerow(texts if is_harmless("".join(texts), array) else cells_of(texts, Cells.SAFE))
    elif is_harmless(array, array):
        stream.write(plain_line(array, between, delimiter))
    else:
        writer.writerow(cells_of(json.loads(array), Cells.SAFE))


def plain_line(array: str, between: int, delimiter: str) -> str:
    """The line of a row that needs no care but quotes around texts that hold the delimiter."""
    if array.count(delimiter) > between:
        return delimiter.join([f'"{text}"' if delimiter in text else text for text in array[2:-2].split('","')]) + "\n"
    return array[2:-2].replace('","', delimiter) + "\n"


def is_harmless(texts: str, arrays: str) -> bool:
    """Whether no text of some arrays needs any care, given all that stands in them; it may say no where none does."""
    return texts.isprintable() and (SIGN_BEHIND.search(arrays) is None or RISKY.search(arrays) is None)
