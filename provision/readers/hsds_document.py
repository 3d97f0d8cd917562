"""Services of a feed as entries of a services document, with *not stated* for what it does not
say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from provision.io.checks import RESERVED_IDS
from provision.io.problems import shown
from provision.readers.hsds_areas import PlacedArea, Serves
from provision.readers.hsds_claims import claims, level, women_specific
from provision.readers.hsds_service import FeedService
from provision.schema.services import NOT_STATED

SOURCE = "hsds"
WHOLE_FILE = f"{SOURCE} §file"


@dataclass(frozen=True)
class PlacedService:
    """A service and what its service areas mean, one for each that the feed gives."""

    service: FeedService
    areas: tuple[PlacedArea, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the areas that it names, each once, in the order of the feed."""
        return tuple(dict.fromkeys(code for area in self.areas for code in area.codes))

    @property
    def is_region_wide(self) -> bool:
        """Whether it says that it serves the whole region."""
        return any(area.serves is Serves.REGION_WIDE for area in self.areas)

    @property
    def is_elsewhere(self) -> bool:
        """Whether every area that it gives is, by its code, another place."""
        return bool(self.areas) and all(area.serves is Serves.ELSEWHERE for area in self.areas)


@dataclass
class DocumentWriter:
    """Writes entries, each with an id of its own.

    Parameters
    ----------
    region : mapping
        The region block.
    listed_as : mapping of str to str
        What an area is listed as in the document, by its code.
    taken : set of str
        Ids that are in use.
    """

    region: Mapping[str, Any]
    listed_as: Mapping[str, str]
    taken: set[str] = field(default_factory=lambda: {*RESERVED_IDS, SOURCE})

    def entry(self, placed: PlacedService) -> tuple[str, dict[str, Any]]:
        """The list that a service belongs to and its entry: ``services`` where it names areas, else
        ``other_provision``, which no map colours."""
        if placed.codes:
            return "services", self._service(placed)
        return "other_provision", self._other(placed)

    def _service(self, placed: PlacedService) -> dict[str, Any]:
        service, said = placed.service, placed.service.fields
        ref = _ref(service)
        sources = [m.source for m in said.funding or () if m and m.source]
        return {
            "id": self._identifier(service),
            "name": service.name,
            "short_name": said.alternate_name or service.name,
            **claims(service, self.region),
            "level": level(service),
            "model": NOT_STATED,
            "description": said.description or NOT_STATED,
            "provider": provider_of(service),
            "commissioners": NOT_STATED,
            "funding": [{"funder": s, "amount": NOT_STATED, "ref": ref} for s in sources]
            or NOT_STATED,
            "contract": {"start": NOT_STATED, "end": NOT_STATED, "ref": ref},
            "eligibility": _eligibility(service, ref),
            "referral_routes": _routes(service),
            "referral_ref": ref,
            "service_area": {
                "heading_count": NOT_STATED,
                "listed": [self.listed_as[code] for code in placed.codes],
                "ref": ref,
            },
            "confidence": {
                "level": "low",
                "reason": "Read from an HSDS file and not checked against a source.",
            },
            "ref": ref,
        }

    def _other(self, placed: PlacedService) -> dict[str, Any]:
        service = placed.service
        return {
            "id": self._identifier(service),
            "name": service.name,
            "description": service.fields.description or NOT_STATED,
            "provider": provider_of(service),
            "commissioner": NOT_STATED,
            "women_specific": women_specific(service),
            "geography": "region-wide" if placed.is_region_wide else "area not stated",
            "state": "running" if service.is_active else NOT_STATED,
            "ref": _ref(service),
        }

    def _identifier(self, service: FeedService) -> str:
        """An id from the short name. Where another service has it, it ends in a mark made from the
        feed's identifier, so that the same service keeps it next year."""
        short = service.fields.alternate_name or service.name
        text = unicodedata.normalize("NFKD", short).encode("ascii", "ignore").decode().lower()
        wanted = re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60].strip("-") or "service"
        mark = sha256(service.section.encode()).hexdigest()
        marked = (f"{wanted}-{mark[:length]}" for length in range(4, len(mark) + 1))
        found = next(i for i in (wanted, *marked) if i not in self.taken)
        self.taken.add(found)
        return found


def provider_of(service: FeedService) -> str:
    """Who runs a service, or *not stated*."""
    own = service.fields.organization
    return own.name if own and own.name else NOT_STATED


def source(name: str, services: Sequence[FeedService]) -> dict[str, Any]:
    """The feed as a source, with a section for each service."""
    return {
        "id": SOURCE,
        "title": f"HSDS file {shown(name)}",
        "short_title": "HSDS file",
        "publisher": NOT_STATED,
        "date": NOT_STATED,
        "licence": NOT_STATED,
        "sections": [
            {"id": "file", "title": "The whole file"},
            *({"id": s.section, "title": s.name} for s in services),
        ],
    }


def _ref(service: FeedService) -> str:
    return f"{SOURCE} §{service.section}"


def _eligibility(service: FeedService, ref: str) -> dict[str, Any]:
    age = service.minimum_age
    return {
        "who": service.who or NOT_STATED,
        "minimum_age": NOT_STATED if age is None else age,
        "minimum_age_basis": NOT_STATED if age is None else "given in the HSDS file",
        "ref": ref,
    }


def _routes(service: FeedService) -> list[str] | str:
    lines = (service.fields.application_process or "").splitlines()
    return [line.strip() for line in lines if line.strip()] or NOT_STATED
