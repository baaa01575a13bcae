"""Whether two quotes come from one text: how many runs of three words they share.

The method is Broder's ("On the resemblance and containment of documents", 1997): a text is the set of its runs of w words (shingles),
and one text is contained in another by the share of its shingles that the other has, too. Containment and not resemblance, since a
paper prints as much of an agency's sentence as it has room for.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from claims_cli.core.folding import fold

Shingles: TypeAlias = frozenset[tuple[str, ...]]

WORDS_IN_A_SHINGLE = 3
# Among 371 figures of 150 news passages and five articles, each with 32 characters on either side (13 words on average), no two of
# different documents shared more than 3 shingles or a fifth of the shorter text: the bounds lie well above chance, and let one word in
# the middle of twelve be another. What has fewer than ten words ("more than 10,000 North Korean soldiers are in Russia") two people may
# say alike without hearing each other.
FEWEST_SHINGLES = 8
LEAST_CONTAINED = 0.7
SHORTEST_TEXT = 2 * (FEWEST_SHINGLES + WORDS_IN_A_SHINGLE - 1) - 1  # letters that so many words and the gaps between them take at least
THOUSANDS = 3  # digits in each group of a number after its first


@lru_cache(4096)
def shingles_of(text: str) -> Shingles:
    """The shingles of a text, whatever its spelling of letters, marks, digits and separators of thousands."""
    words: list[str] = []
    for before, word in pairwise(["", *fold(text).split()]):
        if before.isdigit() and word.isdigit() and len(word) == THOUSANDS:
            words[-1] += word
        else:
            words.append(word)
    return frozenset(tuple(words[at : at + WORDS_IN_A_SHINGLE]) for at in range(len(words) - WORDS_IN_A_SHINGLE + 1))


def contained(one: Shingles, other: Shingles) -> float:
    """The share of the shorter text's shingles that the longer one has, too; 0 where the shorter is too short to tell by."""
    least = min(len(one), len(other))
    return 0.0 if least < FEWEST_SHINGLES else len(one & other) / least


def likeness(one: tuple[Shingles, ...], other: tuple[Shingles, ...]) -> float:
    """How surely two quotes come from one text, as bare words or with what stands around them; 0 where they do not."""
    found = max((contained(*pair) for pair in zip(one, other, strict=False)), default=0.0)
    return found if found >= LEAST_CONTAINED else 0.0
