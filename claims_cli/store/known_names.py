"""What well-known institutions, outlets and people are called in other languages, so that what they say is not taken for two actors'.

The names stand in ``known_names.toml``, our own collection. They only ever join a name that is new to the one actor who is kept under
another of its entry; what a desk keeps, in its codebook or otherwise, goes before them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = Path(__file__).with_suffix(".toml")
ARTICLE = "the"


@cache
def known_names() -> Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]:
    """The names by ``body`` or ``person``, by the key of their entry, and by language."""
    import tomllib  # costs as much as a short command does, and is needed only where somebody new speaks

    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def names_by_spelling(sort: str) -> Mapping[str, Sequence[str]]:
    """All names of an entry by each of them as it is folded; ``sort`` is ``body`` or ``person``."""
    found = {}
    for languages in known_names()[sort].values():
        names = [name for some in languages.values() for name in some]
        found.update(dict.fromkeys(map(fold, names), names))
    return found


def is_person(name: str) -> bool:
    """Whether a name is listed for a person."""
    return fold(name) in names_by_spelling("person")


def other_names(name: str) -> Sequence[str]:
    """The names that mean the same well-known actor as a name, itself among them; none for a name that is not listed."""
    folded = fold(name)
    return names_by_spelling("body").get(folded) or names_by_spelling("person").get(folded) or ()


def without_article(name: str) -> str:
    """A name as it is cited: "Pentagon" for "The Pentagon"."""
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and fold(words[0]) == ARTICLE else words)
