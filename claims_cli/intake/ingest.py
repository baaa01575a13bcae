"""Ingesting: documents into sources and candidate claims, each linked to a question and to actors where that is sure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.core.claim import Claim, Modality, Quote, Review
from claims_cli.core.errors import ClaimsError, NotFound, NotUnderstood
from claims_cli.core.folding import fold
from claims_cli.core.when import parse_when
from claims_cli.extract.dates import published_inferred
from claims_cli.extract.pack import languages, pack_of
from claims_cli.extract.pipeline import Reading
from claims_cli.intake.codebook import codebook_kept
from claims_cli.intake.documents import CONTEXT, PAGES, Document, read_document
from claims_cli.intake.extraction import publication_day
from claims_cli.intake.linking import Linked, NameLinker, QuestionLinker, context_of, proposed
from claims_cli.intake.web import fetched, is_address
from claims_cli.store.database import writing
from claims_cli.store.reading import reading
from claims_cli.store.recording import Recorder
from claims_cli.store.revising import reject_undated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from claims_cli.core.claim import Candidate, Operation, Source
    from claims_cli.core.when import When
    from claims_cli.intake.codebook import Codebook
    from claims_cli.store.database import Address
    from claims_cli.store.recording import Tally

Progress: TypeAlias = "Callable[[int, int], None]"  # documents read, documents in all

TEXTS = frozenset({".md", ".txt", *PAGES})
NOBODY = "unknown publisher"
AGAIN = "its article was taken in again, with its date of publication"
ENOUGH_FOR_CORES = 8  # documents, below which starting other processes takes longer than they save
INFERRED = "?"


@dataclass(frozen=True, slots=True)
class Told:
    """What the command says of the documents, where they do not say it themselves; ``None``: nothing.

    ``accept``: take the linked candidates for accepted, without review. ``private``: fetch from one's own network too.
    """

    published_on: When | None = None
    publisher: str | None = None
    language: str | None = None
    encoding: str | None = None
    accept: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a document holds: its source, and its candidates, each with the sentence before it in its paragraph.

    ``doubt`` is about how its letters were read; ``None``: there is none.
    """

    name: str
    source: Source
    language: str
    candidates: tuple[tuple[Candidate, str], ...] = ()
    notices: tuple[str, ...] = ()
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be taken in, and why."""

    name: str
    error: ClaimsError


@dataclass(slots=True)
class Ingested:
    """What came of an ingest: the tally, how many of the candidates are linked to a question, and the documents that failed."""

    tally: Tally
    documents: int = 0
    linked: int = 0
    unlinked: int = 0
    failures: list[Failure] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def ingest(names: Sequence[str], told: Told, address: Address, operation: Operation, progress: Progress) -> Ingested:
    """Keep the sources and candidates of files, folders and web addresses, in one operation; what is kept already changes nothing.

    A document that cannot be read is passed over and told in the answer.
    Raises NotFound when none of the names is a file or a folder with texts, and what opening the database raises.
    """
    documents, missing = [], []
    for name in names:
        try:
            documents += documents_in(name)
        except NotFound as error:
            missing.append(Failure(name, error))
    if not documents and missing:
        raise missing[0].error
    with reading(address) as reader:
        codebook = codebook_kept(reader)
    found = list(read_all(documents, told, progress))
    with writing(address, operation) as ledger:
        intake = Intake(codebook, Recorder(ledger), accept=told.accept)
        intake.result.failures += missing
        links = [one for name in names if not is_address(name) for one in texts_of(Path(name)) if one.is_symlink()]
        intake.result.notices += [f"{link}: a link, passed over; name it to take it in" for link in links]
        for one in found:
            failure = one if isinstance(one, Failure) else intake.kept(one)
            if failure is not None:
                intake.result.failures.append(failure)
    return intake.result


def documents_in(name: str) -> list[str]:
    """The documents that a name means: itself, or all texts and pages of a folder and the folders in it. Raises NotFound.

    Links in a folder are passed over: it may come from somebody else, and they may lead anywhere.
    """
    if is_address(name):
        return [name]
    path = Path(name)
    if path.is_dir():
        found = [str(one) for one in texts_of(path) if not one.is_symlink()]
        if not found:
            raise NotFound(f"there is nothing to read in {name}", fix=f"files that end in {', '.join(sorted(TEXTS))} are read")
        return found
    if not path.exists():
        raise NotFound(f"there is no file or folder {name}")
    return [name]


def texts_of(folder: Path) -> list[Path]:
    """The texts and pages in a folder and the folders in it, links among them, in order."""
    return sorted(one for one in folder.rglob("*") if one.suffix.lower() in TEXTS and one.is_file())


def read_all(documents: Sequence[str], told: Told, progress: Progress) -> Iterator[Found | Failure]:
    """What the documents hold, in order; many of them are read on all cores."""
    work = partial(found_in_document, told=told)
    if len(documents) < ENOUGH_FOR_CORES:
        for count, name in enumerate(documents, start=1):
            yield work(name)
            progress(count, len(documents))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a fork would take open connections along.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as cores:
        for count, one in enumerate(cores.map(work, documents, chunksize=4), start=1):
            yield one
            progress(count, len(documents))


def found_in_document(name: str, told: Told) -> Found | Failure:
    """What one document holds, or why it could not be read."""
    try:
        return found_in(name, document_at(name, told) if is_address(name) else read_document(Path(name), told.encoding), told)
    except ClaimsError as error:
        return Failure(name, error)


def document_at(url: str, told: Told) -> Document:
    """The document at an address of the web."""
    source, notice = fetched(url, private=told.private)
    return Document(source, () if notice is None else (notice,))


def found_in(name: str, document: Document, told: Told) -> Found:
    """The candidates of a document. Its own particulars come first, then those told, then what the text lets infer, marked as such."""
    source = replace(
        document.source,
        publisher=document.source.publisher or told.publisher,
        language=document.source.language or told.language,
        published_on=document.source.published_on or told.published_on,
        title=document.source.title or title_from(name),
    )
    if source.publisher is not None and not fold(source.publisher):
        raise NotUnderstood(f"its publisher {source.publisher!r} is not a name", fix="write a name with at least one letter or digit")
    notices = list(document.notices)
    text = Reading(source.text or "", source.language, publication_day(source))
    if source.published_on is None:
        day = published_inferred(text.sentences(), text.pack)
        if day is None:
            notices.append("its date of publication is not known: relative dates stay open; give --published")
        else:
            source = replace(source, published_on=parse_when(f"{day.isoformat()}{INFERRED}"))
            notices.append(f"its date of publication is inferred from the text: {day.isoformat()}")
            text = Reading(source.text or "", source.language, day)
    credit = text.credit()
    candidates = [
        candidate if candidate.relay or credit is None else replace(candidate, relay=(credit,)) for candidate in text.candidates()
    ]
    before = text.sentences_before({candidate.sentence_start for candidate in candidates})
    pairs = tuple((candidate, before[candidate.sentence_start]) for candidate in candidates)
    return Found(name, replace(source, language=text.pack.code), text.pack.code, pairs, tuple(notices), "; ".join(document.notices) or None)


def title_from(name: str) -> str:
    """A title for a document that has none: the name of its file, with U+FFFD for bytes in it that are no text."""
    return Path(name).stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Intake:
    """Documents on their way into the database."""

    def __init__(self, codebook: Codebook, recorder: Recorder, *, accept: bool) -> None:
        packs = {code: pack_of(code) for code in languages()}
        self.questions = {code: QuestionLinker(codebook.questions, pack) for code, pack in packs.items()}
        self.actors = NameLinker(codebook.actors, packs.values())
        self.recorder = recorder
        self.accept = accept
        self.result = Ingested(recorder.tally)

    def kept(self, found: Found) -> Failure | None:
        """Keep a document; why it cannot be kept, if so, which must not keep out the others."""
        publisher = found.source.publisher
        source = found.source if publisher is None else replace(found.source, publisher=self.actors.link(publisher)[0].name)
        try:
            known = self.recorder.quoted(self.recorder.source(source))
        except NotUnderstood as error:
            return Failure(found.name, error)
        self.keep(found, source, known)
        return None

    def keep(self, found: Found, source: Source, known: set[tuple[int | None, int | None]]) -> None:
        """Keep each candidate of a source, but for those made before, whatever came of them."""
        self.result.documents += 1
        self.result.notices += [f"{found.name}: {notice}" for notice in found.notices]
        if self.recorder.sources.is_purged(source):
            self.result.notices.append(f"{found.name}: this source was purged, and is passed over")
            return
        if source.published_on is not None and source.text is not None:
            undated = reject_undated(self.recorder, source.text, AGAIN)
            if undated:
                self.result.notices.append(f"{found.name}: the {undated} candidates taken from it before, without a date, are rejected")
        fresh = [(candidate, before) for candidate, before in found.candidates if (candidate.start, candidate.end) not in known]
        self.recorder.tally.known += len(found.candidates) - len(fresh)
        self.recorder.add_claims([claim for candidate, before in fresh for claim in self.claims(candidate, before, source, found)])

    def claims(self, candidate: Candidate, before: str, source: Source, found: Found) -> list[Claim]:
        """The claims of a candidate: one for each who makes it."""
        text = source.text or ""
        link = self.questions[found.language].link(candidate, context_of(candidate, text, before))
        speakers = [Linked(source.publisher or NOBODY, "claimant: the publisher")]
        if candidate.claimant is not None:
            spoken = candidate.said_on or source.published_on
            speakers = self.actors.link(candidate.claimant, None if spoken is None else spoken.latest_day)
        as_of, doubt = as_of_kept(candidate, source)
        claim = Claim(
            question=self.question(candidate, link.question),
            claimant=NOBODY,
            source=source,
            figure=candidate.figure,
            stance=candidate.stance,
            modality=candidate.modality,
            as_of=as_of,
            said_on=candidate.said_on,
            quote=quote_of(candidate, text),
            value_text=candidate.value_text,
            relay=tuple(linked.name for name in candidate.relay for linked in self.actors.link(name)),
            place=candidate.place,
            review=Review.ACCEPTED if self.accept and link.question is not None else Review.CANDIDATE,
        )
        return [
            replace(claim, claimant=speaker.name, note="; ".join(filter(None, (link.reason, speaker.reason, doubt, found.doubt))))
            for speaker in speakers
        ]

    def question(self, candidate: Candidate, linked: str | None) -> str:
        """The slug of the question, made where the candidate answers none that is kept."""
        if linked is not None:
            self.result.linked += 1
            return linked
        self.result.unlinked += 1
        return self.recorder.question(proposed(candidate)).slug


def quote_of(candidate: Candidate, text: str) -> Quote:
    """The words of a candidate, with those around them."""
    start, end = candidate.start, candidate.end
    return Quote(candidate.quote, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def as_of_kept(candidate: Candidate, source: Source) -> tuple[When | None, str | None]:
    """The date that a candidate is about, and a doubt: an observation cannot be of a day after its publication."""
    as_of, published = candidate.as_of, source.published_on
    if candidate.modality is not Modality.OBSERVED or as_of is None or published is None:
        return as_of, None
    if as_of.earliest_day is not None and published.latest_day is not None and as_of.earliest_day > published.latest_day:
        return None, f"its date {as_of.text} is after the publication and was left out"
    return as_of, None
