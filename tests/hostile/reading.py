"""How the programs read that answers are made for: whether something of the data is live in them."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
OF_TABLES = {"table", "thead", "tbody", "tr", "th", "td", "p"}
BARE_ADDRESS = re.compile(r"(?i)https?://|\bwww\.|[\w.+-]+@[\w-]+\.\w")


def live_cells(text: str, delimiter: str) -> list[str]:
    """The cells that a spreadsheet takes for formulas when it splits a file in this way."""
    csv.field_size_limit(10_000_000)
    cells = (cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row)
    return [cell for cell in cells if cell.lstrip().startswith(SIGNS) and not NUMBER.fullmatch(cell)]


class Elements(HTMLParser):
    """The elements of a page, and the attributes that do something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.doing: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.doing |= {name for name, _ in attrs if name.startswith("on") or name in {"src", "href", "style", "srcdoc"}}

    def handle_data(self, data: str) -> None:
        self.words += data


def live_in_markdown(text: str) -> set[str]:
    """What a Markdown table makes besides a table: elements, attributes, and addresses that become links by themselves."""
    from markdown_it import MarkdownIt  # which comes with rich

    page = Elements()
    page.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    return (page.found - OF_TABLES) | page.doing | set(BARE_ADDRESS.findall(text))
