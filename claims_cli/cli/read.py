"""Commands that read: list, show, conflicts, trace, relate, export, and what claims refer to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.assess import conflicts as finding
from claims_cli.assess import history, listing, report, statements, trace
from claims_cli.cli.app import reading
from claims_cli.cli.options import Settings
from claims_cli.cli.output import answer, give_bytes, say
from claims_cli.cli.selecting import PolicyOption, Question, Topic, number_given, selecting, text_option
from claims_cli.core.errors import UsageError
from claims_cli.core.policy import PolicyName
from claims_cli.core.ruling import Status
from claims_cli.render import shapes, writing
from claims_cli.store.originals import original_bytes
from claims_cli.store.reading import Row
from claims_cli.store.reading import reading as opened

MOST_ROWS = 2**31 - 1


@reading("list")
@selecting()
def list_claims(
    settings: Settings,
    *,
    selection: listing.Selection,
    sort: Annotated[
        str, typer.Option("--sort", metavar="COLUMN", help="id, as_of, said_on, value, claimant, question, recorded_at.")
    ] = "id",
    limit: Annotated[int | None, typer.Option("--limit", min=0, max=MOST_ROWS, help="At most so many.", show_default=False)] = None,
    columns: Annotated[str | None, text_option("columns", "A,B,…", "Only these columns.")] = None,
) -> None:
    """List claims, each with claimant, dates and source.

    Example: claims list --topic troops --since 2024-10-28 --sort as_of
    """
    shape = shapes.LIST if columns is None else shapes.chosen(shapes.LIST, columns)
    with opened(settings.address, settings.moment) as reader:
        write(listing.claims_listed(reader, selection, sort=sort, limit=limit), shape, settings, nothing="no claim fits")


@reading("show")
def show_claim(
    settings: Settings,
    claim: Annotated[str, typer.Argument(metavar="ID|REF", help="The claim's number, or your own key.")],
) -> None:
    """Show one claim: the quote in its context, its dates and source, and what it is to the other claims.

    Example: claims show 12
    """
    with opened(settings.address, settings.moment) as reader, answer(settings) as stream:
        told = {**listing.claim_shown(reader, claim), "history": history.claim_history(reader, claim)}
        writing.write_claim(told, settings.chosen_format, stream, look=settings.look)


@reading("conflicts")
def list_conflicts(
    settings: Settings,
    *,
    topic: Topic = None,
    question: Question = None,
    on: Annotated[str | None, text_option("on", "DATE", "Only those going on on this day.")] = None,
    settled: Annotated[bool, typer.Option("--all", help="Settled ones too.")] = False,
    policy: PolicyOption = PolicyName.HOUSE,
    robust: Annotated[bool, typer.Option("--robust", help="Only those that every policy finds.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 when there is any open conflict.")] = False,
) -> None:
    """Show which claims truly contradict each other: by question, the positions, their gap, and why.

    Example: claims conflicts --topic troops --on 2024-10-28
    """
    which = finding.Which.ALL if settled else finding.Which.UNSETTLED
    width = finding.Width(policy, robust)
    with opened(settings.address, settings.moment) as reader, answer(settings) as stream:
        found = finding.conflicts_found(reader, topic=topic, question=question, on=on, which=which, width=width)
        texts = finding.texts_of_questions(reader, topic=topic, question=question)
        statuses = writing.write_conflicts(found, texts, settings.chosen_format, stream, look=settings.look)
    if not statuses:
        say("no conflicts")
    if exit_code and statuses - {Status.SETTLED}:
        raise typer.Exit(1)


@reading("trace")
def trace_estimates(
    settings: Settings,
    *,
    topic: Topic = None,
    question: Question = None,
    plot: Annotated[bool, typer.Option("--plot/--no-plot", help="Draw the estimates over time.")] = True,
) -> None:
    """Tell how each estimate changed, claim by claim, and draw them over time.

    Example: claims trace --topic troops
    """
    if topic is None and question is None:
        raise UsageError("trace needs a topic or a question", fix="give --topic or --question; see: claims questions")
    with opened(settings.address, settings.moment) as reader, answer(settings) as stream:
        traces = trace.traces_of(reader, topic=topic, question=question)
        drawing = writing.Drawing.PLOT if plot else writing.Drawing.NONE
        writing.write_traces(traces, settings.chosen_format, stream, look=settings.look, drawing=drawing)
    if not traces:
        say("no claims to trace")


@reading("relate")
def relate_claims(
    settings: Settings,
    *,
    first: Annotated[str | None, typer.Argument(metavar="[A]", help="A claim, by number or ref.", show_default=False)] = None,
    second: Annotated[str | None, typer.Argument(metavar="[B]", help="Another claim.", show_default=False)] = None,
    question: Question = None,
) -> None:
    """Say what two claims are to each other, or every two claims of a question, and why.

    Example: claims relate 11 14
    """
    pair = first is not None and second is not None
    if pair == (question is not None) or (first is not None and second is None):
        raise UsageError("relate needs two claims, or a question", fix="write: claims relate A B, or: claims relate --question SLUG")
    with opened(settings.address, settings.moment) as reader:
        if first is not None and second is not None:
            write(iter([statements.relation_of(reader, first, second)]), shapes.RELATE, settings, nothing="nothing to relate")
        elif question is not None:
            write(statements.relations_on(reader, question), shapes.RELATE, settings, nothing="fewer than two claims to relate")


@reading("export")
def export_report(
    settings: Settings,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Ends in .csv, .tsv, .json, .jsonl or .md.")],
    *,
    what: Annotated[report.Content, typer.Option("--what", help="What to write.")] = report.Content.CLAIMS,
    topic: Topic = None,
    question: Question = None,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, even if a spreadsheet takes them for formulas.")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="Begin a CSV with a byte order mark, as Excel wants it.")] = False,
) -> None:
    """Write the report to a file: a row per claim with value, claimant, dates, source, relation and conflict.

    Example: claims export report.csv --topic troops
    """
    into = settings.writing_to(path)
    cells = shapes.Cells.RAW if raw else shapes.Cells.SAFE
    with opened(settings.address, settings.moment) as reader:
        rows = report.rows_of(reader, what, topic=topic, question=question)
        with answer(into) as stream:
            count = writing.write_rows(
                rows, REPORTS[what], into.file_format, stream, cells=cells, mark=shapes.Mark.BOM if excel else shapes.Mark.NONE
            )
    say(f"wrote {count} {'row' if count == 1 else 'rows'} to {path}")


REPORTS = {
    report.Content.CLAIMS: shapes.REPORT,
    report.Content.CONFLICTS: shapes.CONFLICTS,
    report.Content.TRACE: shapes.TRACE,
}


@reading("topics")
def list_topics(settings: Settings) -> None:
    """List the topics.

    Example: claims topics
    """
    with opened(settings.address, settings.moment) as reader:
        write(listing.topics_listed(reader), shapes.TOPICS, settings, nothing="no topics yet")


@reading("questions")
def list_questions(settings: Settings, *, topic: Topic = None) -> None:
    """List the questions that claims answer.

    Example: claims questions --topic troops
    """
    with opened(settings.address, settings.moment) as reader:
        write(listing.questions_listed(reader, topic), shapes.QUESTIONS, settings, nothing="no questions yet")


@reading("actors")
def list_actors(settings: Settings) -> None:
    """List the actors with their names.

    Example: claims actors --json
    """
    with opened(settings.address, settings.moment) as reader:
        write(listing.actors_listed(reader), shapes.ACTORS, settings, nothing="no actors yet")


@reading("sources")
def list_sources(
    settings: Settings,
    *,
    original: Annotated[str | None, text_option("original", "ID", "Instead, the document of this source, byte for byte.")] = None,
) -> None:
    """List the sources.

    Example: claims sources --original 3 --output article.html
    """
    with opened(settings.address, settings.moment) as reader:
        if original is not None:
            give_bytes(original_bytes(reader, number_given("source", original)), settings)
            return
        write(listing.sources_listed(reader), shapes.SOURCES, settings, nothing="no sources yet")


def write(rows: Iterable[Row], shape: shapes.Shape, settings: Settings, *, nothing: str) -> None:
    """Write rows where they are wanted; say ``nothing`` to the person when there are none."""
    with answer(settings) as stream:
        if not writing.write_rows(rows, shape, settings.chosen_format, stream, look=settings.look):
            say(nothing)
