"""Names of well-known actors in several languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from claims_cli.assess.listing import actor_id
from claims_cli.core.claim import Actor
from claims_cli.core.errors import NotFound
from claims_cli.core.folding import fold
from claims_cli.store.database import address_of
from claims_cli.store.known_names import known_names, other_names
from claims_cli.store.reading import reading
from claims_cli.store.titles import ARABIC
from tests.store.conftest import CLAIM, asked, recorded, recording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

IN_ENGLISH = replace(CLAIM, claimant="IMF", ref="english")
IN_ARABIC = replace(CLAIM, claimant="صندوق النقد الدولي", ref="arabic")


def claimants(where: str) -> list[tuple[str, str]]:
    """The key of each claim with the name of its claimant."""
    return [(row["ref"], row["name"]) for row in asked(where, "SELECT c.ref, a.name FROM claim c JOIN actor a ON a.id = c.claimant_id")]


def test_what_one_is_called_in_two_languages_is_one_actor_by_the_name_that_came_first(base: str) -> None:
    recorded(base, IN_ENGLISH)
    tally = recorded(base, IN_ARABIC)
    assert sorted(claimants(base)) == [("arabic", "IMF"), ("english", "IMF")]
    assert tally.made["name"].first == ["صندوق النقد الدولي (of IMF)"]
    assert "actor" not in tally.made
    assert {row["name"] for row in asked(base, "SELECT name FROM actor_alias")} >= {"IMF", "صندوق النقد الدولي"}
    assert recorded(base, IN_ARABIC).known == 1


def test_names_that_a_desk_keeps_apart_stay_apart(base: str) -> None:
    with recording(base) as recorder:
        recorder.apply_actors([Actor("imf", "IMF"), Actor("fund", "صندوق النقد الدولي")])
    recorded(base, IN_ENGLISH, IN_ARABIC, replace(CLAIM, claimant="International Monetary Fund", ref="in full"))
    found = dict(claimants(base))
    assert len(set(found.values())) == len(found)
    with recording(base) as recorder, reading(address_of(base)) as reader:
        assert actor_id(reader, "The IMF") == actor_id(reader, "IMF") == recorder.actor("The IMF").id


def test_an_actor_is_found_by_a_name_that_nobody_wrote_yet(base: str) -> None:
    recorded(base, IN_ENGLISH)
    recorded(base, replace(CLAIM, claimant="زيلينسكي", ref="person"))
    with reading(address_of(base)) as reader:
        assert actor_id(reader, "صندوق النقد الدولي") == actor_id(reader, "The IMF") == actor_id(reader, "IMF")
        assert actor_id(reader, "President Zelensky") == actor_id(reader, "زيلينسكي")
        with pytest.raises(NotFound):
            actor_id(reader, "البنك الدولي")


def entries() -> list[tuple[str, Mapping[str, Sequence[str]]]]:
    """The key of each entry with its names by language."""
    return [(key, languages) for some in known_names().values() for key, languages in some.items()]


def test_no_name_is_written_twice_or_with_an_article() -> None:
    spellings = Counter(fold(name) for _, languages in entries() for names in languages.values() for name in names)
    assert [name for name, times in spellings.items() if times > 1 or not name or name.startswith("the ")] == []


def test_each_entry_has_names_of_both_languages_in_their_own_letters() -> None:
    for key, languages in entries():
        assert set(languages) == {"en", "ar"}, key
        assert not any(ARABIC.search(name) for name in languages["en"]), key
        assert all(ARABIC.search(name) for name in languages["ar"]), key


def test_marks_and_case_do_not_matter() -> None:
    assert other_names("PENTAGON") == other_names("البنتاغون") == other_names("pentagon")
    assert "IMF" in other_names("صُندوق النقد الدولى")
    assert other_names("Somebody Else") == ()
