"""Names as they are cited: without the particles that a sentence writes onto them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_cli.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

ARTICLES = frozenset({"the", "a", "an"})
MOST_WORDS_OF_SHORT_NAME = 2
SHORTEST_NAME = 3  # letters


def citation_form(written: str, tokens: Sequence[Token], pack: Pack) -> str:
    """The name as it stands alone: "للمرصد السوري" is "المرصد السوري", "the ministry's" is "the ministry"."""
    name = written.strip(" \"'\u201c\u201d\u00ab\u00bb,\u060c:")
    for ending in ("'s", "\u2019s"):
        name = name.removesuffix(ending)
    first = tokens[0].text
    for particle, instead in pack.particles:
        if first.startswith(particle) and len(first) - len(particle) >= SHORTEST_NAME and name.startswith(particle):
            return instead + name[len(particle) :]
    return name


def fuller_name(name: str, before: Sequence[str], pack: Pack) -> str:
    """The latest of the names before that says in more words who a short name is: "روته" after "مارك روته".

    Only a name of one or two words is taken for the short form of another, and only when all its words stand in the other; in a
    language whose nouns end with what they are, it has to end as the other does.
    """
    words = set(fold(name).split()) - ARTICLES
    if not words or len(words) > MOST_WORDS_OF_SHORT_NAME:
        return name
    for longer in reversed(before):
        others = fold(longer).split()
        # In "Pentagon officials" the officials are the head: "the Pentagon" is another.
        if words < set(others) and (pack.source.language.order == "verb first" or others[-1] in words):
            return longer
    return name
