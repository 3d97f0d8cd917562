"""What a briefing says, whether as a Word document or as slides: its title, what is not stated,
where the source disagrees with itself."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from provision.coverage.status import Status, coverage
from provision.dates import day_words
from provision.english import FEW, listing, number
from provision.links.query import Query, SizeName
from provision.paper.citation import stopped
from provision.paper.figures import canvas_of, words
from provision.paper.table import Table
from provision.paper.view import Kind, View
from provision.paper.views import Described, describe
from provision.record import Record
from provision.schema.services import NOT_STATED, Discrepancy, Level, Region, Service
from provision.text.wording import as_at, edition, reference_text, region_words

COLOURS = 128  # of a picture: its flat colours, and the shades between them along edges


def title(record: Record) -> str:
    """What the briefing is called."""
    return f"{region_words(record)}: coverage and gaps of {record.file.region.services}"


def picture(record: Record, view: View, size: SizeName, dpi: int = 300) -> bytes:
    """A view as a PNG for a document that says its title and source itself; its colours are few,
    and are kept."""
    from PIL import Image

    said = describe(record, view)
    drawn = canvas_of(record, view, size, said, bare=True).write("png", words(view, said), dpi)
    out = io.BytesIO()
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", compress_level=6, dpi=(dpi, dpi)
    )
    return out.getvalue()


def findings(record: Record, query: Query, said: Mapping[View, Described]) -> list[str]:
    """What a director must know, one thing a sentence: the areas with nothing by name, whom that
    concerns, what ends when, the themes, the scenario."""
    table, region = coverage(record, query.on), record.file.region
    counted = table[table["counted"]]
    told = {view.kind: found for view, found in reversed(list(said.items()))}
    found = [f"{told[Kind.COVERAGE].finding}."]
    for status, words_ in (
        (Status.NONE, "with no contracted service"),
        (Status.LAPSED, "where every contract has ended"),
    ):
        names = list(counted.loc[counted["status"] == status, "name"])
        if names:
            found.append(f"{region.areas.capitalize()} {words_}: {listing(names)}.")
    kinds = (Kind.GAPS, Kind.CALENDAR, Kind.THEMES, Kind.SCENARIO)
    return found + [stopped(told[kind].finding) for kind in kinds if kind in told]


def sentences(text: str) -> list[str]:
    """Text in its sentences."""
    return [part for part in re.split(r"(?<=[.?!]) (?=[A-Z])", text) if part]


_FILE = re.compile(r"\s*\([^()]*\.(?:csv|ods|xlsx?|zip)\)|,? sheet [^,.]*(?=[,.])")


def without_files(text: str) -> str:
    """A publication's title without the names of its files.

    >>> without_files("Estimates for mid-2018 (ukmid2018.xls). Office")
    'Estimates for mid-2018. Office'
    """
    return _FILE.sub("", text)


def _missing(service: Service) -> list[str]:
    """The parts of an entry that its source leaves out altogether."""
    return [
        words
        for words, lacking in (
            ("whether it is contracted", service.contracted == NOT_STATED),
            ("whom it is for", service.people_specific == NOT_STATED),
            ("its level of support", service.level is Level.NOT_STATED),
            ("its youngest age", service.eligibility.minimum_age == NOT_STATED),
            ("who leads it", service.provider == NOT_STATED),
            ("who commissions it", not service.commissioners),
            ("who pays for it", not service.funding),
            ("how to be referred", not service.referral_routes),
        )
        if lacking
    ]


def few_or_count(names: list[str], region: Region) -> str:
    """A few names, or how many there are."""
    return listing(names) if len(names) <= FEW else f"{number(len(names))} {region.areas}"


def not_stated(record: Record, query: Query) -> list[str]:
    """What the source does not say, one thing a sentence: areas, contracts, money, ages, numbers in
    headings."""
    region, table = record.file.region, coverage(record, query.on)
    unknown = table[table["status"] == Status.NOT_STATED]
    found = []
    for counted, aside in (
        (True, ""),
        (False, f", which is not one of the {region.areas} that are counted"),
    ):
        names = list(unknown.loc[unknown["counted"] == counted, "name"])
        if names:
            found.append(
                f"Whether there was a contracted service on {day_words(query.on)} in"
                f" {listing(names)}{aside}."
            )
    for service in record.services:
        lacking = [
            words
            for words, value in (
                ("when it starts", service.contract.start),
                ("when it ends", service.contract.end),
            )
            if value == NOT_STATED
        ]
        lacking += [
            f"how much {line.funder} pays" for line in service.funding if line.amount == NOT_STATED
        ]
        lacking += _missing(service)
        lacking += [f.what for f in service.capacity if f.value == NOT_STATED]
        lacking += (
            [f"how many {region.areas} its heading claims"]
            if service.service_area.heading_count == NOT_STATED
            else []
        )
        found += [f"Of {service.name}: {listing(lacking)}."] if lacking else []
    for indicator in record.indicators:
        blank = record.figures[indicator.id].isna() & record.counted
        names = (
            [record.by_code[str(code)].name for code in record.codes[blank]]
            if indicator.kind == "number"
            else []
        )
        found += (
            [f"The figure “{indicator.label}” for {few_or_count(names, region)}."] if names else []
        )
    return found


def disputes(groups: dict[str, tuple[Table, ...]]) -> list[Discrepancy]:
    """The discrepancies that concern any of the tables, each once."""
    return list(
        {
            d.id: d for tables in groups.values() for table in tables for d in table.discrepancies
        }.values()
    )


def statements(record: Record, dispute: Discrepancy) -> str:
    """What the source says, and where, in one paragraph."""
    return " ".join(
        f"{s.says.rstrip('.')} ({'; '.join(reference_text(record, ref) for ref in s.ref)})."
        for s in dispute.statements
    )


def dateline(record: Record, query: Query) -> str:
    """The day that the briefing looks at, and the data it was made from."""
    return f"As at {as_at(record, query.on)}. {edition(record)}."
