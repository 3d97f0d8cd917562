"""How a chart of gaps marks the kinds of gap: what is absent as on the maps, what is thin in pale
colours."""

from __future__ import annotations

from dataclasses import replace

from provision.coverage.need import Gap
from provision.coverage.status import Status
from provision.symbology.coverage import BY_STATUS, PALE, MapClass
from provision.text.labels import GAP_WORDS

GAPS = {
    Gap.NONE: BY_STATUS[Status.NONE],
    Gap.LAPSED: BY_STATUS[Status.LAPSED],
    Gap.NOT_STATED: BY_STATUS[Status.NOT_STATED],
    Gap.ONE_TO_ONE_ONLY: MapClass("one_to_one", "", "", PALE, "rising"),
    Gap.LAPSING_SOON: MapClass("lapsing_soon", "", "", "#f5c13d", "upright", "#8a6a10"),
    Gap.ONE_PROVIDER: MapClass("one_provider", "", "", "#8fb4d6"),
}
GAPS = {gap: replace(kind, label=GAP_WORDS[gap].capitalize()) for gap, kind in GAPS.items()}
