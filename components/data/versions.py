"""What changed between the data shown here and another version of it, without touching the live
data."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import streamlit as st
from markupsafe import escape

from components.page.markup import show
from components.page.table import cell, table
from provision.io.problems import InvalidData
from provision.io.reading import MAX_BYTES, decode
from provision.record import Record
from provision.record_files import parse_services
from provision.schema.services import Region

Rows = list[dict[str, Any]]

_MOST_ROWS = 400
_OLDER, _NEWER = "older than what is shown here", "newer than what is shown here"


def compare_versions(record: Record) -> None:
    """A box for another version of the services file, and what is gained, lost and changed between
    the two."""
    st.html(
        '<h2 id="versions-title">Compare with another version of the data</h2><p>Choose a services'
        f" file of at most {MAX_BYTES:,} bytes about the same {escape(record.file.region.areas)}."
        " Each version is looked at on its own date. The file is compared and then forgotten.</p>"
    )
    chosen = st.file_uploader(
        "Another version, a YAML file", type=["yaml", "yml"], key="version-file", max_upload_size=1
    )
    age = st.radio("Your file is", [_OLDER, _NEWER], key="version-age", horizontal=True)
    if not st.button("Compare versions", key="version-compare"):
        return
    if chosen is None:
        show("notes.html", title="Choose a file first.", lines=[])
        return
    try:
        raw = chosen.getvalue()
        other = replace(
            record,
            file=parse_services(decode(raw, chosen.name), chosen.name, record.areas),
            version=sha256(raw).hexdigest()[:12],
        )
    except InvalidData as error:
        show(
            "problems.html",
            title=f"{len(error.problems)} to mend before it can be compared.",
            text="",
            problems=error.problems,
        )
        return
    _difference(*((other, record) if age == _OLDER else (record, other)))


def _difference(old: Record, new: Record) -> None:
    from provision.exchange.diff import difference
    from provision.export.versions import area_rows, field_rows
    from provision.text.versions import paragraph

    found = difference(old, new)
    show("notes.html", title="What changed", lines=[paragraph(found)])
    if areas := area_rows(found):
        _changed_areas(new.file.region, areas)
    if fields := field_rows(found):
        _changed_fields(fields)


def _changed_areas(region: Region, areas: Rows) -> None:
    columns = [
        region.area.capitalize(),
        "What became of it",
        "Older version",
        "Newer version",
        "Services gone",
        "Services come",
    ]
    rows = [
        [
            a["name"],
            a["change"],
            a["old"],
            a["new"],
            a["services_gone"] or "–",
            a["services_come"] or "–",
        ]
        for a in areas
    ]
    table(f"{region.areas.capitalize()} that changed", columns, rows, key="version-areas")


def _changed_fields(fields: Rows) -> None:
    more = f"; the first {_MOST_ROWS} of {len(fields):,}" if len(fields) > _MOST_ROWS else ""
    columns = [
        "Entry",
        "Field",
        "Older version",
        "Newer version",
        "Source of the older",
        "Source of the newer",
    ]
    lines = [
        [
            f"{f['entry']} ({f['part']})",
            f["field"],
            *(cell(f[side] or "–") for side in ("old", "new", "old_source", "new_source")),
        ]
        for f in fields[:_MOST_ROWS]
    ]
    table(f"Entries and fields that changed{more}", columns, lines, key="version-fields")
