"""Names and words brought to one form, so that spellings that differ in writing only compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Alef with hamza or madda, alef maqsura, hamza carriers, ta marbuta; Persian kaf and yeh: writers mix them freely.
LETTERS = str.maketrans("أإآٱىؤئةکی", "ااااي" + "وي" + "ه" + "كي")
TATWEEL = "\u0640"
GAPS = re.compile(r"[\W_]+")


@lru_cache(16_384)
def fold(text: str) -> str:
    """The text in lower case, without marks, tatweel, punctuation or direction marks; runs of spaces and signs become one space.

    Digits of any script become ASCII digits. Letters keep their identity otherwise: nothing is transliterated.
    """
    # Case is folded on both sides: a mathematical capital is a capital only once it is spread into its letter.
    spread = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS)).casefold().translate(LETTERS)
    kept = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in spread
        if letter != TATWEEL and unicodedata.category(letter) not in {"Mn", "Cf"}
    )
    return GAPS.sub(" ", kept).strip()


def slug_of(text: str) -> str:
    """A short name for use in commands and files: folded words joined by hyphens, at most 80 letters, never empty."""
    return "-".join(fold(text).split())[:80].strip("-") or "unnamed"
