"""A table comes out in the same bytes, whether its rows come by name or as the texts of arrays."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.table import Table
from claims_cli.render.shapes import Cells, Mark, Shape
from claims_cli.render.to_csv import LOOKED_AT_ONCE, cell, write_delimited

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Letters that need care in some way, more often than they come by themselves, and whole cells that do.
CARE = st.text("aب1 ,;\"\\'=+-@\t\n\r\x00\x1b\x7f\x9b\u00a0\u200c\u202e\u2028\uff1d[]{}", max_size=6)
WHOLE = st.sampled_from(["", "-5", "-5.50", "-5x", "2024-10-28", "null", '"', ",", '","', "plain", "عدد", "\u00a0=1", "a,b", "1, 2"])
TEXTS = st.text(max_size=8) | CARE | WHOLE


@dataclass(frozen=True, slots=True)
class Texts(Table):
    """A table of texts, the columns named by their places."""

    rows: Sequence[Sequence[str | None]]

    def __iter__(self) -> Iterator[Mapping[str, str | None]]:
        """Each row by name."""
        return ({str(at): text for at, text in enumerate(row)} for row in self.rows)

    def arrays(self, columns: Sequence[str]) -> Iterator[str]:
        """Each row as an array."""
        for row in self.rows:
            yield json.dumps([row[int(name)] or "" for name in columns], ensure_ascii=False, separators=(",", ":"))


@st.composite
def tables(draw: st.DrawFn) -> Texts:
    """A table of one to four columns, some cells of it empty."""
    width = draw(st.integers(1, 4))
    return Texts(draw(st.lists(st.lists(st.none() | TEXTS, min_size=width, max_size=width), min_size=1, max_size=4)))


@given(tables(), st.sampled_from([1, 1, 1, LOOKED_AT_ONCE]), st.sampled_from(",\t"), st.sampled_from(Cells))
def test_arrays_and_rows_come_out_in_the_same_bytes(some: Texts, times: int, delimiter: str, cells: Cells) -> None:
    table = Texts([*some.rows, *[some.rows[-1]] * (times - 1)])  # more rows than are looked at together, too
    columns = tuple(map(str, range(len(table.rows[0]))))
    by_array, by_name = io.StringIO(newline=""), io.StringIO(newline="")
    for rows, stream in ((table, by_array), (list(table), by_name)):
        assert write_delimited(rows, Shape(columns, columns), stream, delimiter=delimiter, cells=cells, mark=Mark.NONE) == len(table.rows)
    assert by_array.getvalue() == by_name.getvalue()


@given(tables(), st.sampled_from(",\t"))
def test_each_cell_reads_back_as_what_is_safe_of_it(table: Texts, delimiter: str) -> None:
    columns = tuple(map(str, range(len(table.rows[0]))))
    stream = io.StringIO(newline="")
    write_delimited(table, Shape(columns, columns), stream, delimiter=delimiter)
    stream.seek(0)
    _, *read = csv.reader(stream, delimiter=delimiter)
    assert read == [[cell(text, Cells.SAFE) for text in row] for row in table.rows]
