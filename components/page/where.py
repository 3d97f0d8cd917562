"""Where the explorer is, for links that leave it."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st

from provision.links.published import published


def here() -> str:
    """The explorer's address, with a slash at its end: the one that it is said to be published at,
    else the one that this browser has."""
    return f"{published()}/" if published() else urljoin(st.context.url or "http://localhost/", ".")


def same_page(address: str) -> str:
    """The page that the browser says it is on, where the explorer is said to be published; else as
    the browser says."""
    return f"{published()}/{address.rpartition('/')[2]}" if address and published() else address
