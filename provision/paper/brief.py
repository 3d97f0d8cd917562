"""What a briefing says, whether as a Word document or as slides: its title, what is not stated,
where the source disagrees with itself."""

from __future__ import annotations

import io

from provision.coverage.status import Status, coverage
from provision.dates import day_words
from provision.english import FEW, listing, number
from provision.links.query import Query, SizeName
from provision.paper.figures import draw
from provision.paper.table import Table
from provision.paper.view import View
from provision.record import Record
from provision.schema.services import NOT_STATED, Discrepancy, Level, Region, Service
from provision.text.wording import as_at, edition, reference_text, region_words

COLOURS = 128  # of a picture: its flat colours, and the shades between them along edges


def title(record: Record) -> str:
    """What the briefing is called."""
    return f"{region_words(record)}: coverage and gaps of {record.file.region.services}"


def picture(record: Record, view: View, size: SizeName, dpi: int = 300) -> bytes:
    """A view as a PNG that is small enough to stand with twenty others in one file; its colours are
    few, and are kept."""
    from PIL import Image

    drawn = Image.open(io.BytesIO(draw(record, view, size, "png"))).convert("RGB")
    if dpi != 300:
        drawn = drawn.resize(
            (round(drawn.width * dpi / 300), round(drawn.height * dpi / 300)),
            Image.Resampling.LANCZOS,
        )
    out = io.BytesIO()
    drawn.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True, dpi=(dpi, dpi)
    )
    return out.getvalue()


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
    for counted, words in (
        (True, ""),
        (False, f", which is not one of the {region.areas} that are counted"),
    ):
        names = list(unknown.loc[unknown["counted"] == counted, "name"])
        if names:
            found.append(
                f"Whether there was a contracted service on {day_words(query.on)} in"
                f" {listing(names)}{words}."
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
