"""Rows that can be had in two ways: by name, or as plain text, which for a large table takes a fraction of the time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Table(ABC):
    """Rows of an answer, read anew each time that they are asked for."""

    @abstractmethod
    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """Each row by the names of its columns."""

    @abstractmethod
    def arrays(self, columns: Sequence[str]) -> Iterator[str]:
        """Each row as the text of a JSON array without spaces: the texts in some columns, an empty one where there is nothing."""
