"""Commands that weigh conflicting claims: reconcile, explain, rule."""

from __future__ import annotations

from typing import Annotated

import typer

from claims_cli.assess import explain, reconcile, ruling
from claims_cli.assess.conflicts import texts_of_questions
from claims_cli.assess.statements import claim_named
from claims_cli.cli.app import reading
from claims_cli.cli.app import writing as changing
from claims_cli.cli.options import Settings, command_line, operation_for
from claims_cli.cli.output import answer, say
from claims_cli.cli.selecting import PolicyOption, text_option
from claims_cli.core.policy import PolicyName
from claims_cli.core.ruling import Cause, Verdict
from claims_cli.render import writing
from claims_cli.store.reading import reading as opened

Conflict = Annotated[str, typer.Argument(metavar="CONFLICT", help="The conflict's id: QUESTION@DAY, as conflicts shows it.")]


@reading("reconcile")
def reconcile_claims(
    settings: Settings,
    *,
    question: Annotated[str, typer.Option("--question", "-q", metavar="SLUG", help="Which question.")],
    on: Annotated[str | None, text_option("on", "DATE", "On this day; else the last that a figure was observed for.")] = None,
    policy: PolicyOption = PolicyName.HOUSE,
) -> None:
    """Show what the claims on a question support on a day: every range with its origins, and what hangs on whom. It decrees nothing.

    Example: claims reconcile --question dprk-troops-in-russia --on 2024-10-28
    """
    with opened(settings.address, settings.moment) as reader, answer(settings) as stream:
        profile = reconcile.reconciled(reader, question, on, policy)
        writing.write_profile(profile, settings.chosen_format, stream, look=settings.look)


@reading("explain")
def explain_conflict(settings: Settings, conflict: Conflict, *, policy: PolicyOption = PolicyName.HOUSE) -> None:
    """Tell which single edit of a claim would remove a conflict, the likeliest first, and which words speak for it.

    Example: claims explain dprk-troops-in-russia@2024-10-28
    """
    from claims_cli.extract.cues import words_in

    with opened(settings.address, settings.moment) as reader, answer(settings) as stream:
        told = explain.explained(reader, conflict, words_in, policy)
        writing.write_explanation(told, texts_of_questions(reader), settings.chosen_format, stream, look=settings.look)


@changing("rule")
def rule_on_conflict(
    settings: Settings,
    conflict: Conflict,
    *,
    verdict: Annotated[Verdict, typer.Option("--verdict", help="What is judged.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever reads it later.")],
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="ID|REF", help="The claim that stands, or is in error.", show_default=False)
    ] = None,
    cause: Annotated[Cause | None, typer.Option("--cause", help="Why a toll went down.", show_default=False)] = None,
    policy: PolicyOption = PolicyName.HOUSE,
) -> None:
    """Record a judgement on a conflict. It is settled then, until another claim joins it; nothing is deleted.

    Example: claims rule dprk-troops-in-russia@2024-10-28 --verdict both_stand --reason "one counts those in Kursk alone"
    """
    with opened(settings.address) as reader:
        before = ruling.conflict_named(reader, conflict, policy)
        number = None if claim is None else claim_named(reader, claim)
    judgement = ruling.judgement_on(before, verdict, reason, claim=number, cause=cause)
    from claims_cli.store.ruling import rule  # the models load slowly, and a ruling that is refused needs none

    rule(
        settings.address,
        operation_for(command_line()),
        judgement,
        conflict=conflict,
        question=before["question"],
        positions=ruling.positions_in(before),
        before=before["ruling"] and before["ruling"]["id"],
    )
    say(f"{conflict}: settled ({verdict})" + ("; the ruling before it is kept, closed" if before["ruling"] else ""))
