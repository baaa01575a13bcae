"""Well-known people behind their titles, and all who are somebody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims_cli.store.titles import person_titled
from tests.store.conftest import CLAIM, asked, recorded


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Ukrainian President Volodymyr Zelensky", "Volodymyr Zelensky"),
        ("Kremlin spokesman Dmitry Peskov", "Dmitry Peskov"),
        ("former US Secretary of State Antony Blinken", "Antony Blinken"),
        ("UN Secretary-General António Guterres", "António Guterres"),
        ("US President-elect Donald Trump", "Donald Trump"),
        ("Prince Mohammed bin Salman", "Mohammed bin Salman"),
        ("President Zelensky", "Zelensky"),
        ("the Russian president, Vladimir Putin", "Vladimir Putin"),
        ("Mark Rutte, NATO Secretary General", "Mark Rutte"),
        ("الرئيس الأوكراني فولوديمير زيلينسكي", "فولوديمير زيلينسكي"),
        ("الرئيس الأوكراني زيلينسكي", "زيلينسكي"),
        ("المتحدث باسم الكرملين دميتري بيسكوف", "دميتري بيسكوف"),
        ("وزير الخارجية الروسي سيرغي لافروف", "سيرغي لافروف"),
        ("الفريق أول عبد الفتاح البرهان", "عبد الفتاح البرهان"),
        ("المرشد الأعلى علي خامنئي", "علي خامنئي"),
        ("الأمين العام لحلف شمال الأطلسي ينس ستولتنبرغ", "ينس ستولتنبرغ"),
        ("مارك روته، الأمين العام للناتو", "مارك روته"),
    ],
)
def test_a_title_beside_a_well_known_name_is_taken_off(written: str, person: str) -> None:
    assert person_titled(written) == person


@pytest.mark.parametrize(
    "written",
    [
        "Volodymyr Zelensky",
        "Pentagon",
        "NATO, a senior official",
        "army spokeswoman Ann Brook",
        "an adviser to President Vladimir Putin",
        "sources near President Zelensky",
        "doctors treating Prime Minister Viktor Orban",
        "US officials under President Trump",
        "the office of President Zelensky",
        "British Prime Minister's spokesman Keir Starmer",
        "the wife of President Zelensky",
        "First Lady Zelensky",
        "Joe Biden, a lawyer",
        "مستشار الرئيس فولوديمير زيلينسكي",
        "متحدث باسم الرئيس فولوديمير زيلينسكي",
        "متحدث باسم فولوديمير زيلينسكي",
        "مستشار بنيامين نتنياهو",
        "مستشار رئيس الوزراء الإسرائيلي بنيامين نتنياهو",
        "المتحدثة باسم رئيس الوزراء بنيامين نتنياهو",
        "المبعوث الخاص للرئيس الأميركي دونالد ترامب",
        "المتحدثة باسم وزير الخارجية سيرغي لافروف",
        "محامي الرئيس دونالد ترامب",
        "إدارة الرئيس ترامب",
        "المتحدث الرسمي لوزارة الصحة",
        "وزير خارجية كوريا الشمالية",
        "وزارة الصحة في غزة",
        "",
        "،",
    ],
)
def test_whoever_else_is_named_stays_himself(written: str) -> None:
    assert person_titled(written) is None


@pytest.mark.parametrize(
    "names",
    [
        ("Ukrainian President Volodymyr Zelensky", "Volodymyr Zelenskyy", "الرئيس الأوكراني فولوديمير زيلينسكي"),
        ("زيلينسكي", "President Volodymyr Zelensky"),
        ("President Zelensky", "فولوديمير زيلينسكي", "Volodymyr Zelensky"),
        ("The Pentagon", "Pentagon", "البنتاغون"),
        ("the IMF", "صندوق النقد الدولي", "The International Monetary Fund"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_names_that_mean_one_actor_are_joined_in_whatever_order_they_come(
    names: tuple[str, ...],
    backwards: bool,  # noqa: FBT001  a parameter of the test
    base: str,
) -> None:
    said = [replace(CLAIM, claimant=name, ref=name) for name in (reversed(names) if backwards else names)]
    recorded(base, *said)
    assert len(asked(base, "SELECT DISTINCT claimant_id FROM claim")) == 1


def test_the_adviser_of_a_person_is_another_actor(base: str) -> None:
    names = ("Vladimir Putin", "an adviser to President Vladimir Putin", "مستشار الرئيس فلاديمير بوتين", "المتحدث باسم رئيس الوزراء بوتين")
    recorded(base, *(replace(CLAIM, claimant=name, ref=name) for name in names))
    assert len(asked(base, "SELECT DISTINCT claimant_id FROM claim")) == len(names)
