"""The person whom a name with a title names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims_cli.store.titles import person_in
from tests.store.conftest import CLAIM, asked, recorded


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Ukrainian President Volodymyr Zelensky", "Volodymyr Zelensky"),
        ("Kremlin spokesman Dmitry Peskov", "Dmitry Peskov"),
        ("Maj. Gen. Ann Brook, army spokeswoman", "Ann Brook"),
        ("Jan Tuinder, head of the Dutch team", "Jan Tuinder"),
        ("Secretary of State Antony Blinken", "Antony Blinken"),
        ("UN Secretary-General António Guterres", "António Guterres"),
        ("Prince Mohammed bin Salman", "Mohammed bin Salman"),
        ("Dr. Ashraf al-Qudra", "Ashraf al-Qudra"),
        ("الرئيس الأوكراني فولوديمير زيلينسكي", "فولوديمير زيلينسكي"),
        ("وزير الدفاع الأوكراني أوليكسي ريزنيكوف", "أوليكسي ريزنيكوف"),
        ("المتحدث باسم وزارة الدفاع الروسية إيغور كوناشينكوف", "إيغور كوناشينكوف"),
        ("المتحدثة باسم البنتاغون سابرينا سينغ", "سابرينا سينغ"),
        ("الناطق العسكري باسم كتائب القسام أبو عبيدة", "أبو عبيدة"),
        ("الأمين العام للأمم المتحدة أنطونيو غوتيريش", "أنطونيو غوتيريش"),
        ("مارك روته، الأمين العام للناتو", "مارك روته"),
        ("President Zelensky", "Zelensky"),
        ("الرئيس الأوكراني زيلينسكي", "زيلينسكي"),
    ],
)
def test_a_title_beside_a_name_is_taken_off(written: str, person: str) -> None:
    assert person_in(written) == person


@pytest.mark.parametrize(
    "written",
    [
        "Volodymyr Zelensky",
        "Pentagon",
        "the president",
        "President Brook",
        "an adviser to President Vladimir Putin",
        "General Staff of the Armed Forces of Ukraine",
        "Egyptian General Intelligence Service",
        "Biden, Harris",
        "a source close to the general",
        "مستشار الرئيس فولوديمير زيلينسكي",
        "متحدث باسم الرئيس فولوديمير زيلينسكي",
        "وزير خارجية كوريا الشمالية",
        "رئيس بلدية خان يونس",
        "المتحدث باسم جيش جنوب السودان",
        "رئيس هيئة الأركان في كوريا الجنوبية",
        "وزارة الصحة في غزة",
        "قائد الجيش",
        "",
        "،",
    ],
)
def test_where_no_person_is_surely_named_there_is_none(written: str) -> None:
    assert person_in(written) is None


@pytest.mark.parametrize(
    "names",
    [
        ("Ukrainian President Volodymyr Zelensky", "Volodymyr Zelenskyy", "الرئيس الأوكراني فولوديمير زيلينسكي"),
        ("زيلينسكي", "President Volodymyr Zelensky"),
        ("President Zelensky", "فولوديمير زيلينسكي", "Volodymyr Zelensky"),
        ("Ann Brook", "army spokeswoman Ann Brook", "Ann Brook, the head of the army's press service"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_one_person_is_one_actor_with_or_without_a_title(names: tuple[str, ...], backwards: bool, base: str) -> None:  # noqa: FBT001
    said = [replace(CLAIM, claimant=name, ref=name) for name in (reversed(names) if backwards else names)]
    recorded(base, *said)
    assert len(asked(base, "SELECT DISTINCT claimant_id FROM claim")) == 1


def test_the_adviser_of_a_person_is_another_actor(base: str) -> None:
    names = ("Vladimir Putin", "an adviser to President Vladimir Putin", "مستشار الرئيس فلاديمير بوتين")
    recorded(base, *(replace(CLAIM, claimant=name, ref=name) for name in names))
    assert len(asked(base, "SELECT DISTINCT claimant_id FROM claim")) == len(names)
