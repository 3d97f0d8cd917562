"""What is to be borne in mind of every cost: it is ours, and the source gives none yet."""

from __future__ import annotations

from provision.record import Record
from provision.text.wording import Sourced

_OURS = "Every cost here is ours: worked out from contracts, or put in by hand."


def cost_caution(record: Record) -> Sourced:
    """The caution that stands beside every cost.

    Parameters
    ----------
    record
        The record that the costs were worked out from.

    Returns
    -------
    Sourced
        Two sentences, and where the source says that costs are still to be established; no
        passages where the record keys none."""
    investment = record.themes_file.investment
    if not investment:
        return Sourced(f"No source in the record states what a hub costs. {_OURS}")
    refs = tuple(dict.fromkeys(ref for point in investment[0].points for ref in point.ref))
    return Sourced(
        "The source gives no unit cost yet: what the approach costs is still to be established."
        f" {_OURS}",
        refs,
    )
