"""Sentences about partners and the pathway."""

from __future__ import annotations

from provision.record import Record
from provision.text.wording import listing, number
from provision.themes.partners import Reliance, in_services, name_of, reliances


def partners_headline(record: Record) -> str:
    """How many organisations carry the contracted services, and which are in several."""
    found = in_services(record)
    most = [name_of(record, o) for o, services in found.items() if len(services) > 1]
    n = len(record.services)
    if not found:
        return "The record names no organisation in a contracted service."
    several = (
        f"; {listing(most)} {'is' if len(most) == 1 else 'are'} in more than one" if most else ""
    )
    who = (
        "One organisation leads, oversees or shares"
        if len(found) == 1
        else f"{number(len(found)).capitalize()} organisations lead, oversee or share"
    )
    return f"{who} in the {number(n)} contracted {'service' if n == 1 else 'services'}{several}."


def reliance_sentence(record: Record, found: Reliance) -> str:
    """Whom a theme's provision rests on."""
    title = record.themes_by_id[found.theme].title
    if not found.named:
        return f"{title}: the source speaks of provision and names nobody."
    rest = ", and from others that it does not name" if found.others else ""
    alone = " alone" if len(found.named) == 1 and not found.others else ""
    return (
        f"{title}: what the source describes comes from"
        f" {listing(name_of(record, o) for o in found.named)}{alone}{rest}."
    )


def single_partner_sentence(record: Record) -> str:
    """The themes for which the source names one organisation only as providing."""
    found = [r for r in reliances(record) if len(r.named) == 1]
    if not found:
        return "For no theme is one organisation alone named as providing."
    alone, others = (
        [record.themes_by_id[r.theme].title for r in found if r.others is more]
        for more in (False, True)
    )
    parts = [listing(alone)] * bool(alone) + [
        f"{listing(others)} (others are spoken of there, and not named)"
    ] * bool(others)
    return (
        f"For {number(len(found))} {'theme' if len(found) == 1 else 'themes'} one organisation"
        f" alone is named as providing: {'; '.join(parts)}."
    )


def pathway_headline(record: Record, stage: str | None) -> str:
    """The question for one stage of the pathway; for all of them, what the page is about and
    when."""
    if stage:
        return next(s.question for s in record.themes_file.pathway if s.id == stage)
    titles = [s.title.lower() for s in record.themes_file.pathway]
    return (
        f"Beyond the map, from {titles[0]} to {titles[-1]}: what the source describes and how far"
        f" it reaches, as at {record.file.region.as_at}"
    )
