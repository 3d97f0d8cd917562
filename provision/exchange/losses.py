"""What of a record the standard cannot hold: found by reading the file back and comparing, so that
nothing can be forgotten."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from provision.exchange.diff import difference
from provision.exchange.hsds import identifier, to_hsds
from provision.exchange.hsds_import import imported_data
from provision.record import Record
from provision.schema.services import ServicesFile


@dataclass(frozen=True)
class Loss:
    """Something that does not come back from the standard: in which part of the file, which field,
    how often, and why."""

    part: str
    field: str
    times: int
    why: str


def losses(record: Record) -> list[Loss]:
    """What of a record its HSDS file does not bring back.

    Parameters
    ----------
    record : Record
        One that has services.

    Returns
    -------
    list of Loss
        By part and field, each with how often and why.
    """
    back = ServicesFile.model_validate(imported_data(to_hsds(record), "the file", record).data)
    ours = {identifier(record, "service", s.id): s.id for s in record.services}
    named = [(s, ours[s.ref[0].section]) for s in back.services]
    same = back.model_copy(
        update={"services": tuple(s.model_copy(update={"id": own}) for s, own in named)}
    )
    fields = difference(record, replace(record, file=same)).fields
    tally = Counter({("services", "id"): sum(s.id != own for s, own in named)})
    tally.update(
        (f.part, _plain_field(f.field)) for f in fields if (f.part, f.entry) != ("sources", "hsds")
    )
    return [
        Loss(part, field, times, _why(part, field))
        for (part, field), times in tally.items()
        if times
    ]


def loss_lines(found: list[Loss]) -> list[str]:
    """The losses for people to read.

    Parameters
    ----------
    found : list of Loss
        As :func:`losses` finds them.

    Returns
    -------
    list of str
        A line for every reason, with what it concerns.
    """
    by_why: dict[str, list[Loss]] = {}
    for loss in found:
        by_why.setdefault(loss.why, []).append(loss)
    return [
        f"{'; '.join(f'{x.part} {x.field}'.strip() for x in group)}: {why}."
        for why, group in by_why.items()
    ]


def _plain_field(field: str) -> str:
    """A field's path without what tells the entries of a list apart: ``funding.the port.amount`` as
    ``funding.amount``."""
    first, _, rest = field.partition(".")
    return f"{first}.{rest.rpartition('.')[2]}" if rest else first


_NO_FIELD = "the standard has no field for it; it becomes 'not stated' or is left out"
_WHY = {
    ("services", ""): (
        "the contract is not active on the record's date; without contract dates it would come back"
        " as if it were"
    ),
    (
        "services",
        "id",
    ): "the standard's identifiers are UUIDs; ours is made anew from the short name",
    ("services", "commissioners"): "the standard knows who funds, not who commissions",
    (
        "services",
        "contract.start",
    ): "a service of the standard has a status, not a contract with dates",
    (
        "services",
        "contract.end",
    ): "a service of the standard has a status, not a contract with dates",
    ("services", "funding.amount"): "the standard's funding names a source and no amount",
    ("services", "funding.through"): "the standard's funding names a source and nothing else",
    (
        "services",
        "service_area.heading_count",
    ): "the standard lists areas; it does not say what a heading claims",
    (
        "services",
        "service_area.listed",
    ): "areas go by their official name and code; the source's own spelling does not come back",
    (
        "services",
        "eligibility.minimum_age_basis",
    ): "the standard has an age and not where it comes from",
    (
        "services",
        "confidence.level",
    ): "what comes from elsewhere has not been checked against a source",
    (
        "services",
        "confidence.reason",
    ): "what comes from elsewhere has not been checked against a source",
    ("region", "as_at"): "the standard's assured_date is a day; the record's date may be a month",
    ("areas_without_service", "listed"): (
        "the standard cannot say that an area has nothing; these areas become not stated, which is"
        " not the same"
    ),
    ("areas_without_service", "heading_count"): "the standard cannot say that an area has nothing",
    ("other_provision", ""): (
        "it has no area that the standard could hold, and reading it back would not tell it from a"
        " contracted service"
    ),
}
_WHY_PART = {
    "region": "the words of the record about itself are not part of the standard",
    "sources": (
        "the standard does not say which document, section and page a fact comes from; the file is"
        " then the source"
    ),
    "named_gaps": "gaps that the source names have no place in the standard",
    "outcome_targets": "outcome targets have no place in the standard",
    "discrepancies": "where a source disagrees with itself has no place in the standard",
}


def _why(part: str, field: str) -> str:
    if field.rpartition(".")[2] in ("ref", "referral_ref", "caveat_ref"):
        return _WHY_PART["sources"]
    return _WHY.get((part, field)) or _WHY_PART.get(part, _NO_FIELD)
