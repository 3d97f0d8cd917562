"""Send a page that was run by itself through ``app.py``.

Until ``st.navigation`` has run once in a server's life, Streamlit takes ``pages/`` for pages of its
own and answers a deep link by running the file of that name alone. Each page then hands over to
``app.py``, which finds the same page by its address."""

from __future__ import annotations

import runpy
from pathlib import Path

_APP = Path(__file__).resolve().parents[2] / "app.py"


def run_app() -> None:
    """Run the whole app in place of the page file that was started."""
    runpy.run_path(str(_APP), run_name="__main__")
