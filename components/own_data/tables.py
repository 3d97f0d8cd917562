"""The record as tables that are edited in place: who serves where, and the short fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.own_data import state
from provision.record import Record
from provision.regions.own_data import OwnData
from provision.regions.service_edits import FIELDS, NO_SERVICE, Edit

if TYPE_CHECKING:
    import pandas as pd

_MOST_AREAS, _MOST_SERVICES = 2_000, 60
_NONE_THERE = "No service there"
_HEADINGS = {
    "short_name": "Service",
    "provider": "Provider",
    "start": "Start",
    "end": "End",
    "minimum_age": "Minimum age",
}


def tables_panel(data: OwnData) -> None:
    """Both tables, where the record is small enough to be edited by hand."""
    record = data.record
    st.html("<h2>Edit the record</h2>")
    if len(record.areas) > _MOST_AREAS or len(record.services) > _MOST_SERVICES:
        st.caption("This record is large. Download the workbook, edit it there and bring it back.")
        return
    where, fields = st.tabs(["Who serves where", "Names and dates"])
    with where:
        _where(record)
    with fields:
        _fields(record)


def where_table(record: Record) -> pd.DataFrame:
    """Areas down, services across, and a last column for areas listed as having none; boolean,
    indexed by area name."""
    import pandas as pd

    names = [a.name for a in record.areas]
    table = pd.DataFrame(record.service_area_matrix, index=pd.Index(names, name="area"))
    table.columns = pd.Index(list(record.services_by_id), dtype=object)
    table[NO_SERVICE] = record.listed_none
    return table


def fields_table(record: Record) -> pd.DataFrame:
    """Services down, the fields that can be edited across; text, indexed by id."""
    import pandas as pd

    rows: dict[str, list[str]] = {}
    for service in record.services:
        plain = service.model_dump(mode="json")
        rows[service.id] = [str(_at(plain, path)) for path in FIELDS.values()]
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(FIELDS))


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        data = data[name]
    return data


def where_edits(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Edit]:
    """What was ticked and what was unticked; unticked first, so that an area can be moved."""
    changed = before.to_numpy() != after.to_numpy()
    found = [
        Edit(str(before.columns[j]), f"area:{before.index[i]}", "yes" if after.iat[i, j] else "no")
        for i, j in zip(*changed.nonzero(), strict=True)
    ]
    yield from sorted(found, key=lambda edit: edit.value)


def field_edits(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Edit]:
    """The fields that hold another text."""
    import pandas as pd

    for identifier, row in after.iterrows():
        for name in FIELDS:
            value = "" if pd.isna(row[name]) else str(row[name])
            if value != before.at[identifier, name]:
                yield Edit(str(identifier), name, value)


def _where(record: Record) -> None:
    before = where_table(record)
    headings: dict[str, Any] = {
        i: st.column_config.CheckboxColumn(s.short_name) for i, s in record.services_by_id.items()
    }
    headings[NO_SERVICE] = st.column_config.CheckboxColumn(_NONE_THERE)
    st.caption("Tick where a service serves an area. Where nothing is ticked, it is not known.")
    after = st.data_editor(before, key=_key("where", record), column_config=headings, height=420)
    _save(list(where_edits(before, after)), "own-save-where")


def _fields(record: Record) -> None:
    before = fields_table(record)
    headings: dict[str, Any] = {
        name: st.column_config.TextColumn(_HEADINGS[name]) for name in before.columns
    }
    st.caption("Write dates as you like; write ongoing or not stated where that is so.")
    after = st.data_editor(
        before, key=_key("fields", record), column_config=headings, hide_index=True
    )
    _save(list(field_edits(before, after)), "own-save-fields")


def _key(name: str, record: Record) -> str:
    """A new editor for every version, so that no change is made twice."""
    return f"own-{name}-{record.version}-{state.own().round}"


def _save(edits: list[Edit], key: str) -> None:
    words = f"Save {len(edits)} change{'s' * (len(edits) != 1)}" if edits else "Nothing changed yet"
    if st.button(words, key=key, disabled=not edits, type="primary" if edits else "secondary"):
        state.change(lambda now: replace(now, edits=(*now.edits, *edits)))
        st.rerun()
