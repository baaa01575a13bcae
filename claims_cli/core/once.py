"""What repeats is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

Given = TypeVar("Given")
Value = TypeVar("Value", bound="Hashable")


def once_alike(function: Callable[[Value], Given], values: Sequence[Value]) -> list[Given]:
    """What a function gives for each value. Equal values are asked for once, in order of appearance, unless most values differ."""
    distinct = dict.fromkeys(values)
    if 2 * len(distinct) > len(values):
        return list(map(function, values))
    given = {value: function(value) for value in distinct}
    return list(map(given.__getitem__, values))


def once_each(function: Callable[..., Given], *columns: Sequence[Any]) -> list[Given]:
    """What a function gives for each row of some columns. Rows of the very same objects are asked for once, in order of appearance.

    Objects are told apart by where they are: to hash dates and figures would take longer than most of what is asked for them.
    """
    if len(columns) == 1:
        (values,) = columns
        places: list[Any] = list(map(id, values))
        given = {place: function(value) for place, value in dict(zip(places, values, strict=True)).items()}
    else:
        places = list(zip(*(map(id, column) for column in columns), strict=True))
        given = {place: function(*row) for place, row in dict(zip(places, zip(*columns, strict=True), strict=True)).items()}
    return list(map(given.__getitem__, places))
