"""Everything that is known about a region, loaded, checked and joined once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from provision.io import reading
from provision.io.boundaries import Area, read_features
from provision.io.figures import Indicator
from provision.io.files import DataFiles, version_of
from provision.io.folders import check_folder
from provision.io.late_frames import LateFrame, held_column
from provision.io.neighbours import read_neighbours
from provision.io.problems import InvalidData, Problem, nearest, shown
from provision.io.region_records import RecordEntry, records_of
from provision.io.sidecars import Origin, read_origin
from provision.io.theme_checks import read_annexes
from provision.record_files import contiguous_of, figures_of, gather, services_of
from provision.regions.any_boundaries import areas_of
from provision.schema.services import (
    Discrepancy,
    OutcomeTarget,
    Reference,
    Section,
    Service,
    ServicesFile,
    Source,
)
from provision.schema.themes import Organisation, OrganisationsFile, Theme, ThemesFile

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Record:
    """One region's services, areas, figures and neighbours, joined by area code.

    ``service_area_matrix`` is a boolean array (areas x services): whether the service's contract
    names the area. ``listed_none`` is a boolean array (areas): whether the source lists the area as
    having no contracted service. Both follow ``areas`` and ``services``. ``contents`` are the bytes
    of its files, so that what is given out is what was read, whatever becomes of the files;
    ``water`` are GeoJSON features. ``notes`` say how the outlines were read, where they are not in
    the record's own form; ``unwritten`` are files that are not there: what they would say is not
    stated. Somebody's own data is not ``published``: its version says so wherever it is printed;
    ``upload`` is the hash under which it is kept, ``""`` where it is kept for its session alone.
    ``entry`` says what it is called among the records of its region, ``entries`` which these are;
    None where the region names none."""

    file: ServicesFile
    areas: tuple[Area, ...]
    figures: pd.DataFrame
    indicators: tuple[Indicator, ...]
    neighbours: pd.DataFrame
    origin: Origin | None
    version: str
    files: DataFiles = field(repr=False)
    themes_file: ThemesFile = field(default=ThemesFile(), repr=False)
    organisations_file: OrganisationsFile = field(default=OrganisationsFile(), repr=False)
    water: tuple[Any, ...] = field(default=(), repr=False)
    contents: Mapping[Path, bytes] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    unwritten: tuple[Path, ...] = field(default=(), repr=False)
    published: bool = True
    upload: str = ""
    entry: RecordEntry | None = field(default=None, repr=False)
    entries: tuple[RecordEntry, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """Its id among the records of its region; ``""`` for the first, and for one alone."""
        return self.entry.id if self.entry and self.entry != self.entries[0] else ""

    @property
    def label(self) -> str:
        """What it is called where it is not the first of its region; else ``""``."""
        return self.entry.label if self.entry and self.key else ""

    @cached_property
    def codes(self) -> pd.Index:
        """Area codes, in the order of the boundaries file: the index of every table."""
        import pandas as pd

        return pd.Index([area.code for area in self.areas], name="code")

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The rows of every array and table, by area code."""
        return {area.code: row for row, area in enumerate(self.areas)}

    def those(self, chosen: np.ndarray) -> tuple[str, ...]:
        """The codes of the areas that are set in a boolean array (areas), in the order of the
        boundaries file."""
        return tuple(self.areas[row].code for row in np.flatnonzero(chosen))

    @cached_property
    def by_code(self) -> dict[str, Area]:
        """Areas by code."""
        return {area.code: area for area in self.areas}

    @cached_property
    def counted(self) -> np.ndarray:
        """Boolean array (areas): the areas that counts are over; the others are listed apart."""
        return np.array(
            [area.kind in (None, self.file.region.area_kind) for area in self.areas], dtype=bool
        )

    @property
    def services(self) -> tuple[Service, ...]:
        """The contracted services, in the order of the file."""
        return self.file.services

    @cached_property
    def services_by_id(self) -> dict[str, Service]:
        """Services by id."""
        return {s.id: s for s in self.services}

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes, in the order of the file; empty where a region has none."""
        return self.themes_file.themes

    @cached_property
    def themes_by_id(self) -> dict[str, Theme]:
        """Themes by id."""
        return {t.id: t for t in self.themes}

    @cached_property
    def organisations_by_id(self) -> dict[str, Organisation]:
        """Organisations by id."""
        return {o.id: o for o in self.organisations_file.organisations}

    @cached_property
    def targets_by_id(self) -> dict[str, OutcomeTarget]:
        """Outcome targets by id."""
        return {t.id: t for t in self.file.outcome_targets}

    @cached_property
    def service_area_matrix(self) -> np.ndarray:
        """Boolean array (areas x services)."""
        found = np.zeros((len(self.areas), len(self.services)), dtype=bool)
        for column, service in enumerate(self.services):
            found[self._rows(service.service_area.listed), column] = True
        return found

    @cached_property
    def listed_none(self) -> np.ndarray:
        """Boolean array (areas)."""
        found = np.zeros(len(self.areas), dtype=bool)
        found[self._rows(self.file.areas_without_service.listed)] = True
        return found

    @cached_property
    def neighbour_pairs(self) -> tuple[tuple[str, str, str], ...]:
        """The pairs of ``neighbours`` without the rest: two area codes, and a
        :class:`provision.io.sidecars.Link`."""
        columns = (held_column(self, "neighbours", n) for n in ("code_a", "code_b", "type"))
        return tuple(zip(*columns, strict=True))

    def official(self, spelling: str) -> str:
        """The official name behind a spelling in the source."""
        return self.file.region.name_variants.get(spelling, spelling)

    def find(self, text: str) -> Area:
        """An area by code or by any spelling of its name. Raises LookupError with the nearest
        name."""
        wanted = text.strip().casefold()
        spellings = {
            s.casefold(): official.casefold()
            for s, official in self.file.region.name_variants.items()
        }
        for area in self.areas:
            if spellings.get(wanted, wanted) in (area.code.casefold(), area.name.casefold()):
                return area
        begins = [a.name for a in self.areas if wanted and a.name.casefold().startswith(wanted)]
        otherwise = "use an area's code or its official name"
        mend = (
            f"did you mean {' or '.join(repr(n) for n in begins)}?"
            if begins
            else nearest(text, [a.name for a in self.areas], otherwise)
        )
        raise LookupError(f"{shown(text)} is not an area in the data; {mend}")

    def find_theme(self, text: str) -> Theme:
        """A theme by id, title or another name of it. Raises LookupError with the nearest."""
        wanted = text.strip().casefold()
        for theme in self.themes:
            if wanted in (
                theme.id,
                theme.title.casefold(),
                *(v.name.casefold() for v in theme.variants),
            ):
                return theme
        known = [name for t in self.themes for name in (t.id, t.title)]
        otherwise = (
            f"use one of: {', '.join(self.themes_by_id)}"
            if self.themes
            else "the record has no themes"
        )
        raise LookupError(
            f"{shown(text)} is not a theme in the data; {nearest(text, known, otherwise)}"
        )

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {area.name: row for row, area in enumerate(self.areas)}

    def _rows(self, listed: tuple[str, ...]) -> list[int]:
        return [self._row_of[self.official(name)] for name in listed]

    @property
    def indicators_by_id(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {i.id: i for i in self.indicators}

    def women(self, from_age: int) -> pd.Series:
        """Women resident in each area from an age up, indexed by area code; NaN throughout where no
        column counts them."""
        import pandas as pd

        for indicator in self.indicators:
            if indicator.women_from_age == from_age:
                return self.figures[indicator.id]
        return pd.Series(float("nan"), index=self.codes)

    def women_values(self, from_age: int) -> np.ndarray:
        """The same as :meth:`women`: float array (areas), in the order of the boundaries file."""
        for indicator in self.indicators:
            if indicator.women_from_age == from_age:
                return np.array(held_column(self, "figures", indicator.id), dtype=float)
        return np.full(len(self.areas), np.nan)

    def women_by_code(self, from_age: int) -> dict[str, float]:
        """The same as :meth:`women`, as a mapping."""
        if from_age not in self._women:
            self._women[from_age] = dict(
                zip(self.row_of, self.women_values(from_age).tolist(), strict=True)
            )
        return self._women[from_age]

    @cached_property
    def _women(self) -> dict[int, dict[str, float]]:
        return {}

    def section(self, reference: Reference) -> tuple[Source, Section]:
        """The source and the section that a reference points at."""
        source = next(s for s in self.file.sources if s.id == reference.source)
        return source, next(s for s in source.sections if s.id == reference.section)

    @property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """Every place where the source disagrees with itself or leaves something out."""
        return (*self.file.discrepancies, *self.themes_file.discrepancies)

    def discrepancies_touching(self, *things: str) -> tuple[Discrepancy, ...]:
        """The discrepancies that bear on any of the things named: area names, ids, ``counts``."""
        return tuple(d for d in self.discrepancies if set(d.touches) & set(things))

    @property
    def default_date(self) -> date:
        """The date that a view opens on."""
        return self.file.region.default_date


# Both are read as tables, and laid out as data frames when somebody asks for one.
Record.figures = LateFrame("figures")  # type: ignore[assignment]
Record.neighbours = LateFrame("neighbours")  # type: ignore[assignment]


def load(files: DataFiles) -> Record:
    """Load, check and join a region. Raises InvalidData with the problems of every file at once."""
    if files.folder:
        check_folder(files.folder)
    problems: list[Problem] = []
    opened = reading.Files()
    read = opened.text
    areas, notes = gather(problems, lambda: areas_of(files, opened)) or ((), ())
    services = gather(problems, lambda: services_of(files, areas, opened) if areas else None)
    figures = gather(problems, lambda: figures_of(files, areas, read))
    path = files.neighbours if areas else None
    neighbours = gather(problems, lambda: read_neighbours(path, areas, read) if path else None)
    sidecar = files.description(files.boundaries)
    origin = gather(problems, lambda: read_origin(sidecar, read) if sidecar else None)
    annexes = gather(problems, lambda: read_annexes(files, services, read))
    water = gather(problems, lambda: read_features(files.water, read) if files.water else [])
    entries = gather(problems, lambda: records_of(files))
    if problems or services is None or figures is None or annexes is None or entries is None:
        raise InvalidData(problems)
    # in an order that stays
    contents = {path: opened.contents[path] for path in files.paths() if path in opened.contents}
    table, indicators = figures
    beside = contiguous_of(areas) if neighbours is None else neighbours
    return Record(
        services,
        areas,
        cast("pd.DataFrame", table),
        indicators,
        cast("pd.DataFrame", beside),
        origin,
        version_of(contents),
        files,
        *annexes,
        tuple(water or ()),
        contents,
        notes,
        (files.services,) if files.has_no_services else (),
        entry=entries[0] if entries else None,
        entries=entries,
    )
