"""The command that puts candidates to a person: review."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.assess import listing
from claims_cli.cli.app import writing
from claims_cli.cli.options import Settings, command_line, operation_for
from claims_cli.cli.output import say
from claims_cli.cli.selecting import selecting
from claims_cli.core.claim import Review
from claims_cli.core.errors import NotUnderstood, UsageError
from claims_cli.store.reading import reading as opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.intake.review import Desk

KEYS = "a accept  e edit  r reject  s skip  u undo  q quit  ? help"
KEYS_AT_THE_END = "that was the last one: u undo  q quit"
VERDICTS = {"a": Review.ACCEPTED, "r": Review.REJECTED}
HELP = (
    "a  accept it: it is compared with the others from now on",
    "e  edit a field, as in value=~12,000 or claimant=Pentagon or question=SLUG",
    "r  reject it: it does not come again, even if the article is taken in again",
    "s  skip it: it waits for the next review",
    "u  take the last decision or edit back",
    "q  stop; all that was decided is kept",
)
INTERRUPT = "\x03"
ENDS = frozenset({"q", "\x04", ""})  # also Ctrl-D, and the end of a pipe


@writing("review")
@selecting("review")
def review_candidates(
    settings: Settings,
    *,
    selection: listing.Selection,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="Accept all that fit the filters and answer a question.")] = False,
) -> None:
    """Accept, mend or reject candidates one by one, each with its quote in its sentence. What is decided is kept at once.

    Example: claims review --topic troops
    """
    from claims_cli.intake.review import Desk

    with opened(settings.address) as reader:
        numbers = [row["id"] for row in listing.claims_listed(reader, listing.pending(selection))]
    desk = Desk(settings.address, partial(operation_for, command_line()))
    if not numbers:
        say("no candidate waits")
    elif accept_all:
        accepted, left = desk.accept_all(numbers)
        say(f"{accepted} accepted" + (f"; {left} answer no question yet and stay: claims review --topic unlinked" if left else ""))
    elif settings.no_input:
        raise UsageError("review asks a person", fix="leave --no-input out, or give --accept-all")
    else:
        Session(desk, numbers, settings).run()


class Session:
    """One person going through candidates, at a terminal key by key, or with a line for each key."""

    def __init__(self, desk: Desk, numbers: Sequence[int], settings: Settings) -> None:
        self.desk = desk
        self.numbers = numbers
        self.settings = settings
        self.at = 0
        self.decided = 0

    def run(self) -> None:
        """Go through the candidates until the last one, or until the person stops."""
        while self.at < len(self.numbers) or self.desk.done:
            self.show()
            key = pressed()
            if key == INTERRUPT:
                raise KeyboardInterrupt
            if key in ENDS:
                break
            try:
                self.act(key)
            except NotUnderstood as error:
                say(str(error))
        left = len(self.numbers) - self.at
        say(f"{self.decided} decided" + (f", {left} left" if left else ""))

    def show(self) -> None:
        """Put the candidate to the person."""
        from claims_cli.render.candidates import show_card

        if self.at == len(self.numbers):
            self.ask(KEYS_AT_THE_END)
            return
        card = self.desk.card(self.numbers[self.at])
        show_card(f"{self.at + 1} of {len(self.numbers)}", card.number, card.claim, card.sentence, sys.stdout, self.settings.look)
        self.ask(KEYS)

    def ask(self, keys: str) -> None:
        """Name the keys."""
        sys.stdout.write(f"[{keys}] ")
        sys.stdout.flush()

    def act(self, key: str) -> None:
        """Do what a key asks for."""
        sys.stdout.write("\n")
        if key == "?":
            for told in HELP:
                say(told)
            return
        if self.at == len(self.numbers) and key != "u":
            raise NotUnderstood(f"{key!r} is no key here", fix=KEYS_AT_THE_END)
        if key in VERDICTS:
            self.desk.decide(self.numbers[self.at], VERDICTS[key])
            self.decided += 1
            self.at += 1
        elif key == "e":
            say(f"fields: {', '.join(self.desk.fields)}")
            field, _, text = line("field=value: ").partition("=")
            self.desk.edit(self.numbers[self.at], field.strip(), text)
        elif key == "s":
            self.at += 1
        elif key == "u":
            self.undo()
        else:
            raise NotUnderstood("Enter is no key" if key in {"\r", "\n"} else f"{key!r} is no key", fix=KEYS)

    def undo(self) -> None:
        """Take the last decision or edit back and go to its candidate."""
        number = self.desk.undo()
        if number is None:
            raise NotUnderstood("nothing was decided yet")
        self.at = self.numbers.index(number)
        self.decided = max(0, self.decided - 1)


def pressed() -> str:
    """The key that a person presses; off a terminal the first letter of a line. Empty at the end of the input."""
    if sys.stdin.isatty():
        try:
            return str(typer.getchar()).lower()
        except KeyboardInterrupt:
            return INTERRUPT
        except EOFError:
            return ""
    return sys.stdin.readline().strip()[:1].lower()


def line(prompt: str) -> str:
    """A line that a person writes."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    return sys.stdin.readline().strip()
