"""Flat rows as a table."""

from __future__ import annotations

from collections.abc import Sequence

from components.page.table import table


def plain_table(caption: str, rows: Sequence[dict[str, object]], key: str) -> None:
    """Flat rows as a table."""
    if rows:
        table(
            caption,
            [str(name).replace("_", " ").capitalize() for name in rows[0]],
            [[str(v) for v in row.values()] for row in rows],
            key=key,
        )
