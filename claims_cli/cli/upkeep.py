"""Commands for the database itself: db upgrade, doctor."""

from __future__ import annotations

import typer

from claims_cli.cli.app import app, showing, writing
from claims_cli.cli.options import Settings
from claims_cli.cli.output import answer, say

databases = typer.Typer(help="The database itself.\n\nExample: claims db upgrade", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(databases, name="db")


@writing("upgrade", databases)
def upgrade(settings: Settings) -> None:
    """Bring the tables to this program's schema.

    Example: claims db upgrade
    """
    from claims_cli.store.schema import upgrade_database

    say(f"{settings.address.shown}: {upgrade_database(settings.address).value}")


@showing("doctor")
def doctor(settings: Settings) -> None:
    """Tell the state of the set-up: versions, database, schema, locale.

    Example: claims doctor
    """
    from claims_cli.render import shapes, writing
    from claims_cli.store.condition import condition_of

    with answer(settings) as stream:
        writing.write_rows(condition_of(settings.address), shapes.DOCTOR, settings.chosen_format, stream, look=settings.look)
