"""The schema of ``themes.yaml`` and ``organisations.yaml``: what the source says theme by theme,
and who is engaged.

As in :mod:`provision.schema.services`, *not stated* is written out. What one file says of another
(ids of services, targets, organisations and themes, sections of a source) is not checked here; it
needs all the files."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from provision.schema.services import (
    Discrepancy,
    Entry,
    Identifier,
    Name,
    NotStated,
    NumberOrNot,
    References,
    Text,
)
from provision.schema.topics import Aim, Point, Topic, Undertaking


class Tag(StrEnum):
    """What a point of the consultation is about. Small and fixed; a point has one to four."""

    CHILDREN = "children"  # and mothers, and people who were in care
    COMMISSIONING = "commissioning"  # what is bought, from whom, under which contract
    COMMITMENTS = "commitments"  # what the Blueprint promises, and whether it can be kept
    CONTINUITY = "continuity of care"  # from prison to outside, from youth to adult services
    COURTS = "courts"
    DATA_GAP = "data gap"
    DEFINITION = "definition"
    DISCLOSURE = "disclosure"  # what women tell, and why not
    DIVERSION = "diversion"
    EMPLOYMENT = "employment"
    FUNDING = "funding"
    GEOGRAPHY = "geography"  # what differs from borough to borough
    HEALTH = "health"
    HOUSING = "housing"
    IDENTITY = "identity"  # ethnicity, faith, sexuality, gender
    IMMIGRATION = "immigration"
    INFORMATION = "information"  # who knows what, and who is told
    JOINT_WORKING = "joint working"
    LANGUAGE = "language"
    LIVED_EXPERIENCE = "lived experience"  # women's own say
    MONEY = "money and benefits"
    POLICE = "police"
    PRISON = "prison"
    PROBATION = "probation"
    SAFETY = "safety"  # violence, exploitation, safeguarding
    SPECIALIST = "specialist provision"
    STIGMA = "stigma"
    TRAINING = "training"
    TRAUMA = "trauma"


class Where(StrEnum):
    """Where a line of provision is to be had. ``named in contract`` stands for the areas of the
    services it names."""

    NAMED_IN_CONTRACT = "named in contract"
    REGION_WIDE = "region-wide"
    NAMED_SITE = "named site"
    AREA_NOT_STATED = "area not stated"


class GradeLevel(StrEnum):
    """What the source says of provision for a theme, worst first."""

    NONE_DESCRIBED = "none-described"  # no passage on current provision
    LITTLE_OR_NONE = "little-or-none"  # the passage says so
    SIGNIFICANT_UNMET_NEED = "significant-unmet-need"  # the passage thinks it likely
    LIMITED_OR_INSUFFICIENT = "limited-or-insufficient"  # the passage says so
    # a target, or provision described with no shortage stated
    TARGET_OR_PROVISION = "target-or-provision"


class StepKind(StrEnum):
    """Who speaks in a next step: the source, research that it quotes, somebody already committed;
    or it points at an opening."""

    PROPOSED = "proposed"
    RECOMMENDED = "recommended"
    ANNOUNCED = "announced"
    OPPORTUNITY = "opportunity"


class OrganisationKind(StrEnum):
    """What an organisation is, as the source describes it or its name says; else *not stated*."""

    # ministries and public bodies, national or the Mayor's; police, prosecution and courts included
    GOVERNMENT = "government"
    PROFESSIONAL = "professional body"  # of people in one profession or office
    PRISON_OR_PROBATION = "prison or probation"
    HEALTH = "health"
    LOCAL_GOVERNMENT = "local government"  # councils, their officers, boards and association
    VOLUNTARY = "voluntary"  # charities and social enterprises
    CHARITY_NETWORK = "charity network"  # formed by or for several of them
    OTHER = "other"  # private companies


class Need(Point):
    """Evidence of need: a figure, with whom and when it is about, or a statement without one."""

    value: NumberOrNot | None = None
    unit: Name | None = None
    qualifier: Text | None = Field(None, description="for instance 'over', 'nearly', 'a further'")
    population: Text | None = Field(None, description="whom the figure is about")
    date: Text | None = Field(None, description="when the figure holds; not when it was published")
    cited: Text | None = Field(None, description="what the source's footnote names, shortened")

    @property
    def is_figure(self) -> bool:
        """Whether this is a figure and not a statement alone."""
        return self.value is not None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.is_figure and None in (self.unit, self.population, self.date, self.cited):
            raise PydanticCustomError(
                "own", "has a value; give unit, population, date and cited too, or 'not stated'"
            )
        if (
            not self.is_figure
            and (self.unit, self.qualifier, self.population, self.date) != (None,) * 4
        ):
            raise PydanticCustomError(
                "own", "has no value; leave out unit, qualifier, population and date"
            )
        return self


class Feedback(Point):
    """What somebody said in the consultation."""

    tags: tuple[Tag, ...] = Field(min_length=1, max_length=4)


class Line(Entry):
    """One line of current provision. ``services`` are ids of services and of other provision in
    ``services.yaml``.

    ``organisations`` are those that ``who`` names; none where it names nobody.
    """

    who: Text
    what: Text
    women_specific: Literal["yes", "no", "not stated"]
    geography: Where
    services: tuple[Identifier, ...]
    organisations: tuple[Identifier, ...]
    basis: Text
    ref: References


class Grade(Entry):
    """The grade of what the source says about provision, and why."""

    level: GradeLevel
    reason: Text
    ref: References


class Step(Point):
    """A next step. ``owner`` is *not stated* unless the step itself names who is to act."""

    owner: Text
    kind: StepKind
    cited: Text | None = Field(None, description="what the source's footnote names, shortened")


class Variant(Entry):
    """Another name that the source has for a theme."""

    name: Name
    ref: References


class Theme(Entry):
    """One theme of the Annex's section 5."""

    id: Identifier
    title: Name
    variants: tuple[Variant, ...] = ()
    need: tuple[Need, ...] = Field(min_length=1)
    feedback: tuple[Feedback, ...]
    provision: tuple[Line, ...]
    targets: tuple[Identifier, ...]
    grade: Grade
    data_gaps: tuple[Point, ...]
    next_steps: tuple[Step, ...]
    expert_partners: tuple[Identifier, ...]
    related: tuple[Identifier, ...] = Field(
        description="the themes that the heading sends the reader to; not always returned"
    )
    caution: Text | None = Field(
        None,
        description=(
            "ours, not the source's: where the home borough's coverage is the wrong measure"
        ),
    )
    ref: References


class Contribution(Entry):
    """What somebody contributes at a stage of the pathway, and how far it reaches.

    ``services`` are ids of services and of other provision in ``services.yaml``; ``organisations``
    are those that ``who`` names."""

    who: Text
    what: Text
    limit: Text = Field(
        description=(
            "what the source says of its reach or lack, and where we placed it by what it does;"
            " else 'not stated'"
        )
    )
    women_specific: Literal["yes", "no", "not stated"]
    geography: Where
    state: Literal["running", "planned", "under review", "not stated"]
    services: tuple[Identifier, ...]
    organisations: tuple[Identifier, ...]
    ref: References


class Stage(Entry):
    """One stage of the pathway through the justice system, in order."""

    id: Identifier
    title: Name
    question: Text = Field(description="what a commissioner would ask of the stage")
    answer: Text = Field(description="what there is, and its limits")
    contributions: tuple[Contribution, ...]
    gaps: tuple[Point, ...] = Field(
        description="what the source itself says is missing here, or still to come"
    )
    ref: References


class ThemesFile(Entry):
    """The whole of ``themes.yaml``. A discrepancy here touches themes, organisations and outcome
    targets, by id."""

    themes: tuple[Theme, ...] = ()
    pathway: tuple[Stage, ...] = ()
    cross_cutting: tuple[Topic, ...] = ()
    aims: tuple[Aim, ...] = ()
    commitments: tuple[Undertaking, ...] = ()
    investment: tuple[Undertaking, ...] = ()
    context: tuple[Topic, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()


class Organisation(Entry):
    """Somebody engaged with these women, or an expert in it. ``services`` are led, run, overseen or
    shared in, not paid for."""

    id: Identifier
    name: Name
    variants: tuple[Text, ...] = ()
    kind: OrganisationKind | NotStated
    line: Text
    themes: tuple[Identifier, ...] = Field(description="themes that name it as expert partner")
    services: tuple[Identifier, ...]
    site: Name = Field(
        description=(
            "a district, borough, town, county or prison that the source gives; never an address"
        )
    )
    in_section_6: bool = Field(description="whether the Annex's section 6 has an entry for it")
    ref: References


class OrganisationsFile(Entry):
    """The whole of ``organisations.yaml``."""

    organisations: tuple[Organisation, ...] = ()
