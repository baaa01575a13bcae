"""CSV and TSV, safe to open in a spreadsheet (OWASP: CSV injection)."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.render.safe import safe_lines
from claims_cli.render.shapes import Cells, Mark
from claims_cli.render.to_json import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from claims_cli.render.shapes import Shape

FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def cell(value: object, cells: Cells) -> str:
    """A value as a cell. A text that a spreadsheet would take for a formula gets an apostrophe before it; a number stays a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else joined(value)
    if cells is Cells.RAW:
        return text
    text = safe_lines(text)
    return f"'{text}" if FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text) else text


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
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(shape.columns)
    count = 0
    for row in rows:
        writer.writerow([cell(row[name], cells) for name in shape.columns])
        count += 1
    return count
