"""The filters of ``list``, for each command that takes a selection of claims."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any, get_type_hints

import typer

from claims_cli.assess.listing import Selection
from claims_cli.core.claim import Modality, Review, Stance
from claims_cli.core.errors import NotUnderstood, UsageError
from claims_cli.core.naming import number_in
from claims_cli.core.notation import parse_figure
from claims_cli.core.policy import PolicyName
from claims_cli.core.value import Hedge

Topic = Annotated[str | None, typer.Option("--topic", "-t", metavar="SLUG", help="Only this topic.", show_default=False)]
Question = Annotated[str | None, typer.Option("--question", "-q", metavar="SLUG", help="Only this question.", show_default=False)]


PolicyOption = Annotated[PolicyName, typer.Option("--policy", help="How wide figures are taken.")]


def text_option(name: str, metavar: str, about: str) -> Any:  # noqa: ANN401  typer declares it so
    """An option that takes a text and has no default."""
    return typer.Option(f"--{name}", metavar=metavar, help=about, show_default=False)


FILTERS: dict[str, Any] = {
    "topic": Topic,
    "question": Question,
    "claimant": Annotated[str | None, text_option("claimant", "NAME", "Claims of this actor, by any of its names.")],
    "source": Annotated[str | None, text_option("source", "ID|PUBLISHER", "Claims found in this source, or by this publisher.")],
    "place": Annotated[str | None, text_option("place", "PLACE", "Claims about this place.")],
    "since": Annotated[str | None, text_option("since", "DATE", "About this day or later.")],
    "until": Annotated[str | None, text_option("until", "DATE", "About this day or earlier.")],
    "stance": Annotated[Stance | None, typer.Option("--stance", help="Only this stance.", show_default=False)],
    "modality": Annotated[Modality | None, typer.Option("--modality", help="Only this modality.", show_default=False)],
    "min": Annotated[str | None, text_option("min", "NUMBER", "Figures that reach this value.")],
    "max": Annotated[str | None, text_option("max", "NUMBER", "Figures that begin at this value or below.")],
    "search": Annotated[str | None, text_option("search", "WORDS", "All these words in quote, names, question, title or note.")],
    "review": Annotated[Review | None, typer.Option("--review", help="Only claims in this state.", show_default=False)],
    "ref": Annotated[str | None, text_option("ref", "KEY", "The claim with this key of your own.")],
}


def selecting(*left_out: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the filters as options, but for those left out; its parameter ``selection`` takes what they say."""
    filters = {name: hint for name, hint in FILTERS.items() if name not in left_out}

    def with_filters(command: Callable[..., None]) -> Callable[..., None]:
        def called(*settings: object, **given: Any) -> None:  # noqa: ANN401  whatever the options of the command are
            chosen = {name: given.pop(name) for name in filters}
            for name in ("min", "max"):
                chosen[name] = decimal_in(name, chosen.get(name))
            command(*settings, selection=Selection(**chosen), **given)

        hints = get_type_hints(command, include_extras=True)
        own = [one for one in inspect.signature(command).parameters.values() if one.name != "selection"]
        added = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint) for name, hint in filters.items()]
        called.__name__, called.__doc__ = command.__name__, command.__doc__
        vars(called)["__signature__"] = inspect.Signature([*own[:1], *added, *own[1:]])
        called.__annotations__ = {**{name: hint for name, hint in hints.items() if name != "selection"}, **filters}
        return called

    return with_filters


def fields_given(changes: Sequence[str]) -> dict[str, str]:
    """Fields and their values, from FIELD=VALUE. Raises UsageError for anything else."""
    told = {}
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals or not field.strip():
            raise UsageError(f"{change!r} is not FIELD=VALUE", fix='write, for example, "value=>10,000" or as_of=2024-11-07')
        told[field.strip().replace("-", "_")] = value
    return told


def number_given(what: str, text: str) -> int:
    """The number of a source or operation. Raises UsageError."""
    number = number_in(text)
    if number is None:
        raise UsageError(
            f"{text!r} is not the number of {'an' if what == 'operation' else 'a'} {what}",
            fix=f"see: claims {'history' if what == 'operation' else what + 's'}",
        )
    return number


def decimal_in(name: str, text: str | None) -> Decimal | None:
    """An option's number, in the value mini-language. Raises NotUnderstood for what is no single number."""
    if text is None:
        return None
    try:
        figure = parse_figure(text)
    except NotUnderstood as error:
        raise NotUnderstood(f"--{name} {text!r} is not a number: {error.what}", fix="write digits, for example 10000") from None
    if figure.hedge is not Hedge.EXACT:
        raise NotUnderstood(f"--{name} {text!r} is not a single number", fix="write digits, for example 10000")
    return figure.low
