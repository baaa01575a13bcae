"""Statements in a line, for tests: a figure, a day, and what differs from the usual."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from claims_cli.core.amount import is_counted
from claims_cli.core.claim import Kind, Modality, Stance
from claims_cli.core.notation import parse_figure
from claims_cli.core.policy import HOUSE
from claims_cli.core.statement import Statement, end_each, last_standing_day
from claims_cli.core.when import parse_when
from claims_cli.store.rows import publication_of

CUMULATIVE: dict[str, Any] = {"kind": Kind.CUMULATIVE}
FLOW: dict[str, Any] = {"kind": Kind.FLOW}
FACT: dict[str, Any] = {"kind": Kind.FIXED, "unit": None}

numbers = count(1)


def said(  # noqa: PLR0913  a statement has many facts, most of them usual
    value: str | None,
    as_of: str | None,
    *,
    said_on: str | None = None,
    published: str | None = None,
    until: str | None = None,
    voice: int = 1,
    source: int = 1,
    claimant: str = "Someone",
    question: str = "how-many",
    whole: str | None = None,
    kind: Kind = Kind.LEVEL,
    unit: str | None = "soldier",
    stance: Stance = Stance.ASSERTS,
    modality: Modality = Modality.OBSERVED,
    currency: int = 3,
) -> Statement:
    """A statement that stands alone: until its kind ends it, or until the day given."""
    about = None if as_of is None else parse_when(as_of)
    day_from, day = (None, None) if about is None else (about.earliest_day, about.latest_day)
    said_day = day if said_on is None else parse_when(said_on).latest_day
    horizon = day if modality is Modality.FORECAST and day is not None and said_day is not None and day > said_day else None
    last = None
    if day is not None and day_from is not None:
        facts: dict[str, Any] = {"day_from": day_from, "day": day, "currency": currency, "horizon": horizon}
        last = last_standing_day(kind, modality, **facts, next_day=None, replaced_same_day=False)
    figure = None if value is None else parse_figure(value)
    out = None if published is None else parse_when(published)
    return Statement(
        id=next(numbers),
        ref=None,
        question=question,
        whole=whole,
        kind=kind,
        unit=unit,
        voice=voice,
        claimant=claimant,
        source=source,
        figure=figure,
        interval=None if figure is None else HOUSE.interval_of(figure, counted=is_counted(unit)),
        stance=stance,
        modality=modality,
        day_from=day_from,
        day=day,
        said_day=said_day,
        until=last if until is None else parse_when(until).latest_day,
        horizon=horizon,
        published=None if published is None else publication_of(published, None if out is None else out.latest_day),
    )


def standing_together(statements: list[Statement]) -> list[Statement]:
    """The same statements, each ended by its voice's next one, as the database does it."""
    ended = [replace(one, until=None) for one in statements]
    end_each(ended, 3)
    return ended
