"""The pathway, stage by stage."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from components.page.markup import references, render
from provision.links.query import Query
from provision.record import Record
from provision.schema.themes import Contribution
from provision.text.themes import place_words


def pathway_panel(record: Record, query: Query) -> None:
    """The stages with the answer for each; for the chosen one what everybody contributes, and what
    is missing there."""
    st.html(_pathway(record, query.stage))


def _contribution(record: Record, own: Contribution) -> dict[str, Any]:
    return {
        **own.model_dump(exclude={"ref"}),
        "where": place_words(record, own.geography),
        "refs": references(record, own.ref),
    }


@lru_cache(maxsize=16)
def _pathway(record: Record, chosen: str | None) -> str:
    stages = [
        {
            "id": s.id,
            "title": s.title,
            "question": s.question,
            "answer": s.answer,
            "refs": references(record, s.ref),
            "contributions": [_contribution(record, c) for c in s.contributions],
            "gaps": [{"text": g.text, "refs": references(record, g.ref)} for g in s.gaps],
        }
        for s in record.themes_file.pathway
        if chosen in (None, s.id)
    ]
    return render("pathway.html", stages=stages, chosen=chosen, as_at=record.file.region.as_at)
