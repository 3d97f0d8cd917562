"""Addresses of the steps, and the code that leads a telephone to one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from provision.workshop.story import Story


@lru_cache(maxsize=256)
def code(address: str) -> str:
    """A QR code as an image in an address of its own, made here; empty where the address is too
    long for one."""
    import segno

    try:
        return segno.make(address, micro=False, error="m").svg_data_uri(border=4)
    except segno.DataOverflowError:
        return ""


def addresses(story: Story, here: str) -> list[Mapping[str, str]]:
    """For each step the address of its view under the address of the explorer, its code, and
    whether others can reach it."""
    return [_addressed(urljoin(here, own.link)) for own in story.steps]


def _addressed(address: str) -> Mapping[str, str]:
    host = urlsplit(address).hostname or ""
    alone = host in ("localhost", "::1") or host.startswith("127.")
    warning = (
        "Only this computer can open this address: serve the app to others, then open it here by"
        " this computer's name."
        if alone
        else ""
    )
    image = code(address)
    return {
        "address": address,
        "code": image,
        "warning": warning or ("" if image else "The address is too long for a code."),
    }
