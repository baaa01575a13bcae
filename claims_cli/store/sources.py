"""Sources within one operation, found by their content address or made new, many at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from claims_cli.core.errors import NotUnderstood
from claims_cli.store.inserting import select_among
from claims_cli.store.models import SourceOriginalRow, SourceRow, SourceTextRow
from claims_cli.store.purged import purged_sources
from claims_cli.store.rows import bytes_hash, edtf, source_uid, text_hash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table

    from claims_cli.core.claim import Source
    from claims_cli.store.recording import KeptActor, Recorder

# SQLModel adds __table__ without telling the type checker.
SOURCE: Table = SourceRow.__table__  # type: ignore[attr-defined]
SOURCE_TEXT: Table = SourceTextRow.__table__  # type: ignore[attr-defined]
SOURCE_ORIGINAL: Table = SourceOriginalRow.__table__  # type: ignore[attr-defined]

MOST_MET = 5000  # sources remembered as they were given, some of them with their text


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A source as it is kept, or will be once it is written; ``text_hash`` is ``None`` where only its particulars are known."""

    id: int
    uid: str
    text_hash: str | None


class Sources:
    """The sources that one recorder refers to.

    A new one is given its number at once, and is written with others: row by row, an import would mostly wait for them.
    """

    def __init__(self, recorder: Recorder) -> None:
        """``recorder`` is asked for publishers, and told what is made."""
        self.recorder = recorder
        self.ledger = recorder.ledger
        self.connection = recorder.connection
        self.met: dict[Source, KeptSource] = {}
        self.uids: dict[Source, str] = {}
        self.found: dict[str, KeptSource | None] = {}
        self.purged = purged_sources(self.connection)

    def look_up(self, sources: Iterable[Source]) -> None:
        """Ask which of some sources are kept, all in one query; those met before are forgotten, so that memory does not grow."""
        self.ledger.write()
        self.forget()
        for source in {id(source): source for source in sources}.values():
            publisher = None if source.publisher is None else self.recorder.kept_actor(source.publisher)
            uid = source_uid(source, publisher=source.publisher if publisher is None else publisher.name)
            self.found[uid] = None
            if publisher is not None:  # else he may go by the name of an office, and be told apart only when he is needed
                self.uids[source] = uid
        rows = select_among(self.connection, "SELECT id, uid, text_hash FROM source WHERE uid IN", list(self.found))
        self.found.update((row.uid, KeptSource(row.id, row.uid, row.text_hash)) for row in rows)

    def forget(self) -> None:
        """Remember nothing of the sources met, as when actors get other names."""
        self.met.clear()
        self.uids.clear()
        self.found.clear()

    def kept(self, source: Source) -> KeptSource:
        """A source as kept; a new one is written later. Raises NotUnderstood when another text is kept under the same particulars."""
        known = self.met.get(source)
        if known is None:
            publisher = None if source.publisher is None else self.recorder.actor(source.publisher)
            uid = self.uids.get(source) or source_uid(source, publisher=None if publisher is None else publisher.name)
            known = self.was_purged(source, uid) or self.of_uid(uid)
            known = self.new(source, uid, publisher) if known is None else self.with_text(source, known)
            if len(self.met) >= MOST_MET:
                self.met.clear()
            self.met[source] = known
            self.found[uid] = known
        return known

    def was_purged(self, source: Source, uid: str) -> KeptSource | None:
        """The purged source that this document is, by its particulars or its text; ``None`` when it is another."""
        if not self.purged or source.uid is not None:
            return None
        found = self.purged.get(uid) or self.purged.get(text_hash(source.text) or "")
        return None if found is None else KeptSource(found.id, found.uid, text_hash(source.text) or found.text_hash)

    def is_purged(self, source: Source) -> bool:
        """Whether a document is one that was purged, whose words must not come back."""
        if not self.purged or source.uid is not None:
            return False
        publisher = None if source.publisher is None else self.recorder.kept_actor(source.publisher)
        return self.was_purged(source, source_uid(source, publisher=source.publisher if publisher is None else publisher.name)) is not None

    def of_uid(self, uid: str) -> KeptSource | None:
        """The source of a content address, ``None`` when there is none."""
        if uid not in self.found:
            row = self.connection.execute(select(SOURCE.c.id, SOURCE.c.uid, SOURCE.c.text_hash).where(SOURCE.c.uid == uid)).first()
            self.found[uid] = None if row is None else KeptSource(*row)
        return self.found[uid]

    def new(self, source: Source, uid: str, publisher: KeptActor | None) -> KeptSource:
        """A new source, with its text where that is given."""
        published = source.published_on
        made = KeptSource(self.ledger.next_id(SOURCE), uid, text_hash(source.text))
        self.ledger.open_later(
            SOURCE,
            id=made.id,
            uid=uid,
            publisher_id=None if publisher is None else publisher.id,
            title=source.title,
            url=source.url,
            language=source.language,
            published_on=edtf(published),
            published_from=None if published is None else published.earliest_day,
            published_to=None if published is None else published.latest_day,
            text_hash=made.text_hash,
            encoding=source.encoding,
            bytes_hash=bytes_hash(source),
        )
        self.recorder.tally.note("source", source.title or source.url or source.publisher or "one of which nothing is told")
        self.keep_text(made.id, source)
        return made

    def with_text(self, source: Source, known: KeptSource) -> KeptSource:
        """A source that is kept already: a text that was missing is added, another text refused."""
        told = text_hash(source.text)
        if told is None or told == known.text_hash:
            return known
        if known.text_hash is not None:
            raise NotUnderstood(
                f"another text is kept already for {source.title or source.url!r}", fix="give the changed document a title of its own"
            )
        self.give_text(known.id, source)
        return KeptSource(known.id, known.uid, told)

    def give_text(self, number: int, source: Source) -> None:
        """Let a source that is kept without a text have the text of another."""
        told = {"text_hash": text_hash(source.text), "encoding": source.encoding, "bytes_hash": bytes_hash(source)}
        self.ledger.change(SOURCE, SOURCE.c.id == number, **told)
        self.keep_text(number, source)

    def keep_text(self, number: int, source: Source) -> None:
        """The text of a source, as it is, and the bytes that it came in where they are others."""
        if source.text is not None:
            self.ledger.open_later(SOURCE_TEXT, source_id=number, text=source.text)
        if source.original is not None:
            self.ledger.open_later(SOURCE_ORIGINAL, source_id=number, bytes=source.original)
