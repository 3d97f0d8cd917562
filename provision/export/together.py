"""What several themes have in common, as rows for files and in the stable form of the command
line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from provision.record import Record
from provision.text.labels import TOGETHER_WORDS
from provision.text.together import every_theme_heading, lacking_sentence, together_heading
from provision.themes.reach import reach
from provision.themes.together import (
    Together,
    intersection,
    together,
    together_counts,
    women_together,
)


def intersect_json(record: Record, themes: Sequence[str], on: date) -> dict[str, Any]:
    """What several themes have in common, in the stable form of ``python -m provision intersect
    --format json``."""
    table = intersection(record, themes, on)
    codes, counts, women = together(table), together_counts(table), women_together(record, table)
    return {
        "on": on.isoformat(),
        "themes": list(themes),
        "counts": {_key(kind): len(codes[kind]) for kind in Together},
        "ranges": {_key(kind): [counts[kind].low, counts[kind].high] for kind in Together},
        **{_key(kind): codes[kind] for kind in Together},
        "women_from_age": record.file.region.scope_minimum_age,
        "women": {_key(kind): women[kind].total for kind in Together},
        "sentence": str(together_heading(record, themes, on)),
        "lacking": lacking_sentence(record, themes, on),
        "every_theme": str(every_theme_heading(record, on)),
    }


def _key(kind: Together) -> str:
    return kind.value.replace(" ", "_")


def intersect_rows(record: Record, themes: Sequence[str], on: date) -> list[dict[str, Any]]:
    """Every area with how many of several themes a contract covers there, and for each theme what
    contracts say."""
    table = intersection(record, themes, on)
    cells = {t: reach(record, t, on)["reach"].to_dict() for t in themes}
    women = record.women_by_code(record.file.region.scope_minimum_age)
    return [
        {
            "code": code,
            "name": row["name"],
            "together": row["together"].value,
            "in_words": TOGETHER_WORDS[row["together"]],
            **{f"theme_{t}": cells[t][code].value for t in themes},
            f"women_{record.file.region.scope_minimum_age}_and_over": (
                "" if women[code] != women[code] else int(women[code])
            ),
            "counted_as": record.file.region.area if row["counted"] else "other",
            "on": on.isoformat(),
        }
        for code, row in ((str(c), r) for c, r in table.iterrows())
    ]
