"""The tables of the tabular form of HSDS 1.1, 2 and 3, joined to services as the JSON has them.

Tables go by the names of all versions (``services_at_location`` in 1.1, ``service_at_location`` in
3), with or without ``.csv`` and with whatever a portal puts before them. Rows are joined by
``service_id``, ``organization_id`` and, for terms of a taxonomy, by whichever link a version uses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]

TABLES: dict[str, str] = {
    "service": "service services",
    "organization": "organization organizations organisation organisations",
    "service_area": "service_area service_areas",
    "funding": "funding fundings",
    "eligibility": "eligibility eligibilitys eligibilities",
    "attribute": "attribute attributes service_attribute service_attributes other_attribute",
    "service_taxonomy": "service_taxonomy services_taxonomy service_taxonomys link_taxonomy",
    "taxonomy_term": "taxonomy_term taxonomy_terms",
    "taxonomy": "taxonomy taxonomies",
    "schedule": "schedule schedules regular_schedule regular_schedules holiday_schedule "
    "holiday_schedules",
    "cost_option": "cost_option cost_options",
    "language": "language languages",
    "contact": "contact contacts",
    "phone": "phone phones",
    "service_at_location": "service_at_location services_at_location service_at_locations",
    "location": "location locations",
    "required_document": "required_document required_documents",
    "payment_accepted": "payment_accepted payments_accepted",
    "program": "program programs",
    "address": "address addresses physical_address physical_addresses postal_address "
    "postal_addresses",
    "accessibility": "accessibility accessibility_for_disabilities",
    "organization_identifier": "organization_identifier organization_identifiers",
    "metadata": "metadata meta_table_description meta_table_descriptions",
    "url": "url urls additional_website additional_websites",
}
_CANONICAL = {name: table for table, names in TABLES.items() for name in names.split()}
_JOINED = {
    "service_area": "service_areas",
    "funding": "funding",
    "eligibility": "eligibility",
    "schedule": "schedules",
    "cost_option": "cost_options",
    "language": "languages",
    "contact": "contacts",
    "phone": "phones",
    "service_at_location": "service_at_locations",
    "required_document": "required_documents",
}


@dataclass
class TableSet:
    """The tables of one feed, by their canonical name, each row with the place it stands in.

    Parameters
    ----------
    rows : dict of str to list of (str, dict)
        Place and row; the place is ``services.csv line 5`` or a JSON path.
    """

    rows: dict[str, list[tuple[str, Row]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, rows: Sequence[tuple[str, Any]]) -> None:
        """Add rows to a table; what is no row is left to the caller to tell."""
        self.rows[table] += [(place, row) for place, row in rows if isinstance(row, dict)]

    def services(self) -> Iterator[tuple[str, Row]]:
        """Each service with its place, and with what other tables say of it, as HSDS JSON has
        it."""
        joined = {name: self._by(table, "service_id") for table, name in _JOINED.items()}
        organizations = {_key(row.get("id")): row for _, row in self.rows["organization"]}
        terms = self._terms()
        for place, row in self.rows["service"]:
            key = _key(row.get("id"))
            whole = dict(row)
            for name, rows in joined.items():
                if key and key in rows:
                    whole[name] = rows[key]
            if key and key in terms:
                whole["attributes"] = [{"taxonomy_term": term} for term in terms[key]]
            organization = organizations.get(_key(row.get("organization_id")))
            if organization and _key(row.get("organization_id")):
                whole["organization"] = organization
            yield place, whole

    def orphans(self) -> int:
        """How many rows of service areas name a service that is not there."""
        known = {_key(row.get("id")) for _, row in self.rows["service"]}
        return sum(_key(row.get("service_id")) not in known for _, row in self.rows["service_area"])

    def without_organization(self) -> int:
        """How many services name an organisation that is not there."""
        known = {_key(row.get("id")) for _, row in self.rows["organization"]}
        named = [_key(row.get("organization_id")) for _, row in self.rows["service"]]
        return sum(bool(key) and key not in known for key in named)

    def _by(self, table: str, column: str) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for _, row in self.rows[table]:
            if key := _key(row.get(column)):
                found[key].append(row)
        return found

    def _terms(self) -> Mapping[str, list[Row]]:
        """Terms of taxonomies by the service that carries them, in the form of HSDS 3."""
        vocabulary = {_key(row.get("id")): row for _, row in self.rows["taxonomy"]}
        known = {
            **vocabulary,
            **{_key(row.get("id")): row for _, row in self.rows["taxonomy_term"]},
        }
        found: dict[str, list[Row]] = defaultdict(list)
        for table in ("attribute", "service_taxonomy"):
            for _, row in self.rows[table]:
                service = _key(row.get("service_id") or row.get("link_id"))
                term = known.get(_key(row.get("taxonomy_term_id") or row.get("taxonomy_id")))
                if service and term:
                    found[service].append(_as_term(term, vocabulary))
        return found


def _as_term(term: Row, vocabulary: Mapping[str, Row]) -> Row:
    whole = vocabulary.get(_key(term.get("taxonomy_id")), {})
    name = term.get("taxonomy") or whole.get("name") or term.get("vocabulary")
    return {**term, "taxonomy": name, "taxonomy_detail": whole or None}


def table_named(name: str) -> str | None:
    """The canonical name of a table, by its file's or resource's name; None where it is no table of
    HSDS.

    >>> table_named("h13-hsds11-services.csv"), table_named("Services_at_location")
    ('service', 'service_at_location')
    >>> table_named("minutes.csv")
    """
    words = re.split(r"[^a-z0-9]+", name.casefold().rpartition("/")[2].removesuffix(".csv"))
    # The longest ending that is a table's name: a portal may put its own words before it.
    return next((t for i in range(len(words)) if (t := _CANONICAL.get("_".join(words[i:])))), None)


def table_by_columns(columns: Sequence[str]) -> str | None:
    """Services, known by their columns alone, where the file's name does not say; else None."""
    return (
        "service" if {"id", "name", "organization_id"} <= {c.casefold() for c in columns} else None
    )


def is_tabular(data: Mapping[str, Any]) -> bool:
    """Whether parsed JSON holds lists by table: ``{"services.csv": [...], "organizations.csv":
    [...]}``."""
    tables = {key for key, value in data.items() if isinstance(value, list) and table_named(key)}
    named = any(isinstance(data.get(key), (str, int)) for key in ("id", "name"))
    return (
        not named
        and "service" in map(table_named, tables)
        and (len(tables) > 1 or any(k.endswith(".csv") for k in tables))
    )


def _key(value: Any) -> str:
    return str(value).strip().casefold() if isinstance(value, (str, int)) else ""
