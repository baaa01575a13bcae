"""Writing: topics, questions, actors, sources and claims, found by what names them or made new, inside one operation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from claims_cli.core.claim import Actor, Alias, Office, Question, Sheet
from claims_cli.core.errors import NotUnderstood
from claims_cli.core.folding import fold, slug_of
from claims_cli.core.once import once_alike, once_each
from claims_cli.core.undone import undone_by
from claims_cli.store.inserting import select_among
from claims_cli.store.ledger import undos_in
from claims_cli.store.models import (
    HISTORY,
    ActorAliasRow,
    ActorOfficeRow,
    ActorRow,
    ClaimRelayRow,
    ClaimRow,
    QuestionRow,
    TopicRow,
)
from claims_cli.store.rows import SCALED_CURRENCY, edtf, moment
from claims_cli.store.sheets import Referred, claim_columns
from claims_cli.store.sources import Sources
from claims_cli.store.titles import cited_name, names_meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table

    from claims_cli.core.claim import Claim, Source, Topic
    from claims_cli.core.when import When
    from claims_cli.store.ledger import Ledger

# SQLModel adds __table__ without telling the type checker.
TOPIC: Table = TopicRow.__table__  # type: ignore[attr-defined]
ACTOR: Table = ActorRow.__table__  # type: ignore[attr-defined]
ALIAS: Table = ActorAliasRow.__table__  # type: ignore[attr-defined]
OFFICE: Table = ActorOfficeRow.__table__  # type: ignore[attr-defined]
QUESTION: Table = QuestionRow.__table__  # type: ignore[attr-defined]
CLAIM: Table = ClaimRow.__table__  # type: ignore[attr-defined]
RELAY: Table = ClaimRelayRow.__table__  # type: ignore[attr-defined]
PAST: Table = HISTORY["claim"]


# Built once: to build a statement takes five times as long as to ask it.
TOPIC_ID = select(TOPIC.c.id).where(TOPIC.c.slug == bindparam("slug"))
KEPT_QUESTION = (
    select(QUESTION.c.id, QUESTION.c.slug, TOPIC.c.slug, QUESTION.c.unit, QUESTION.c.place)
    .join(TOPIC, TOPIC.c.id == QUESTION.c.topic_id)
    .where(QUESTION.c.slug == bindparam("slug"))
)
KEPT_ACTOR = select(ACTOR.c.id, ACTOR.c.name).join(ALIAS, ALIAS.c.actor_id == ACTOR.c.id).where(ALIAS.c.folded == bindparam("folded"))
HOLDERS = (
    select(ACTOR.c.id, ACTOR.c.name, OFFICE.c.since, OFFICE.c.until)
    .join(OFFICE, OFFICE.c.actor_id == ACTOR.c.id)
    .where(OFFICE.c.folded == bindparam("folded"))
)
ACTOR_ID = select(ACTOR.c.id).where(ACTOR.c.slug == bindparam("slug"))


@dataclass(frozen=True, slots=True)
class KeptActor:
    """An actor as it is kept."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as it is kept; ``unit`` is ``None`` for a yes or no question."""

    id: int
    slug: str
    topic: str
    unit: str | None
    place: str | None


@dataclass(slots=True)
class Made:
    """What an operation made of one kind: how many, and the names of the first. All names of a large import would fill the memory."""

    count: int = 0
    first: list[str] = field(default_factory=list)


MOST_NAMED = 10
MADE_BY_A_ROW = ("topic", "question", "actor", "name", "source")


@dataclass(slots=True)
class Tally:
    """What an operation did: claims that were new, those that were there already or whose source was purged, and what it made besides."""

    new: int = 0
    known: int = 0
    purged: int = 0
    made: dict[str, Made] = field(default_factory=dict)

    def note(self, what: str, name: str) -> None:
        """Remember that something of that name was made."""
        made = self.made.setdefault(what, Made())
        made.count += 1
        if made.count <= MOST_NAMED:
            made.first.append(name)

    def in_order_of_a_row(self) -> Tally:
        """The same, with what was made in the order in which a row by itself would make it."""
        made: dict[str, Made] = {what: self.made[what] for what in MADE_BY_A_ROW if what in self.made}
        return replace(self, made=made)


class Recorder:
    """Writes within one operation. What is looked up once is remembered: an import asks for the same few names again and again.

    In ``questions`` and ``actors`` ``None`` stands for what is known not to be kept.
    """

    def __init__(self, ledger: Ledger) -> None:
        """``ledger`` is the operation's: all writing goes through it."""
        self.ledger = ledger
        self.connection = ledger.connection
        self.tally = Tally()
        self.topics: dict[str, int] = {}
        self.questions: dict[str, KeptQuestion | None] = {}
        self.actors: dict[str, KeptActor | None] = {}
        self.offices: dict[str, list[tuple[KeptActor, Office]]] = {}
        self.sources = Sources(self)

    def topic(self, slug: str, *, title: str | None = None) -> int:
        """The id of a topic, made when it is new."""
        if slug not in self.topics:
            found = self.connection.execute(TOPIC_ID, {"slug": slug}).scalar()
            if found is None:
                found = self.ledger.open(TOPIC, slug=slug, title=title or slug)
                self.tally.note("topic", slug)
            self.topics[slug] = found
        return self.topics[slug]

    def kept_question(self, slug: str) -> KeptQuestion | None:
        """A question by its slug, ``None`` when there is none."""
        if slug not in self.questions:
            row = self.connection.execute(KEPT_QUESTION, {"slug": slug}).first()
            self.questions[slug] = None if row is None else KeptQuestion(*row)
        return self.questions[slug]

    def question(self, question: Question) -> KeptQuestion:
        """A question as kept, made when its slug is new; one that is there already keeps its particulars."""
        kept = self.kept_question(question.slug)
        if kept is None:
            number = self.ledger.next_id(QUESTION)
            self.ledger.open_later(QUESTION, id=number, slug=question.slug, **self.question_columns(question))
            self.tally.note("question", question.slug)
            kept = self.questions[question.slug] = KeptQuestion(number, question.slug, question.topic, question.unit, question.place)
        return kept

    def question_columns(self, question: Question) -> dict[str, Any]:
        """The columns of a question, its slug apart. Its whole must be kept already, or is left for later."""
        whole = None if question.part_of is None else self.kept_question(question.part_of)
        return {
            "topic_id": self.topic(question.topic),
            "text": question.text,
            "kind": question.kind.value,
            "unit": question.unit,
            "place": question.place,
            "population": question.population,
            "part_of_id": None if whole is None else whole.id,
            "words": "\n".join(question.words) or None,
            "currency": question.currency,
            # a currency of no days at all still reaches the same day, and no further
            "day_scale": SCALED_CURRENCY / question.currency if question.currency else 2 * SCALED_CURRENCY,
        }

    def kept_actor(self, name: str) -> KeptActor | None:
        """The actor whom a name or alias means, ``None`` when nobody is called so."""
        folded = fold(name)
        if folded not in self.actors:
            row = self.connection.execute(KEPT_ACTOR, {"folded": folded}).first()
            self.actors[folded] = None if row is None else KeptActor(*row)
        return self.actors[folded]

    def holder(self, name: str, day: int | None) -> KeptActor | None:
        """The one actor who holds an office of that name on a day; ``None`` when nobody does, or several do."""
        folded = fold(name)
        if folded not in self.offices:
            rows = self.connection.execute(HOLDERS, {"folded": folded})
            self.offices[folded] = [(KeptActor(row.id, row.name), Office(name, moment(row.since), moment(row.until))) for row in rows]
        found = {actor for actor, office in self.offices[folded] if office.held_on(day)}
        return found.pop() if len(found) == 1 else None

    def actor(self, name: str, day: int | None = None) -> KeptActor:
        """The actor whom a name means, or who held the office of that name on a day; made when nobody is called so.

        A new name becomes that of an actor who is kept under another that means the same: without a title, or in another language.
        Raises NotUnderstood for a name without letters.
        """
        kept = self.kept_actor(name) or self.holder(name, day) or self.known_otherwise(name)
        if kept is None:
            if not fold(name):
                raise NotUnderstood(f"{name!r} is not a name", fix="write a name with at least one letter or digit")
            self.add_actor(Actor(self.free_slug(name), " ".join(name.split()), aliases=(Alias(cited_name(name)),)))
            kept = self.kept_actor(name)
        if kept is None:
            raise NotUnderstood(f"{name!r} cannot be kept as a name")
        return kept

    def known_otherwise(self, name: str) -> KeptActor | None:
        """The actor who is kept under this name as it is cited, or the one who is under another that means the same; he is given it, too.

        ``None`` when there is none, or several are.
        """
        cited, others = ({kept for one in names if (kept := self.kept_actor(one))} for names in names_meant(name))
        owners = cited or others
        if len(owners) != 1:
            return None
        owner = owners.pop()
        self.add_alias(owner.id, " ".join(name.split()), language=None)
        self.tally.note("name", f"{name} (of {owner.name})")
        return owner

    def free_slug(self, name: str) -> str:
        """A slug for a new actor that no other has."""
        slug = wanted = slug_of(name)
        number = 2
        while self.connection.execute(ACTOR_ID, {"slug": slug}).first():
            slug = f"{wanted}-{number}"
            number += 1
        return slug

    def add_actor(self, actor: Actor) -> int:
        """A new actor with its names. It speaks for itself until told otherwise."""
        number = self.ledger.next_id(ACTOR)
        self.ledger.open(ACTOR, id=number, slug=actor.slug, name=actor.name, voice_id=number)
        self.tally.note("actor", actor.name)
        for name, language in [(actor.name, None), *((alias.name, alias.language) for alias in actor.aliases)]:
            self.add_alias(number, name, language=language)
        return number

    def add_alias(self, actor_id: int, name: str, *, language: str | None) -> None:
        """Another name of an actor; one that it has already is left as it is."""
        if self.kept_actor(name) is None:
            self.ledger.open(ALIAS, actor_id=actor_id, name=name, folded=fold(name), language=language)
            del self.actors[fold(name)]

    def source(self, source: Source) -> int:
        """The id of a source, made when it is new. Raises NotUnderstood when another text is kept under the same particulars."""
        number = self.sources.kept(source).id
        self.ledger.write()
        return number

    def add_claims(self, claims: Sequence[Claim]) -> None:
        """Claims, each on a question that is kept. Those that are there already (same content) are passed over.

        So are those that were there before they were edited, merged or retracted (an operation that was undone left no trace of that
        kind, whatever was undone after it), and those of a purged source.
        """
        self.add_sheet(Sheet.of(claims))

    def add_sheet(self, sheet: Sheet) -> None:
        """As ``add_claims``, for the claims of a sheet."""
        sheet = self.without_purged(sheet)
        if not sheet.question:
            return
        referred = self.referred(sheet)
        columns = {**claim_columns(sheet, referred), "recorded_at": [self.ledger.at] * len(sheet.question)}
        relays = [[actor.id for actor in actors] for actors in referred.relays]
        fresh = self.fresh(columns["uid"])
        if len(fresh) < len(relays):
            self.tally.known += len(relays) - len(fresh)
            relays = [relays[place] for place in fresh]
            columns = {name: [values[place] for place in fresh] for name, values in columns.items()}
        numbers = self.ledger.next_ids(CLAIM, len(fresh))
        self.ledger.insert(CLAIM, {"id": numbers, **columns})
        links = [(number, step, actor) for number, relay in zip(numbers, relays, strict=True) for step, actor in enumerate(relay)]
        self.ledger.insert(RELAY, dict(zip(("claim_id", "step", "actor_id"), zip(*links, strict=True), strict=False)))
        self.tally.new += len(fresh)

    def without_purged(self, sheet: Sheet) -> Sheet:
        """The claims of a sheet but those of purged sources, which are counted."""
        purged = once_each(self.sources.is_purged, sheet.source)
        if not any(purged):
            return sheet
        self.tally.purged += sum(purged)
        return sheet.at([place for place, gone in enumerate(purged) if not gone])

    @cached_property
    def without_trace(self) -> set[int]:
        """The operations whose closing of a claim does not count: undos, and what undos in force took back.

        A retraction whose undo was undone closed the claim itself, too, so that this stays known.
        """
        undoes = undos_in(self.connection)
        return undoes.keys() | undone_by(undoes).keys()

    def fresh(self, uids: Sequence[str]) -> list[int]:
        """The places of the content addresses that are not kept, of equal ones the first."""
        known = {row.uid for row in select_among(self.connection, "SELECT uid FROM claim WHERE uid IN", uids)}
        before = select_among(self.connection, "SELECT uid, closed_by FROM claim_history WHERE uid IN", uids)
        known.update(row.uid for row in before if row.closed_by not in self.without_trace)
        first = {uid: place for place, uid in reversed(list(enumerate(uids)))}
        return [place for place, uid in enumerate(uids) if first[uid] == place and uid not in known]

    def referred(self, sheet: Sheet) -> Referred:
        """Whom and what the claims of a sheet refer to. Sources may be new, and must then be written before the claims."""
        published = [source.published_on for source in sheet.source]
        days = once_each(day_of_saying, sheet.said_on, published, sheet.as_of)
        return Referred(
            questions=once_alike(self.answered, sheet.question),
            claimants=once_alike(lambda named: self.actor(*named), list(zip(sheet.claimant, days, strict=True))),
            sources=once_each(self.sources.kept, sheet.source),
            relays=once_alike(lambda names: [self.actor(name) for name in names], sheet.relay),
        )

    def answered(self, slug: str) -> int:
        """The number of a question that is kept. Raises NotUnderstood."""
        question = self.kept_question(slug)
        if question is None:
            raise NotUnderstood(f"there is no question {slug!r}")
        return question.id

    def quoted(self, source_id: int) -> set[tuple[int | None, int | None]]:
        """The places in a source's text that any version of a claim quotes, rejected ones too."""
        now = select(CLAIM.c.quote_start, CLAIM.c.quote_end).where(CLAIM.c.source_id == source_id)
        before = select(PAST.c.quote_start, PAST.c.quote_end, PAST.c.closed_by).where(PAST.c.source_id == source_id)
        closed = [row for row in self.connection.execute(before) if row.closed_by not in self.without_trace]
        return {(row.quote_start, row.quote_end) for row in [*self.connection.execute(now), *closed]}

    def claim_columns(self, claim: Claim) -> dict[str, Any]:
        """The columns of a claim, its number apart. Its source may be new, and must then be written before it."""
        sheet = Sheet.of([claim])
        columns = {name: values[0] for name, values in claim_columns(sheet, self.referred(sheet)).items()}
        return {**columns, "recorded_at": self.ledger.at}

    def apply_topics(self, topics: Sequence[Topic]) -> None:
        """Make or retitle topics."""
        for topic in topics:
            number = self.topic(topic.slug, title=topic.title)
            self.ledger.change(TOPIC, TOPIC.c.id == number, title=topic.title)

    def apply_questions(self, questions: Sequence[Question]) -> None:
        """Make questions or bring them to these particulars. Raises NotUnderstood when a unit would change under claims."""
        for question in questions:
            kept = self.question(question)
            if kept.unit != question.unit and self.has_claims(kept.id):
                raise NotUnderstood(
                    f"the question {question.slug} has claims in {kept.unit or 'no unit'} and cannot change to {question.unit or 'none'}",
                    fix="give the new unit a question of its own",
                )
        for question in questions:
            self.ledger.change(QUESTION, QUESTION.c.slug == question.slug, **self.question_columns(question))
        self.questions.clear()

    def has_claims(self, question_id: int) -> bool:
        """Whether any claim answers a question."""
        return self.connection.execute(select(CLAIM.c.id).where(CLAIM.c.question_id == question_id).limit(1)).first() is not None

    def apply_actors(self, actors: Sequence[Actor]) -> set[int]:
        """Make actors or bring them to these names; one that an import made under a name of the actor becomes that actor.

        Gives the numbers of those that got another name: what they said and published still goes by the former one (store/renaming.py).
        Raises NotUnderstood when its names belong to more than one kept actor.
        """
        taken: dict[int, str] = {}
        renamed: set[int] = set()
        for actor in actors:
            names = [actor.name, *(alias.name for alias in actor.aliases)]
            owners = {kept.id for name in names if (kept := self.kept_actor(name))}
            named = self.connection.execute(ACTOR_ID, {"slug": actor.slug}).scalar()
            owners |= set() if named is None else {named}
            if len(owners) > 1:
                raise NotUnderstood(f"names of {actor.slug} belong to {len(owners)} actors that are kept already", fix="see: claims actors")
            if not owners:
                self.add_actor(actor)
                continue
            number = owners.pop()
            if number in taken:
                raise NotUnderstood(
                    f"{taken[number]} and {actor.slug} are one actor here, by a merge or a name",
                    fix="make them one in the codebook, too",
                )
            taken[number] = actor.slug
            if self.ledger.change(ACTOR, (ACTOR.c.id == number) & (ACTOR.c.name != actor.name), name=actor.name):
                renamed.add(number)
            self.ledger.change(ACTOR, ACTOR.c.id == number, slug=actor.slug)
            self.add_alias(number, actor.name, language=None)
            for alias in actor.aliases:
                self.add_alias(number, alias.name, language=alias.language)
        self.actors.clear()
        self.offices.clear()
        self.sources.forget()
        self.apply_offices(actors)
        self.speak_for([(actor.slug, actor.speaks_for) for actor in actors])
        return renamed

    def apply_offices(self, actors: Sequence[Actor]) -> None:
        """Bring actors to just the offices that they are given; one that is there already is left as it is."""
        ids = {row.slug: row.id for row in self.connection.execute(select(ACTOR.c.slug, ACTOR.c.id))}
        for actor in actors:
            told = {(office.name, edtf(office.since), edtf(office.until)) for office in actor.offices}
            rows = self.connection.execute(select(OFFICE).where(OFFICE.c.actor_id == ids[actor.slug])).all()
            kept = {(row.name, row.since, row.until): row.id for row in rows}
            for gone in kept.keys() - told:
                self.ledger.remove(OFFICE, OFFICE.c.id == kept[gone])
            for name, since, until in sorted(told - kept.keys(), key=str):
                self.ledger.open(OFFICE, actor_id=ids[actor.slug], name=name, folded=fold(name), since=since, until=until)

    def speak_for(self, pairs: Sequence[tuple[str, str | None]]) -> None:
        """Set for whom actors speak, by slug (``None``: for themselves), and work out every voice anew.

        Raises NotUnderstood when somebody would speak for himself in a circle.
        """
        ids = {row.slug: row.id for row in self.connection.execute(select(ACTOR.c.slug, ACTOR.c.id))}
        for slug, whom in pairs:
            self.ledger.change(ACTOR, ACTOR.c.slug == slug, speaks_for_id=None if whom is None else ids[whom])
        chains = {row.id: row.speaks_for_id for row in self.connection.execute(select(ACTOR.c.id, ACTOR.c.speaks_for_id))}
        for actor in chains:
            voice, seen = actor, {actor}
            while (above := chains[voice]) is not None:
                if above in seen:
                    raise NotUnderstood("an actor speaks for itself in a circle", fix="mend speaks_for in the codebook")
                seen.add(above)
                voice = above
            self.ledger.change(ACTOR, (ACTOR.c.id == actor) & (ACTOR.c.voice_id != voice), voice_id=voice)


def day_of_saying(said_on: When | None, published: When | None, as_of: When | None) -> int | None:
    """The last day on which a claim may have been said, by the best date that is known of it; ``None`` without any."""
    spoken = said_on or published or as_of
    return None if spoken is None else spoken.latest_day
