"""Markdown tables in which nothing from the data is live: no link, no HTML, no code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims_cli.render.safe import safe
from claims_cli.render.shapes import TITLES, Cells
from claims_cli.render.to_csv import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from claims_cli.render.shapes import Shape

SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|~$])")
# An address becomes a link by itself in most Markdown; a zero-width space would alter it, so one sign of it is written as an entity.
ADDRESS = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*):(?=\S)")
HOST = re.compile(r"(?i)\b(www)\.")


def inert(text: str) -> str:
    """A text that Markdown shows as it stands."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return HOST.sub(r"\1&#46;", ADDRESS.sub(r"\1&#58;", SIGNS.sub(r"\\\1", safe(escaped)))).replace("@", "&#64;")


def told(name: str, value: object) -> str:
    """A value as a cell: positions in words, anything else as it stands."""
    if name != "positions" or not isinstance(value, list):
        return cell(value, Cells.RAW)
    from claims_cli.render.screen import figure, origins_told

    return "; ".join(
        f"{figure(one['value']) or one['stance']}: {origins_told(len(one['claims']), one['origins'])}: {', '.join(one['claimants'])}"
        f" ({', '.join(f'#{claim}' for claim in one['claims'])})"
        for one in value
    )


def write_markdown(rows: Iterable[Mapping[str, object]], shape: Shape, stream: TextIO) -> int:
    """Write a table of all columns; give how many rows."""
    stream.write(f"| {' | '.join(TITLES.get(name, name) for name in shape.columns)} |\n")
    stream.write(f"|{'---|' * len(shape.columns)}\n")
    count = 0
    for row in rows:
        stream.write(f"| {' | '.join(inert(' '.join(told(name, row[name]).split())) for name in shape.columns)} |\n")
        count += 1
    return count
