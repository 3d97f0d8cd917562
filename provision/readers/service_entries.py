"""One service while its rows are gathered, and what becomes of it in a services document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from provision.io.node_paths import Path_
from provision.readers.table import Place

NOT_STATED = "not stated"
SOURCE_ID = "list"
_STATES = {
    **dict.fromkeys(
        ("active", "running", "live", "open", "current", "yes", "operational"), "running"
    ),
    **dict.fromkeys(("planned", "proposed", "in development", "future"), "planned"),
    **dict.fromkeys(("under review", "review"), "under review"),
}
CLOSED = frozenset(
    (
        *("inactive", "closed", "ended", "defunct", "temporarily closed", "decommissioned"),
        *("expired", "ceased", "no", "archived", "withdrawn", "not running", "suspended"),
    )
)
Said = tuple[Any, Place]


@dataclass
class ServiceEntry:
    """What the rows of one service say.

    ``single`` holds the fields of which a service has one, ``several`` those of which it may have
    more; each value with its place. ``areas`` maps official names to where they stand.
    """

    name: str
    place: Place
    single: dict[str, Said] = field(default_factory=dict)
    several: dict[str, dict[Any, Place]] = field(default_factory=dict)
    areas: dict[str, Place] = field(default_factory=dict)
    whole_region: bool = False
    unplaced: list[str] = field(default_factory=list)

    def say(self, field_name: str, value: Any, place: Place) -> bool:
        """Take a single value; False where another was said before."""
        known = self.single.setdefault(field_name, (value, place))
        return bool(known[0] == value)

    def also(self, field_name: str, value: Any, place: Place) -> None:
        """Take one of several values."""
        self.several.setdefault(field_name, {}).setdefault(value, place)

    def get(self, field_name: str, otherwise: str = NOT_STATED) -> Any:
        """A single value; what is given for ``otherwise`` where none was said."""
        return self.single[field_name][0] if field_name in self.single else otherwise

    def all(self, field_name: str) -> list[Any]:
        """Several values, in their order."""
        return list(self.several.get(field_name, {}))

    @property
    def status(self) -> str:
        """What the list says of whether it runs, in small letters; ``""`` where nothing."""
        said = self.single.get("status")
        return str(said[0]).casefold() if said else ""

    @property
    def is_closed(self) -> bool:
        """Whether the list says that it no longer runs, and not when it ended."""
        return self.status in CLOSED and self.get("end") in (NOT_STATED, "ongoing")

    @property
    def section(self) -> str:
        """The section of the source in which it stands: ``row-7``, ``contracts-row-7``."""
        row = f"row-{self.place.row}"
        return f"{slug_of(self.place.sheet, 'sheet')}-{row}" if self.place.sheet else row


class Slugs:
    """Ids of our own, made from names, each once.

    >>> slugs = Slugs({"none"})
    >>> slugs.of("Women's House"), slugs.of("Women's house!"), slugs.of("None")
    ('women-s-house', 'women-s-house-2', 'none-2')
    """

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)
        self._counts: dict[str, int] = {}

    def of(self, name: str) -> str:
        """A new id for a name."""
        wanted = slug_of(name, "service")
        found, count = wanted, self._counts.get(wanted, 1)
        while found in self._taken:
            count += 1
            found = f"{wanted}-{count}"
        self._counts[wanted] = count
        self._taken.add(found)
        return found


def slug_of(name: str, otherwise: str) -> str:
    """A name as an id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or otherwise


def service_data(entry: ServiceEntry, identifier: str, assumed: str = "yes") -> dict[str, Any]:
    """A service with areas, as the schema has it; what was not said is *not stated*.

    ``assumed`` is what is written where the list does not say whether the service is contracted
    and for the record's people: *yes* where the list as a whole is of such services.
    """
    ref = f"{SOURCE_ID} §{entry.section}"
    return {
        "id": identifier,
        "name": entry.name,
        "short_name": entry.name,
        "contracted": entry.get("contracted", assumed),
        "people_specific": entry.get("women", assumed),
        "level": entry.get("level"),
        "model": entry.get("model"),
        "description": entry.get("description"),
        "provider": entry.get("provider"),
        "commissioners": entry.all("commissioner") or NOT_STATED,
        **_partners(entry, ref),
        "funding": _funding(entry, ref),
        "contract": {"start": entry.get("start"), "end": entry.get("end"), "ref": ref},
        "eligibility": _eligibility(entry, ref),
        "referral_routes": entry.all("referral") or NOT_STATED,
        **({"referral_ref": ref} if entry.all("referral") else {}),
        **_capacity(entry, ref),
        "service_area": {"heading_count": NOT_STATED, "listed": list(entry.areas), "ref": ref},
        "confidence": {
            "level": "low",
            "reason": "Read from a list and not checked against a source.",
        },
        "ref": ref,
    }


def other_data(entry: ServiceEntry, identifier: str) -> dict[str, Any]:
    """A service that no area can be given to: region-wide, or its areas not stated."""
    ref = f"{SOURCE_ID} §{entry.section}"
    data = {
        "id": identifier,
        "name": entry.name,
        "description": entry.get("description"),
        "provider": entry.get("provider"),
        "commissioner": "; ".join(entry.all("commissioner")) or NOT_STATED,
        "women_specific": entry.get("women"),
        "geography": "region-wide" if entry.whole_region else "area not stated",
        "state": _STATES.get(entry.status, NOT_STATED),
    }
    dated = "start" in entry.single or "end" in entry.single
    contract = {"start": entry.get("start"), "end": entry.get("end"), "ref": ref}
    return {**data, **({"contract": contract} if dated else {}), "ref": ref}


def _partners(entry: ServiceEntry, ref: str) -> dict[str, Any]:
    names = entry.all("partners")
    roles = [{"organisation": name, "role": NOT_STATED, "ref": ref} for name in names]
    return {"partners": roles} if roles else {}


def _funding(entry: ServiceEntry, ref: str) -> list[dict[str, Any]] | str:
    """A line of money for each funder and amount."""
    lines = [
        {"funder": funder, "amount": amount, "currency": currency, "ref": ref}
        for funder, amount, currency in entry.all("funding")
    ]
    return lines or NOT_STATED


def _eligibility(entry: ServiceEntry, ref: str) -> dict[str, Any]:
    said = entry.get("age_as_written")
    basis = f"the list says '{said}'" if said != NOT_STATED else NOT_STATED
    who = entry.get("who")
    if who == NOT_STATED and said != NOT_STATED and not str(said).isdecimal():
        who = f"age: {said}"
    age = entry.get("minimum_age")
    return {"who": who, "minimum_age": age, "minimum_age_basis": basis, "ref": ref}


def _capacity(entry: ServiceEntry, ref: str) -> dict[str, Any]:
    figures = [{"what": what, "value": value, "ref": ref} for what, value in entry.all("capacity")]
    return {"capacity": figures} if figures else {}


# Which paths of the data come from which cell
_PATHS: Mapping[str, Path_] = {
    "level": ("level",),
    "model": ("model",),
    "description": ("description",),
    "provider": ("provider",),
    "start": ("contract", "start"),
    "end": ("contract", "end"),
    "who": ("eligibility", "who"),
    "minimum_age": ("eligibility", "minimum_age"),
    "contracted": ("contracted",),
    "status": ("state",),
}


def entry_places(entry: ServiceEntry, base: Path_, placed: bool) -> Iterator[tuple[Path_, Place]]:
    """From paths in the services document to the cells that they come from."""
    yield base, entry.place
    for name, path in _PATHS.items():
        if name in entry.single:
            yield (*base, *path), entry.single[name][1]
    if placed:
        for number, place in enumerate(entry.areas.values()):
            yield (*base, "service_area", "listed", number), place
