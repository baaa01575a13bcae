"""Frames in a language that puts the subject before the verb: "Officials said that …", "…, officials said", "…, said the mayor"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_cli.extract.frames import BREAKS, CLOSING, COMMAS, ENDS, LONGEST_QUALIFIER, LONGEST_SPEAKER, NEAR, OPENING, Frame, Framer
from claims_cli.extract.text import NUMBER_KIND, SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token


APOSTROPHES = frozenset("'\u2019")
TELLING = frozenset({"told", "tells", "tell", "informed"})  # verbs that name whom they are said to


class SubjectFirst(Framer):
    """Finds frames by the subject to the left of a verb."""

    def __init__(self, tokens: Sequence[Token], pack: Pack, dated: set[int]) -> None:
        super().__init__(tokens, pack, dated)
        self.participles = tuple(pack.source.speech.participle_endings)
        self.past_endings = tuple(pack.source.speech.past_endings)

    def teller(self, at: int) -> tuple[int, int] | None:
        """Who stands before the verb of "according to what the ministry said"; ``None``: no such clause."""
        if at + 1 >= self.end or self.tokens[at].word.form != "what":
            return None
        verb = next((place for place in range(at + 1, min(self.end, at + LONGEST_SPEAKER)) if self.tokens[place].word.entry.verb), None)
        return None if verb is None or verb == at + 1 else (at + 1, verb - 1)

    def owner_of_figures(self, first: int, last: int) -> tuple[int, int] | None:  # noqa: ARG002 - other languages look at them
        """No clause after some figures tells whose they are: "by" and "from" do, within the name."""
        return None

    def ends_name_here(self, place: int) -> bool:
        """Whether an auxiliary ends the name: "the ministry has"."""
        return self.tokens[place].word.has("linking") or self.tokens[place].word.form == "as"

    def made_by(self, first: int, last: int) -> int:
        """Where the name of its maker begins: "the latest report by the ministry"."""
        place = next((at for at in range(first, last) if self.tokens[at].word.has("owner of figures") and at - first <= NEAR), None)
        if place is None:
            return first
        begin = next((at + 1 for at in range(place, last) if self.tokens[at].word.form in {"by", "from", "of"}), None)
        return first if begin is None else begin

    def verb_frame(self, at: int) -> Frame | None:
        """The frame of a verb whose subject stands before it, or after it where the content came first."""
        kind = str(self.tokens[at].word.entry.verb)
        if self.is_noun(at) or self.counts_as_noun(at) or (at and self.tokens[at - 1].word.form == "as"):  # "quoted as saying"
            return None
        if self.goes_on(at):
            return Frame(kind, at, at + 1, self.end - 1, self.first_subject(at), rules=("another verb of the same subject",))
        subject = self.subject_before(at)
        return self.inverted(at, kind) if subject is None else self.told_by(subject, at, kind)

    def revision_frame(self, at: int) -> Frame | None:
        """The frame of "the ministry revised down the death toll to 213"; ``None`` when something else is revised, or by itself."""
        counted = next((place for place in range(at + 1, min(self.end, at + 1 + NEAR + NEAR)) if self.is_count(place)), None)
        if counted is None or self.is_noun(at) or any(self.ends_object(place) for place in range(at + 1, counted)):
            return None
        own = any(self.tokens[place].word.form in self.pack.possessive_words for place in range(at + 1, counted))
        if self.tokens[at].word.has("revising own") and not own:  # "the blast raised the toll"
            return None
        subject = self.subject_before(at)
        if subject is None:
            return None
        speaker = None if subject[2] else subject[:2]
        return Frame("revise", at, at + 1, self.end - 1, speaker, rules=("subject before a verb of revising",))

    def ends_object(self, place: int) -> bool:
        """Whether a word before a count shows that the count is not the object of the verb: a sign, a preposition, a clause."""
        word = self.tokens[place].word
        return self.tokens[place].kind != WORD_KIND or any(word.has(role) for role in ("preposition", "that", "subordinator"))

    def told_by(self, subject: tuple[int, int, bool], at: int, kind: str) -> Frame | None:
        """The frame of a verb whose subject stands before it; ``None`` when the verb reports nothing."""
        first, last, pronoun = subject
        speaker = None if pronoun else (first, last)
        if self.content_before(at, first):
            goes_on = at + 1 < self.end and self.tokens[at + 1].text in COMMAS
            return Frame(
                kind, at, 0, self.end - 1 if goes_on else first - 1, speaker, trailing=True, rules=("subject, verb after what is said",)
            )
        if not self.introduces(at):
            return None
        if kind == "relay" and (cited := self.cited_after(at)) is not None:
            return Frame("say", at, at + 1, self.end - 1, cited, relay=speaker, rules=("quoted as saying",))
        return Frame(kind, at, at + 1, self.end - 1, speaker, rules=("subject before verb",))

    def goes_on(self, at: int) -> bool:
        """Whether a verb has its subject from the verb before it: "denied it but admitted that", "rejected the results, saying that"."""
        before = self.tokens[at - 1] if at else None
        if before is None or not self.introduces(at):
            return False
        if before.text in COMMAS:
            told = self.tokens[at].text.endswith(self.participles) and self.tokens[at + 1].kind == WORD_KIND
            return told and any(token.word.entry.verb is not None for token in self.tokens[: at - 1])
        return before.word.has("adding") and at > 1

    def first_subject(self, at: int) -> tuple[int, int] | None:
        """Who stands before the first verb of a sentence, when that is no verb of saying: "The coach praised the crowd and said"."""
        verb = next((place for place in range(1, at) if self.is_past_verb(place)), None)
        if verb is None or self.tokens[verb].word.entry.verb is not None:
            return None
        subject = self.named_before(verb - 1)
        return None if subject is None else subject[:2]

    def is_past_verb(self, place: int) -> bool:
        """Whether a word is a verb of saying, or has the ending of a past tense after a noun."""
        token = self.tokens[place]
        before = self.tokens[place - 1].word
        regular = token.text.endswith(self.past_endings) and token.text.islower()
        return token.word.entry.verb is not None or (regular and not before.has("article") and not before.has("determiner"))

    def counts_as_noun(self, at: int) -> bool:
        """Whether a word such as "estimates" or "report" is the noun: what follows or precedes it is what goes with a noun."""
        word = self.tokens[at].word
        before, after = self.tokens[at - 1] if at else None, self.tokens[at + 1] if at + 1 < self.end else None
        if word.has("plural verb") and (before is None or not self.is_plural(before)) and not self.tokens[at].text.endswith("s"):
            return True
        if word.has("report") and before is not None and (before.word.has("falsity") or self.takes_object(at - 1)):
            return True
        if not word.has("owner of figures"):
            return False
        if before is None or before.word.has("of figures") or before.text.endswith(("'s", "\u2019s", "s'")):
            return True
        return after is not None and (
            after.word.has("linking") or after.word.entry.verb is not None or after.word.form in {"of", "for", "by", "from", "on"}
        )

    def takes_object(self, at: int) -> bool:
        """Whether a word is a verb of saying whose object follows: "denied claims that"."""
        return self.tokens[at].word.entry.verb is not None and not self.is_noun(at) and not self.tokens[at].word.has("report")

    def is_plural(self, token: Token) -> bool:
        """Whether a word may be a plural subject, or belongs to the verb as "does" and "to" do."""
        return (
            token.text.endswith("s")
            or token.word.has("plural")
            or token.word.has("linking")
            or token.word.form == "to"
            or token.kind != WORD_KIND
        )

    def subject_before(self, at: int) -> tuple[int, int, bool] | None:
        """The first and last token of the subject before a verb, and whether it is a pronoun; ``None`` when there is none."""
        last = at - 1
        while last >= 0 and (self.tokens[last].word.has("linking") or self.tokens[last].text in {"'", "\u2019"} or last in self.dated or
                             (self.tokens[last].word.has("adverbial") and last + 1 in self.dated)):  # fmt: skip
            if self.tokens[last].word.has("passive"):
                return None
            last -= 1
        if last > 0 and self.tokens[last].word.form == "to" and self.tokens[last - 1].word.has("refusal"):  # "declined to confirm"
            return self.subject_before(last - 1)
        return self.subject_ending(last)

    def subject_ending(self, last: int) -> tuple[int, int, bool] | None:
        """The first and last token of the subject that ends at a place, a qualifier in commas left out, and whether it is a pronoun."""
        if last < 0:
            return None
        qualified = self.tokens[last].text in COMMAS
        if qualified:
            comma, last = last, self.before_qualifier(last)
            maker = self.maker(last, comma) if last >= 0 else None
            if maker is not None:
                return (*maker, False)
        if last < 0:
            return None
        if self.tokens[last].word.has("personal"):
            return self.of_relative(last) if self.tokens[last].word.form == "who" else (last, last, True)
        return self.named_before(last)

    def named_before(self, last: int) -> tuple[int, int, bool] | None:
        """The subject that ends at a token; ``None`` when it is a count, or a word that names nobody."""
        first = self.subject_begin(last)
        counted = self.tokens[last].word.entry.number is not None  # "across six states": no verb of saying
        if first > last or counted or self.tokens[last].kind != WORD_KIND or (first and self.tokens[first - 1].kind == NUMBER_KIND):
            return None
        if first == last and (
            self.tokens[last].word.has("empty") or self.tokens[last].word.has("stop") or self.tokens[last].word.has("article")
        ):
            return None
        begin = self.unwrapped(first, last)
        end = self.unwrapped_end(begin, last)
        named = self.tokens[begin : end + 1]
        if any(token.word.has("owner of figures") for token in named) and all(
            token.word.has("owner of figures") or token.word.has("of figures") or token.word.has("determiner") for token in named
        ):
            return None
        return begin, end, False

    def maker(self, last: int, comma: int) -> tuple[int, int] | None:
        """Who made the poll or report that a qualifier names: "a poll, conducted by the institute,"; ``None``: it names nobody."""
        if not self.tokens[last].word.has("owner of figures"):
            return None
        by = next((at for at in range(last + 2, comma) if self.tokens[at].word.form == "by"), None)
        return None if by is None or by + 1 >= comma else (by + 1, comma - 1)

    def of_relative(self, at: int) -> tuple[int, int, bool] | None:
        """The noun before "who": "the mayor, who said"."""
        last = at - 2 if at and self.tokens[at - 1].text in COMMAS else at - 1
        if last < 0 or self.tokens[last].kind != WORD_KIND:
            return None
        return self.subject_begin(last), last, False

    def before_qualifier(self, comma: int) -> int:
        """The last token before a qualifier in commas, "X, head of Y,"; the token before the comma when there is none."""
        for place in range(comma - 1, max(-1, comma - 2 - LONGEST_QUALIFIER), -1):
            if self.tokens[place].text in COMMAS:
                return place - 1
            if self.tokens[place].text in ENDS or self.tokens[place].text in BREAKS:
                break
        return -1

    def subject_begin(self, last: int) -> int:
        """Where the noun phrase begins that ends at a token."""
        first = last
        while first > 0 and last - first < LONGEST_SPEAKER:
            before = self.tokens[first - 1]
            if before.kind == NUMBER_KIND or first - 1 in self.dated:
                break
            of_plural = before.text in APOSTROPHES and first > 1 and self.tokens[first - 2].glued_to(before)  # "the rebels' spokesman"
            if before.kind == SIGN_KIND and not of_plural and not (before.text in "-'\u2019.&/" and before.glued_to(self.tokens[first])):
                break
            word = before.word
            if (
                word.has("that")
                or word.has("linking")
                or word.has("personal")
                or (word.entry.verb is not None and not self.is_noun(first - 1) and not self.counts_as_noun(first - 1))
            ):
                break
            if self.parts_clauses(first - 1) or (self.tokens[first].word.form in {"the", "a", "an"} and not word.has("stop")):
                break
            first -= 1
        while first < last and (
            self.tokens[first].word.form in {"and", "but", "meanwhile", "however", "on", "in", "at"} or self.tokens[first].kind != WORD_KIND
        ):
            first += 1
        return first

    def parts_clauses(self, at: int) -> bool:
        """Whether a word before a noun phrase begins its clause: "but", "while"; "and" only between clauses."""
        form = self.tokens[at].word.form
        if form in {
            "but",
            "while",
            "as",
            "because",
            "when",
            "after",
            "although",
            "though",
            "which",
            "since",
            "if",
            "so",
            "where",
            "until",
            "before",
            "by",
        }:
            return True
        if form != "and":
            return False
        after = self.tokens[at + 1]
        before = self.tokens[at - 1] if at else after
        return not (after.text[:1].isupper() and before.text[:1].isupper()) and not (
            before.word.form.endswith("s") and after.word.form.endswith("s")
        )

    def content_before(self, at: int, first: int) -> bool:
        """Whether what a verb reports stands before its subject: "…, officials said."."""
        before = self.tokens[first - 1] if first else None
        if before is None or not (before.text in COMMAS or before.text in CLOSING):
            return False
        after = self.past_circumstances(at)
        if after >= self.end:
            return True
        token = self.tokens[after]
        return token.text in ENDS or token.text in COMMAS or (token.word.has("adverbial") and not self.has_content(after))

    def past_circumstances(self, at: int) -> int:
        """The place after a verb of saying, its date and whom it told: "told reporters on Monday"."""
        after = at + 1
        if self.tokens[at].word.form in TELLING:
            while after < min(self.end, at + NEAR) and self.tokens[after].kind == WORD_KIND and not self.tokens[after].word.has("that"):
                after += 1
        while after < self.end and (
            self.tokens[after].word.has("linking")
            or after in self.dated
            or (self.tokens[after].word.has("adverbial") and after + 1 in self.dated)
        ):
            after += 1
        return after

    def has_content(self, at: int) -> bool:
        """Whether a clause with "that" or a quotation follows."""
        return any(token.word.has("that") or token.text in OPENING for token in self.tokens[at : at + 2 * NEAR + NEAR])

    def introduces(self, at: int) -> bool:
        """Whether a verb is followed by what it reports."""
        if at + 1 >= self.end:
            return False
        following = self.tokens[at + 1]
        return following.text not in ENDS or following.text in OPENING

    def inverted(self, at: int, kind: str) -> Frame | None:
        """The frame of a verb with its subject after it, at the end of what is said: "…", said the mayor."""
        before = self.tokens[at - 1] if at else None
        if before is None or not (before.text in COMMAS or before.text in CLOSING) or at + 1 >= self.end:
            return None
        if self.tokens[at + 1].word.has("that") or self.tokens[at + 1].kind != WORD_KIND:
            return None
        speaker = self.name_from(at + 1)
        if speaker is None:
            return None
        if self.tokens[speaker[0]].word.has("personal"):
            speaker = None
        return Frame(kind, at, 0, at - 1, speaker, trailing=True, rules=("verb, subject after what is said",))

    def cited_after(self, at: int) -> tuple[int, int] | None:
        """Whom a verb of relaying quotes: "quoted the ministry as saying"."""
        for place in range(at + 1, min(self.end, at + LONGEST_SPEAKER)):
            if self.tokens[place].word.form == "as" and place > at + 1:
                return at + 1, place - 1
            if self.tokens[place].kind == SIGN_KIND and self.tokens[place].text not in "-'\u2019":
                break
        return None
