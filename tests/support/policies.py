"""What a browser says of a page's policy: what it refused, and what it did not understand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import ConsoleMessage, Page

# Streamlit looks for its own routes below the page's path first, and falls back to the root: two
# answers of "not found", which are no fault.
NOT_FOUND = "the server responded with a status of 404"


def listen(page: Page) -> list[ConsoleMessage]:
    """What the page says from now on that is a warning, an error or about its policy."""
    said: list[ConsoleMessage] = []
    page.on(
        "console",
        lambda message: (
            said.append(message)
            if message.type in ("warning", "error") or "policy" in message.text.lower()
            else None
        ),
    )
    return said


def about_policies(said: Sequence[ConsoleMessage]) -> list[str]:
    """What breaks a policy, or is not understood of one; other warnings are a page's own matter."""
    return [
        m.text
        for m in said
        if NOT_FOUND not in m.text and re.search("polic|refused|blocked", m.text, re.IGNORECASE)
    ]
