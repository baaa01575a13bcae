"""The sentence that says why two claims are what they are to each other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.notation import figure_for_people
from claims_cli.core.pair import forecast_and_outcome
from claims_cli.core.when import MONTH_NAMES

if TYPE_CHECKING:
    from claims_cli.core.pair import Pair
    from claims_cli.core.statement import Statement


def on_day(day: int | None) -> str:
    """A day as people write it."""
    if day is None:
        return "an unknown day"
    when = date.fromordinal(day)
    return f"{when.day} {MONTH_NAMES[when.month - 1]} {when.year}"


def stretch_of_days(first: int, last: int) -> str:
    """Days as people write them, the last one included: ``12 to 14 May 2024``."""
    if first == last:
        return on_day(first)
    begin, end = date.fromordinal(first), date.fromordinal(last)
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day} to {on_day(last)}"
    return f"{on_day(first)} to {on_day(last)}"


def days_of(statement: Statement) -> str:
    """The days that a claim is about as people write them: of an amount its period, of all else the last of them."""
    return on_day(statement.day) if statement.period is None else stretch_of_days(*statement.period)


def figure_of(statement: Statement) -> str:
    """The figure as people write it, or what is done with the statement."""
    if statement.figure is None:
        return {Stance.ASSERTS: "statement", Stance.DENIES: "denial", Stance.UNCONFIRMED: "refusal to confirm"}[statement.stance]
    return figure_for_people(statement.figure)


def account_of(statement: Statement) -> str:
    """The figure as people write it, and that it is denied or given with reserve where it is not asserted."""
    figure = figure_of(statement)
    if statement.figure is None or statement.stance is Stance.ASSERTS:
        return figure
    return f"denial of {figure}" if statement.stance is Stance.DENIES else f"unconfirmed {figure}"


def whose(statement: Statement) -> str:
    """The claim in two words: whose, and what."""
    return f"{possessive(statement.claimant)} {account_of(statement)}"


def possessive(name: str) -> str:
    """A name as an owner."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def both(pair: Pair) -> str:
    """The two claims, named."""
    return f"{whose(pair.earlier)} ({days_of(pair.earlier)}) and {whose(pair.later)} ({days_of(pair.later)})"


def days_between(pair: Pair) -> str:
    """How long after the first the second is."""
    if pair.earlier.day is None or pair.later.day is None:
        return "at another time"
    return "on the same day" if pair.later.day == pair.earlier.day else later_by(pair.later.day - pair.earlier.day)


def later_by(days: int) -> str:
    """A number of days after something, at least one."""
    return "a day later" if days == 1 else f"{days} days later"


def moved(pair: Pair, verb: str) -> str:
    """The sentence of a claimant whose own figure moved."""
    when = days_between(pair)
    said, said_before = pair.later.said_day, pair.earlier.said_day
    if pair.dated and pair.same_days and said is not None and said_before is not None and said > said_before:
        when = f"{later_by(said - said_before)} and of the same {'day' if pair.later.day_from == pair.later.day else 'days'}"
    return f"{pair.later.claimant} {verb} from {account_of(pair.earlier)} to {account_of(pair.later)}, {when}"


def agreement(pair: Pair) -> str:
    """The sentence of two claims that agree, with a warning where they never stood on one day."""
    apart = "" if pair.common_day is not None or not pair.dated else ", though they never stood on the same day"
    return f"{both(pair)} agree{apart}"


def beside_denial(pair: Pair) -> str:
    """The sentence of a denied figure and another that leaves nothing of it."""
    return f"{both(pair)} can both be right: what the one asserts leaves nothing of what the other denies"


def one_telling(pair: Pair) -> str:
    """The sentence of two documents that name different people for what has one origin."""
    return f"{both(pair)} come from one statement, by their words or by whom they credit: they count once"


def one_given_up(pair: Pair) -> str:
    """The sentence of two figures that never stood together, as a voice gave another account after one."""
    return f"{both(pair)} exclude each other, but a later account followed one of them"


def never_together(pair: Pair) -> str:
    """The sentence of two figures of different days, or of which one is denied or given with reserve."""
    if pair.common_day is not None:
        return f"{both(pair)} exclude each other, but not both are asserted of one day"
    if pair.dated and pair.same_days:
        return one_given_up(pair)
    return f"{both(pair)} never stood on the same day: the world may have moved between them"


def together(pair: Pair) -> str:
    """The sentence of two figures that cannot both be right."""
    day = pair.common_day
    if day is None:
        return one_given_up(pair)
    about = f"both stand on {on_day(day)}"
    if pair.earlier.kind is Kind.FLOW and pair.same_days:
        about = f"both describe {days_of(pair.later)}"
    elif day == pair.earlier.day == pair.later.day:
        about = f"both describe {on_day(day)}"
    return f"{whose(pair.earlier)} and {whose(pair.later)} {about} and cannot both be right"


def drifted(pair: Pair) -> str:
    """The sentence of two reports of one statement of which one lost its hedge."""
    told = f"two reports of what {pair.later.claimant} said hedge it differently: {figure_of(pair.earlier)} and {figure_of(pair.later)}"
    return f"{told}; look at the quote before taking the firmer one"


def growth(pair: Pair) -> str:
    """The sentence of a toll that rose."""
    if pair.rises or pair.earlier.day != pair.later.day:
        return f"the toll rose: {both(pair)}"
    return f"{both(pair)} are of one day of a rising toll, and which came first is not known"


def fall(pair: Pair) -> str:
    """The sentence of a toll that went down, or of one voice's that lies below another's of before."""
    cause = "a cause is needed (correction, deduplication, scope change, typo …)"
    if pair.same_voice:
        return f"the toll went down: {both(pair)}; {cause}"
    gone = "" if pair.common_day is not None else f", though {pair.earlier.claimant} gave a later account before that"
    lower, higher = (f"{whose(one)} ({days_of(one)})" for one in (pair.later, pair.earlier))
    return f"{lower} lies below {higher}, and a toll does not fall{gone}; {cause}"


def larger_part(pair: Pair) -> str:
    """The sentence of a part that is larger than its whole."""
    part, whole = pair.part_and_whole or (pair.earlier, pair.later)
    return f"{whose(part)} counts only a part of what {whose(whole)} counts, and is larger"


def denied(pair: Pair) -> str:
    """The sentence of a denial."""
    denial, assertion = (pair.earlier, pair.later) if pair.earlier.stance is Stance.DENIES else (pair.later, pair.earlier)
    what = "what" if assertion.figure is None else f"the {figure_of(assertion)} that"
    gone = "" if pair.common_day is not None else ", though they never stood on the same day"
    return f"{denial.claimant} denies {what} {assertion.claimant} asserts{gone}"


def withheld(pair: Pair) -> str:
    """The sentence of a refusal to confirm, or of a figure given with reserve beside one that it does not allow."""
    silent, other = (pair.earlier, pair.later) if pair.earlier.stance is Stance.UNCONFIRMED else (pair.later, pair.earlier)
    if pair.earlier.stance is pair.later.stance:
        return f"{both(pair)} are given with reserve: neither bears out nor rules out the other"
    if not pair.figures_meet:
        doubtful, told = (f"{whose(one)} ({days_of(one)})" for one in (silent, other))
        return f"{doubtful} is given with reserve: it neither bears out nor rules out {told}"
    return f"{silent.claimant} does not confirm what {other.claimant} {other.stance.value}, and does not deny it"


def turned(pair: Pair) -> str:
    """The sentence of a claimant who takes another stance."""
    words = {Stance.ASSERTS: "asserted", Stance.DENIES: "denied", Stance.UNCONFIRMED: "did not confirm"}
    now = {Stance.ASSERTS: "asserts", Stance.DENIES: "denies", Stance.UNCONFIRMED: "does not confirm"}
    first, then = words[pair.earlier.stance], now[pair.later.stance]
    speaker = pair.later.claimant
    if pair.earlier.claimant != speaker:
        return f"{pair.earlier.claimant} {first} it, and {speaker}, the same voice, {then} it {days_between(pair)}"
    return f"{speaker} {first} it, and {then} it {days_between(pair)}"


def judged(pair: Pair) -> str:
    """The sentence of a forecast whose day has come."""
    forecast, seen = forecast_and_outcome(pair) or (pair.earlier, pair.later)
    verb = "meets" if pair.figures_meet else "misses"
    return f"{whose(seen)} ({on_day(seen.day)}) {verb} {possessive(forecast.claimant)} forecast of {figure_of(forecast)}"


def looks_ahead(pair: Pair) -> str:
    """The sentence of a forecast that cannot be judged yet."""
    if pair.modalities == {Modality.FORECAST}:
        when = "made at different times" if pair.earlier.horizon is pair.later.horizon is None else "for different days"
        return f"{both(pair)} are forecasts {when}"
    forecast = pair.earlier if pair.earlier.modality is Modality.FORECAST else pair.later
    return f"{whose(forecast)} is a forecast, not an observation"


def not_one_matter(pair: Pair) -> str:
    """The sentence of two claims that answer different things."""
    if pair.part_and_whole and pair.part_and_whole[0].kind is Kind.FLOW:
        return "one counts what some days add to what the other counts in all"
    if pair.part_and_whole:
        return "one counts a part of what the other counts"
    if not pair.same_question:
        return f"they answer different questions ({pair.earlier.question}; {pair.later.question})"
    return "one holds only on a condition, or is a target rather than an observation"
