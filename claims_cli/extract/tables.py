"""What the files of a language pack may hold: a table for each, in which words of a kind stand in one string and phrases in a list."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from claims_cli.core.ruling import Cause  # noqa: TC001 - pydantic reads the types when it runs
from claims_cli.core.value import Hedge  # noqa: TC001


class Table(BaseModel):
    """A table of a pack: a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Numerals(Table):
    """The words of numerals. ``join`` joins the parts of one, as a word or as a particle written onto the next word."""

    units: dict[str, str]
    teens: dict[str, str]
    tens: dict[str, str]
    hundreds: dict[str, str] = {}
    hundred: str
    scales: dict[str, str]
    plural_scales: dict[str, str]
    pairs: dict[str, str] = {}
    short_scales: dict[str, str] = {}
    teen_mark: str = ""
    fractions: dict[str, str]
    fraction_plurals: dict[str, str] = {}
    dozen: str = ""
    join: str
    point_is_decimal: bool = False
    join_needed: bool
    article: str = ""
    minus: str
    point: str
    over: str = ""
    measured: str = ""
    tanwin: list[str] = []
    pronouns: str = ""


class Quantities(Table):
    """What stands around a number: hedges before and after it, vague words with their floors, ranges, percent, rates."""

    hedges_before: dict[Hedge, list[str]]
    hedges_after: dict[Hedge, list[str]] = {}
    between_hedge_and_number: str = ""
    negations: str = ""
    vague: dict[str, list[str]] = {}
    between: list[str] = []
    range_from: list[str] = []
    to: list[str] = []
    either: list[str] = []
    joint: list[str] = []
    changes: str = ""
    changes_by: str = ""
    ratio: list[str] = []
    parts: list[str] = []
    several: list[str] = []
    percent: list[str]
    of: list[str] = []
    rates: dict[str, list[str]] = {}


class Masks(Table):
    """Words after which, or before which, a number names something and counts nothing."""

    before: list[str] = []
    after: list[str] = []
    names: list[str] = []


class Dates(Table):
    """The words of dates. ``doubtful`` are names of months that also mean something else; some languages write "May 5" for "5 May"."""

    months: dict[str, list[str]]
    month_before_day: bool = False
    doubtful: str = ""
    weekdays: dict[str, list[str]]
    ordinals: dict[str, str] = {}
    phrases: dict[str, list[str]] = {}


class Speech(Table):
    """Who says what: verbs by class, the words around them, and phrases that make a statement less than firm."""

    that: str
    pronouns: str
    linking: str
    adverbials: str
    owners_of_figures: str
    empty: str
    media: str
    relatives: str = ""
    resumptive: str = ""
    amounting: str = ""
    concessions: str = ""
    adding: str = ""
    participle_endings: list[str] = []
    past_endings: list[str] = []
    occasions: str = ""
    of_figures: str = ""
    revising: str = ""
    revising_own: str = ""
    passives: str = ""
    backward: str = ""
    demonstratives: str = ""
    continuing: str = ""
    present: str = ""
    former: str = ""
    confirmations: str = ""
    superlatives: str = ""
    counted_from: str = ""
    refusals: str = ""
    masdars: str = ""
    offices: str = ""
    spokespersons: str = ""
    speaking_for: str = ""
    complements: str = ""
    incidents: str = ""
    plural_verbs: str = ""
    plurals: str = ""
    verbs: dict[str, str]
    phrases: dict[str, list[str]]
    timing: dict[str, list[str]] = {}
    causes: dict[Cause, list[str]] = {}


class Units(Table):
    """The English name of what is counted, or the ISO 4217 code of what is paid, and the words for it."""

    units: dict[str, list[str]]
    currencies: dict[str, list[str]]
    duals: str = ""
    not_units: str = ""
    counts: str = ""
    tolls: str = ""
    person_endings: list[str] = []
    possessives: list[str] = []
    possessive_words: str = ""
    befallen: dict[str, str] = {}


class Language(Table):
    """What is true of the language as a whole. ``as_written`` are spellings that must not be folded to be understood."""

    code: str
    name: str
    order: str = Field(pattern="^(subject|verb) first$")
    script: str
    prefixes: str = ""
    endings: list[str] = []
    singulars: dict[str, str] = {}
    abbreviations: str = ""
    words: str = ""
    stops: str = ""
    determiners: str = ""
    partings: str = ""
    boilerplate: list[str] = []
    credits: list[str] = []
    future_prefix: str = ""
    future_letters: str = ""
    not_future: str = ""
    not_future_letters: list[str] = []
    particles: dict[str, str] = {}
    as_written: str = ""


class Negation(Table):
    """What makes of a sentence the denial of what it says: words beside a verb and before a noun, and what only looks like a denial."""

    particles: str = ""
    auxiliaries: str = ""
    abilities: str = ""
    determiners: list[str] = []
    idioms: list[str] = []
    ceasing: list[str] = []
    exceptions: str = ""
    doubts: str = ""
    beliefs: str = ""
    subordinators: str = ""
    prepositions: str = ""
    reports: str = ""
    falsities: str = ""
    truths: str = ""
    untruths: str = ""
    deeming: str = ""
    partitives: str = ""
    describing: str = ""


class Places(Table):
    """Places, for a language that does not tell names by capitals: their names, and the nouns that stand before them ("city", "east")."""

    names: list[str] = []
    nouns: str = ""


class Source(Table):
    """A pack as it is written: each field is a file."""

    language: Language
    numerals: Numerals
    quantities: Quantities
    masks: Masks = Masks()
    dates: Dates
    units: Units
    speech: Speech
    negation: Negation = Negation()
    places: Places = Places()
