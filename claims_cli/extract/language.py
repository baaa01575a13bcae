"""Which language a text is written in, told by its letters and its commonest words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims_cli.core.errors import NotUnderstood
from claims_cli.extract.pack import languages, pack_of
from claims_cli.extract.text import WORD_KIND, tokens_of

if TYPE_CHECKING:
    from claims_cli.extract.pack import Pack

LEAST_WORDS = 15  # in which the little words of a language are bound to show
LEAST_LITTLE = 0.07  # of the words of a text: Arabic and English news have .11 and more, texts in ten other languages .06 at most
ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]")
LATIN_LETTER = re.compile("[A-Za-z]")
ENOUGH = 400  # letters that tell the script of a text


class LanguageUnknown(NotUnderstood):
    """A text is in no language that has a pack."""


def language_of(text: str) -> str:
    """The language with a pack that a text is written in, told by its letters and its commonest words. Raises LanguageUnknown otherwise."""
    sample = text[: ENOUGH * 10]
    arabic, latin = len(ARABIC_LETTER.findall(sample)), len(LATIN_LETTER.findall(sample))
    language = "ar" if arabic > latin else "en"
    unlettered = not arabic and not latin and sample.strip(" \n\t0123456789.,%")
    if unlettered or not is_written_in(pack_of(language), sample):
        raise LanguageUnknown("the language of the text is not known", fix=f"name it with --lang: one of {', '.join(languages())}")
    return language


def is_written_in(pack: Pack, sample: str) -> bool:
    """Whether a text has the little words of a language; a short one is given the benefit of the doubt."""
    words = [token.word for token in tokens_of(sample, pack.lexicon) if token.kind == WORD_KIND]
    little = sum(word.has("stop") or (word.has("determiner") and not word.has("article")) for word in words)
    return len(words) < LEAST_WORDS or little >= LEAST_LITTLE * len(words)
