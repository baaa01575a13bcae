"""The codebook: a TOML file in which a desk keeps its topics, questions, actors and their names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claims_cli.core.claim import Actor, Alias, Kind, Office, Question, Topic
from claims_cli.core.errors import FileTrouble, NotFound, NotUnderstood, Problem, RowsRefused
from claims_cli.core.folding import fold
from claims_cli.core.when import parse_when
from claims_cli.store.database import writing
from claims_cli.store.recording import Recorder
from claims_cli.store.renaming import go_by_new_names
from claims_cli.store.rows import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from claims_cli.core.claim import Operation
    from claims_cli.store.database import Address
    from claims_cli.store.reading import Reader
    from claims_cli.store.recording import Tally

SECTIONS = ("topics", "questions", "actors")
TOPIC_KEYS = ("title",)
QUESTION_KEYS = ("topic", "text", "kind", "unit", "place", "population", "part_of", "currency", "words")
ACTOR_KEYS = ("name", "speaks_for", "aliases", "offices")
OFFICE_KEYS = ("name", "from", "to")
LONGEST_CURRENCY = 36_525  # a hundred years of days
UNDETERMINED = "und"  # BCP 47's word for a language that is not told


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a codebook holds, in the order of the file."""

    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    actors: tuple[Actor, ...]


def read_codebook(path: Path) -> Codebook:
    """A codebook that holds together. Raises RowsRefused with every problem, NotFound, FileTrouble, NotUnderstood."""
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError:
        raise NotFound(f"there is no codebook {path}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotUnderstood(f"not TOML: {error}", where=str(path)) from None
    except OSError as error:
        raise FileTrouble(f"cannot read {path}: {error.strerror}") from None
    problems = list(problems_of_form(content))
    if not problems:
        codebook = codebook_from(content)
        problems = [problem for check in CHECKS for problem in check(codebook)]
        if not problems:
            return codebook
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    told = [Problem(one.what, str(path), None, one.column, one.fix) for one in problems]
    raise RowsRefused(f"the codebook {path} has {count}", told, fix="mend it and try again")


def problems_of_form(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Unknown sections and keys, missing ones, and values of the wrong type."""
    for section, entries in content.items():
        if section not in SECTIONS or not isinstance(entries, dict):
            yield Problem(f"there is no section {section!r}", column=section, fix=f"sections: {', '.join(SECTIONS)}")
            continue
        keys, needed = {
            "topics": (TOPIC_KEYS, ("title",)),
            "questions": (QUESTION_KEYS, ("topic", "text")),
            "actors": (ACTOR_KEYS, ("name",)),
        }[section]
        for slug, entry in entries.items():
            where = f"{section}.{slug}"
            if not isinstance(entry, dict):
                yield Problem("not a table", column=where)
                continue
            yield from (
                Problem(f"there is no key {key!r}", column=where, fix=f"keys: {', '.join(keys)}") for key in entry if key not in keys
            )
            yield from (Problem(f"{key} is missing", column=where) for key in needed if not entry.get(key))
            yield from problems_of_values(entry, where)


def problems_of_values(entry: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """Values of the wrong type, and words that are not among those known."""
    for key, value in entry.items():
        yield from VALUE_CHECKS.get(key, problems_of_text)(value, f"{where}.{key}")


def problems_of_currency(value: object, place: str) -> Iterator[Problem]:
    """A currency that is no number of days."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST_CURRENCY:
        yield Problem(f"{value!r} is not a number of days", column=place, fix="write a whole number such as 3")


def problems_of_words(value: object, place: str) -> Iterator[Problem]:
    """Words that are no list of groups."""
    if not isinstance(value, list) or not all(isinstance(group, str) and group.strip() and "\n" not in group for group in value):
        yield Problem("words are not a list of groups", column=place, fix='write ["soldier* | troops", "Kursk"]')


def problems_of_aliases(value: object, place: str) -> Iterator[Problem]:
    """Aliases that are no lists of names."""
    if not all(isinstance(names, list) and all(isinstance(name, str) for name in names) for names in lists_of(value)):
        yield Problem("aliases are not lists of names", column=place, fix='write { en = ["…"], ar = ["…"] } or ["…"]')


def problems_of_offices(value: object, place: str) -> Iterator[Problem]:
    """Offices that are no tables with a name and the dates between which each is held."""
    fix = 'write [{ name = "…", from = "2019-05-20", to = "2024-05-20" }]'
    for office in value if isinstance(value, list) else [None]:
        if not isinstance(office, dict) or not office.get("name") or set(office) - set(OFFICE_KEYS):
            yield Problem("offices are not a list of offices", column=place, fix=fix)
            continue
        for key, text in office.items():
            yield from problems_of_text(text, f"{place}.{key}")
            if isinstance(text, str) and key != "name":
                yield from problems_of_date(text, f"{place}.{key}")


def problems_of_date(text: str, place: str) -> Iterator[Problem]:
    """A date that means nothing."""
    try:
        parse_when(text)
    except NotUnderstood as error:
        yield Problem(error.what, column=place, fix=error.fix)


def problems_of_kind(value: object, place: str) -> Iterator[Problem]:
    """A kind that is not among those known."""
    if value not in set(Kind):
        yield Problem(f"{value!r} is not a kind", column=place, fix=f"kinds: {', '.join(Kind)}")


def problems_of_text(value: object, place: str) -> Iterator[Problem]:
    """What is no text."""
    if not isinstance(value, str):
        yield Problem(f"{value!r} is not a text", column=place)


VALUE_CHECKS: dict[str, Callable[[object, str], Iterator[Problem]]] = {
    "currency": problems_of_currency,
    "words": problems_of_words,
    "offices": problems_of_offices,
    "aliases": problems_of_aliases,
    "kind": problems_of_kind,
}


def lists_of(aliases: object) -> list[object]:
    """The lists of names, by language or not."""
    return list(aliases.values()) if isinstance(aliases, dict) else [aliases]


def codebook_from(content: Mapping[str, Any]) -> Codebook:
    """The codebook of a content whose form is right."""
    return Codebook(
        tuple(Topic(slug, entry["title"]) for slug, entry in content.get("topics", {}).items()),
        tuple(question_from(slug, entry) for slug, entry in content.get("questions", {}).items()),
        tuple(actor_from(slug, entry) for slug, entry in content.get("actors", {}).items()),
    )


def question_from(slug: str, entry: Mapping[str, Any]) -> Question:
    """A question; its kind, when not given, is a level for a number and fixed for yes or no."""
    usual = Kind.LEVEL if entry.get("unit") else Kind.FIXED
    given = {key: entry[key] for key in ("unit", "place", "population", "part_of", "currency") if key in entry}
    words = tuple(entry.get("words", ()))
    return Question(slug, entry["topic"], entry["text"], Kind(entry.get("kind", usual)), **given, words=words)


def actor_from(slug: str, entry: Mapping[str, Any]) -> Actor:
    """An actor with its aliases, by language or in one list."""
    told = entry.get("aliases", [])
    by_language = told.items() if isinstance(told, dict) else [(None, told)]
    aliases = tuple(Alias(name, None if language == UNDETERMINED else language) for language, names in by_language for name in names)
    offices = tuple(Office(one["name"], moment(one.get("from")), moment(one.get("to"))) for one in entry.get("offices", []))
    return Actor(slug, entry["name"], entry.get("speaks_for"), aliases, offices)


def slugs_are_plain(codebook: Codebook) -> Iterator[Problem]:
    """Slugs are typed on the command line: no spaces, no empty ones."""
    for section, things in (("topics", codebook.topics), ("questions", codebook.questions), ("actors", codebook.actors)):
        for thing in things:
            if not thing.slug or any(letter.isspace() or not letter.isprintable() for letter in thing.slug):
                yield Problem(f"{thing.slug!r} is not a slug", column=section, fix="write words joined by hyphens")


def questions_have_topics(codebook: Codebook) -> Iterator[Problem]:
    """Each question's topic stands in the file."""
    topics = {topic.slug for topic in codebook.topics}
    for question in codebook.questions:
        if question.topic not in topics:
            yield Problem(f"there is no topic {question.topic!r}", column=f"questions.{question.slug}.topic", fix="add it under [topics]")


def parts_have_wholes(codebook: Codebook) -> Iterator[Problem]:
    """Each whole stands in the file, and no question is part of itself by whatever way."""
    wholes = {question.slug: question.part_of for question in codebook.questions}
    for question in codebook.questions:
        where, seen, above = f"questions.{question.slug}.part_of", {question.slug}, question.part_of
        if above is not None and above not in wholes:
            yield Problem(f"there is no question {above!r}", column=where)
        while above is not None and above not in seen:
            seen.add(above)
            above = wholes.get(above)
        if above is not None:
            yield Problem("the question is part of itself", column=where)


def speakers_have_actors(codebook: Codebook) -> Iterator[Problem]:
    """Each actor spoken for stands in the file."""
    known = {actor.slug for actor in codebook.actors}
    for actor in codebook.actors:
        if actor.speaks_for is not None and actor.speaks_for not in known:
            yield Problem(f"there is no actor {actor.speaks_for!r}", column=f"actors.{actor.slug}.speaks_for", fix="add it under [actors]")


def names_mean_one_actor(codebook: Codebook) -> Iterator[Problem]:
    """No name or alias belongs to two actors."""
    owners: dict[str, str] = {}
    for actor in codebook.actors:
        for name in (actor.name, *(alias.name for alias in actor.aliases)):
            owner = owners.setdefault(fold(name), actor.slug)
            if owner != actor.slug:
                yield Problem(f"{name!r} is also a name of {owner}", column=f"actors.{actor.slug}", fix="keep it with one of them")


CHECKS: tuple[Callable[[Codebook], Iterator[Problem]], ...] = (
    slugs_are_plain,
    questions_have_topics,
    parts_have_wholes,
    speakers_have_actors,
    names_mean_one_actor,
)


def apply_codebook(codebook: Codebook, address: Address, operation: Operation) -> Tally:
    """Bring the database to what the codebook says; what it does not name stays as it is.

    Raises RowsRefused when a name of the codebook already belongs to another actor, or a unit would change under claims.
    """
    with writing(address, operation) as ledger:
        recorder = Recorder(ledger)
        recorder.apply_topics(codebook.topics)
        recorder.apply_questions(codebook.questions)
        go_by_new_names(recorder, recorder.apply_actors(codebook.actors))
        return recorder.tally


def codebook_kept(reader: Reader) -> Codebook:
    """The codebook of what a database holds."""
    every = reader.scope(topic=None, question=None)
    topics = tuple(Topic(row["slug"], row["title"]) for row in reader.query("topics"))
    names = ("unit", "place", "population", "part_of", "currency")
    questions = tuple(
        Question(
            row["slug"],
            row["topic"],
            row["text"],
            Kind(row["kind"]),
            **{name: row[name] for name in names},
            words=tuple((row["words"] or "").splitlines()),
        )
        for row in reader.query("questions", first_topic=every["first_topic"], last_topic=every["last_topic"])
    )
    aliases: dict[str, list[Alias]] = {}
    for row in reader.query("aliases"):
        aliases.setdefault(row["slug"], []).append(Alias(row["name"], row["language"]))
    offices: dict[str, list[Office]] = {}
    for row in reader.query("offices"):
        offices.setdefault(row["slug"], []).append(Office(row["name"], moment(row["since"]), moment(row["until"])))
    actors = tuple(
        Actor(
            row["slug"],
            row["name"],
            row["speaks_for"],
            tuple(alias for alias in aliases.get(row["slug"], []) if fold(alias.name) != fold(row["name"])),
            tuple(offices.get(row["slug"], [])),
        )
        for row in reader.query("actors")
    )
    return Codebook(topics, questions, actors)


def codebook_text(codebook: Codebook) -> str:
    """The codebook as a TOML file."""
    import tomli_w

    content = {
        "topics": {topic.slug: {"title": topic.title} for topic in codebook.topics},
        "questions": {
            question.slug: {
                key: str(value) if key == "kind" else value
                for key in QUESTION_KEYS
                if (value := getattr(question, key)) is not None and value != ()
            }
            for question in codebook.questions
        },
        "actors": {actor.slug: actor_entry(actor) for actor in codebook.actors},
    }
    return tomli_w.dumps(content)


def actor_entry(actor: Actor) -> dict[str, Any]:
    """An actor as it stands in the file; names without a language stand under ``und``."""
    entry: dict[str, Any] = {"name": actor.name}
    if actor.speaks_for is not None:
        entry["speaks_for"] = actor.speaks_for
    aliases: dict[str, list[str]] = {}
    for alias in actor.aliases:
        aliases.setdefault(alias.language or UNDETERMINED, []).append(alias.name)
    if aliases:
        entry["aliases"] = aliases
    if actor.offices:
        entry["offices"] = [office_entry(office) for office in actor.offices]
    return entry


def office_entry(office: Office) -> dict[str, str]:
    """An office as it stands in the file."""
    entry = {"name": office.name}
    if office.since is not None:
        entry["from"] = office.since.text
    if office.until is not None:
        entry["to"] = office.until.text
    return entry
