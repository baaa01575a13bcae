"""CSV and TSV, safe to open in a spreadsheet (OWASP: CSV injection)."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.core.table import Table
from claims_cli.render.safe import safe_lines
from claims_cli.render.shapes import Cells, Mark
from claims_cli.render.to_json import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from claims_cli.render.shapes import Shape

# A sign that begins a formula, at the beginning of a cell, or of what is one to a program that splits at semicolons, as Excel does in
# much of the world, or at tabs. Quotes before it vanish there; apostrophes count, so that ours can be taken off (intake/tables.py).
SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
FORMULA = re.compile(rf"^(?=[\s'\"]*{SIGNS})|[;\t\n](?=[ '\"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*{SIGNS})")
# What may be one in the text of an array: after the quotation mark before a cell, one within it, or a semicolon.
RISKY = re.compile(rf"[\";][ ']*{SIGNS}")
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


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
        return write_arrays(rows.arrays(shape.columns), len(shape.columns), stream, delimiter=delimiter, cells=cells)
    count = 0
    for row in rows:
        writer.writerow(cells_of((row[name] for name in shape.columns), cells))
        count += 1
    return count


def write_arrays(arrays: Iterable[str], width: int, stream: TextIO, *, delimiter: str, cells: Cells) -> int:
    """Write rows that come as the texts of arrays; give how many. Nearly all need no care of each cell: so much is seen at once."""
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    between = (width - 1) * '","'.count(delimiter)
    count = 0
    for array in arrays:
        if "\\" in array or width == 1:
            texts = json.loads(array)
            writer.writerow(texts if is_harmless("".join(texts), array) else cells_of(texts, cells))
        elif not is_harmless(array, array):
            writer.writerow(cells_of(json.loads(array), cells))
        elif array.count(delimiter) > between:
            quoted = [f'"{text}"' if delimiter in text else text for text in array[2:-2].split('","')]
            stream.write(delimiter.join(quoted) + "\n")
        else:
            stream.write(array[2:-2].replace('","', delimiter) + "\n")
        count += 1
    return count


def is_harmless(texts: str, array: str) -> bool:
    """Whether no text of an array needs any care, given all that stands in them; it may say no where none does."""
    return texts.isprintable() and RISKY.search(array) is None
