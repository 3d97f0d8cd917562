"""The text of a link taken apart: one reader for the address bar, a story's steps, a file and the
command line.

What the fields mean is :mod:`provision.links.query`'s to say, and
:mod:`provision.links.scenario_text`'s."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

MAX_LENGTH = 8_000  # characters, once decoded
VIEW_FIELDS = (
    "on",
    "services",
    "need",
    "area",
    "view",
    "theme",
    "themes",
    "partner",
    "stage",
    "find",
    "best",
    "panel",
    "figure",
    "size",
    "b",
    "c",
    "d",
)
LONGEST_ADDRESS = 10_000
_ENCODED = 3 * MAX_LENGTH  # each of them may be written as three


@dataclass(frozen=True)
class Link:
    """The last part of the path (empty where there is none), the fields of the query string, and
    the part of the page."""

    page: str
    fields: dict[str, str]
    part: str


def read(text: str) -> Link:
    """Take apart an address, whole or from its page on, or a query string alone. Raises ValueError
    where it is too long to be one of ours.

    >>> read("http://localhost:8501/gaps?on=2020-04-01#calendar")
    Link(page='gaps', fields={'on': '2020-04-01'}, part='calendar')
    >>> read("on=2020-04-01&find=a%3Fb")
    Link(page='', fields={'on': '2020-04-01', 'find': 'a?b'}, part='')
    >>> read("http://localhost:8501/?on=2020-04-01")
    Link(page='', fields={'on': '2020-04-01'}, part='')
    """
    if len(text) > _ENCODED:
        raise ValueError(f"it is longer than {MAX_LENGTH:,} characters")
    address, _, part = text.partition("#")
    head, _, tail = address.partition("?")
    path, query = ("", address) if "=" in head else (head, tail)
    whole, _, rest = path.strip().partition("://")
    path = rest.partition("/")[2] if rest else whole  # a host is no page
    return Link(
        path.strip("/").rpartition("/")[2], dict(parse_qsl(query, keep_blank_values=True)), part
    )


def web_address(text: str) -> str:
    """An address that a page, or whoever runs the explorer, says it has, if it is one of the web;
    else an empty text.

    >>> web_address("https://gaps.example.org/gaps"), web_address("file:///etc/hosts")
    ('https://gaps.example.org/gaps', '')
    """
    if len(text) > LONGEST_ADDRESS or not text.isprintable() or set(text) & set(" <>\"'"):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname else ""
