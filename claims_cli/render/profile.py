"""A support profile for a person: the ranges, what hangs on whom, and what the usual policies would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims_cli.render.screen import counted, figure, origins_told, show_lines, show_table, standing_told, width_of
from claims_cli.render.shapes import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TextIO

    from claims_cli.render.shapes import Look

ANSWERS = {"latest": "latest", "median": "median", "majority": "majority", "most_reliable": "most reliable"}
BESIDE = {"forecasts": "Forecasts", "denials": "Denials", "stale": "No longer current", "other_periods": "Other periods"}


def show_profile(profile: Mapping[str, Any], stream: TextIO, look: Look) -> None:
    """Write a profile in words."""
    lines = [
        (f"{profile['question']}  {profile['text']}", "bold"),
        (f"{day_told(profile['on'])}: {origins_told(profile['reports'], profile['origins'])}", ""),
        (verdict(profile), "bold"),
    ]
    lines += [(line, "") for line in ranges_told(profile["ranges"])]
    lines += [(line, "") for line in dependence(profile["leave_one_out"])]
    if profile["ranges"]:
        answers = (f"{name}: {figure(profile['simple_answers'][key]) or 'none'}" for key, name in ANSWERS.items())
        lines.append((f"Simple rules would answer  {'; '.join(answers)}", ""))
    lines += [(f"Derived from {one['question']}: {told(one)}", "") for one in profile["derived"]]
    lines += imbalances_told(profile["arithmetic"])
    lines += [(f"Conflict {standing_told(one)}", "") for one in profile["conflicts"]]
    lines += [(f"{heading}: {told(one)}", "") for key, heading in BESIDE.items() for one in profile[key]]
    show_lines(lines, stream, look)
    if profile["records"]:
        stream.write("\n")
        show_table(profile["records"], RECORDS, stream, look)


def imbalances_told(found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """What does not add up, a line each, with what would explain it."""
    for one in found:
        yield f"Does not add up: {one['explanation']}.", "red"
        yield from ((f"  {remark}", "") for remark in one["remarks"])


def day_told(day: str | None) -> str:
    """The day of a profile."""
    return "no day is known" if day is None else f"on {day}"


def verdict(profile: Mapping[str, Any]) -> str:
    """What the profile comes to, in a sentence."""
    ranges = profile["ranges"]
    if not ranges:
        return "No evidence: no figure stands on that day."
    if profile["state"] == "agreed":
        return "All agree." if profile["origins"] > 1 else "A single origin: nothing to compare it with."
    parts = " and ".join(f"{one['origins']} of {one['of']} support {figure(one['value'])}" for one in ranges)
    number = {1: "One", 2: "Two", 3: "Three", 4: "Four"}.get(len(ranges), str(len(ranges)))
    return f"{number} {'maximum' if len(ranges) == 1 else 'maxima'}: {parts}. Do not average them."


def ranges_told(ranges: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The ranges in columns: what, how many reports of how many origins, whose."""
    whats = [figure(one["value"]) for one in ranges]
    support = [f"{counted(one['reports'], 'report')}, {one['origins']} of {counted(one['of'], 'origin')}" for one in ranges]
    wide, wider = max(map(width_of, whats), default=0), max(map(len, support), default=0)
    for what, supported, one in zip(whats, support, ranges, strict=True):
        claims = ", ".join(f"#{claim}" for claim in one["claims"])
        yield f"  {what}{' ' * (wide - width_of(what))}  {supported:{wider}}  {', '.join(one['claimants'])} ({claims})"


def dependence(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Whom the answer hangs on."""
    if len(rows) < 2:  # noqa: PLR2004  of a single origin nothing is left
        return
    deciding = [one for one in rows if one["decides"]]
    for one in deciding:
        answers = " or ".join(figure(answer) for answer in one["answers"]) or "nothing"
        yield f"Without {one['without']} the widest support would be for {answers}."
    if not deciding:
        yield "No single origin decides it."


def told(one: Mapping[str, Any]) -> str:
    """A claim in a line."""
    return " ".join(filter(None, (one["claimant"], figure(one["value"]), f"({one['as_of']}, #{one['claim']})")))
