"""The person whom a name with a title names: "President Volodymyr Zelensky" of one report is "Volodymyr Zelensky" of another.

Told by rule, from the words of ``titles.toml``, and only where the rule leaves no doubt of where the name begins.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.folding import fold
from claims_cli.store.known_names import other_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = Path(__file__).with_suffix(".toml")
FEWEST_WORDS, MOST_WORDS = 2, 4  # of a name; one word alone may be anybody's who is not well known
COMMA = re.compile(r"\s*[,\u060c]\s*")
ARABIC = re.compile(r"[\u0600-\u06ff]")
DEFINITE = ("ال", "لل")


@cache
def words_of(language: str) -> Mapping[str, frozenset[str]]:
    """The sets of words of a language, folded."""
    import tomllib  # costs as much as a short command does, and is needed only where somebody new speaks

    told = tomllib.loads(FILE.read_text("utf-8"))[language]
    return {name: frozenset(map(fold, words.split() if isinstance(words, str) else words)) for name, words in told.items()}


def person_in(name: str) -> str | None:
    """The person's own name, where a title stands beside it; ``None`` where there is no title, or where the name begins is in doubt."""
    before, *after = COMMA.split(" ".join(name.split()), maxsplit=1)
    arabic = ARABIC.search(name) is not None
    bare = (behind_arabic_title if arabic else behind_english_title)(before.split())
    if bare is None and after and holds_title(after[0], arabic=arabic):
        bare = before.split()
    if bare is None or (after and not holds_title(after[0], arabic=arabic)):
        return None
    person = " ".join(bare)
    return person if is_name(bare, arabic=arabic) and (len(bare) >= FEWEST_WORDS or other_names(person)) else None


def holds_title(description: str, *, arabic: bool) -> bool:
    """Whether a description after a name says what somebody is: "head of the Dutch team"."""
    titles = words_of("ar" if arabic else "en")["titles"]
    return any(word in titles or word.removeprefix("ال") in titles for word in fold(description).split())


def is_name(words: Sequence[str], *, arabic: bool) -> bool:
    """Whether words can be the name of a person: four at most, none of an institution's, in English each with a capital or a particle."""
    sets = words_of("ar" if arabic else "en")
    folded = [fold(word) for word in words]
    if not 1 <= len(words) <= MOST_WORDS or not sets["institutions"].isdisjoint(folded):
        return False
    return arabic or all(word[0].isupper() or each.partition(" ")[0] in sets["particles"] for word, each in zip(words, folded, strict=True))


def behind_english_title(words: Sequence[str]) -> Sequence[str] | None:
    """What stands behind the last title of some words; ``None`` without one, or where the title may be another's."""
    sets = words_of("en")
    folded = [fold(word) for word in words]
    for at in reversed(range(len(words))):
        if folded[at].rpartition(" ")[2] in sets["titles"]:  # "Secretary-General" is two words when folded
            if any(word in sets["governing"] for word in folded[:at]):
                return None
            phrases = [one.split() for one in sets["phrases"]]
            return words[at + max([1, *(len(one) for one in phrases if folded[at : at + len(one)] == one)]) :]
    return None


def behind_arabic_title(words: Sequence[str]) -> Sequence[str] | None:
    """What stands behind a title and the words that belong to it; ``None`` without one, or where the title may be another's.

    A title without an article governs the next word ("وزير الدفاع"), as who speaks governs for whom ("باسم الشرطة"); words with an article
    go on with it ("الدفاع الأوكراني"), and the first one after them without it begins the name. Where no word has an article nothing tells
    where the name begins: "وزير خارجية كوريا الشمالية" names nobody.
    """
    sets = words_of("ar")
    folded = [fold(word) for word in words]
    if not folded or folded[0].removeprefix("ال") not in sets["titles"]:
        return None
    at = 1 if folded[0].startswith("ال") else 2
    speaks = next((place for place in (1, 2) if folded[place : place + 1] and folded[place] in sets["speaking_for"]), None)
    if speaks is not None:
        at = speaks + 2
    governed = at - 1
    while at < len(folded) and folded[at].startswith(DEFINITE):
        at += 1
    among = folded[governed:at]
    if not any(word.startswith(DEFINITE) for word in among) or any(word in sets["persons"] for word in folded[1:at]):
        return None
    return words[at:]
