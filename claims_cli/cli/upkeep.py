"""Commands for the database itself: db upgrade, db verify, db backup, purge, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.cli.app import app, showing, writing
from claims_cli.cli.options import ForceOption, Settings, command_line, operation_for
from claims_cli.cli.output import answer, say
from claims_cli.cli.selecting import number_given
from claims_cli.core.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims_cli.store.integrity import Verified
    from claims_cli.store.purging import Purged

databases = typer.Typer(help="The database itself.\n\nExample: claims db verify", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(databases, name="db")


@writing("upgrade", databases)
def upgrade(settings: Settings) -> None:
    """Bring the tables to this program's schema. A file is first copied to a name beside it.

    Example: claims db upgrade
    """
    from claims_cli.store.schema import upgrade_database

    made = upgrade_database(settings.address, lambda copy: say(f"backup before the upgrade: {copy}"))
    say(f"{settings.address.shown}: {made.value}")


@showing("verify", databases)
def verify(settings: Settings) -> None:
    """Check every row, operation and text against the hashes kept with them. Exit 7 when something is damaged.

    Example: claims db verify
    """
    from claims_cli.render import shapes
    from claims_cli.render.shapes import Format
    from claims_cli.render.writing import write_rows
    from claims_cli.store.integrity import Verified, findings_of

    result = Verified()
    with answer(settings) as stream:
        write_rows(findings_of(settings.address, result), shapes.VERIFIED, settings.chosen_format, stream, look=settings.look)
        if not result.damaged and settings.chosen_format is Format.TABLE:
            stream.write(f"{sound(result)}\n")
    if result.damaged:
        what = f"{settings.address.shown} is damaged: {result.damaged} finding{'' if result.damaged == 1 else 's'}"
        raise DatabaseUnusable(what, fix="restore a backup, and keep this one until that is done")


def sound(result: Verified) -> str:
    """The line for a database in which all is as it was written."""
    from claims_cli.render.screen import counted
    from claims_cli.store.hashing import head_shown

    head = "" if result.head is None else f", head of the chain {head_shown(result.head)}"
    return f"sound: {counted(result.claims, 'claim')}, {counted(result.operations, 'operation')}{head}"


@writing("backup", databases)
def backup(
    settings: Settings,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The new file.")],
    *,
    force: ForceOption = False,
) -> None:
    """Copy the whole database into one SQLite file, also while others write, and from a server, too.

    Example: claims db backup claims-2024-11-01.db
    """
    from claims_cli.store.backup import back_up

    back_up(settings.address, path, force=force)
    say(f"{path}: a whole copy of {settings.address.shown}; look into it with: claims --db {path} db verify")


@writing("purge")
def purge(
    settings: Settings,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's number, as sources shows it.")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept, and must not tell the source's words.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would go, change nothing.")] = False,
) -> None:
    """Take a source's words out for good, to protect it: text, title, address, and the quotes and notes of its claims, in all versions.

    Example: claims purge 3 --reason "the source asked for it"
    """
    from claims_cli.store.database import Commitment
    from claims_cli.store.purging import purge as take_out

    commitment = Commitment.TRY if dry_run else Commitment.KEEP
    purged = take_out(settings.address, operation_for(command_line()), number_given("source", source), reason, commitment)
    for line in purged_told(purged, tried=dry_run):
        say(line)


def purged_told(purged: Purged, *, tried: bool) -> Iterator[str]:
    """What a purge took out, what it could not, and what is left to do."""
    named = {"source": "particulars", "source_text": "texts", "source_original": "documents", "claim": "claims"}
    rows = ", ".join(f"{named[name]} {count}" for name, count in purged.rows.items())
    if not rows:
        yield "only tried: nothing to purge" if tried else "there was nothing left to purge; the file was written anew"
        return
    yield f"{'only tried: ' if tried else ''}purged (versions): {rows}"
    if purged.operations:
        yield f"words taken out of the operations {', '.join(str(one) for one in purged.operations)}"
    for one in purged.elsewhere:
        yield f"left as it is, and repeats the source's words: {one}"
    yield "a purge cannot be undone" if tried else "backups, exports and copies made before still have the words: delete them yourself"


@showing("doctor")
def doctor(
    settings: Settings,
    *,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 when anything is bad.")] = False,
) -> None:
    """Tell the state of the set-up: versions, settings, the database and where it lies, and what to do about each.

    Example: claims doctor
    """
    from claims_cli.render import shapes, writing
    from claims_cli.store.condition import condition_of

    rows = list(condition_of(settings.address))
    with answer(settings) as stream:
        writing.write_rows(rows, shapes.DOCTOR, settings.chosen_format, stream, look=settings.look)
    if exit_code and any(row["state"] == "bad" for row in rows):
        raise typer.Exit(1)
