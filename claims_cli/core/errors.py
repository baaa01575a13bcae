"""The family of errors, one class per kind of blame, each with the exit code it ends the program with.

ClaimsError
├── UsageError          2   the command was put together wrongly
├── NotUnderstood       3   an input (value, date, row, file) does not mean anything
│   └── RowsRefused     3   a file of rows with one or more problems
├── NotFound            4   no such topic, question, claim, file or database
├── FileTrouble         5   reading or writing failed
├── DatabaseBusy        6   another process holds the database; trying again may help
└── DatabaseUnusable    7   damaged, not a claims database, or newer than this program
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims_cli.core.secrets import without_passwords

if TYPE_CHECKING:
    from collections.abc import Sequence


class ClaimsError(Exception):
    """An error that a person can act on.

    ``what`` is a sentence without its full stop; ``where`` is ``file``, ``file:line`` or ``file:line:column``;
    ``fix`` says what to do. ``None`` means that there is nothing to say.
    """

    exit_code = 1
    kind = "error"

    def __init__(self, what: str, *, where: str | None = None, fix: str | None = None) -> None:
        """Keep the three parts, without passwords; ``str()`` of the error is the one line that a person reads."""
        self.what = without_passwords(what)
        super().__init__(self.what)
        self.where = where and without_passwords(where)
        self.fix = fix and without_passwords(fix)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.fix}" if self.fix else ""
        return f"{place}{self.what}{advice}"


class UsageError(ClaimsError):
    """The words of the command do not fit together."""

    exit_code = 2
    kind = "usage"


class NotUnderstood(ClaimsError):
    """An input that has no meaning here: a value, a date, a row, a file format."""

    exit_code = 3
    kind = "not_understood"


class NotFound(ClaimsError):
    """Nothing of that name or number is kept."""

    exit_code = 4
    kind = "not_found"


class FileTrouble(ClaimsError):
    """The operating system refused to read or write."""

    exit_code = 5
    kind = "file"


class DatabaseBusy(ClaimsError):
    """Another process holds the lock; the same command may succeed later."""

    exit_code = 6
    kind = "busy"


class DatabaseUnusable(ClaimsError):
    """Not a claims database, damaged, or of a schema that this program does not know."""

    exit_code = 7
    kind = "unusable"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding among many: what is wrong, where, and what to do.

    ``line`` counts from 1 and counts the header of a CSV file; ``column`` is the name of the field. ``None``: not tied to one.
    """

    what: str
    file: str | None = None
    line: int | None = None
    column: str | None = None
    fix: str | None = None

    def __post_init__(self) -> None:
        """Leave out passwords: a document may be named by an address."""
        for name in ("what", "file", "fix"):
            text = getattr(self, name)
            object.__setattr__(self, name, text and without_passwords(text))

    @property
    def where(self) -> str | None:
        """``file:line:column`` as far as they are known."""
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(parts) or None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.fix}" if self.fix else ""
        return f"{place}{self.what}{advice}"


class RowsRefused(NotUnderstood):
    """A file was refused whole; ``problems`` names every bad row."""

    kind = "rows_refused"

    def __init__(self, what: str, problems: Sequence[Problem], *, where: str | None = None, fix: str | None = None) -> None:
        """Keep the problems beside the sentence that sums them up."""
        super().__init__(what, where=where, fix=fix)
        self.problems = tuple(problems)
