"""Commands that bring claims in: init, import, add, codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.cli.app import app, reading, writing
from claims_cli.cli.options import EncodingOption, LangOption, PublishedOption, Settings, command_line, operation_for
from claims_cli.cli.output import answer, counting, say
from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.errors import Problem, RowsRefused
from claims_cli.render.safe import safe_lines
from claims_cli.store.reading import reading as opened

if TYPE_CHECKING:
    from claims_cli.store.recording import Tally

codebooks = typer.Typer(
    help="Topics, questions and actors as a plain TOML file.\n\nExample: claims codebook check codebook.toml",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(codebooks, name="codebook")


def told(tally: Tally) -> str:
    """What an operation did, in a sentence."""
    parts = [f"{tally.new} new claim{'' if tally.new == 1 else 's'}", f"{tally.known} known already"]
    if tally.purged:
        parts.append(f"{tally.purged} passed over: their source was purged")
    return f"{', '.join(parts)}" + (f"; {made_by(tally)}" if tally.made else "")


def made_by(tally: Tally) -> str:
    """What was made besides claims."""
    made = [f"{one.count} new {what if one.count == 1 else what + 's'}" for what, one in tally.made.items()]
    return ", ".join(made) or "nothing new"


def named(tally: Tally) -> None:
    """Say the names that were made, so that a slip of the pen shows at once."""
    for what, one in tally.made.items():
        more = one.count - len(one.first)
        shown = ", ".join(one.first) + (f" and {more} more" if more else "")
        say(f"new {what if one.count == 1 else what + 's'}: {shown}")


@writing("init")
def make_database(
    settings: Settings,
    *,
    codebook: Annotated[Path | None, typer.Option("--codebook", metavar="FILE", help="Load this codebook.", show_default=False)] = None,
    table: Annotated[Path | None, typer.Option("--import", metavar="FILE", help="Then import these claims.", show_default=False)] = None,
) -> None:
    """Make a database; one that is there already is left as it is.

    Example: claims init --codebook seeds/codebook.toml --import seeds/claims.jsonl
    """
    from claims_cli.intake.codebook import apply_codebook, read_codebook
    from claims_cli.intake.tables import import_table
    from claims_cli.store import schema

    content = None if codebook is None else read_codebook(codebook)
    made = schema.make_database(settings.address)
    say(f"{settings.address.shown}: {made.value}")
    if content is not None:
        say(f"codebook: {made_by(apply_codebook(content, settings.address, operation_for(command_line())))}")
    if table is not None:
        say(told(import_table(table, settings.address, operation_for(command_line()))))


@writing("import")
def import_claims(
    settings: Settings,
    table: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, JSON or JSONL, a claim a row.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, keep nothing.")] = False,
) -> None:
    """Import claims from a table: all rows, or none when any is bad. Importing it again changes nothing.

    Example: claims import claims.csv --dry-run
    """
    from claims_cli.intake.tables import import_table
    from claims_cli.store.database import Commitment

    commitment = Commitment.TRY if dry_run else Commitment.KEEP
    tally = import_table(table, settings.address, operation_for(command_line()), commitment)
    named(tally)
    say(f"{'only tried: ' if dry_run else ''}{told(tally)}")


@writing("add")
def add_claim(
    settings: Settings,
    value: Annotated[
        str | None, typer.Argument(help='The figure: 12000, "~12k", ">10,000", "10-12k", "10 آلاف".', show_default=False)
    ] = None,
    *,
    question: Annotated[str, typer.Option("--question", "-q", metavar="SLUG", help="What the claim answers.")],
    claimant: Annotated[str | None, typer.Option("--claimant", metavar="NAME", help="Whose claim it is.", show_default=False)] = None,
    stance: Annotated[Stance | None, typer.Option("--stance", help="What the claimant does with it.", show_default=False)] = None,
    modality: Annotated[Modality | None, typer.Option("--modality", help="What is, or what is to come.", show_default=False)] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The date it is about (EDTF).", show_default=False)] = None,
    said_on: Annotated[str | None, typer.Option("--said-on", metavar="DATE", help="When it was said (EDTF).", show_default=False)] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When the source came out (EDTF).", show_default=False)
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Who published it.", show_default=False)] = None,
    title: Annotated[str | None, typer.Option("--title", help="The source's title.", show_default=False)] = None,
    url: Annotated[str | None, typer.Option("--url", help="The source's address.", show_default=False)] = None,
    quote: Annotated[str | None, typer.Option("--quote", help="The exact words.", show_default=False)] = None,
    relay: Annotated[
        str | None, typer.Option("--relay", metavar='"A > B"', help="Who passed it on, from the first.", show_default=False)
    ] = None,
    place: Annotated[str | None, typer.Option("--place", help="The place, where narrower than the question's.", show_default=False)] = None,
    topic: Annotated[str | None, typer.Option("--topic", "-t", metavar="SLUG", help="For a new question.", show_default=False)] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="For a new question.", show_default=False)] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="For a new question.", show_default=False)] = None,
    ref: Annotated[str | None, typer.Option("--ref", help="Your own key.", show_default=False)] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.", show_default=False)] = None,
) -> None:
    """Enter one claim by hand.

    Example: claims add ">10,000" --question dprk-troops-in-kursk --claimant Pentagon --as-of 2024-11-07
    """
    from claims_cli.intake.tables import enter_row

    fields = {
        "value": value,
        "question": question,
        "claimant": claimant,
        "stance": stance,
        "modality": modality,
        "as_of": as_of,
        "said_on": said_on,
        "published_on": published,
        "publisher": publisher,
        "title": title,
        "url": url,
        "quote": quote,
        "relay": relay,
        "place": place,
        "topic": topic,
        "unit": unit,
        "kind": kind,
        "ref": ref,
        "note": note,
    }
    tally = enter_row(fields, settings.address, operation_for(command_line()))
    named(tally)
    say(told(tally))


@writing("apply", codebooks)
def apply(settings: Settings, path: Annotated[Path, typer.Argument(metavar="FILE", help="A codebook.")]) -> None:
    """Bring topics, questions and actors to what a codebook says.

    Example: claims codebook apply codebook.toml
    """
    from claims_cli.intake.codebook import apply_codebook, read_codebook

    tally = apply_codebook(read_codebook(path), settings.address, operation_for(command_line()))
    named(tally)
    say("applied")


@writing("check", codebooks)
def check(settings: Settings, path: Annotated[Path, typer.Argument(metavar="FILE", help="A codebook.")]) -> None:
    """Check a codebook without applying it.

    Example: claims codebook check codebook.toml
    """
    from claims_cli.intake.codebook import read_codebook

    del settings
    book = read_codebook(path)
    say(f"{path}: {len(book.topics)} topics, {len(book.questions)} questions, {len(book.actors)} actors, no problems")


@reading("export", codebooks)
def export(
    settings: Settings,
    path: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to; else the screen.", show_default=False)] = None,
) -> None:
    """Write topics, questions and actors as a codebook.

    Example: claims codebook export codebook.toml
    """
    from claims_cli.intake.codebook import codebook_kept, codebook_text

    into = settings if path is None else settings.writing_to(path)
    with opened(settings.address, settings.moment) as reader, answer(into) as stream:
        stream.write(safe_lines(codebook_text(codebook_kept(reader))))  # TOML reads the escapes back


@writing("ingest")
def ingest_documents(
    settings: Settings,
    names: Annotated[list[str], typer.Argument(metavar="PATH|URL…", help="Texts, Markdown, web pages, or folders of them.")],
    *,
    published: PublishedOption = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Who published them; their own word wins.", show_default=False)
    ] = None,
    lang: LangOption = None,
    encoding: EncodingOption = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept what is linked to a question, without review.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from your own machine or network too, from any port.")
    ] = False,
) -> None:
    """Take in articles: their sources, and candidate claims for review. What is there already is left as it is.

    Example: claims ingest articles/ --publisher "The Paper" --published 2024-10-29
    """
    from claims_cli.core.when import parse_when
    from claims_cli.intake.ingest import Told, ingest

    told_of = Told(None if published is None else parse_when(published), publisher, lang, encoding, accept, allow_private)
    with counting("reading documents") as progress:
        result = ingest(names, told_of, settings.address, operation_for(command_line()), progress)
    for notice in result.notices:
        say(notice)
    named(result.tally)
    candidates = result.linked + result.unlinked
    say(told(result.tally) + (f"; {result.linked} of {candidates} candidates answer a question" if candidates else ""))
    if result.failures:
        problems = [Problem(one.error.what, one.error.where or one.name, fix=one.error.fix) for one in result.failures]
        raise RowsRefused(f"{len(problems)} of {len(problems) + result.documents} documents were not taken in", problems)
