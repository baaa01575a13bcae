"""Linking: the question whose words all stand in the sentence, the actor whose name is meant; what is not sure is not guessed."""

from __future__ import annotations

import pytest

from claims_cli.core.claim import Actor, Alias, Kind, Office, Question, Stance
from claims_cli.core.when import parse_when
from claims_cli.extract.pack import languages, pack_of
from claims_cli.extract.pipeline import Reading
from claims_cli.intake.linking import NameLinker, QuestionLinker, context_of, group_of, proposed


def question(slug: str, *words: str, unit: str | None = "soldier", part_of: str | None = None) -> Question:
    """A question found by these groups of words."""
    return Question(slug, "t", slug, Kind.LEVEL if unit else Kind.FIXED, unit, part_of=part_of, words=words)


RUSSIA = question("in-russia", "كوري* شمالي* | North Korea*", "روسي* | روسيا | Russia*")
KURSK = question("in-kursk", "كوري* شمالي* | North Korea*", "كورسك | Kursk", "جند* | جنود* | soldier*")
ACTORS = [
    Actor("zelensky", "Volodymyr Zelensky", aliases=(Alias("زيلينسكي", "ar"), Alias("Zelensky", "en"))),
    Actor("pentagon", "Pentagon", aliases=(Alias("البنتاغون", "ar"), Alias("وزارة الدفاع الأميركية", "ar"))),
    Actor("russia", "Russia", aliases=(Alias("موسكو", "ar"), Alias("روسيا", "ar"), Alias("Moscow", "en"))),
    Actor("north-korea", "North Korea", aliases=(Alias("بيونغ يانغ", "ar"), Alias("Pyongyang", "en"))),
    Actor("joint", "Russia and North Korea together", aliases=(Alias("Moscow and its ally", "en"),)),
]


def linked(text: str, language: str, *questions: Question) -> list[str | None]:
    """The questions that the figures of a text answer."""
    linker = QuestionLinker(questions, pack_of(language))
    reading = Reading(text, language, None)
    candidates = [one for one in reading.candidates() if one.figure is not None]
    before = reading.sentences_before({one.sentence_start for one in candidates})
    return [linker.link(one, context_of(one, text, before[one.sentence_start])).question for one in candidates]


@pytest.mark.parametrize(
    ("text", "language", "slugs"),
    [
        ("وصل 3000 جندي كوري شمالي إلى روسيا.", "ar", ["in-russia"]),
        ("نشرت كوريا الشمالية 3000 جندي في الأراضي الروسية.", "ar", ["in-russia"]),
        ("في كورسك الروسية 3000 من جنود كوريا الشمالية.", "ar", ["in-kursk"]),
        ("There are 3,000 North Korean soldiers in Russia.", "en", ["in-russia"]),
        ("There are 3,000 North Korean soldiers in Kursk, Russia.", "en", ["in-kursk"]),
        ("There are 3,000 South Korean soldiers in Russia.", "en", [None]),
        ("There are 3,000 North Korean trucks in Russia.", "en", [None]),
        ("There are 3,000 soldiers in the camp.", "en", [None]),
        ("North Korean soldiers are in Russia. Their number will soon reach 12,000.", "en", ["in-russia"]),
        ("North Korean soldiers are in Russia.\nThe city has 12,000 soldiers.", "en", [None]),
    ],
)
def test_a_figure_answers_the_question_whose_words_all_stand_there(text: str, language: str, slugs: list[str | None]) -> None:
    assert linked(text, language, RUSSIA, KURSK) == slugs


def test_a_denial_by_negation_is_looked_up_by_its_own_words() -> None:
    presence = question("troops-in-orvale", "troops", "Orvale", unit=None)
    linker = QuestionLinker([presence], pack_of("en"))
    text = "The troops reached Orvale. No one was hurt, the mayor said. The troops are not in Orvale, the governor said."
    reading = Reading(text, "en", None)
    found = [one for one in reading.candidates() if one.stance is Stance.DENIES]
    before = reading.sentences_before({one.sentence_start for one in found})
    links = {one.quote: linker.link(one, context_of(one, text, before[one.sentence_start])).question for one in found}
    assert links == {"No one was hurt": None, "The troops are not in Orvale": "troops-in-orvale"}


def test_two_questions_that_fit_equally_well_are_not_chosen_between() -> None:
    twin = question("also-in-russia", "North Korea*", "Russia*")
    text = "There are 3,000 North Korean soldiers in Russia."
    (candidate,) = [one for one in Reading(text, "en", None).candidates() if one.figure is not None]
    link = QuestionLinker([RUSSIA, twin], pack_of("en")).link(candidate, context_of(candidate, text, ""))
    assert link.question is None
    assert link.reason == "fits more than one question: also-in-russia, in-russia"


def test_what_makes_a_part_stands_in_its_own_clause() -> None:
    whole = question("aid", "aid", "Sweden | Swedish", unit="EUR")
    part = question("aid-for-arms", "aid", "Sweden | Swedish", "arms", unit="EUR", part_of="aid")
    text = "Sweden gave aid of 63 million euros, of which 20 million euros for arms."
    assert linked(text, "en", whole, part) == ["aid", "aid-for-arms"]


def test_a_part_is_told_by_its_place_where_what_is_counted_was_named_before() -> None:
    part = question("in-kursk", "كوري* شمالي* | North Korea*", "كورسك | Kursk", "جند* | جنود* | soldier*", part_of="in-russia")
    english = "About 12,000 North Korean soldiers were in Russia, of whom 8,000 were in Kursk."
    arabic = "في روسيا 12 ألف جندي كوري شمالي، منهم 8 آلاف في كورسك."
    assert linked(english, "en", RUSSIA, part) == linked(arabic, "ar", RUSSIA, part) == ["in-russia", "in-kursk"]


def test_a_question_without_words_is_never_linked() -> None:
    assert linked("There are 3,000 soldiers.", "en", question("soldiers")) == [None]


def test_a_group_is_read_as_the_codebook_writes_it() -> None:
    assert group_of("soldier* |  North Korea* | * ").spellings == (("soldier*",), ("north", "korea*"))


@pytest.mark.parametrize("written", ["الجيش", "جيش"])
@pytest.mark.parametrize("text", ["في الجيش", "بالجيش", "وللجيش", "جيش"])
def test_an_article_in_a_group_or_a_text_hides_no_word(written: str, text: str) -> None:
    linker = QuestionLinker([], pack_of("ar"))
    assert group_of(written).found_in(linker.forms(text)) == "جيش"


def test_what_answers_no_question_waits_by_its_unit() -> None:
    figure, statement = (
        next(iter(Reading(text, "en", None).candidates())) for text in ("Ten men left.", "He said that talks would go on.")
    )
    assert (proposed(figure).slug, proposed(figure).unit) == ("unlinked-person", "person")
    assert (proposed(statement).slug, proposed(statement).unit) == ("unlinked-statements", None)


@pytest.mark.parametrize(
    ("name", "day", "actor"),
    [
        ("the US president", "2024-10-28", "Joe Biden"),
        ("US President", "2021-01-20", "Joe Biden"),
        ("الرئيس الأميركي", "2025-01-21", "Donald Trump"),
        ("the US president", "2025-01-20", "the US president"),
        ("the US president", "2016-01-01", "the US president"),
        ("the US president", None, "Donald Trump"),
        ("US president Joe Biden", "2030-01-01", "Joe Biden"),
    ],
)
def test_an_office_means_who_held_it_on_the_day(name: str, day: str | None, actor: str) -> None:
    def offices(since: str, until: str | None) -> tuple[Office, ...]:
        names = ("US President", "الرئيس الأميركي")
        return tuple(Office(one, parse_when(since), None if until is None else parse_when(until)) for one in names)

    holders = [
        Actor("biden", "Joe Biden", offices=offices("2021-01-20", "2025-01-20")),
        Actor("trump", "Donald Trump", offices=offices("2025-01-20", None)),
    ]
    linker = NameLinker(holders, [pack_of(code) for code in languages()])
    (linked,) = linker.link(name, None if day is None else parse_when(day).latest_day)
    assert linked.name == actor


@pytest.mark.parametrize(
    ("name", "actors"),
    [
        ("زيلينسكي", ["Volodymyr Zelensky"]),
        ("الرئيس الأوكراني فولوديمير زيلينسكي", ["Volodymyr Zelensky"]),
        ("Ukrainian President Volodymyr Zelensky", ["Volodymyr Zelensky"]),
        ("وزارة الدفاع الأميركية (البنتاغون)", ["Pentagon"]),
        ("المتحدثة باسم البنتاغون", ["Pentagon"]),
        ("a spokesman for the Pentagon", ["Pentagon"]),
        ("Pentagon spokeswoman Ann Smith", ["Pentagon"]),
        ("Pentagon officials", ["Pentagon officials"]),
        ("The Pentagon", ["Pentagon"]),
        ("موسكو وبيونغ يانغ", ["Russia", "North Korea"]),
        ("Moscow and Pyongyang", ["Russia", "North Korea"]),
        ("Moscow and its ally", ["Russia and North Korea together"]),
        ("وزير خارجية روسيا", ["وزير خارجية روسيا"]),
        ("the foreign minister of Russia", ["the foreign minister of Russia"]),
        ("an adviser to Zelensky", ["an adviser to Zelensky"]),
        ("South Korea", ["South Korea"]),
        ("", [""]),
    ],
)
def test_a_name_means_the_actor_who_is_known_by_it(name: str, actors: list[str]) -> None:
    linker = NameLinker(ACTORS, [pack_of(code) for code in languages()])
    assert [linked.name for linked in linker.link(name)] == actors
