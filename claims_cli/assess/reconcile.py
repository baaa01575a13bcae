"""Reconciling: what the claims on a question support on a day, what hangs on whom, and what the usual policies would answer."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from claims_cli.assess.arithmetic import imbalances_about
from claims_cli.assess.conflicts import Which, Width, conflicts_found, day_meant, standing, texts_of_questions, topic_bounds
from claims_cli.assess.origins import with_origins
from claims_cli.assess.statements import rows_on, statements_on
from claims_cli.assess.trace import movements
from claims_cli.core.claim import Modality, Stance
from claims_cli.core.errors import NotUnderstood
from claims_cli.core.notation import ends_text, figure_text
from claims_cli.core.pair import Pair, forecast_and_outcome
from claims_cli.core.policy import POLICIES, PolicyName
from claims_cli.core.profile import (
    Profile,
    Range,
    counted_by,
    figure_agreed,
    is_closed,
    is_narrowed,
    latest,
    leave_one_out,
    majority,
    median_point,
    profile_of,
    reaches_down,
)
from claims_cli.core.relation import Relation, relation_alone
from claims_cli.core.statement import bounds, figure_named
from claims_cli.core.sums import NOT_SUMMED
from claims_cli.core.value import Figure, Hedge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims_cli.core.policy import Policy
    from claims_cli.core.statement import Statement
    from claims_cli.store.reading import Reader

LEAST_RECORD = 3  # figures of a claimant, below which a share of revisions says nothing


class State(StrEnum):
    """What the evidence comes to."""

    NO_EVIDENCE = "no_evidence"
    AGREED = "agreed"
    DIVIDED = "divided"


def reconciled(reader: Reader, question: str, on: str | None = None, policy: PolicyName = PolicyName.HOUSE) -> dict[str, Any]:
    """The support profile of a question on a day, with what depends on each origin and the answers of the usual policies.

    ``on`` is an EDTF day, ``None`` for the last day that a figure was observed for. Raises NotFound, NotUnderstood.
    """
    statements = statements_on(rows_on(reader, question=question), POLICIES[policy])
    if statements and statements[0].unit is None:
        raise NotUnderstood(f"{question} is answered yes or no", fix=f"see: claims conflicts --question {question}")
    day = day_meant(on) if on is not None else last_day_of(statements)
    profile = profile_of(statements, day or 0)
    profile = counted_by(profile, with_origins(reader, profile.counted))
    names = {one.voice: one.claimant for one in profile.counted}
    records = [record_of(reader, voice, name, POLICIES[policy]) for voice, name in sorted(names.items())]
    return {
        "question": question,
        "text": texts_of_questions(reader)[question],
        "on": None if day is None else date.fromordinal(day).isoformat(),
        "reports": len(profile.counted),
        "origins": len(profile.origins),
        "state": state_of(profile).value,
        "ranges": [range_shaped(one, profile) for one in profile.ranges],
        "leave_one_out": [
            {"without": one.claimant, "answers": [value_of(each) for each in one.best], "decides": one.decides}
            for one in leave_one_out(profile)
        ],
        "simple_answers": simple_answers(profile, records),
        "records": records,
        "derived": derived(reader, question, profile.day, POLICIES[policy]),
        "arithmetic": [] if day is None else imbalances_about(reader, question, on=day, policy=POLICIES[policy]),
        "conflicts": [] if day is None else conflicts_standing(reader, question, day, policy),
        "forecasts": told(profile.forecasts),
        "denials": told(profile.denials),
        "stale": told(profile.stale),
        "other_periods": told(profile.other_periods),
    }


def last_day_of(statements: Sequence[Statement]) -> int | None:
    """The last day that an observed and asserted figure is about; without any, that any claim is; ``None``: no date is known.

    A forecast looks to a day of which nothing may be known yet.
    """
    dated = [one for one in statements if one.day is not None]
    seen = [one for one in dated if one.modality is Modality.OBSERVED and one.stance is Stance.ASSERTS and one.interval is not None]
    return max((one.day or 0 for one in seen or dated), default=None)


def conflicts_standing(reader: Reader, question: str, day: int, policy: PolicyName) -> list[dict[str, Any]]:
    """The conflicts on a question that go on on a day, settled ones too, each with the ruling on it."""
    on = date.fromordinal(day).isoformat()
    return [standing(one) for one in conflicts_found(reader, question=question, on=on, which=Which.ALL, width=Width(policy))]


def state_of(profile: Profile) -> State:
    """Whether there is no evidence, whether all of it agrees, or whether it is divided."""
    if not profile.ranges:
        return State.NO_EVIDENCE
    return State.AGREED if len(profile.ranges) == 1 and profile.ranges[0].origins == profile.origins else State.DIVIDED


def range_shaped(one: Range, profile: Profile) -> dict[str, Any]:
    """A range as it is given out, with who stands outside it."""
    outside = {each.voice: each.claimant for each in profile.counted if each.origin not in one.origins}
    return {
        "low": one.low,
        "high": one.high,
        "value": value_of(one),
        "origins": len(one.origins),
        "of": len(profile.origins),
        "reports": len(one.members),
        "claimants": one.claimants,
        "claims": [each.id for each in one.members],
        "refs": [each.ref for each in one.members],
        "others": sorted(outside.values()),
        "best": one in profile.best,
    }


def value_of(one: Range) -> str | None:
    """What the two-sided claims in a range name of it, from the smallest to the largest; its own ends where nothing they name lies in it.

    Of bounds alone, or where bounds leave less of it, the narrowest that is named.
    """
    named = [end for each in one.members if is_closed(each) for end in figure_named(each) if end is not None]
    if not named or is_narrowed(one):
        return narrowest_bounds(one)
    within = [end for end in named if (one.low is None or one.low <= end) and (one.high is None or end <= one.high)]
    return ends_text(min(within), max(within)) if within else ends_text(one.low, one.high)


def narrowest_bounds(one: Range) -> str | None:
    """The floor and the ceiling that bounds name; ``None`` where they name neither."""
    floor = max(one.members, key=lambda each: (bounds(each)[0], figure_named(each)[0] or 0))
    ceiling = min(one.members, key=lambda each: (bounds(each)[1], figure_named(each)[1] or 0))
    low = None if reaches_down(floor) else figure_named(floor)[0]
    high = None if one.high is None else figure_named(ceiling)[1]
    if low is None and high is not None and ceiling.interval is not None and ceiling.interval.high_open:
        return figure_text(Figure(None, high, Hedge.LESS_THAN))
    if high is None and low is not None and floor.interval is not None and floor.interval.low_open:
        return figure_text(Figure(low, None, Hedge.MORE_THAN))
    if low is not None and high is not None and low > high:  # of a rounded floor less is meant than it names
        low, high = one.low, one.high
    return ends_text(low, high)


def told(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Claims in a line each."""
    return [
        {
            "claim": one.id,
            "ref": one.ref,
            "claimant": one.claimant,
            "value": None if one.figure is None else figure_text(one.figure),
            "as_of": days_told(one),
        }
        for one in statements
    ]


def days_told(one: Statement) -> str | None:
    """The day that a claim is about, its last possible one; of an amount its period (EDTF). ``None``: no date is known."""
    if one.day is None:
        return None
    days = dict.fromkeys(date.fromordinal(day).isoformat() for day in one.period or (one.day,))
    return "/".join(days)


def derived(reader: Reader, question: str, day: int, policy: Policy) -> list[dict[str, Any]]:
    """The bounds that follow from what is said of parts and of the whole on a day: at least as many as a part, at most as the whole."""
    known = {row["slug"]: row for row in reader.query("questions", **topic_bounds(reader)) if row["kind"] not in NOT_SUMMED}
    own = known.get(question, {"unit": None, "part_of": None})
    parts = [slug for slug, row in known.items() if row["part_of"] == question and row["unit"] == own["unit"]]
    whole = known.get(own["part_of"])
    wholes = [whole["slug"]] if whole is not None and whole["unit"] == own["unit"] else []
    found = []
    for slug, of_part in [*((slug, True) for slug in parts), *((slug, False) for slug in wholes)]:
        for one in profile_of(statements_on(rows_on(reader, question=slug), policy), day).counted:
            end = None if one.interval is None else one.interval.low if of_part else one.interval.high
            if end is not None:
                value = ends_text(end, None) if of_part else ends_text(None, end)
                found.append({"question": slug, "value": value, **{name: each for name, each in told([one])[0].items() if name != "value"}})
    return found


def simple_answers(profile: Profile, records: Sequence[dict[str, Any]]) -> dict[str, str | None]:
    """What usual rules would answer: the latest, the median …; ``None`` where a rule gives no answer, or several."""
    newest, middle, most = figure_agreed(latest(profile.counted)), median_point(profile), majority(profile)
    steady = steadiest(records)
    reliable = figure_agreed([one for voice in steady for one in latest([each for each in profile.counted if each.voice == voice])])
    return {
        "latest": None if newest is None else figure_text(newest),
        "median": ends_text(middle, middle),
        "majority": None if most is None else value_of(most),
        "most_reliable": None if reliable is None else figure_text(reliable),
    }


def steadiest(records: Sequence[dict[str, Any]]) -> list[int]:
    """The voices that revised the smallest share of their figures, of these the ones that gave most; several where they are alike."""
    ranks = {
        record["voice"]: (Fraction(record["revisions"], record["claims"]), -record["claims"])
        for record in records
        if record["claims"] >= LEAST_RECORD
    }
    return [voice for voice, rank in ranks.items() if rank == min(ranks.values())]


def record_of(reader: Reader, voice: int, name: str, policy: Policy) -> dict[str, Any]:
    """A voice's record over all questions.

    Figures given, how many of them it revised, the longest it took to settle (days; ``None``: nothing to tell by), and how many of its
    forecasts whose day has come were met, and missed, by the first figures that anyone observed from that day on.
    """
    moved, judged = [], []
    for _, of_question in groupby(rows_on(reader, voice=voice), key=lambda row: row["asked"]):
        own = statements_on(of_question, policy)
        moved += movements(own)
        if any(one.modality is Modality.FORECAST and one.horizon is not None for one in own):
            judged += outcomes(own, statements_on(rows_on(reader, question=own[0].question), policy))
    days = [one["days_to_settle"] for one in moved if one["days_to_settle"] is not None]
    return {
        "voice": voice,
        "claimant": name,
        "questions": len(moved),
        "claims": sum(one["claims"] for one in moved),
        "revisions": sum(one["revisions"] for one in moved),
        "days_to_settle": max(days, default=None),
        "forecasts_met": judged.count(Relation.MEETS),
        "forecasts_missed": judged.count(Relation.MISSES),
    }


def outcomes(own: Sequence[Statement], every: Sequence[Statement]) -> list[Relation]:
    """What became of the forecasts among a voice's claims on a question, told by all the claims on it: met or missed, where it is known.

    It is not where the figures of the first day that can tell disagree.
    """
    found: list[Relation] = []
    for forecast in own:
        if forecast.modality is not Modality.FORECAST or forecast.stance is not Stance.ASSERTS or forecast.interval is None:
            continue
        judging = [one for one in every if one.stance is Stance.ASSERTS and one.interval and forecast_and_outcome(Pair(forecast, one))]
        first = min((one.day or 0 for one in judging), default=None)
        judged = {relation_alone(forecast, one) for one in judging if (one.day or 0) == first}
        if len(judged) == 1:
            found += judged
    return found
