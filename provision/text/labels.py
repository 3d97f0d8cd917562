"""What codes are called, for screen, paper and files: each table once. Codes cross from the domain;
words are said here.

The sentences are in the other modules of :mod:`provision.text`."""

from __future__ import annotations

from provision.coverage.basis import Basis
from provision.coverage.comparability import Part
from provision.coverage.need import Gap
from provision.coverage.status import Status
from provision.coverage.then_and_now import Passage
from provision.exchange.diff import AreaChange
from provision.scenarios.codes import Difference, Effect, ScenarioStatus
from provision.scenarios.figures import Measure
from provision.schema.themes import GradeLevel
from provision.themes.partners import Tie
from provision.themes.reach import ThemeCoverage
from provision.themes.together import Together

STATUS_WORDS = {
    Status.COVERED: "covered",
    Status.NONE: "no contracted service",
    Status.LAPSED: "lapsed",
    Status.NOT_STATED: "not stated",
}
SCENARIO_STATUS_WORDS = {
    **{ScenarioStatus(s.value): words for s, words in STATUS_WORDS.items()},
    ScenarioStatus.WHAT_IF: "covered because of a hub",
    ScenarioStatus.REMOTE: "reached only remotely",
}
BASIS_WORDS = {
    Basis.NAMED: "named in contract",
    Basis.LISTED: "listed for referral",
    Basis.REGION_WIDE: "region-wide",
    Basis.NAMED_SITE: "named site",
    Basis.AREA_NOT_STATED: "area not stated",
    Basis.NONE: "not named",
}
GAP_WORDS = {
    Gap.NONE: "no contracted service",
    Gap.LAPSED: "lapsed",
    Gap.NOT_STATED: "not stated",
    Gap.ONE_TO_ONE_ONLY: "one-to-one support only",
    Gap.LAPSING_SOON: "contracts end within 12 months",
    Gap.ONE_PROVIDER: "depends on one provider",
}
EFFECT_WORDS = {
    Effect.WHAT_IF: "newly covered, because of a hub",
    Effect.SECURED: "covered, where the source did not say before",
    Effect.GAINED: "newly covered, by a contract as changed",
    Effect.HELD: "covered before by contracts, now because of a hub",
    Effect.LOST: "lost",
    Effect.DOUBTFUL: "covered before, now the source does not say",
    Effect.REMOTE: "reached only remotely, which is not counted as covered",
    Effect.REMOTE_ONLY_LEFT: "covered before, now only remote support is certain",
    Effect.CHANGED: "not covered, for another reason than before",
    Effect.UNCHANGED: "unchanged",
}
DIFFERENCE_WORDS = {
    Difference.BOTH: "both",
    Difference.ONLY_A: "only {a}",
    Difference.ONLY_B: "only {b}",
    Difference.NEITHER: "neither",
    Difference.REMOTE: "neither by a place, only remotely",
    Difference.UNKNOWN: "neither for certain, not stated",
    Difference.UNSURE_A: "in {b}, not stated in {a}",
    Difference.UNSURE_B: "in {a}, not stated in {b}",
}
AREA_CHANGE_WORDS = {
    AreaChange.GAINED: "gained",
    AreaChange.LOST: "lost",
    AreaChange.NO_LONGER_STATED: "no longer stated",
    AreaChange.NOW_STATED: "now stated",
    AreaChange.CHANGED: "changed",
}
PASSAGE_WORDS = {
    Passage.GAINED: "gained: none then, named now",
    Passage.GAINED_NOT_STATED: "not stated then, named now",
    Passage.LOST: "lost: named then, none now",
    Passage.NO_LONGER_STATED: "no longer stated",
    Passage.NOW_WITHOUT: "not stated then, none now",
    Passage.COVERED_IN_BOTH: "named in both",
    Passage.COVERED_IN_NEITHER: "named in neither",
    Passage.NOT_STATED_IN_EITHER: "not stated in either",
}
PART_WORDS = {
    Part.AREAS: "The areas",
    Part.NAMED: "Which areas a contract names",
    Part.DATES: "Dates",
    Part.PEOPLE: "Whom the services are for",
    Part.LEVEL: "Level of support",
    Part.MONEY: "Money",
    Part.SERVICES: "Single services",
}
GRADE_WORDS = {
    GradeLevel.NONE_DESCRIBED: "no provision described",
    GradeLevel.LITTLE_OR_NONE: "little or none",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "significant unmet need likely",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "limited or insufficient",
    GradeLevel.TARGET_OR_PROVISION: "no shortage reported",
}
REACH_WORDS = {
    ThemeCoverage.TARGET: "contract with a target",
    ThemeCoverage.PROVISION: "contract named for it, no target",
    ThemeCoverage.LAPSED: "lapsed",
    ThemeCoverage.NOT_NAMED: "no contract names this theme",
    ThemeCoverage.NONE: "no contracted service",
    ThemeCoverage.NOT_STATED: "not stated",
}
TOGETHER_WORDS = {
    Together.ALL: "a contract for all of them",
    Together.SOME: "a contract for some of them",
    Together.LAPSED: "lapsed",
    Together.NONE: "no contract for any of them",
    Together.NOT_STATED: "not stated",
}
TIE_WORDS = {
    Tie.LEADS: "leads",
    Tie.OVERSEES: "oversees",
    Tie.PARTNER: "partner",
    Tie.PROVIDES: "named for provision",
    Tie.EXPERT: "expert partner",
}

# Figures of a scenario; with the region's word for areas, the status or level, and the months.
FIGURE_WORDS = {
    Measure.AREAS_OF_STATUS: "{areas}: {of}",
    Measure.ONLY_BY_HUB: "covered only because of a hub",
    Measure.REMOTE_ONLY: "reached only remotely",
    Measure.GAINED: "{areas} gained",
    Measure.LOST: "{areas} lost",
    Measure.AREAS_OF_LEVEL: "{of}",
    Measure.ON_ONE_PROVIDER: "depends on one provider",
    Measure.ON_ONE_HUB: "depends on one hub",
    Measure.PLACES: "places for women a year, where stated",
    Measure.WOMEN_GAINED: "women gained",
    Measure.WOMEN_LOST: "women lost",
    Measure.COST_A_YEAR: "cost a year beyond the baseline (ours, no source states it)",
    Measure.COST_IN_ALL: "cost over {months} months (ours, no source states it)",
}
