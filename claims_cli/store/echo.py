"""Finding the words of some texts again in others, be it a text as a whole, a part of one, or a few words in a row."""

from __future__ import annotations

from string import punctuation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TELLING = 7  # letters from which on a text is taken for another's where it stands elsewhere
RUN = 4  # words in a row that are, whoever writes them
SIGNS = f"{punctuation}“”„«»‘’…،؛؟"  # around words


class Echo:
    """Finds the words of some texts. One of few words, such as a publisher's name for a title, stands in many places by chance."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = [text for text in texts if len(text) >= TELLING]
        self.long = [text for text in self.texts if any(runs_of(text))]
        self.runs = {run for text in self.long for run in runs_of(text)}

    def heard_in(self, words: str) -> bool:
        """Whether words repeat so much of any of the texts that it cannot be chance."""
        return any(text in words for text in self.long) or any(run in self.runs for run in runs_of(words))

    def repeated_in(self, words: str) -> bool:
        """Whether words repeat any of the texts, be it by chance."""
        return any(text in words for text in self.texts) or self.heard_in(words)

    def hinted_at_in(self, words: str) -> bool:
        """Whether words repeat any of the texts, or are a part of one, be it by chance."""
        whole = words.strip()
        return (len(whole) >= TELLING and any(whole in text for text in self.texts)) or self.repeated_in(words)


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    """Every few words in a row."""
    words = [bare for word in text.split() if (bare := word.strip(SIGNS))]
    return zip(*(words[at:] for at in range(RUN)), strict=False)
