"""The command that reads a text without a database: extract."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.cli.app import app, showing
from claims_cli.cli.options import EncodingOption, LangOption, PublishedOption, Settings
from claims_cli.cli.output import answer, say
from claims_cli.core.claim import Wanted
from claims_cli.core.errors import UsageError
from claims_cli.core.when import parse_when
from claims_cli.intake.files import STANDARD_INPUT, opened
from claims_cli.render import shapes, writing

if TYPE_CHECKING:
    from claims_cli.core.claim import Source

languages = typer.Typer(help="Language packs.\n\nExample: claims lang check ar", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(languages, name="lang")

SHAPES = {
    Wanted.CLAIMS: shapes.CANDIDATES,
    Wanted.NUMBERS: shapes.NUMBERS,
    Wanted.DATES: shapes.DATES,
}


@showing("extract")
def extract_candidates(
    settings: Settings,
    path: Annotated[
        Path, typer.Argument(metavar="FILE|-", help="A text, or Markdown with particulars in front; - for standard input.")
    ] = STANDARD_INPUT,
    *,
    published: PublishedOption = None,
    lang: LangOption = None,
    encoding: EncodingOption = None,
    what: Annotated[Wanted, typer.Option("--what", help="What to look for.")] = Wanted.CLAIMS,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rules fired, on which words.")] = False,
    batch: Annotated[bool, typer.Option("--batch", help="Read JSON lines {id, text, published, lang}, write one line for each.")] = False,
) -> None:
    """Find the claims in a text, each with its quote, claimant, hedge, stance and dates. No database is needed.

    Example: claims extract seeds/jaridat-al-hurra.md --explain
    """
    from claims_cli.intake import documents, extraction

    if batch:
        if published is not None or lang is not None:
            raise UsageError("a batch has a date and a language of its own in each line", fix="leave out --published and --lang")
        with opened(path) as lines, answer(settings) as stream:
            writing.write_batch(extraction.batch(lines, what, str(path)), SHAPES[what], stream, explain=explain)
        return
    document = documents.read_document(path, encoding)
    for notice in document.notices:
        say(f"{path}: {notice}")
    source = told(document.source, published, lang)
    text = source.text or ""
    with answer(settings) as stream:
        rows = extraction.found_in(extraction.reading_of(source), what)
        shown = writing.write_found(rows, text, SHAPES[what], settings.chosen_format, stream, look=settings.look, explain=explain)
    if not shown:
        say(f"no {what.value} found")


def told(source: Source, published: str | None, language: str | None) -> Source:
    """The source with what the options say, where it does not say it itself."""
    return replace(
        source,
        published_on=source.published_on or (None if published is None else parse_when(published)),
        language=source.language or language,
    )


@showing("check", languages)
def check_language(
    settings: Settings,
    language: Annotated[str, typer.Argument(metavar="CODE|FOLDER", help="A pack of ours, or the folder of one of your own.")],
) -> None:
    """Check a language pack: its files against their schema, and its own cases against what is read.

    Example: claims lang check ar
    """
    from claims_cli.core.errors import RowsRefused
    from claims_cli.intake.languages import checked

    count, problems = checked(language)
    if problems:
        raise RowsRefused(f"{len(problems)} of the {count} cases of {language} are read otherwise", problems)
    with answer(settings) as stream:
        stream.write(f"{language}: {count} cases, all read as they should be\n")
