"""What sentences about scenarios are made of: rules, areas and amounts in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from provision.geo.projection import plane_words
from provision.location.catchment import CatchmentRule, Rule
from provision.record import Record
from provision.text.wording import FEW, listing, number


def count_areas(record: Record, n: int) -> str:
    return f"{number(n)} {record.file.region.area if n == 1 else record.file.region.areas}"


# With the region's word for one area, and for several.
_REACH_WORDS = {
    Rule.OWN: "each for its own {area} alone",
    Rule.LAND: "each for its own {area} and its neighbours by land",
    Rule.CROSSING: "each for its own {area} and its neighbours by land or over a crossing",
    Rule.TOUCHING: "each for its own {area} and all that border on it, by land or over the river",
}


def reach_words(record: Record, reach: CatchmentRule) -> str:
    """A reach rule in running text."""
    if reach.rule is Rule.KM:
        return (
            f"each for the {record.file.region.areas} whose centre lies within {reach.km:g} km of"
            f" its own, in {plane_words(record)}"
        )
    return _REACH_WORDS[reach.rule].format(area=record.file.region.area)


def surely(perhaps: Sequence[str]) -> str:
    return " for certain" if perhaps else ""


def by_hubs(how: str, hubs: int) -> str:
    """A reach rule in the words for one hub, or for several."""
    return how.replace("each for", "for") if hubs == 1 else how


def names_or_count(record: Record, codes: Sequence[str]) -> str:
    return (
        listing(record.by_code[c].name for c in codes)
        if len(codes) <= FEW
        else count_areas(record, len(codes))
    )


def named_areas(record: Record, codes: Iterable[str]) -> str:
    """Names in full up to a handful more than elsewhere: where hubs stand is what a room wants to
    hear."""
    names = [record.by_code[code].name for code in codes]
    return listing(names) if len(names) <= 2 * FEW else count_areas(record, len(names))


def pounds(amount: float) -> str:
    return f"−£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"
