"""Renaming actors: what they said and published goes by their new names, so that it is known again when it comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_cli.store.merging import Merged, claims_of, forget, renew, republish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims_cli.store.recording import Recorder


def go_by_new_names(recorder: Recorder, actors: Iterable[int]) -> Merged:
    """Bring sources and claims of actors, by number, to the names that these have now.

    Sources and claims that were kept once for each name become one. Raises NotUnderstood where the texts of such sources differ.
    """
    merged = Merged()
    renamed = sorted(actors)
    forget(recorder)
    touched = {number for actor in renamed for number in claims_of(recorder, actor)}
    for actor in renamed:
        touched |= republish(recorder, actor, actor, merged)
    renew(recorder, sorted(touched), merged)
    return merged
