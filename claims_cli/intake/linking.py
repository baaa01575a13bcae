"""Linking: which question a candidate answers and which actor a name means, with the reason; where that is not sure, neither is guessed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claims_cli.core.claim import CandidateKind, Kind, Question, Stance
from claims_cli.core.folding import fold, slug_of
from claims_cli.extract.falsity import CALLED_FALSE, NEGATED
from claims_cli.extract.text import NUMBER_KIND, WORD_KIND, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims_cli.core.claim import Actor, Candidate, Office
    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

UNLINKED = "unlinked"  # the topic of what answers no question yet
NO_UNIT = "thing"
LONGEST_NAME = 6  # words
MOST_KNOWN = 1000  # texts whose words are remembered
LEAST_HEAD = 2  # words of a known name that stands before words which are not part of it
SHORTEST_STEM = 3  # letters
ANY_ENDING = "*"
EITHER = "|"
ARABIC_ARTICLE = "ال"
CLAUSE_ENDS = (",", "\u060c", ";", "\u061b")
COMMAS = (",", "\u060c", "(", "\u2014", " - ")


@dataclass(frozen=True, slots=True)
class Link:
    """The question that a candidate answers, and why; ``question`` is ``None`` when none fits, or when two fit equally well."""

    question: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """Where a candidate stands: its sentence, the sentence before it in its paragraph (empty at its head), its clause between commas."""

    sentence: str
    before: str
    clause: str


def context_of(candidate: Candidate, text: str, before: str) -> Context:
    """Where a candidate stands in a text."""
    begin, end = candidate.sentence_start, candidate.sentence_end
    left = max((text.rfind(sign, begin, candidate.start) for sign in CLAUSE_ENDS), default=-1)
    rights = [place for sign in CLAUSE_ENDS if (place := text.find(sign, candidate.end, end)) >= 0]
    return Context(text[begin:end], before, text[max(begin, left + 1) : min(rights, default=end)])


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a question's words: spellings, any of which may stand in a text, each as folded words in their order."""

    written: str
    spellings: tuple[tuple[str, ...], ...]

    def names(self, forms: frozenset[str]) -> bool:
        """Whether one of the spellings is a word that has one of these forms."""
        return any(len(spelling) == 1 and matches(spelling[0], forms) for spelling in self.spellings)

    def found_in(self, words: Words) -> str | None:
        """The spelling that stands among the words of a text; ``None``: none does."""
        if self.written not in words.found:
            words.found[self.written] = next((" ".join(one) for one in self.spellings if words.hold(one)), None)
        return words.found[self.written]


class Words:
    """The words of a text, each in all its forms, ready to be asked for many spellings."""

    def __init__(self, forms: Sequence[frozenset[str]]) -> None:
        self.forms = forms
        self.sorted = sorted(set().union(*forms))
        self.found: dict[str, str | None] = {}

    def hold(self, spelling: Sequence[str]) -> bool:
        """Whether the words of a spelling stand one after the other in the text."""
        if not all(map(self.has, spelling)):
            return False
        starts = range(len(self.forms) - len(spelling) + 1)
        return any(all(matches(part, self.forms[start + step]) for step, part in enumerate(spelling)) for start in starts)

    def has(self, part: str) -> bool:
        """Whether a word of a spelling stands anywhere in the text."""
        whole = part.removesuffix(ANY_ENDING)
        at = bisect_left(self.sorted, whole)
        return at < len(self.sorted) and (self.sorted[at].startswith(whole) if whole != part else self.sorted[at] == whole)


def matches(part: str, forms: frozenset[str]) -> bool:
    """Whether a word of a spelling is one of the forms of a word of a text."""
    if part.endswith(ANY_ENDING):
        return any(form.startswith(part[:-1]) for form in forms)
    return part in forms


def bare(word: str) -> str:
    """A folded word without the Arabic article, with and without which it is looked up."""
    rest = word.removeprefix(ARABIC_ARTICLE)
    return rest if len(rest) >= SHORTEST_STEM else word


def group_of(written: str) -> Group:
    """The group that a codebook writes as "soldier* | troops"."""
    spellings = []
    for spelling in written.split(EITHER):
        parts = tuple(
            bare(fold(word.rstrip(ANY_ENDING))) + (ANY_ENDING if word.endswith(ANY_ENDING) else "")
            for word in spelling.split()
            if fold(word)
        )
        if parts:
            spellings.append(parts)
    return Group(written, tuple(spellings))


class QuestionLinker:
    """Finds the question that a candidate answers, by the unit and by the words that a codebook gives each question."""

    def __init__(self, questions: Iterable[Question], pack: Pack) -> None:
        """``pack`` tells the forms of the words of the text's language."""
        self.pack = pack
        self.known: dict[str, Words] = {}  # a sentence is looked at once for each of its candidates
        self.questions = [(question, tuple(map(group_of, question.words))) for question in questions if question.words]

    def link(self, candidate: Candidate, context: Context) -> Link:
        """The question that a candidate answers: the one of its unit whose groups all stand in its words, the most groups first.

        A figure is looked up by its sentence, a statement by its own words. What names its matter by a pronoun only ("their number
        will grow", "the ministry denied that") is looked up with the sentence before too: a figure, and a statement that neither asserts
        nor denies what its own words tell.
        """
        names_matter = candidate.kind is CandidateKind.STATEMENT and tells_its_matter(candidate)
        own = candidate.quote if names_matter else context.sentence
        nearest = self.link_by(candidate, self.forms(own), self.forms(context.clause))
        if nearest.question is not None or not context.before or names_matter:
            return nearest
        wider = self.link_by(candidate, self.forms(f"{context.before} {context.sentence}"), self.forms(context.clause))
        return Link(wider.question, f"{wider.reason}; with the sentence before") if wider.question is not None else nearest

    def link_by(self, candidate: Candidate, words: Words, clause: Words) -> Link:
        """The question that a candidate answers, by some words and by those of its clause."""
        fitting = [
            fit for question, groups in self.questions if same_unit(candidate, question) and (fit := fit_of(question, groups, words))
        ]
        wholes = {fit.question.slug: fit.found for fit in fitting}
        fitting = [fit for fit in fitting if not fit.question.part_of or is_part_here(fit, wholes.get(fit.question.part_of, {}), clause)]
        if not fitting:
            return Link(None, "no question of the codebook fits")
        most = max(len(fit.found) for fit in fitting)
        best = sorted((fit for fit in fitting if len(fit.found) == most), key=lambda fit: fit.question.slug)
        if len(best) > 1:
            return Link(None, f"fits more than one question: {', '.join(fit.question.slug for fit in best)}")
        return Link(best[0].question.slug, f"question by: {', '.join(filter(None, (candidate.unit, *best[0].found.values())))}")

    def forms(self, text: str) -> Words:
        """The words of a text, each in all its forms: as it stands, without what is written onto it, without the article."""
        if text not in self.known:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            tokens = tokens_of(text, self.pack.lexicon)
            self.known[text] = Words([self.forms_of(token) for token in tokens if token.kind in {WORD_KIND, NUMBER_KIND}])
        return self.known[text]

    def forms_of(self, token: Token) -> frozenset[str]:
        """All the forms of a word."""
        forms = {fold(token.text), *token.word.keys}
        prefixes = (ARABIC_ARTICLE, *self.pack.lexicon.prefixes)
        stems = {form[len(one) :] for form in forms for one in prefixes if form.startswith(one) and len(form) - len(one) >= SHORTEST_STEM}
        return frozenset(forms | stems)


@dataclass(frozen=True, slots=True)
class Fit:
    """A question whose groups all stand among some words: each group as written, with the spelling that stands there."""

    question: Question
    groups: tuple[Group, ...]
    found: dict[str, str]


def fit_of(question: Question, groups: tuple[Group, ...], words: Words) -> Fit | None:
    """How a question fits some words; ``None`` when one of its groups does not stand there."""
    found: dict[str, str] = {}
    for group in groups:
        spelling = group.found_in(words)
        if spelling is None:
            return None
        found[group.written] = spelling
    return Fit(question, groups, found)


def is_part_here(fit: Fit, whole: dict[str, str], clause: Words) -> bool:
    """Whether what makes a question narrower than its whole stands in the candidate's own clause: "63 million, 20 of them for arms".

    Words for what is counted make nothing narrower: "12,000 soldiers, of whom 8,000 were in Kursk".
    """
    unit = frozenset({fold(fit.question.unit or "")})
    narrower = [group for group in fit.groups if whole and group.written not in whole and not group.names(unit)]
    return all(group.found_in(clause) is not None for group in narrower)


def tells_its_matter(candidate: Candidate) -> bool:
    """Whether a statement tells in its own words what it asserts or denies: "no troops came", and not "the ministry denied that"."""
    return candidate.stance is Stance.ASSERTS or any(rule.startswith((NEGATED, CALLED_FALSE)) for rule in candidate.rules)


def same_unit(candidate: Candidate, question: Question) -> bool:
    """Whether a candidate can answer a question: a statement one of yes or no, a figure one in its unit, or in any when it names none."""
    if candidate.kind is CandidateKind.STATEMENT:
        return question.unit is None
    return question.unit is not None and candidate.unit in {None, question.unit}


def proposed(candidate: Candidate) -> Question:
    """The question under which a candidate waits that answers none yet: one for each unit, in a topic that is never compared."""
    if candidate.kind is CandidateKind.STATEMENT:
        return Question(f"{UNLINKED}-statements", UNLINKED, "Statements that answer no question yet", Kind.FIXED)
    unit = candidate.unit or NO_UNIT
    return Question(slug_of(f"{UNLINKED} {unit}"), UNLINKED, f"Figures that answer no question yet, in {unit}", Kind.LEVEL, unit)


class Linked(NamedTuple):
    """An actor's name, and why it is meant."""

    name: str
    reason: str


class NameLinker:
    """Finds the actor whom a name means, by the names that a codebook gives each actor and by how a language writes office and name."""

    def __init__(self, actors: Iterable[Actor], packs: Iterable[Pack]) -> None:
        """``packs`` tell the words for offices and for those who speak for another."""
        self.names: dict[str, str] = {}
        self.offices: dict[str, list[tuple[Office, str]]] = {}
        for actor in actors:
            for name in (actor.name, *(alias.name for alias in actor.aliases)):
                self.names[fold(name)] = actor.name
            for office in actor.offices:
                self.offices.setdefault(fold(office.name), []).append((office, actor.name))
        self.packs = list(packs)
        self.joins = {join for pack in self.packs for join in pack.joins}

    def link(self, name: str, day: int | None = None) -> list[Linked]:
        """The actors whom a name means, each with the reason: several for "Moscow and Pyongyang", the name itself for nobody known.

        ``day`` is the one on which an office counts, as a proleptic ordinal; ``None`` when it is not known.
        """
        bare = self.without_article(name)
        known = self.known(bare) or self.holder(bare, day)
        if known is not None:
            return [known]
        together = self.together(bare.split())
        return together or [Linked(name, f"claimant: {name}, new")]

    def without_article(self, name: str) -> str:
        """A name without the article before it, unless it is known with it: "The Pentagon", "The Guardian"."""
        first, _, rest = name.strip().partition(" ")
        article = any(word.has("determiner") or word.has("article") for word in (pack.lexicon.words[first] for pack in self.packs))
        return rest if article and rest and fold(name) not in self.names else name

    def holder(self, name: str, day: int | None) -> Linked | None:
        """The one actor who holds the office of that name on a day; ``None`` when nobody does, or several do."""
        holders = {actor for office, actor in self.offices.get(fold(name), []) if office.held_on(day)}
        return Linked(holders.pop(), f"claimant: {name.strip()}, the holder of that office then") if len(holders) == 1 else None

    def known(self, name: str) -> Linked | None:
        """The one actor whom a name means, by the name, a part of it, or office and name; ``None``: nobody is known by it."""
        for part in (name, *parts_of(name)):
            if (actor := self.names.get(fold(part))) is not None:
                return Linked(actor, f"claimant: {part.strip()}")
        words = name.replace("(", " ").replace(")", " ").split()
        organisation = self.head(words)
        if organisation is not None and any(self.speaks(word) for word in words[organisation[0] : organisation[0] + 1]):
            return Linked(organisation[1].name, f"{organisation[1].reason}, by its spokesperson")
        for length in range(min(len(words) - 1, LONGEST_NAME), 0, -1):
            actor = self.names.get(fold(" ".join(words[-length:])))
            if actor is not None and self.is_of(words[:-length]):
                return Linked(actor, f"claimant: {' '.join(words[-length:])}, by office")
        return None

    def together(self, words: Sequence[str]) -> list[Linked]:
        """The actors with whom a name begins, joined by "and"; or the one with whose name of several words it begins. Else none."""
        found: list[Linked] = []
        at = 0
        while at < len(words):
            head = self.head(words[at:])
            if head is None:
                break
            length, linked = head
            found.append(linked)
            at += length
            if at < len(words) and words[at] in self.joins:
                at += 1
            elif at < len(words) and words[at][:1] in self.joins and len(words[at]) > SHORTEST_STEM:
                words = [*words[:at], words[at][1:], *words[at + 1 :]]
            else:
                break
        certain = len(found) > 1 or (len(found) == 1 and at >= LEAST_HEAD)
        return found if certain else []

    def head(self, words: Sequence[str]) -> tuple[int, Linked] | None:
        """The longest known name with which some words begin, and how many words it has."""
        for length in range(min(len(words), LONGEST_NAME), 0, -1):
            name = " ".join(words[:length])
            if (actor := self.names.get(fold(name))) is not None:
                return length, Linked(actor, f"claimant: {name}")
        return None

    def speaks(self, word: str) -> bool:
        """Whether a word is that for somebody who speaks for an organisation named before it: "Kremlin spokesman"."""
        return any(pack.source.language.order == "subject first" and pack.lexicon.words[word].has("spokesperson") for pack in self.packs)

    def is_of(self, before: Sequence[str]) -> bool:
        """Whether the words before a known name tell the office of whom it names, or that somebody speaks for it."""
        return any(speaks_for(before, pack) or holds_office(before, pack) for pack in self.packs)


def parts_of(name: str) -> list[str]:
    """The parts of a name at commas and brackets: "the ministry (Pentagon)", "Ann Smith, spokeswoman for the ministry"."""
    parts = [name]
    for sign in COMMAS:
        parts = [piece for part in parts for piece in part.split(sign)]
    return [part.strip(" )") for part in parts if part.strip(" )")]


def speaks_for(before: Sequence[str], pack: Pack) -> bool:
    """Whether words before a name make it that of whom somebody speaks for: "المتحدث باسم", "a spokeswoman for the"."""
    words = [pack.lexicon.words[word] for word in before]
    return any(word.has("spokesperson") for word in words) and any(word.has("speaking for") for word in words[-2:])


def holds_office(before: Sequence[str], pack: Pack) -> bool:
    """Whether words before a name are its office: "الرئيس الأوكراني", "prime minister"; never "minister of", "وزير خارجية"."""
    words = [pack.lexicon.words[word] for word in before]
    if not any(word.has("office") for word in words):
        return False
    if pack.source.language.order == "verb first":
        return before[0].startswith(ARABIC_ARTICLE) or before[-1].startswith((ARABIC_ARTICLE, "لل"))
    return not words[-1].has("complement")
