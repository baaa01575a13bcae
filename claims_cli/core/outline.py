"""The outline of a pair: the few facts of two claims by which most rules about them are settled beforehand, for all pairs alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Never, cast

from claims_cli.core.pair import Pair

if TYPE_CHECKING:
    from claims_cli.core.claim import Kind, Modality, Stance
    from claims_cli.core.statement import Statement


class Outline(NamedTuple):
    """Of the earlier claim, the later one, and both."""

    kind: Kind
    stance: Stance
    modality: Modality
    has_figure: bool
    later_kind: Kind
    later_stance: Stance
    later_modality: Modality
    later_has_figure: bool
    figures_meet: bool
    one_voice: bool
    one_question: bool
    part_of_none: bool


class NotInOutline(Exception):
    """What was asked of a sketch depends on more than its outline."""


class Unknown:
    """Something of which nothing is known but that it is there."""

    def __getattr__(self, name: str) -> Never:
        """Nothing of it is known."""
        raise NotInOutline(name)


@dataclass
class Sketch(Unknown):
    """A claim of which only these facts are known."""

    kind: Kind
    stance: Stance
    modality: Modality
    interval: Unknown | None
    voice: int
    question: str


class SketchOfAWhole(Sketch):
    """A sketch of which it is known, too, that its question is no part of another."""

    whole = None


def outline_of(pair: Pair) -> Outline:
    """The outline of a pair."""
    one, other = pair.earlier, pair.later
    return Outline(
        one.kind,
        one.stance,
        one.modality,
        one.interval is not None,
        other.kind,
        other.stance,
        other.modality,
        other.interval is not None,
        pair.figures_meet,
        pair.same_voice,
        one.question == other.question,
        one.whole is None and other.whole is None,
    )


def sketch_of(outline: Outline) -> Pair:
    """A pair that answers what is told by its outline, and raises NotInOutline when anything else is asked of it."""
    make = SketchOfAWhole if outline.part_of_none else Sketch
    earlier = make(outline.kind, outline.stance, outline.modality, None, 0, "")
    later = make(
        outline.later_kind,
        outline.later_stance,
        outline.later_modality,
        None,
        0 if outline.one_voice else 1,
        "" if outline.one_question else "other",
    )
    pair = Pair(cast("Statement", earlier), cast("Statement", later))
    pair.figures_meet = outline.figures_meet
    earlier.interval = Unknown() if outline.has_figure else None
    later.interval = Unknown() if outline.later_has_figure else None
    return pair
