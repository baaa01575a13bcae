"""The application: its commands, and errors made into words and exit codes."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from claims_cli.cli import options
from claims_cli.cli.options import DbOption, DebugOption, NoInputOption, Settings
from claims_cli.core.errors import ClaimsError, FileTrouble, NotUnderstood, RowsRefused, UsageError
from claims_cli.core.secrets import without_passwords
from claims_cli.render.safe import safe, safe_lines

if TYPE_CHECKING:
    from collections.abc import Callable

INTERRUPTED = 130
PROGRAM_FAULT = 70  # EX_SOFTWARE of sysexits.h
SHOWN_PROBLEMS = 50
SHOWN_TEXT = 40  # characters
# What typer raises for words that it cannot parse; of its parser's errors it names only the subclass.
NotParsed: type[Any] = typer.BadParameter.__mro__[1]

# What the parser puts before what it has to say, or after it.
NOISE = ("Invalid value for ", "Value error, ", ", unable to parse string as an integer")

app = typer.Typer(
    name="claims",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def version_wanted(value: bool) -> None:  # noqa: FBT001  typer calls it so
    """Print the version and stop."""
    if value:
        from importlib.metadata import version

        typer.echo(f"claims {version('claims-cli')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    db: DbOption = None,
    no_input: NoInputOption = False,
    debug: DebugOption = False,
    plain: options.PlainOption = False,
    version: Annotated[bool, typer.Option("--version", callback=version_wanted, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Keep track of claims and reconcile them: who said what, about when, and what contradicts what.

    Example: claims conflicts --topic troops
    """
    del version
    context.obj = Settings(db=db, no_input=no_input, debug=debug, plain=plain)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit


def reading(name: str, group: typer.Typer = app) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command that reads the database and shows."""
    return registered(name, group, {**options.EVERYWHERE, **options.WHEN_SHOWING, **options.WHEN_READING})


def showing(name: str, group: typer.Typer = app) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command that shows something else."""
    return registered(name, group, {**options.EVERYWHERE, **options.WHEN_SHOWING})


def writing(name: str, group: typer.Typer = app) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command that changes the database."""
    return registered(name, group, options.EVERYWHERE)


def registered(name: str, group: typer.Typer, shared: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command under a name with shared options; its first parameter takes the Settings."""

    def register(command: Callable[..., None]) -> Callable[..., None]:
        group.command(name)(options.with_shared(command, shared, carry_out))
        return command

    return register


def carry_out(command: Callable[..., None], settings: Settings, given: dict[str, Any]) -> None:
    """Run a command; what goes wrong ends the program with a line and the exit code of its kind."""
    try:
        options.require_text(given)
        command(settings, **given)
        sys.stdout.flush()
    except BrokenPipeError:
        end_quietly()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except ClaimsError as error:
        fail(error, settings)
    except OSError as error:
        trouble = FileTrouble(f"cannot write the answer: {error.strerror or error}")
        tell(trouble, settings)
        end_quietly(trouble.exit_code)
    except (typer.Exit, typer.Abort, SystemExit):
        raise
    except Exception as error:  # noqa: BLE001  whatever a fault of the program is, it is told in a line
        fault, code = fault_behind(error, settings)
        tell(fault, settings)
        raise SystemExit(code) from None


def fault_behind(error: Exception, settings: Settings) -> tuple[ClaimsError, int]:
    """What is to blame for an error that nobody foresaw, and the exit code: half a character, a damaged database, or else the program."""
    if isinstance(error, UnicodeEncodeError):
        words = error.object[max(0, error.end - SHOWN_TEXT) : error.end]
        return NotUnderstood(f"{words!r} is no text", fix="write it in UTF-8"), NotUnderstood.exit_code
    from claims_cli.store.integrity import damage_of

    with suppress(Exception):  # what failed once may fail again here, and the first fault is the one to tell
        damage = damage_of(settings.address)
        if damage is not None:
            return damage, damage.exit_code
    return ClaimsError(f"the program itself failed: {type(error).__name__}: {error}", fix="please report it, with --debug"), PROGRAM_FAULT


def fail(error: ClaimsError, settings: Settings) -> NoReturn:
    """End the program with an error."""
    tell(error, settings)
    raise SystemExit(error.exit_code) from None


def tell(error: ClaimsError, settings: Settings) -> None:
    """An error on stderr, with ``--debug`` after the traceback of what is being dealt with."""
    if settings.debug:
        import traceback

        print(safe_lines(without_passwords(traceback.format_exc())), end="", file=sys.stderr)
    show(error, settings)


def end_quietly(code: int = 0) -> None:
    """Leave when nobody reads on; what is still to be written goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(code)


def show(error: ClaimsError, settings: Settings) -> None:
    """An error on stderr, as a line or as JSON."""
    problems = error.problems if isinstance(error, RowsRefused) else ()
    if settings.errors_as_json:
        import json

        told: dict[str, object] = {
            "error": error.kind,
            "message": error.what,
            "where": error.where,
            "fix": error.fix,
            "exit_code": error.exit_code,
        }
        if problems:
            told["problems"] = [
                {"message": one.what, "file": one.file, "line": one.line, "column": one.column, "fix": one.fix} for one in problems
            ]
        print(json.dumps(told, ensure_ascii=True), file=sys.stderr)
        return
    for problem in problems[:SHOWN_PROBLEMS]:
        print(safe(str(problem)), file=sys.stderr)
    if len(problems) > SHOWN_PROBLEMS:
        print(f"… and {len(problems) - SHOWN_PROBLEMS} more", file=sys.stderr)
    print(f"claims: {safe(str(error))}", file=sys.stderr)


def end_by_signal(number: int, _: object) -> NoReturn:
    """End as when interrupted, with what a shell calls such an end: what is unfinished is taken away on the way out."""
    raise SystemExit(128 + number)


def run() -> None:
    """Run the command line, in UTF-8 whatever the locale says."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup(1) has it ignored
            signal.signal(number, end_by_signal)
    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace"), (sys.stdin, "replace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
    from claims_cli.cli import change, enter, extract, judge, read, review, upkeep

    del change, enter, extract, judge, read, review, upkeep  # importing them registers their commands
    try:
        raise SystemExit(app(standalone_mode=False))
    except BrokenPipeError:
        end_quietly()
    except NotParsed as error:
        if error.format_message().startswith("Usage:"):  # a group without a command explains itself
            print(error.format_message(), file=sys.stderr)
            raise SystemExit(UsageError.exit_code) from None
        message = " ".join(error.format_message().split())
        for noise in NOISE:
            message = message.replace(noise, "")
        told = UsageError(message.rstrip("."), fix="see --help")
        show(told, Settings(json="--json" in sys.argv))
        raise SystemExit(told.exit_code) from None
    except typer.Abort:
        raise SystemExit(INTERRUPTED) from None
