"""Numbers and lists in plain English: no word of the domain in it."""

from __future__ import annotations

from collections.abc import Iterable

FEW = 4  # up to so many areas are named in a sentence; beyond, they are counted
_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(n: int) -> str:
    """A count in running text: words below ten, digits with separators from there.

    Parameters
    ----------
    n
        The count.

    Returns
    -------
    str

    Examples
    --------
    >>> number(7), number(24), number(3472047)
    ('seven', '24', '3,472,047')
    """
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def a_or_an(noun: str) -> str:
    """A noun with its article.

    Parameters
    ----------
    noun
        The noun, with what stands before it.

    Returns
    -------
    str

    Examples
    --------
    >>> a_or_an("contracted service"), a_or_an("advice centre")
    ('a contracted service', 'an advice centre')
    """
    return f"{'an' if noun[:1].casefold() in set('aeiou') else 'a'} {noun}"


def listing(names: Iterable[str]) -> str:
    """Names in running text.

    Parameters
    ----------
    names
        The names, in the order that they are said in.

    Returns
    -------
    str

    Examples
    --------
    >>> listing(["Enfield", "Hackney", "Redbridge"])
    'Enfield, Hackney and Redbridge'
    """
    names = list(names)
    return (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} and {names[-1]}"
        if names
        else "none"
    )
