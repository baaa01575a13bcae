"""How a person names a claim: by its number, or by a key of their own, its ref."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_cli.core.errors import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_ID = 9  # digits: any such number is one for both engines
MOST_NAMED = 5


def number_in(text: str) -> int | None:
    """The number that a text is, as ids are written; ``None`` where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def claim_meant(name: str, found: Collection[int]) -> int | None:
    """Which of the claims that have a name for number or ref is meant: the number goes before the ref. ``None`` when there are none.

    Raises NotUnderstood when several have that ref.
    """
    number = number_in(name)
    if number is not None and number in found:
        return number
    if len(found) > 1:
        numbers = sorted(found)
        shown = ", ".join(str(one) for one in numbers[:MOST_NAMED]) + (", …" if len(numbers) > MOST_NAMED else "")
        raise NotUnderstood(f"{len(found)} claims have the ref {name!r}", fix=f"give a number: {shown}")
    return next(iter(found), None)
