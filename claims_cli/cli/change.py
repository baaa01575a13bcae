"""Commands that change what is kept: edit, retract, merge, undo, and the history of all that."""

from __future__ import annotations

from typing import Annotated

import typer

from claims_cli.assess import history
from claims_cli.cli.app import app, reading, writing
from claims_cli.cli.options import Settings, command_line, operation_for
from claims_cli.cli.output import answer, say
from claims_cli.cli.selecting import fields_given, number_given
from claims_cli.render import shapes
from claims_cli.render.writing import write_rows
from claims_cli.store.reading import reading as opened

merging = typer.Typer(
    help="Make one of what turned out to be one; the first is kept.\n\nExample: claims merge actors pentagon us-defense-department",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(merging, name="merge")

Kept = Annotated[str, typer.Argument(metavar="KEEP", help="The one that is kept: its slug or name.")]
Others = Annotated[list[str], typer.Argument(metavar="OTHER…", help="Those that become it.")]


@writing("edit")
def edit(
    settings: Settings,
    claim: Annotated[str, typer.Argument(metavar="ID|REF", help="The claim's number, or your own key.")],
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="What it is to say; nothing after = takes a field away.")],
) -> None:
    """Change fields of a claim. The former version stays in its history.

    Example: claims edit 19 "value=>10,000" as_of=2024-11-07
    """
    from claims_cli.intake.editing import edit_claim

    number, changed = edit_claim(settings.address, operation_for(command_line()), claim, fields_given(changes))
    say(f"claim {number}: changed; the former version is in: claims history {number}" if changed else f"claim {number}: says so already")


@writing("retract")
def retract(
    settings: Settings,
    claims: Annotated[list[str], typer.Argument(metavar="ID|REF…", help="The claims' numbers, or your own keys.")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever looks for it later.")],
) -> None:
    """Take claims away that should not be there. They stay in the history, and importing them again does not bring them back.

    Example: claims retract 12 --reason "the article was withdrawn"
    """
    from claims_cli.store.revising import retract as take_away

    numbers = take_away(settings.address, operation_for(command_line(), summary=reason), claims)
    say(f"retracted: {', '.join(str(number) for number in numbers)}")


@writing("actors", merging)
def merge_actors(settings: Settings, keep: Kept, others: Others) -> None:
    """Make several actors one. It takes over their names, offices, claims, relays and publications.

    Example: claims merge actors pentagon us-defense-department
    """
    from claims_cli.store.merging import merge_actors as merge

    merged = merge(settings.address, operation_for(command_line()), keep, others)
    say(told(merged.changed, merged.duplicates))


@writing("questions", merging)
def merge_questions(settings: Settings, keep: Kept, others: Others) -> None:
    """Make several questions one. It takes over their claims, parts and rulings.

    Example: claims merge questions dprk-troops-in-russia north-korean-soldiers-in-russia
    """
    from claims_cli.store.merging import merge_questions as merge

    merged = merge(settings.address, operation_for(command_line()), keep, others)
    say(told(merged.changed, merged.duplicates))


@writing("sources", merging)
def merge_sources(
    settings: Settings,
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The number of the one that is kept.")],
    others: Annotated[list[str], typer.Argument(metavar="OTHER…", help="The numbers of those that become it.")],
) -> None:
    """Make several sources one. It takes over their claims, and a text where it has none.

    Example: claims merge sources 3 7
    """
    from claims_cli.store.merging import merge_sources as merge

    numbers = [number_given("source", one) for one in (keep, *others)]
    merged = merge(settings.address, operation_for(command_line()), numbers[0], numbers[1:])
    say(told(merged.changed, merged.duplicates))


def told(changed: int, duplicates: int) -> str:
    """What a merge did, in a sentence."""
    claims = f"{changed} claim{'' if changed == 1 else 's'} changed"
    left_out = f", {duplicates} said the same as another and {'was' if duplicates == 1 else 'were'} left out" if duplicates else ""
    return f"merged; {claims}{left_out}"


@writing("undo")
def undo(
    settings: Settings,
    operation: Annotated[
        str | None, typer.Argument(metavar="[OPERATION]", help="Its number, as history shows it; else the latest.", show_default=False)
    ] = None,
) -> None:
    """Take a whole command back. An undo is a command too, and can be undone by its number.

    Example: claims undo
    """
    from claims_cli.store.undoing import undo as take_back

    number = None if operation is None else number_given("operation", operation)
    undone = take_back(settings.address, operation_for(command_line()), number)
    say(f"undone: operation {undone.operation} ({undone.command})")


@reading("history")
def show_history(
    settings: Settings,
    claim: Annotated[
        str | None, typer.Argument(metavar="[ID|REF]", help="What happened to this claim; else all operations.", show_default=False)
    ] = None,
) -> None:
    """Show what was done: every operation, or all that happened to one claim, also to one that was taken away.

    Example: claims history 12
    """
    with opened(settings.address, settings.moment) as reader, answer(settings) as stream:
        rows = history.operations_listed(reader) if claim is None else history.claim_history(reader, claim)
        shape = shapes.OPERATIONS if claim is None else shapes.EVENTS
        write_rows(rows, shape, settings.chosen_format, stream, look=settings.look)
