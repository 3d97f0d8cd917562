"""The months that a plan may name."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from provision.dates import add_months, month_end, months
from provision.links.query import Query
from provision.record import Record

_PLAN_MONTHS = 60


def plan_months(record: Record, query: Query, key: str) -> list[str]:
    held = st.session_state.get(key)
    return sorted({*plan(record), *([held] if held else [])})


@lru_cache(maxsize=8)
def plan(record: Record) -> tuple[str, ...]:
    """The months that a plan may name, from the record's own."""
    first = record.file.region.as_at.first
    return tuple(f"{m:%Y-%m}" for m in months(first, add_months(first, _PLAN_MONTHS)))


def month_words(iso: str) -> str:
    from datetime import date

    year, month, *_ = map(int, iso.split("-"))
    return f"{month_end(date(year, month, 1)):%B %Y}"
