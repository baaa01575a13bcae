"""Why a toll may have gone down: each cause with what speaks for it, by words and by arithmetic."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.core.repair import Words
from claims_cli.core.ruling import Cause
from claims_cli.core.toll import Around, Beside, Fall, PossibleCause, causes_of, falls_among
from claims_cli.core.when import parse_when
from tests.statements import CUMULATIVE, FLOW, said, standing_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims_cli.core.statement import Statement


def toll(value: str, day: int, *, voice: int = 1, question: str = "dead", source: int = 1) -> Statement:
    """A toll of a day of May."""
    facts: dict[str, Any] = {"voice": voice, "claimant": f"Voice {voice}", "question": question, "source": source}
    return said(value, f"2024-05-{day:02}", unit="person", **facts, **CUMULATIVE)


def amount(value: str, day: int, *, voice: int = 1) -> Statement:
    """What a day added."""
    return said(value, f"2024-05-{day:02}", voice=voice, claimant=f"Voice {voice}", question="a-day", unit="person", **FLOW)


def the_fall(claims: Sequence[Statement]) -> Fall:
    """The one fall among some claims."""
    (fall,) = falls_among(standing_together(list(claims)))
    return fall


def causes(claims: Sequence[Statement], around: Around | None = None, beside: Mapping[int, Beside] | None = None) -> list[PossibleCause]:
    """The causes of the one fall among some claims; what stands beside them is given by value."""
    fall = the_fall(claims)
    context = around or Around(own=claims)
    return causes_of(fall, context, lambda one: (beside or {}).get(int(one.figure.low) if one.figure and one.figure.low else 0, Beside()))


def named(found: Sequence[PossibleCause]) -> list[str]:
    """The causes in their order."""
    return [one.cause.value for one in found]


def evidence(found: Sequence[PossibleCause], cause: Cause) -> tuple[str, ...]:
    """What speaks for a cause."""
    return next(one.evidence for one in found if one.cause is cause)


PLAIN = [toll("1,273", 14), toll("1,231", 16)]


def test_a_fall_that_nothing_explains_is_unexplained() -> None:
    (one,) = causes([toll("1,273", 14), toll("1,058", 16)])
    assert (one.cause, one.evidence) == (Cause.UNEXPLAINED, ("neither words nor numbers tell why",))


@pytest.mark.parametrize("cause", [Cause.CORRECTION, Cause.DEDUPLICATION, Cause.RECLASSIFICATION, Cause.SCOPE_CHANGE, Cause.LAG])
def test_words_beside_a_figure_come_first(cause: Cause) -> None:
    found = causes(PLAIN, beside={1231: Beside(Words(causes={cause: ("so the note",)}))})
    assert found[0].cause is cause
    assert found[0].evidence[0] == "“so the note” stands beside Voice 1's 1,231 (16 May 2024)"


def test_words_beside_the_higher_figure_say_little() -> None:
    (one,) = causes(PLAIN, beside={1273: Beside(Words(causes={Cause.CORRECTION: ("revised",)}))})
    assert (one.cause, one.weight) == (Cause.CORRECTION, 1)


def test_a_slip_makes_the_speakers_figures_rise_again() -> None:
    series = [toll("1,250", 10), toll("1,920", 12), toll("1,295", 14), toll("1,310", 16)]
    found = causes([series[1], series[2]], Around(own=series))
    assert found[0].cause is Cause.TYPO
    assert (
        "Voice 1's 1,920 (12 May 2024) read as 1,290 (two digits exchanged)"
        " lies between Voice 1's 1,250 (10 May 2024) and Voice 1's 1,295 (14 May 2024)"
    ) in found[0].evidence


@pytest.mark.parametrize(
    ("series", "read"),
    [
        (("126", "128", "13", "134"), "130 (× 10)"),
        (("1,250", "1,265", "7,280", "1,295"), "1,280 (1 misread for 7)"),
    ],
)
def test_other_slips_are_a_power_of_ten_and_a_misread_digit(series: tuple[str, ...], read: str) -> None:
    claims = standing_together([toll(value, 10 + 2 * at) for at, value in enumerate(series)])
    found = causes_of(falls_among(claims)[0], Around(own=claims), lambda _: Beside())
    assert any(f"read as {read} lies between" in told for told in evidence(found, Cause.TYPO))


def test_a_slip_that_the_quote_does_not_have_comes_first() -> None:
    series = [toll("1,250", 10), toll("1,390", 12), toll("1,295", 14)]
    quoted = {1390: Beside(Words(figures=(Decimal(1290),)))}
    found = causes(series[1:], Around(own=[toll("1,289", 10), *series[1:]]), quoted)
    assert causes(series[1:], Around(own=series))[0].cause is Cause.UNEXPLAINED
    assert (found[0].cause, found[0].weight) == (Cause.TYPO, 5)
    assert found[0].evidence[0] == "the quote of Voice 1's 1,390 (12 May 2024) has 1,290"


def test_a_digit_is_not_misread_where_any_would_fit() -> None:
    series = [toll("1,270", 10), toll("1,245", 12), toll("1,300", 14)]
    assert named(causes(series[:2], Around(own=series))) == ["unexplained"]


def test_figures_of_two_claimants_who_never_fell_are_two_counts() -> None:
    series = [toll("900", 10), toll("1,000", 12), toll("600", 9, voice=2), toll("703", 13, voice=2)]
    (fall, *_) = (one for one in falls_among(standing_together(series)) if one.lower.day == series[3].day)
    found = causes_of(fall, Around(own=series), lambda _: Beside())
    assert found[0].cause is Cause.SOURCE_SWITCH
    (told,) = found[0].evidence
    assert told.startswith("the figures are of two claimants, and neither's own fall:")
    assert told.endswith("Voice 1's 900 (10 May 2024), 1,000 (12 May 2024) and Voice 2's 600 (9 May 2024), 703 (13 May 2024)")
    own_fall = [*series, toll("500", 15, voice=2)]
    assert Cause.SOURCE_SWITCH not in {one.cause for one in causes_of(fall, Around(own=own_fall), lambda _: Beside())}


def test_figures_that_rest_on_other_things_are_another_count() -> None:
    found = causes(PLAIN, beside={1273: Beside(basis="all reports"), 1231: Beside(basis="verified names")})
    assert found[0].cause is Cause.SOURCE_SWITCH
    assert found[0].evidence == ("Voice 1's 1,273 (14 May 2024) rests on “all reports”, Voice 1's 1,231 (16 May 2024) on “verified names”",)


def test_figures_of_other_places_are_of_another_scope() -> None:
    found = causes(PLAIN, beside={1273: Beside(place="Coast"), 1231: Beside(place="North Coast")})
    assert found[0].cause is Cause.SCOPE_CHANGE


def test_a_figure_of_a_part_or_of_the_whole_tells_another_scope() -> None:
    of_part = causes(PLAIN, Around(own=PLAIN, parts=[toll("1,231", 15, question="north")]))
    assert "the lower figure is that of a part: Voice 1's 1,231 (15 May 2024) on north" in evidence(of_part, Cause.SCOPE_CHANGE)
    of_whole = causes(PLAIN, Around(own=PLAIN, wholes=[toll("1,273", 14, question="victims")]))
    assert "the higher figure is that of the whole: Voice 1's 1,273 (14 May 2024) on victims" in evidence(of_whole, Cause.SCOPE_CHANGE)
    left_out = causes(PLAIN, Around(own=PLAIN, parts=[toll("42", 15, question="north")]))
    assert "the drop is as much as a part: Voice 1's 42 (15 May 2024) on north" in evidence(left_out, Cause.SCOPE_CHANGE)


def test_what_another_part_of_the_whole_rose_by_was_moved_there() -> None:
    found = causes(PLAIN, Around(own=PLAIN, siblings=[toll("310", 14, question="missing"), toll("352", 16, question="missing")]))
    assert found[0].cause is Cause.RECLASSIFICATION
    assert found[0].evidence == ("the drop of 42 is as much as missing rose by, from 310 (14 May 2024) to 352 (16 May 2024)",)


def test_what_another_part_had_already_was_left_out_and_what_it_has_since_was_moved() -> None:
    before, since = (Around(own=PLAIN, siblings=[toll("42", day, question="missing")]) for day in (12, 16))
    assert causes(PLAIN, before)[0].cause is Cause.SCOPE_CHANGE
    assert causes(PLAIN, since)[0].cause is Cause.RECLASSIFICATION
    long_ago = Around(own=PLAIN, siblings=[said("42", "2024-01-05", question="missing", unit="person", **CUMULATIVE)])
    assert Cause.SCOPE_CHANGE not in {one.cause for one in causes(PLAIN, long_ago)}


def test_a_drop_that_is_hardly_known_equals_nothing() -> None:
    round_ = [toll("50,000", 14), toll("40,000", 16, voice=2)]
    found = causes(round_, Around(own=round_, siblings=[toll("9,300", 15, question="missing")]))
    assert Cause.RECLASSIFICATION not in {one.cause for one in found}


def test_a_small_drop_that_equals_something_says_little() -> None:
    two = [toll("39", 14), toll("38", 16)]
    (one,) = (each for each in causes(two, Around(own=two, parts=[toll("1", 15, question="north")])) if each.cause is Cause.SCOPE_CHANGE)
    assert one.weight == 1


def test_an_older_figure_again_lags_behind() -> None:
    series = [toll("1,231", 10, voice=2), toll("1,273", 14, voice=2), toll("1,231", 16)]
    found = causes(series[1:], Around(own=series))
    assert "Voice 1's 1,231 (16 May 2024) is what Voice 2's 1,231 (10 May 2024) was, within rounding" in evidence(found, Cause.LAG)


def test_a_quote_that_names_an_older_day_lags_behind() -> None:
    day = parse_when("2024-05-12").earliest_day or 0
    found = causes(PLAIN, beside={1231: Beside(Words(days={day: "by Sunday"}))})
    assert found[0].cause is Cause.LAG
    assert found[0].evidence == ("the quote of Voice 1's 1,231 (16 May 2024) says “by Sunday”, which is 12 May 2024",)


def test_a_figure_without_a_day_of_its_own_may_lag_behind() -> None:
    found = causes(PLAIN, beside={1231: Beside(dated=False)})
    told = "no day is stated for Voice 1's 1,231: 16 May 2024 is when it was said or published"
    assert evidence(found, Cause.LAG) == (told,)


def test_a_drop_of_one_days_amount_was_counted_twice_and_of_several_days_merged() -> None:
    series = [toll("1,203", 10), *PLAIN]
    one_day = Around(own=series, flows=[amount("42", 13)])
    assert evidence(causes(PLAIN, one_day), Cause.DEDUPLICATION) == (
        "the drop is as much as Voice 1's 42 (13 May 2024) alone: that day may have been counted twice",
    )
    days = Around(own=series, flows=[amount("11", 12), amount("13", 13), amount("18", 14)])
    assert evidence(causes(PLAIN, days), Cause.PERIOD_MERGED) == (
        "the drop is as much as the days of 12 to 14 May 2024 together: 11 + 13 + 18",
    )
    gap = Around(own=series, flows=[amount("11", 11), amount("13", 13), amount("18", 14)])
    assert Cause.PERIOD_MERGED not in {one.cause for one in causes(PLAIN, gap)}


def test_a_speaker_who_goes_on_from_the_lower_figure_took_the_higher_one_back() -> None:
    series = [*PLAIN, toll("1,240", 18)]
    assert evidence(causes(PLAIN, Around(own=series)), Cause.CORRECTION) == ("Voice 1 goes on from the lower figure: 1,240 (18 May 2024)",)
    back = [*PLAIN, toll("1,290", 18)]
    assert Cause.CORRECTION not in {one.cause for one in causes(PLAIN, Around(own=back))}


def test_a_fall_is_told_once_for_each_speaker_who_is_lower() -> None:
    claims = standing_together([toll("1,920", 10), toll("1,290", 12, voice=2), toll("1,300", 14, voice=2), toll("1,280", 12, voice=3)])
    assert [(fall.higher.voice, fall.lower.voice) for fall in falls_among(claims)] == [(1, 2), (1, 3)]


def test_the_causes_that_are_ruled_on_are_the_causes_that_are_found() -> None:
    assert {one.value for one in Cause} == {
        "correction",
        "deduplication",
        "reclassification",
        "scope_change",
        "source_switch",
        "lag",
        "period_merged",
        "typo",
        "unexplained",
    }
