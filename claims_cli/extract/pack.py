"""Language packs: what is checked when one is read, and what it is compiled to.

A pack is a folder of TOML files beside this module, one for each part of the grammar. They are written for people: words of a kind
stand in one string, separated by spaces, and phrases of several words in a list.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.core.folding import fold
from claims_cli.extract.digits import quotient
from claims_cli.extract.lexicon import Lexicon, NumberWord, Part, Phrases
from claims_cli.extract.tables import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from claims_cli.core.ruling import Cause
    from claims_cli.core.value import Hedge
    from claims_cli.extract.lexicon import Word
    from claims_cli.extract.tables import Numerals

DOZEN = Decimal(12)


@dataclass(frozen=True, slots=True)
class Pack:
    """A compiled pack. ``source`` is what was read; the phrases are looked up by their first word."""

    source: Source
    lexicon: Lexicon
    abbreviations: frozenset[str]
    joins: frozenset[str]
    hedges_before: Phrases[Hedge]
    hedges_after: Phrases[Hedge]
    vague: Phrases[Decimal]
    between: Phrases[str]
    to: Phrases[str]
    rates: Phrases[str]
    ratio: Phrases[str]
    parts: Phrases[str]
    percent: Phrases[str]
    units: Phrases[str]
    masks_before: Phrases[str]
    masks_after: Phrases[str]
    mask_names: Phrases[str]
    months: Phrases[int]
    weekdays: Phrases[int]
    dating: Phrases[str]
    speech: Phrases[str]
    places: Phrases[str]
    place_names: Phrases[str]
    timing: Phrases[str]
    negation: Phrases[str]
    causes: Phrases[Cause]
    lines: Phrases[str]
    not_future: frozenset[str]
    possessive_words: frozenset[str]

    @property
    def code(self) -> str:
        """The language, as a BCP 47 tag."""
        return self.source.language.code

    @property
    def future_prefix(self) -> str:
        """The particle of the future that is written onto verbs; empty where a language has none."""
        return self.source.language.future_prefix

    @property
    def future_letters(self) -> str:
        """The letters with which a verb begins after that particle."""
        return self.source.language.future_letters

    def singular(self, word: Word) -> str:
        """The singular of a plural that no list holds: "matches" is "match"."""
        endings = sorted(self.source.language.singulars.items(), key=lambda pair: -len(pair[0]))
        return next((word.form.removesuffix(ending) + one for ending, one in endings if word.form.endswith(ending)), word.base)

    @property
    def particles(self) -> list[tuple[str, str]]:
        """The particles that are taken off a name, with what stands in their place, the longest first."""
        return sorted(self.source.language.particles.items(), key=lambda pair: -len(pair[0]))


def folder_of_packs() -> Traversable:
    """Where the packs are."""
    return files("claims_cli.extract").joinpath("packs")


def languages() -> list[str]:
    """The languages that have a pack, in alphabetical order."""
    return sorted(path.name for path in folder_of_packs().iterdir() if path.is_dir())


@cache
def pack_of(language: str) -> Pack:
    """The pack of a language. Raises NotFound when there is none, NotUnderstood when one of its files is wrong."""
    if language not in languages():
        raise NotFound(f"there is no language pack {language!r}", fix=f"use one of: {', '.join(languages())}")
    return read_pack(folder_of_packs().joinpath(language))


def read_pack(folder: Traversable) -> Pack:
    """The pack in a folder. Raises NotUnderstood with the file and the table that is wrong."""
    tables: dict[str, object] = {}
    for path in folder.iterdir():
        if path.name.endswith(".toml"):
            try:
                tables[path.name.removesuffix(".toml")] = tomllib.loads(path.read_text("utf-8"))
            except tomllib.TOMLDecodeError as wrong:
                raise NotUnderstood(f"{path.name}: {wrong}") from wrong
    try:
        return compiled(Source.model_validate(tables))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name, *where = map(str, first["loc"])
        raise NotUnderstood(f"{name}.toml: {'.'.join(where)}: {first['msg']}") from wrong


# The role that a word gets from the table and field in which a pack lists it.
ROLES = (
    ("article", "numerals", "article"), ("minus", "numerals", "minus"), ("point", "numerals", "point"),
    ("over", "numerals", "over"), ("measured", "numerals", "measured"), ("pronoun", "numerals", "pronouns"),
    ("tanwin", "numerals", "tanwin"), ("change", "quantities", "changes"),
    ("amount of change", "quantities", "changes_by"), ("negation", "quantities", "negations"),
    ("filler", "quantities", "between_hedge_and_number"), ("of", "quantities", "of"), ("dual", "units", "duals"),
    ("not a unit", "units", "not_units"), ("count", "units", "counts"), ("toll", "units", "tolls"), ("stop", "language", "stops"),
    ("doubtful month", "dates", "doubtful"), ("determiner", "language", "determiners"),
    ("parting", "language", "partings"), ("known", "language", "words"), ("that", "speech", "that"), ("personal", "speech", "pronouns"),
    ("linking", "speech", "linking"), ("adverbial", "speech", "adverbials"), ("owner of figures", "speech", "owners_of_figures"),
    ("empty", "speech", "empty"), ("medium", "speech", "media"), ("relative", "speech", "relatives"), ("occasion", "speech", "occasions"),
    ("of figures", "speech", "of_figures"), ("passive", "speech", "passives"), ("backward", "speech", "backward"),
    ("demonstrative", "speech", "demonstratives"), ("continuing", "speech", "continuing"), ("present", "speech", "present"),
    ("place noun", "places", "nouns"), ("office", "speech", "offices"), ("spokesperson", "speech", "spokespersons"),
    ("speaking for", "speech", "speaking_for"), ("complement", "speech", "complements"),
    ("superlative", "speech", "superlatives"),
    ("counted from", "speech", "counted_from"), ("confirmation", "speech", "confirmations"), ("refusal", "speech", "refusals"),
    ("masdar", "speech", "masdars"), ("former", "speech", "former"), ("incident", "speech", "incidents"),
    ("resumptive", "speech", "resumptive"), ("amounting", "speech", "amounting"),
    ("concession", "speech", "concessions"), ("adding", "speech", "adding"),
    ("revising", "speech", "revising"), ("revising own", "speech", "revising_own"),
    ("plural verb", "speech", "plural_verbs"), ("plural", "speech", "plurals"),
    ("negating", "negation", "particles"), ("auxiliary", "negation", "auxiliaries"), ("ability", "negation", "abilities"),
    ("exception", "negation", "exceptions"), ("doubt", "negation", "doubts"), ("belief", "negation", "beliefs"),
    ("subordinator", "negation", "subordinators"), ("preposition", "negation", "prepositions"), ("report", "negation", "reports"),
    ("falsity", "negation", "falsities"), ("truth", "negation", "truths"), ("untruth", "negation", "untruths"),
    ("deeming", "negation", "deeming"), ("partitive", "negation", "partitives"), ("describing", "negation", "describing"),
)  # fmt: skip


def compiled(source: Source) -> Pack:
    """A pack ready for use. Each word that begins a phrase is known to the lexicon, so that a particle on it is seen."""
    language = source.language
    phrases = phrases_of(source)
    lexicon = Lexicon(language.prefixes.split(), language.endings, language.as_written.split())
    for form in words_of_phrases(phrases):
        lexicon.entry(form)
    for form, word in number_words(source.numerals):
        lexicon.entry(form).number = word
    for form, role in roles_of(source):
        lexicon.entry(form).roles.add(role)
    for ordinal, words in source.dates.ordinals.items():
        for form in words.split():
            lexicon.entry(form).ordinal = int(ordinal)
    for unit, words in source.units.befallen.items():
        for form in words.split():
            lexicon.entry(form).unit = unit
    for kind, verbs in source.speech.verbs.items():
        for form in verbs.split():
            lexicon.entry(form).verb = kind
    return Pack(
        source=source,
        lexicon=lexicon,
        abbreviations=frozenset(language.abbreviations.split()),
        joins=frozenset(source.numerals.join.split()),
        possessive_words=frozenset(source.units.possessive_words.split()),
        not_future=frozenset(fold(word) for word in language.not_future.split()),
        **phrases,
    )


def words_of_phrases(phrases: Mapping[str, Phrases[Any]]) -> Iterator[str]:
    """The words that begin phrases; of units and places the later ones too, since they take particles as well: "رجال الشرطة"."""
    for name, table in phrases.items():
        yield from table.first
        if name in {"units", "place_names"}:
            yield from (form for choices in table.first.values() for forms, _ in choices for form in forms)


def roles_of(source: Source) -> Iterator[tuple[str, str]]:
    """Each word with each role that the pack gives it."""
    for role, table, field in ROLES:
        words = getattr(getattr(source, table), field)
        yield from ((form, role) for form in (words.split() if isinstance(words, str) else words))
    for forms in source.numerals.short_scales.values():
        yield from ((form, "glued") for form in forms.split())


def phrases_of(source: Source) -> dict[str, Phrases[Any]]:
    """The tables of phrases of a pack, by the name of their field."""
    quantities = source.quantities
    return {
        "hedges_before": Phrases(quantities.hedges_before),
        "hedges_after": Phrases(quantities.hedges_after),
        "vague": Phrases({Decimal(floor): words for floor, words in quantities.vague.items()}),
        "between": Phrases({"between": quantities.between, "from": quantities.range_from}),
        "to": Phrases({"to": quantities.to, "either": quantities.either, "joint": quantities.joint}),
        "rates": Phrases(quantities.rates),
        "ratio": Phrases({"ratio": quantities.ratio}),
        "parts": Phrases({"part": quantities.parts}),
        "percent": Phrases({"percent": quantities.percent}),
        "units": Phrases({**source.units.units, **source.units.currencies}),
        "masks_before": Phrases({"mask": source.masks.before}),
        "masks_after": Phrases({"mask": source.masks.after}),
        "mask_names": Phrases({"mask": source.masks.names}),
        "months": Phrases({int(month): names for month, names in source.dates.months.items()}),
        "weekdays": Phrases({int(day): names for day, names in source.dates.weekdays.items()}),
        "dating": Phrases(source.dates.phrases),
        "speech": Phrases(source.speech.phrases),
        "lines": Phrases({"boilerplate": source.language.boilerplate, "credit": source.language.credits}),
        "timing": Phrases(source.speech.timing),
        "negation": Phrases({name: getattr(source.negation, name) for name in ("determiners", "idioms", "ceasing")}),
        "causes": Phrases(source.speech.causes),
        "place_names": Phrases({"name": source.places.names}),
        "places": Phrases({"place": source.speech.phrases["place"]}),
    }


def number_words(numerals: Numerals) -> Iterator[tuple[str, NumberWord]]:
    """Each word of a numeral, with the part that it plays."""
    tables: list[tuple[Part, dict[str, str], Callable[[str], Decimal]]] = [
        (Part.UNIT, numerals.units, Decimal),
        (Part.TEEN, numerals.teens, Decimal),
        (Part.TEN, numerals.tens, Decimal),
        (Part.HUNDREDS, numerals.hundreds, Decimal),
        (Part.SCALE, numerals.scales, power_of_ten),
        (Part.SCALE, numerals.short_scales, power_of_ten),
        (Part.PLURAL_SCALE, numerals.plural_scales, power_of_ten),
        (Part.PAIR, numerals.pairs, power_of_ten),
        (Part.FRACTION, numerals.fractions, share),
        (Part.SHARES, numerals.fraction_plurals, share),
    ]
    for part, table, value_of in tables:
        for value, forms in table.items():
            yield from ((form, NumberWord(part, value_of(value))) for form in forms.split())
    yield from ((form, NumberWord(Part.HUNDRED, Decimal(100))) for form in numerals.hundred.split())
    yield from ((form, NumberWord(Part.TEEN_MARK, Decimal(10))) for form in numerals.teen_mark.split())
    yield from ((form, NumberWord(Part.DOZEN, DOZEN)) for form in numerals.dozen.split())


def power_of_ten(exponent: str) -> Decimal:
    """Ten to a power."""
    return Decimal(10) ** int(exponent)


def share(fraction: str) -> Decimal:
    """The value of a fraction such as "2/3"."""
    exact = Fraction(fraction)
    return quotient(exact.numerator, exact.denominator)
