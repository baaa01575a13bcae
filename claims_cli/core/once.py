"""What repeats is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Given = TypeVar("Given")


def once_each(function: Callable[..., Given], *columns: Sequence[Any]) -> list[Given]:
    """What a function gives for each row of some columns. Rows of the very same objects are asked for once, in order of appearance.

    Objects are told apart by where they are: to hash dates and figures would take longer than most of what is asked for them.
    """
    keys = list(zip(*(map(id, column) for column in columns), strict=True))
    rows = dict(zip(keys, zip(*columns, strict=True), strict=True))
    given = {key: function(*row) for key, row in rows.items()}
    return [given[key] for key in keys]
