"""Undos of undos: what is in force after them."""

from __future__ import annotations

import pytest

from claims_cli.core.undone import undone_by


@pytest.mark.parametrize(
    ("undoes", "expected"),
    [
        ({}, {}),
        ({3: 2}, {2: 3}),
        ({3: 2, 4: 3}, {3: 4}),
        ({3: 2, 4: 3, 5: 4}, {2: 3, 4: 5}),
        ({3: 2, 4: 3, 5: 2}, {2: 5, 3: 4}),
        ({3: 2, 4: 1}, {2: 3, 1: 4}),
    ],
)
def test_an_operation_is_undone_by_the_undo_that_is_in_force(undoes: dict[int, int], expected: dict[int, int]) -> None:
    assert undone_by(undoes) == expected
