"""The panels of one area's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from components.page.markup import references, render, show
from components.page.table import Cell, cell, number_cell, table
from provision.coverage.need import rank, rate_per_1000
from provision.english import listing
from provision.export.coverage import area_rows
from provision.export.writing import to_csv
from provision.io.figures import Indicator
from provision.io.neighbours import Link
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED, ONGOING, Figure, Funding, Service
from provision.text.changes import area_changes
from provision.text.labels import STATUS_WORDS
from provision.text.wording import money, stated_listing, term

if TYPE_CHECKING:
    import pandas as pd

_LINK_WORDS = {
    Link.LAND: "by land",
    Link.CROSSING: "over water, with a crossing",
    Link.RIVER: "over water, no crossing",
}


def area_change_panel(record: Record, query: Query) -> None:
    """When this area's status changes, and because of what."""
    show(
        "area_changes.html",
        name=record.by_code[query.area or ""].name,
        sentences=area_changes(record, query.area or ""),
    )


def area_services(record: Record, query: Query) -> None:
    """The services that name this area, in full."""
    row = record.row_of[query.area]
    found = [
        _service(record, s)
        for j, s in enumerate(record.services)
        if record.service_area_matrix[row, j]
    ]
    show("area_services.html", name=record.by_code[query.area or ""].name, services=found)


Fact = tuple[str, str, str]  # what, in words, and where it is from


def _service(record: Record, service: Service) -> dict[str, Any]:
    return {
        "name": service.name,
        "description": service.description,
        "facts": [
            *_terms(record, service),
            *_counted(record, service),
            (
                "Confidence",
                f"{service.confidence.level}: {service.confidence.reason}",
                references(record, service.ref),
            ),
        ],
        "total": _funding_sum(service),
        "discrepancies": record.discrepancies_touching(service.id),
    }


def _terms(record: Record, service: Service) -> list[Fact]:
    """Who leads and pays, for whom it is, and on what terms."""
    return [
        (
            "Led by",
            (service.provider + (f", overseen by {service.overseer}" if service.overseer else "")),
            references(record, service.ref),
        ),
        (
            "Commissioned by",
            stated_listing(service.commissioners),
            references(record, service.ref),
        ),
        ("Model", service.model, references(record, service.ref)),
        (
            "Contract",
            term(service.contract.start, service.contract.end)
            + (f". {service.contract.note}" if service.contract.note else ""),
            references(record, service.contract.ref),
        ),
        (
            "For",
            (f"{service.eligibility.who}; {_age(service)}"),
            references(record, service.eligibility.ref),
        ),
        (
            "Referred by",
            stated_listing(service.referral_routes),
            references(record, service.referral_ref or ()),
        ),
    ]


def _counted(record: Record, service: Service) -> list[Fact]:
    """Money, capacity, partners and targets: as many facts of each as are stated."""
    targets = [t for t in record.file.outcome_targets if service.id in t.services]
    return [
        *(
            (f"Money from {f.funder}", _money(f), references(record, f.ref))
            for f in service.funding
        ),
        *(
            (f"Capacity: {f.what}", figure_words(f), references(record, f.ref))
            for f in service.capacity
        ),
        *(
            (
                f"Partner: {p.organisation}",
                p.role + (f" (paid by {p.paid_by})" if p.paid_by else ""),
                references(record, p.ref),
            )
            for p in service.partners
        ),
        *(
            (
                f"Target: {t.outcome}",
                _target(t.value, t.unit, t.state, t.note),
                references(record, t.ref),
            )
            for t in targets
        ),
    ]


def _age(service: Service) -> str:
    age = service.eligibility.minimum_age
    if age == NOT_STATED:
        return "youngest age not stated"
    return f"from age {age}: {service.eligibility.minimum_age_basis}"


def _money(line: Funding) -> str:
    amount = NOT_STATED if line.amount == NOT_STATED else money(line.amount, line.currency)
    through = f" ({line.through})" if line.through else ""
    return f"{amount}{through}{f'. {line.note}' if line.note else ''}"


def _funding_sum(service: Service) -> str:
    """The sum of the stated amounts with its arithmetic; nothing where there is only one or any is
    not stated."""
    amounts = [f.amount for f in service.funding if f.amount != NOT_STATED]
    currencies = {f.currency for f in service.funding}
    if len(amounts) < 2 or len(amounts) < len(service.funding) or len(currencies) > 1:
        return ""
    own = currencies.pop()
    return (
        f"Together, worked out here: {' + '.join(money(a, own) for a in amounts)} ="
        f" {money(sum(amounts), own)}."
    )


def figure_words(figure: Figure) -> str:
    """A stated figure in words."""
    if figure.value == NOT_STATED:
        return NOT_STATED
    value = f"{figure.value:,g}" if figure.value != int(figure.value) else f"{int(figure.value):,}"
    qualifier = f"{figure.qualifier} " if figure.qualifier else ""
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{qualifier}{value}{unit}{f'. {figure.note}' if figure.note else ''}"


def _target(value: float | str, unit: str | None, state: str, note: str | None) -> str:
    amount = value if isinstance(value, str) else f"{value:g} {unit or ''}".strip()
    return f"{amount} ({state}){f'. {note}' if note else ''}"


def figures_table(record: Record, query: Query) -> None:
    """This area's figures against the whole; dates, sources and cautions stand under the table."""
    code, area = query.area or "", record.file.region.area
    if not record.indicators:
        st.info("No figures are stated for this region.")
        return
    rows: list[list[Cell]] = []
    for indicator in record.indicators:
        rows.append(_figure_row(record, indicator, code))
        if indicator.rate_per_1000_women:
            rows.append(_rate_row(record, indicator, code))
    columns = [
        "Figure",
        record.by_code[code].name,
        "Place, highest first",
        f"Middle {area}",
        "Date",
    ]
    st.html(render("heading.html", text=f"{record.by_code[code].name} in figures"))
    table(
        f"Against the other {record.file.region.areas}. The middle {area} is the median of those"
        " counted, worked out here.",
        columns,
        rows,
        key="figures",
    )
    show("indicators.html", indicators=record.indicators)


def _figure_row(record: Record, indicator: Indicator, code: str) -> list[Cell]:
    value: Any = record.figures.at[code, indicator.id]
    if indicator.kind == "category":
        return [indicator.label, value or "not stated", cell("–"), cell("–"), indicator.date]
    place = None if indicator.unit.startswith("rank") else rank(record, indicator.id, code)
    middle = float(record.figures.loc[record.counted, indicator.id].median())
    return [
        f"{indicator.label} ({indicator.unit})",
        number_cell(value, indicator.decimals),
        cell(f"{place[0]} of {place[1]}", place[0], "number") if place else cell("–"),
        number_cell(middle, indicator.decimals),
        indicator.date,
    ]


def _rate_row(record: Record, indicator: Indicator, code: str) -> list[Cell]:
    """A derived rate, with its arithmetic."""
    import pandas as pd

    scope = record.file.region.scope_minimum_age
    rates = rate_per_1000(record, indicator.id)
    count, women = record.figures.at[code, indicator.id], record.women(scope)[code]
    how = f": {count:,.0f} ÷ {women:,.0f} × 1,000" if pd.notna(rates[code]) else ""
    label = f"The same for each 1,000 women {scope}+, worked out here{how}"
    return [
        label,
        number_cell(float(rates[code]), 1),
        cell("–"),
        number_cell(float(rates[record.counted].median()), 1),
        indicator.date,
    ]


def neighbours_table(record: Record, query: Query, rows: pd.DataFrame) -> None:
    """The areas around, how they border on this one, and what they have."""
    code = query.area or ""
    pairs = record.neighbours
    lines: list[list[Cell]] = []
    for pair in pairs[(pairs["code_a"] == code) | (pairs["code_b"] == code)].to_dict("records"):
        other = pair["code_b"] if pair["code_a"] == code else pair["code_a"]
        row = rows.loc[other]
        services = (
            listing(
                f"{record.services_by_id[i].short_name} ({_until(record.services_by_id[i])})"
                for i in row["services"]
            )
            if row["services"]
            else "–"
        )
        link = _LINK_WORDS[Link(pair["type"])]
        lines.append(
            [
                row["name"],
                cell(STATUS_WORDS[row["status"]].capitalize(), None, row["status"].value),
                services,
                link,
                pair["crossing"] or "–",
                pair["note"] or "–",
            ]
        )
    columns = ["Neighbour", "Status", "Services", "Borders", "Crossing", "Note"]
    table(
        f"Around {record.by_code[code].name}",
        columns,
        sorted(lines, key=lambda line: str(line[0])),
        key="neighbours",
    )


def _until(service: Service) -> str:
    end = service.contract.end
    if end == ONGOING:
        return "ongoing"
    return "end not stated" if end == NOT_STATED else f"to {end}"


def area_download(record: Record, query: Query) -> None:
    """Everything on this page that is a fact, as a file."""
    code = query.area or ""
    name = f"{code}-{query.on.isoformat()}.csv"
    st.download_button(
        "Download this page's facts (CSV)",
        to_csv(area_rows(record, code, query.on)),
        name,
        "text/csv",
        key="area-csv",
        on_click="ignore",
    )
