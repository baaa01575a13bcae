"""What undos took back: an undo is an operation itself, and counts until another one takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def undone_by(undoes: Mapping[int, int]) -> dict[int, int]:
    """Each operation that is not in force, with the undo that took it back; ``undoes`` has for each undo the operation that it meant."""
    found: dict[int, int] = {}
    for undo in sorted(undoes, reverse=True):  # what takes an undo back comes after it
        if undo not in found:
            found[undoes[undo]] = undo
    return found
