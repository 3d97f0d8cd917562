"""Sentences about partners and the pathway."""

from __future__ import annotations

from provision.english import listing
from provision.record import Record
from provision.text.headings import Heading
from provision.themes.partners import Reliance, in_services, name_of, reliances


def partners_heading(record: Record) -> Heading:
    """How many organisations carry the contracted services, and which are in several."""
    found = in_services(record)
    most = [name_of(record, o) for o, services in found.items() if len(services) > 1]
    n = len(record.services)
    if not found:
        return Heading("No organisation is named in a contracted service", "")
    who = (
        "1 organisation leads, oversees or shares"
        if len(found) == 1
        else f"{len(found)} organisations lead, oversee or share"
    )
    headline = f"{who} the {f'{n} contracted services' if n > 1 else 'contracted service'}"
    return Heading(headline, f"In more than one: {listing(most)}." if most else "")


def reliance_sentence(record: Record, found: Reliance) -> str:
    """Whom a theme's provision rests on."""
    title = record.themes_by_id[found.theme].title
    if not found.named:
        return f"{title}: provider not named."
    rest = ". The source mentions unnamed others" if found.others else ""
    alone = " only" if len(found.named) == 1 and not found.others else ""
    return f"{title}: {listing(name_of(record, o) for o in found.named)}{alone}{rest}."


def single_partner_sentence(record: Record) -> str:
    """The themes for which the source names one organisation only as providing."""
    found = [r for r in reliances(record) if len(r.named) == 1]
    if not found:
        return "No theme depends on one named organisation."
    alone, others = (
        [record.themes_by_id[r.theme].title for r in found if r.others is more]
        for more in (False, True)
    )
    parts = [listing(alone)] * bool(alone) + [
        f"{listing(others)} (the source mentions unnamed others)"
    ] * bool(others)
    return (
        f"Only one organisation is named for {len(found)}"
        f" {'theme' if len(found) == 1 else 'themes'}: {'; '.join(parts)}."
    )


def pathway_heading(record: Record, stage: str | None) -> Heading:
    """The question for one stage of the pathway; for all of them, what the page is about and
    when."""
    line = f"Date: {record.file.region.as_at}."
    if stage:
        return Heading(next(s.question for s in record.themes_file.pathway if s.id == stage), line)
    titles = [s.title.lower() for s in record.themes_file.pathway]
    return Heading(f"What the source describes from {titles[0]} to {titles[-1]}", line)
