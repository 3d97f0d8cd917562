"""Where the explorer is published, so that what leaves it (figures, papers, workbooks, records of
workshops) says where its view is.

Whoever runs it says so in ``PROVISION_ADDRESS``, for instance ``https://gaps.example.org``. Neither
a server nor a command can know by itself under which address others reach it, so where nothing is
said nothing is made up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from provision.links.address import web_address

ENVIRONMENT = "PROVISION_ADDRESS"
HERE = "on the explorer's own server"


def published(environment: Mapping[str, str] = os.environ) -> str:
    """The address that the explorer is published at.

    Parameters
    ----------
    environment
        Where ``PROVISION_ADDRESS`` is looked up.

    Returns
    -------
    str
        The address, without a slash at its end; empty where none is given, or what is given is
        none.
    """
    given = environment.get(ENVIRONMENT, "").strip().rstrip("/")
    return given if usable(given) else ""


def fault(environment: Mapping[str, str] = os.environ) -> str:
    """What is wrong with the address that is given.

    Parameters
    ----------
    environment
        Where ``PROVISION_ADDRESS`` is looked up.

    Returns
    -------
    str
        What is to be said of an address that cannot be used; empty for a good one, or none.
    """
    if not environment.get(ENVIRONMENT, "").strip() or published(environment):
        return ""
    return (
        f"{ENVIRONMENT} is not an address that views can be put behind, and is left aside; write"
        " for instance https://gaps.example.org"
    )


def usable(address: str) -> bool:
    """Whether pages and their links can be put behind an address.

    Parameters
    ----------
    address
        What is said to be one.

    Returns
    -------
    bool
        Whether it is an address of the web, whole, that gives nobody's password away.
    """
    if not web_address(address) or set(address) & set("?#@\\"):
        return False
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def where(place: str, environment: Mapping[str, str] = os.environ) -> str:
    """A page of the explorer as an address to follow.

    Parameters
    ----------
    place
        The page and its query string, from the slash on.
    environment
        Where ``PROVISION_ADDRESS`` is looked up.

    Returns
    -------
    str
        The whole address; the place in words, where the explorer's is not known.

    Examples
    --------
    >>> where("/gaps?on=2020-06-30", {"PROVISION_ADDRESS": "https://gaps.example.org/"})
    'https://gaps.example.org/gaps?on=2020-06-30'
    >>> where("/gaps", {})
    "/gaps, on the explorer's own server"
    """
    address = published(environment)
    return f"{address}{place}" if address else f"{place}, {HERE}"
