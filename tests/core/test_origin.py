"""Origins: what comes from one statement counts once, what only sounds alike does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.core.origin import Provenance, origins_shared, tellings_of
from claims_cli.core.position import position
from claims_cli.core.profile import leave_one_out, profile_of
from claims_cli.core.relation import relation_between
from claims_cli.core.shingles import contained, shingles_of
from claims_cli.core.when import parse_when
from tests.statements import said

if TYPE_CHECKING:
    from claims_cli.core.statement import Statement

DAY = "2024-03-05"
SPILL = "The tanker lost some 4,000 tonnes of oil before the crew could close the last of the valves"
SPILL_CUT = "lost some 4,000 tonnes of oil before the crew could close the last of the valves, the harbour master added"
SPILL_ELSE = "Divers who went down on Tuesday reckon that 4,000 tonnes of oil have run out since the hull broke"
DAM = "قال المهندس المشرف على السد إن 350 أسرة غادرت القرية ليلاً بعد أن تجاوز منسوب المياه الحد المسموح به"
DAM_CUT = "350 أسرة غادرت القرية ليلا بعد أن تجاوز منسوب المياه الحد المسموح به، وفق ما نقلته الإذاعة"
DAM_ELSE = "أحصت البلدية 350 أسرة نزحت إلى المدارس المجاورة منذ صباح الثلاثاء وما زالت تنتظر الخيام والأغطية"
REUTERS, PAPER, OTHER_PAPER = 50, 60, 61


def told(  # noqa: PLR0913  the three that differ from claim to claim, and what is seldom told
    quote: str | None,
    voice: int,
    source: int,
    *,
    value: str = "4,000",
    relay: tuple[int, ...] = (),
    publisher: int | None = None,
) -> tuple[Statement, Provenance]:
    """A claim with what its document tells of it."""
    statement = said(value, DAY, voice=voice, source=source, claimant=f"Voice {voice:02}")
    return statement, Provenance(quote=quote, relay=relay, publisher=publisher)


def marked(*claims: tuple[Statement, Provenance], names: dict[int, frozenset[str]] | None = None) -> list[Statement]:
    """The claims, each with its origin."""
    statements = [statement for statement, _ in claims]
    shared = origins_shared(tellings_of(statements), {one.id: report for one, report in claims}, names or {})
    return [replace(one, shared=shared.get(one.voice)) for one in statements]


def origins(*claims: tuple[Statement, Provenance], names: dict[int, frozenset[str]] | None = None) -> int:
    """How many origins they have."""
    return position(marked(*claims, names=names)).origins


@pytest.mark.parametrize(("one", "other"), [(SPILL, SPILL_CUT), (DAM, DAM_CUT), (SPILL, SPILL.replace("tanker", "vessel"))])
def test_near_identical_words_in_two_documents_have_one_origin_whomever_they_name(one: str, other: str) -> None:
    assert origins(told(one, 1, 1), told(other, 2, 2)) == 1


@pytest.mark.parametrize(("one", "other"), [(SPILL, SPILL_ELSE), (DAM, DAM_ELSE), (SPILL, DAM)])
def test_one_figure_in_other_words_has_two_origins(one: str, other: str) -> None:
    assert origins(told(one, 1, 1), told(other, 2, 2)) == 2


@pytest.mark.parametrize(
    "phrase", ["more than 4,000 soldiers", "about 4,000 tonnes of oil have been lost", "أكثر من 350 أسرة غادرت القرية"]
)
def test_a_short_stock_phrase_is_no_common_text(phrase: str) -> None:
    assert origins(told(phrase, 1, 1), told(phrase, 2, 2)) == 2


def test_what_stands_around_a_short_quote_tells_where_it_comes_from() -> None:
    around: dict[str, Any] = {"prefix": "e captain, the tanker has so far lost ", "suffix": " off the northern reef, and more is leaki"}
    (one, short), (other, _) = told("some 4,000 tonnes of oil", 1, 1), told(None, 2, 2)
    same, else_where = (
        replace(short, **around),
        replace(short, prefix="h, the harbour master put it at ", suffix=" when he spoke to his town council on"),
    )
    assert origins((one, same), (other, same)) == 1
    assert origins((one, same), (other, else_where)) == 2


def test_two_officials_in_one_article_stay_two_though_others_copy_the_sentence() -> None:
    both = "The harbour master and the navy each put the loss of the tanker at 4,000 tonnes of oil so far"
    article = told(both, 1, 1), told(both, 2, 1)
    assert origins(*article) == 2
    copied = told(both, 1, 2), told(both, 2, 2)
    assert origins(*article, *copied) == 2
    assert origins(*article, told(both, 3, 3)) == 2


def test_the_sentence_of_a_bulletin_with_another_figure_is_another_statement() -> None:
    bulletin = "The ministry of health recorded {} new cases of cholera in the southern province over the past day"
    assert origins(told(bulletin.format(40), 1, 1, value="40"), told(bulletin.format(44), 2, 2, value="44")) == 2
    assert origins(told(bulletin.format(40), 1, 1, value="40"), told(bulletin.format(40), 2, 2, value="~40")) == 1


def test_the_same_words_of_another_day_are_another_statement() -> None:
    one, report = told(SPILL, 1, 1)
    assert origins((replace(one, day_from=one.day_from and one.day_from - 1, day=one.day and one.day - 1), report), told(SPILL, 2, 2)) == 2


def test_who_relays_a_claim_and_gives_its_figure_as_his_own_has_its_origin() -> None:
    services = told("his services reckon with 4,000", 1, 1, relay=(2,))
    assert origins(services, told("there are 4,000", 2, 2)) == 1
    assert origins(services, told("there are 4,000", 2, 1)) == 1  # the very document says that he relays it
    assert origins(services, told("there are 4,000", 3, 2)) == 2


def test_papers_that_credit_one_agency_have_its_origin() -> None:
    wire = told("4,000", REUTERS, 1, publisher=REUTERS)
    printed = [told("4,000", paper, source, relay=(REUTERS,), publisher=paper) for source, paper in ((2, PAPER), (3, OTHER_PAPER))]
    assert origins(wire, *printed) == 1
    assert origins(*printed) == 1
    assert origins(*printed, told("4,000", 62, 4, publisher=62)) == 2


def test_a_paper_that_prints_an_agencys_interview_adds_no_origin() -> None:
    minister = told("4,000", 1, 1, publisher=REUTERS)
    assert origins(minister, told("4,000", PAPER, 2, relay=(REUTERS,), publisher=PAPER)) == 1


def test_two_speakers_carried_by_one_agency_stay_two() -> None:
    navy, mayor = told("4,000", 1, 1, relay=(REUTERS,)), told("4,000", 2, 2, relay=(REUTERS,))
    assert origins(navy, mayor) == 2
    assert origins(navy, mayor, told("4,000", REUTERS, 3), told("4,000", PAPER, 4, relay=(REUTERS,), publisher=PAPER)) == 2


def test_a_quote_that_names_the_agency_is_a_credit_only_where_the_paper_speaks_for_itself() -> None:
    wire = told("4,000 tonnes", REUTERS, 1, publisher=REUTERS)
    names = {REUTERS: frozenset({"reuters", "رويترز"})}
    assert origins(wire, told("4,000 tonnes, Reuters reported", PAPER, 2, publisher=PAPER), names=names) == 1
    assert origins(wire, told("خسرت الناقلة 4,000 طن، بحسب رويترز", PAPER, 2, publisher=PAPER), names=names) == 1
    assert origins(wire, told("“4,000 tonnes”, the mayor told Reuters", 1, 2, publisher=PAPER), names=names) == 2
    assert origins(wire, told("4,000 tonnes", PAPER, 2, publisher=PAPER), names=names) == 2


def test_a_paper_that_follows_two_agencies_on_two_days_makes_them_no_one() -> None:
    afp = 51
    first = told("4,000", REUTERS, 1), told("4,000", PAPER, 2, relay=(REUTERS,), publisher=PAPER)
    later = [
        (replace(one, day_from=(one.day_from or 0) + 1, day=(one.day or 0) + 1), report)
        for one, report in (told("4,000", afp, 3), told("4,000", PAPER, 4, relay=(afp,), publisher=PAPER))
    ]
    assert origins(*first, *later) == 2


def test_one_text_echoes_and_does_not_corroborate_though_the_claimants_differ() -> None:
    one, copy, third = marked(told(SPILL, 1, 1), told(SPILL_CUT, 2, 2), told(SPILL_ELSE, 3, 3))
    found = relation_between(one, copy)
    assert (found.relation, found.conflict) == ("echoes", False)
    assert "come from one statement" in found.explanation
    assert relation_between(one, third).relation == "corroborates"
    assert [one.claimant, copy.claimant] == ["Voice 01", "Voice 02"]


def test_a_profile_counts_one_text_once_and_leaves_out_all_who_share_it() -> None:
    claims = marked(told(SPILL, 1, 1), told(SPILL_CUT, 2, 2), told("9,000", 3, 3, value="9,000"), told("9,000", 4, 4, value="9,000"))
    profile = profile_of(claims, parse_when(DAY).earliest_day or 0)
    assert [(len(one.origins), len(one.members)) for one in profile.ranges] == [(1, 2), (2, 2)]
    assert len(profile.origins) == 3
    assert {one.claimant for one in leave_one_out(profile)} == {"Voice 01, Voice 02", "Voice 03", "Voice 04"}


def test_shingles_are_the_same_whatever_the_spelling_of_digits_marks_and_letters() -> None:
    assert shingles_of("Some 4,000 tonnes — of OIL!") == shingles_of("some 4000 tonnes of oil")
    assert shingles_of("غادرت ٣٥٠ أُسرةً القرية") == shingles_of("غادرت 350 اسرة القرية")


def test_what_is_too_short_to_tell_by_is_contained_in_nothing() -> None:
    short, whole = shingles_of("of oil before the crew could close the last"), shingles_of(SPILL)
    assert short < whole
    assert contained(short, whole) == 0
    assert contained(shingles_of(SPILL_CUT), whole) > contained(shingles_of(SPILL_ELSE), whole)
