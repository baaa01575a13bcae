"""JSON and JSON lines: keys in the order of the shape, numbers exact."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.render.safe import BEYOND_ASCII

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from claims_cli.render.shapes import Shape


def number(value: object) -> int | float | str:
    """A decimal as JSON has it: whole numbers whole, others as the float that prints the same, else the exact digits as text."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no JSON form")
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else format(value, "f")


def text_of(value: object, *, indent: int | None = None) -> str:
    """A value as JSON in which no character can steer a terminal: those are escaped, as JSON lets them be."""
    return HARMFUL_INSIDE.sub(escaped, json.dumps(value, ensure_ascii=False, indent=indent, default=number, allow_nan=False))


# json.dumps escapes C0 itself; a newline here is its own indentation.
HARMFUL_INSIDE = re.compile(f"[{BEYOND_ASCII}]")


def escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it, as two halves where it lies outside the basic plane."""
    return json.dumps(match[0])[1:-1]


def write_jsonl(rows: Iterable[Mapping[str, object]], shape: Shape, stream: TextIO) -> int:
    """Write one object a line; give how many."""
    count = 0
    for row in rows:
        stream.write(text_of({name: row[name] for name in shape.columns}) + "\n")
        count += 1
    return count


def write_json(rows: Iterable[Mapping[str, object]], shape: Shape, stream: TextIO) -> int:
    """Write an array of objects, one after the other as they come; give how many."""
    count = 0
    stream.write("[")
    for row in rows:
        told = text_of({name: row[name] for name in shape.columns}, indent=2).replace("\n", "\n  ")
        stream.write(f"{',' if count else ''}\n  {told}")
        count += 1
    stream.write("\n]\n" if count else "]\n")
    return count


def write_object(value: Mapping[str, object], stream: TextIO) -> None:
    """Write one object."""
    stream.write(text_of(value, indent=2) + "\n")
