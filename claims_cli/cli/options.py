"""Options that many commands share, and the one place where the clock and the person are asked for."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from claims_cli.core.claim import Operation
from claims_cli.core.errors import NotUnderstood, UsageError
from claims_cli.core.secrets import without_passwords
from claims_cli.render.shapes import Format, Look
from claims_cli.store.database import Address, address_of

DEFAULT_DATABASE = "./data.db"

Command = TypeVar("Command", bound=Callable[..., None])

DbOption = Annotated[
    str | None, typer.Option("--db", metavar="PATH_OR_URL", help="The database [env CLAIMS_DB, else ./data.db].", show_default=False)
]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.", show_default=False)]
NoInputOption = Annotated[bool, typer.Option("--no-input", help="Never ask; take the safe answer.", show_default=False)]
FormatOption = Annotated[Format | None, typer.Option("--format", "-f", help="How to write the answer.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.", show_default=False)]
CsvOption = Annotated[bool, typer.Option("--csv", help="Short for --format csv.", show_default=False)]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False)]
PublishedOption = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="When it was published; its own date wins.", show_default=False)
]
LangOption = Annotated[
    str | None, typer.Option("--lang", metavar="CODE", help="ar or en; told by the words otherwise.", show_default=False)
]
EncodingOption = Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="How the bytes are to be read.", show_default=False)]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is there.", show_default=False)]
KnownAtOption = Annotated[
    str | None, typer.Option("--known-at", metavar="DATE", help="Answer as the database knew it then (UTC).", show_default=False)
]
PlainOption = Annotated[bool, typer.Option("--plain", help="No colour, no lines, nothing cut.", show_default=False)]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the shared options say. ``None``: not given."""

    db: str | None = None
    format: Format | None = None
    json: bool = False
    csv: bool = False
    output: Path | None = None
    force: bool = False
    plain: bool = False
    no_input: bool = False
    debug: bool = False
    known_at: str | None = None

    @property
    def moment(self) -> str | None:
        """The moment of ``--known-at`` as operations keep theirs: the end of a day or month; ``None``: now. Raises NotUnderstood."""
        return None if self.known_at is None else last_moment(self.known_at)

    @property
    def address(self) -> Address:
        """The database that is meant."""
        return address_of(self.db or os.environ.get("CLAIMS_DB") or DEFAULT_DATABASE)

    @property
    def chosen_format(self) -> Format:
        """The format that is meant; from the file's name when it is not given. Raises UsageError when two are given."""
        told = {one for one, given in ((self.format, self.format is not None), (Format.JSON, self.json), (Format.CSV, self.csv)) if given}
        if len(told) > 1:
            raise UsageError("more than one format is asked for", fix="give one of --format, --json, --csv")
        if told:
            return told.pop() or Format.TABLE
        suffix = "" if self.output is None else self.output.suffix.lower().removeprefix(".")
        return Format(suffix) if suffix in set(Format) else Format.TABLE

    @property
    def look(self) -> Look:
        """How a table may look."""
        return Look.PLAIN if self.plain else Look.FITTED

    def writing_to(self, path: Path) -> Settings:
        """The same settings with the answer going to a file. Raises UsageError when a file is named twice."""
        if self.output is not None:
            raise UsageError("two files are named", fix="leave --output out: the file to write is given already")
        return replace(self, output=path)

    @property
    def file_format(self) -> Format:
        """The format of a report. Raises UsageError when neither an option nor the file's name tells it."""
        found = self.chosen_format
        if found is Format.TABLE and self.format is not Format.TABLE:
            known = ", ".join(f".{one}" for one in Format if one is not Format.TABLE)
            raise UsageError(f"the format of {self.output} is not known", fix=f"give --format, or a name that ends in {known}")
        return found

    @property
    def errors_as_json(self) -> bool:
        """Whether errors are to be read by a program."""
        return self.json or self.format in (Format.JSON, Format.JSONL)


EVERYWHERE = {"db": (DbOption, None), "no_input": (NoInputOption, False), "debug": (DebugOption, False)}
WHEN_SHOWING = {
    "format": (FormatOption, None),
    "json": (JsonOption, False),
    "csv": (CsvOption, False),
    "output": (OutputOption, None),
    "force": (ForceOption, False),
    "plain": (PlainOption, False),
}
WHEN_READING = {"known_at": (KnownAtOption, None)}


def with_shared(command: Callable[..., None], shared: dict[str, tuple[Any, Any]], run: Callable[..., None]) -> Callable[..., None]:
    """A command whose first parameter takes Settings, as typer sees it: its own options, then the shared ones."""
    hints = get_type_hints(command, include_extras=True)
    own = [one.replace(annotation=hints[one.name]) for one in list(inspect.signature(command).parameters.values())[1:]]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)
        for name, (hint, default) in shared.items()
    ]
    for one in [*own, *added]:
        untested(one.annotation)
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)

    def called(**given: Any) -> None:  # noqa: ANN401  whatever the options of the command are
        start: Settings = given.pop("context").obj or Settings()
        told = {name: value for name in shared if (value := given.pop(name))}
        run(command, replace(start, **told), given)

    called.__name__ = command.__name__
    called.__doc__ = command.__doc__
    called.__signature__ = inspect.Signature([*(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own), *added, context])  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in [*own, *added, context]}
    return called


def last_moment(text: str) -> str:
    """The last second that an EDTF date can mean, as ISO 8601 in UTC. Raises NotUnderstood for an open or unknown end."""
    from claims_cli.core.when import parse_when

    when = parse_when(text)
    if when.latest is None:
        raise NotUnderstood(f"--known-at {text!r} has no end", fix="write a day such as 2024-11-01, or 2024-11-01T09:30:00Z")
    at = time(23, 59, 59) if when.at is None else when.at
    moment = datetime.combine(when.latest, at)
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def require_text(given: Mapping[str, object]) -> None:
    """Raise NotUnderstood for an option whose bytes are no UTF-8: no database keeps or finds them. Names of files may be any bytes."""
    for name, value in given.items():
        if isinstance(value, str) and any(FIRST_HALF <= letter <= LAST_HALF for letter in value):
            raise NotUnderstood(f"{name} is not UTF-8", fix="type it again in a terminal that writes UTF-8")


FIRST_HALF, LAST_HALF = "\ud800", "\udfff"  # what Python makes of such bytes lies between


def untested(annotation: Any) -> None:  # noqa: ANN401  any annotation of an option
    """Let typer not try a file: one that may not be read is the file's trouble, told by who opens it, and no wrong usage."""
    for told in getattr(annotation, "__metadata__", ()):
        told.readable = False


def operation_for(command: str, *, summary: str = "") -> Operation:
    """The operation that a writing command makes: now, and who runs it.

    ``SOURCE_DATE_EPOCH`` (seconds; reproducible-builds.org) stands in for the clock and ``CLAIMS_USER`` for the person, so that a
    database can be built again the same.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is None:
        at = datetime.now(UTC)
    elif told.isascii() and told.isdigit() and len(told) <= 11:  # noqa: PLR2004  seconds up to the year 5138
        at = datetime.fromtimestamp(int(told), UTC)
    else:
        raise NotUnderstood(f"SOURCE_DATE_EPOCH is {told!r}, not a number of seconds")
    return Operation(at, os.environ.get("CLAIMS_USER") or login_name(), command, summary)


def login_name() -> str:
    """The name of the account, or its number where it has none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}"


def command_line() -> str:
    """The command as it was typed, for the record: without passwords, and with U+FFFD for bytes that are no text."""
    typed = " ".join(["claims", *sys.argv[1:]])
    return without_passwords(typed.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
