"""A well-known person behind a title: "Ukrainian President Volodymyr Zelensky" is who is "Volodymyr Zelensky" elsewhere.

Only names that ``known_names.toml`` lists for a person are looked for, so that no office, body or namesake is taken for somebody; and
only a title of the person's own may stand beside, so that "an adviser to President Zelensky" stays another.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.folding import fold
from claims_cli.store.known_names import ARTICLE, is_person, other_names, without_article

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FILE = Path(__file__).with_suffix(".toml")
MOST_WORDS = 4  # of a listed name
COMMA = re.compile(r"\s*[,\u060c]\s*")
ARABIC = re.compile(r"[\u0600-\u06ff]")
DEFINITE = ("ال", "لل")
FEWEST_LETTERS = 3  # of a word behind what is written onto it


@cache
def words_of(language: str) -> Mapping[str, frozenset[str]]:
    """The sets of words of a language, folded."""
    import tomllib  # costs as much as a short command does, and is needed only where somebody new speaks

    told = tomllib.loads(FILE.read_text("utf-8"))[language]
    return {name: frozenset(map(fold, words.split())) for name, words in told.items()}


def person_titled(name: str) -> str | None:
    """The listed name of the well-known person whom a name with a title means; ``None`` for any other name."""
    is_own_title: Callable[[Sequence[str]], bool] = is_arabic_title if ARABIC.search(name) else is_english_title
    before, *after = COMMA.split(" ".join(name.split()), maxsplit=1)
    words = before.split()
    if after and is_person(before):
        return before if is_own_title(after[0].split()) else None
    if after:
        return after[0] if is_person(after[0]) and is_own_title(words) else None
    for at in range(max(1, len(words) - MOST_WORDS), len(words)):
        person = " ".join(words[at:])
        if is_person(person):
            return person if is_own_title(words[:at]) else None
    return None


def cited_name(name: str) -> str:
    """A name without the title of a well-known person, or the article, that stands before it."""
    return person_titled(name) or without_article(name)


def names_meant(name: str) -> tuple[Sequence[str], Sequence[str]]:
    """The spellings of a name as it is cited, and the other names of whom it means, for where nobody bears the first."""
    cited = cited_name(name)
    return (cited, f"{ARTICLE} {cited}"), other_names(cited)


def is_english_title(words: Sequence[str]) -> bool:
    """Whether words can only say what the person beside them is: "former US President", "Maj. Gen.", "NATO Secretary-General"."""
    sets = words_of("en")
    folded = [fold(word).split() for word in words]
    last = next((parts for parts in reversed(folded) if parts), [])
    own = {*sets["titles"], *sets["beside"]}
    plain = all(own.issuperset(parts) or (word[0].isupper() and parts[-1:] != ["s"]) for word, parts in zip(words, folded, strict=True))
    of_state = [part for parts in folded for part in parts][-3:] in (["secretary", "of", "state"], ["chief", "of", "staff"])
    return plain and (of_state or (last[-1:] != [] and last[-1] in sets["titles"] and ["of"] not in folded))


def is_arabic_title(words: Sequence[str]) -> bool:
    """Whether words can only say what the person beside them is: "الرئيس الأوكراني", "المتحدث باسم الكرملين", "وزير الخارجية".

    The last must have an article, or a title would govern the name ("مستشار نتنياهو"); a second title is another's ("متحدث باسم الرئيس").
    """
    sets = words_of("ar")
    folded = [fold(word) for word in words]
    while folded and folded[-1] in sets["ranks"]:
        folded.pop()
    if not folded or bare_word(folded[0]) not in sets["titles"] or not folded[-1].startswith(DEFINITE):
        return False
    second = any(bare_word(word) in sets["titles"] for word in folded[1:])
    return sets["governing"].isdisjoint(folded) and (not second or bare_word(folded[0]) in sets["deputies"])


def bare_word(word: str) -> str:
    """A folded Arabic word without its article, and without the preposition that is written onto it."""
    for beginning in (*DEFINITE, "ل"):
        if word.startswith(beginning) and len(word) - len(beginning) >= FEWEST_LETTERS:
            return word.removeprefix(beginning)
    return word
