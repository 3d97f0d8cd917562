"""What stands in place of a page that could not be drawn: our own words, and nothing else."""

from __future__ import annotations

from components.page.markup import show


def page_failed(error: Exception) -> bool:
    """Say in our words that the page could not be drawn.

    The server has written the error to its log. The browser is told nothing of it, and gets no box
    of Streamlit's, whose links lead to other people's sites. What was drawn before stays: the
    navigation, the controls, and the watch that draws the page anew when the data changes.

    Returns
    -------
    bool
        True: Streamlit is to show nothing of its own.
    """
    show("failed.html")
    return True
