"""The text of a link taken apart: one reader for the address bar, a story's steps, a file and the
command line.

What the fields mean is :mod:`provision.links.query`'s to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

MAX_LENGTH = 8_000  # characters, once decoded
LONGEST_ADDRESS = 10_000
_ENCODED = 3 * MAX_LENGTH  # each of them may be written as three


@dataclass(frozen=True)
class Address:
    """``page`` is the last part of the path, empty where there is none; ``fields`` are those of
    the query string, decoded; ``anchor`` is a place on the page. ``repeated`` are the fields that
    are given more than once, of which the last is taken."""

    page: str
    fields: dict[str, str]
    anchor: str
    repeated: tuple[str, ...] = field(default=(), repr=False)


def read_address(text: str) -> Address:
    """Take an address apart.

    Parameters
    ----------
    text
        The address, whole or from its page on, or a query string alone.

    Returns
    -------
    Address
        Its parts.

    Raises
    ------
    ValueError
        Where it is too long to be one of ours.

    Examples
    --------
    >>> read_address("http://localhost:8501/gaps?on=2020-04-01#calendar")
    Address(page='gaps', fields={'on': '2020-04-01'}, anchor='calendar')
    >>> read_address("on=2020-04-01&find=a%3Fb")
    Address(page='', fields={'on': '2020-04-01', 'find': 'a?b'}, anchor='')
    >>> read_address("http://localhost:8501/?on=2020-04-01")
    Address(page='', fields={'on': '2020-04-01'}, anchor='')
    """
    if len(text) > _ENCODED:
        raise ValueError(f"it is longer than {MAX_LENGTH:,} characters")
    address, _, anchor = text.partition("#")
    head, _, tail = address.partition("?")
    path, query = ("", address) if "=" in head else (head, tail)
    whole, _, rest = path.strip().partition("://")
    path = rest.partition("/")[2] if rest else whole  # a host is no page
    given = parse_qsl(query, keep_blank_values=True)
    return Address(path.strip("/").rpartition("/")[2], dict(given), anchor, _repeated(given))


def _repeated(given: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    counts = Counter(name for name, _ in given)
    return tuple(name for name, times in counts.items() if times > 1)


def web_address(text: str) -> str:
    """An address that a page, or whoever runs the explorer, says it has.

    Parameters
    ----------
    text
        What is said.

    Returns
    -------
    str
        The same, if it is an address of the web; else an empty text.

    Examples
    --------
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
