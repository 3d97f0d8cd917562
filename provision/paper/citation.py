"""How to cite a view: a caption, the link, and references in the common styles, for the view itself
and for what it rests on.

Nobody is made an author: where the record names none, the title stands first, as the styles ask.
The day on which somebody looked is given by the page, never by the server's clock. Styles as their
guides have them for a work without an author: Harvard (Cite Them Right), APA (7th edition),
Vancouver (National Library of Medicine), footnotes as in OSCOLA, BibTeX and RIS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from provision.dates import day_words
from provision.links.address import Address, web_address
from provision.links.destinations import Topic, topic_of
from provision.links.query import Query
from provision.paper.writing import clean
from provision.record import Record
from provision.schema.services import Reference
from provision.text.wording import as_at as as_at_words
from provision.text.wording import edition, region_words

# places in the documents, and ids of published figures
Origins = tuple[Sequence[Reference], Sequence[str]]
_ON_THE_MAP = (Topic.COVERAGE, Topic.GAPS, Topic.AREA, Topic.SCENARIO)
_COUNTING = (*_ON_THE_MAP, Topic.TOGETHER)  # which count women
_HERE = ("localhost", "127.0.0.1", "::1")
_DATE = re.compile(
    r"(?:(\d{1,2})"
    r" )?(?:(January|February|March|April|May|June|July|August|September|October|November|December)"
    r" )?((?:19|20)\d{2})"
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Work:
    """Something that can be cited. ``pages`` are those of the places used. ``address`` is empty
    where none is stated; ``accessed`` is None where nobody said when they looked."""

    id: str
    title: str
    publisher: str = ""
    dated: str = ""
    pages: tuple[int, ...] = ()
    version: str = ""
    note: str = ""
    address: str = ""
    accessed: date | None = None
    kind: str = "GEN"

    @property
    def day(self) -> tuple[str, str, str]:
        """Year, month and day of the work, as far as its own date gives them and no more is in it;
        empty texts for the rest."""
        found = _DATE.fullmatch(self.dated)
        return (found[3], found[2] or "", found[1] or "") if found else ("", "", "")


@dataclass(frozen=True)
class Citation:
    """What can be copied: the caption, the link, the references by style. ``notes`` say what is not
    stated."""

    caption: str
    link: str
    references: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def cite(
    record: Record,
    page: str,
    title: str,
    sentence: str,
    query: Query,
    *,
    dated: bool,
    address: str = "",
    accessed: date | None = None,
    origins: Origins | None = None,
    beside: Sequence[Record] = (),
) -> Citation:
    """How to cite a page. ``page`` is its place in the app; ``title`` and ``sentence`` are what it
    says of itself; ``dated`` whether it looks at the query's day, or at the record as a whole;
    ``address`` where it is to be found; ``accessed`` the reader's own day; ``origins`` what it
    rests on, where that is not the page's to say (:func:`rests_on`, :func:`counts`); ``beside`` are
    further records that it shows."""
    region = record.file.region
    when = as_at_words(record, query.on) if dated else str(region.as_at)
    link = web_address(address)
    topic = topic_of(Address(page, {}, ""))
    refs, figures = origins or (rests_on(record, topic, query), counts(record, topic, query))
    view = Work(
        _key(record, page, query),
        f"{clean(title)}: {clean(region_words(record))}, as at {when}",
        version=edition(record),
        note=f"Coverage and gaps of {clean(f'{region.services}: {region_words(record)}')}",
        address=link,
        accessed=accessed,
        kind="ELEC",
    )
    others = [work for own in beside for work in documents(own, ())]
    works = [view, *documents(record, refs), *others, *published(record, figures)]
    sources = "; ".join(places(record, refs) + [p for own in beside for p in places(own, ())])
    parts = (
        view.title,
        clean(sentence),
        f"Source: {sources or 'not stated'}",
        edition(record),
    )
    caption = " ".join(stopped(part) for part in parts if part.strip())
    styled = tuple((name, style(works)) for name, style in STYLES.items())
    return Citation(caption, link or "not stated", styled, _notes(link, accessed))


def _key(record: Record, page: str, query: Query) -> str:
    """What tells a view from every other in a list of references: its page, its link and the data,
    in few letters."""
    link = sha256(query.link(record).encode()).hexdigest()[:6]
    return f"{page.replace('_', '-')}-{link}-{record.version[:6]}"


def stopped(text: str) -> str:
    """A sentence with its full stop.

    >>> stopped("Who is met where"), stopped("Who says so?"), stopped("")
    ('Who is met where.', 'Who says so?', '')
    """
    text = text.rstrip()
    return text if not text or text.rstrip("”’\"')")[-1:] in tuple(".?!…") else f"{text}."


def rests_on(record: Record, topic: Topic | None, query: Query) -> tuple[Reference, ...]:
    """The places in the documents that a page rests on; all that the record has on pages that look
    at the whole of it."""
    file = record.file
    if topic is Topic.THEMES and query.theme:
        return record.themes_by_id[query.theme].ref
    if topic in (Topic.THEMES, Topic.THEME_MAPS, Topic.TOGETHER):
        together = topic is Topic.TOGETHER and query.themes
        chosen = query.themes if together else tuple(record.themes_by_id)
        return _unique(record.themes_by_id[t].ref for t in chosen)
    if topic in _ON_THE_MAP:
        return _unique(
            [
                file.region.ref,
                *(s.service_area.ref for s in record.services),
                file.areas_without_service.ref,
            ]
        )
    return ()


def documents(record: Record, refs: Sequence[Reference]) -> list[Work]:
    """The documents that the places stand in, with their pages; every document where no place is
    named."""
    pages: dict[str, set[int]] = {} if refs else {s.id: set() for s in record.file.sources}
    for ref in refs:
        _, section = record.section(ref)
        pages.setdefault(ref.source, set()).update([section.page] if section.page else [])
    return [
        Work(
            s.id,
            clean(s.title),
            clean(s.publisher),
            s.date,
            tuple(sorted(pages[s.id])),
            note=f"Licence: {clean(s.licence)}",
            kind="RPRT",
        )
        for s in record.file.sources
        if s.id in pages
    ]


def counts(record: Record, topic: Topic | None, query: Query) -> tuple[str, ...]:
    """Ids of the published figures that a page's numbers of women and its measure of need come
    from."""
    return (
        tuple(i.id for i in record.indicators if i.women_from_age is not None or i.id == query.need)
        if topic in _COUNTING
        else ()
    )


def published(record: Record, figures: Sequence[str]) -> list[Work]:
    """The publications that figures come from, each once."""
    used = [record.indicators_by_id[i] for i in figures]
    found = {
        i.source.title: Work(
            i.id,
            clean(i.source.title),
            clean(i.source.publisher),
            i.source.date,
            note=i.source.attribution,
            kind="DATA",
        )
        for i in used
    }
    return list(found.values())


def places(record: Record, refs: Sequence[Reference]) -> list[str]:
    """Documents with date and, where few are named, the places used: one line each."""
    found = []
    for s in record.file.sources:
        own = [record.section(ref)[1] for ref in refs if ref.source == s.id]
        named = ", ".join(
            dict.fromkeys(
                f"{x.title.partition(':')[0]}{f', page {x.page}' if x.page else ''}" for x in own
            )
        )
        if own or not refs:
            found.append(
                f"{clean(s.short_title)} ({clean(s.date)}){f', {clean(named)}' if named else ''}"
            )
    return found


def _notes(link: str, accessed: date | None) -> tuple[str, ...]:
    found = [
        "No author and no day of publication is stated for this explorer, so its title stands first"
        " and its data version tells which one was seen."
    ]
    if not link:
        found.append("The address is not stated.")
    elif urlsplit(link).hostname in _HERE:
        found.append(
            "This link only works on this computer: others need the address of a server that they"
            " can reach, with the same words after the question mark."
        )
    if accessed is None:
        found.append("The day of access is not stated.")
    return tuple(found)


# ---- styles: each takes the works, the view first, and gives one text
# ----------------------------------------------------------


def harvard(works: Sequence[Work]) -> str:
    """Author-date, as UK papers have it; a title stands in for an author who is not stated."""
    return "\n".join(map(_harvard, works))


def _harvard(work: Work) -> str:
    parts = [f"{work.title} ({work.day[0] or work.dated or 'no date'})", *_told(work)]
    where = (
        f" Available at: {work.address}"
        + (f" (Accessed: {day_words(work.accessed)})" if work.accessed else "")
        + "."
        if work.address
        else ""
    )
    pages = f", {_pages(work, 'p. ', 'pp. ')}" if work.pages else ""
    return f"{'. '.join(parts)}{pages}.{where}"


def apa(works: Sequence[Work]) -> str:
    """APA, 7th edition."""
    return "\n".join(map(_apa, works))


def _apa(work: Work) -> str:
    year, month, day = work.day
    when = (
        f"{year}{', ' if month else ''}{month}{' ' if day else ''}{day}"
        if year
        else work.dated or "n.d."
    )
    pages = f" ({_pages(work, 'p. ', 'pp. ')})" if work.pages else ""
    told = ". ".join(_told(work))
    accessed = (
        f"Retrieved {work.accessed:%B} {work.accessed.day}, {work.accessed.year}, from "
        if work.accessed
        else ""
    )
    return (
        f"{work.title}{pages}. ({when})."
        f" {told}.{f' {accessed}{work.address}' if work.address else ''}"
    )


def vancouver(works: Sequence[Work]) -> str:
    """Numbered, as in Vancouver."""
    return "\n".join(f"{n}. {_vancouver(work)}" for n, work in enumerate(works, 1))


def _vancouver(work: Work) -> str:
    year, month, day = work.day
    when = (
        f"{year}{' ' if month else ''}{month[:3]}{' ' if day else ''}{day}"
        if year
        else work.dated or "[date unknown]"
    )
    medium = " [Internet]" if work.address else ""
    version = f" {work.version}." if work.version else ""
    cited = (
        f" [cited {work.accessed.year} {work.accessed:%b} {work.accessed.day}]"
        if work.accessed
        else ""
    )
    pages = f" {_pages(work, 'p. ', 'p. ')}." if work.pages else ""
    where = f" Available from: {work.address}" if work.address else ""
    return (
        f"{work.title}{medium}.{version} [place unknown]:"
        f" {work.publisher or '[publisher unknown]'}; {when}{cited}.{pages}{where}"
    )


def footnote(works: Sequence[Work]) -> str:
    """For footnotes, in the manner of OSCOLA."""
    return "\n".join(map(_footnote, works))


def _footnote(work: Work) -> str:
    if work.address or not work.publisher:
        accessed = f" accessed {day_words(work.accessed)}" if work.accessed else ""
        return (
            f"‘{work.title}’"
            f" ({'; '.join(_told(work))}){f' <{work.address}>{accessed}' if work.address else ''}."
        )
    pages = f" {_pages(work, '', '')}" if work.pages else ""
    return f"{work.title} ({work.publisher}, {work.dated or 'no date'}){pages}."


def bibtex(works: Sequence[Work]) -> str:
    """BibTeX entries, for LaTeX and reference managers."""
    return "\n\n".join(map(_bibtex, works))


def _bibtex(work: Work) -> str:
    year, month, _ = work.day
    fields = {
        "title": f"{{{_tex(work.title)}}}",
        "howpublished": _tex(work.publisher),
        "year": year,
        "month": month[:3].lower(),
        "pages": "--".join(map(str, sorted({work.pages[0], work.pages[-1]}))) if work.pages else "",
        "version": _tex(work.version),
        "url": work.address.replace("{", "%7B").replace("}", "%7D"),
        "urldate": work.accessed.isoformat() if work.accessed and work.address else "",
        "note": _tex("; ".join(part for part in ("" if year else work.dated, work.note) if part)),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'}"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{{re.sub('[^A-Za-z0-9-]', '-', work.id)},\n" + ",\n".join(lines) + "\n}"


_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "&%$#_{}"},
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in _line(text))


def ris(works: Sequence[Work]) -> str:
    """RIS entries, for reference managers."""
    return "\n\n".join(map(_ris, works))


def _ris(work: Work) -> str:
    year, month, day = work.day
    written = (
        f"{year}/{_MONTHS.index(month) + 1:02d}/{int(day):02d}"
        if day
        else f"{year}/{_MONTHS.index(month) + 1:02d}//"
        if month
        else ""
    )
    accessed = f"{work.accessed:%Y/%m/%d}" if work.accessed and work.address else ""
    fields = (
        ("TI", work.title),
        ("PB", work.publisher),
        ("PY", year),
        ("DA", written),
        ("ET", work.version),
        ("UR", work.address),
        ("Y2", accessed),
    )
    pages = (("SP", str(work.pages[0])), ("EP", str(work.pages[-1]))) if work.pages else ()
    notes = (("N1", work.note), ("N1", "" if year or not work.dated else f"Date: {work.dated}"))
    return "\n".join(
        [
            f"TY  - {work.kind}",
            *(f"{tag}  - {_line(value)}" for tag, value in (*fields, *pages, *notes) if value),
            "ER  - ",
        ]
    )


STYLES: dict[str, Callable[[Sequence[Work]], str]] = {
    "Author-date (Harvard)": harvard,
    "APA": apa,
    "Numbered (Vancouver)": vancouver,
    "Footnotes (as in OSCOLA)": footnote,
    "BibTeX": bibtex,
    "RIS": ris,
}


def _told(work: Work) -> list[str]:
    """Who published a work and in which version; what a view is part of."""
    return [
        part.rstrip(".")
        for part in (
            work.publisher or (work.note if work.kind == "ELEC" else "publisher not stated"),
            work.version,
        )
        if part
    ]


def _pages(work: Work, one: str, several: str) -> str:
    """The pages used, runs drawn together.

    >>> _pages(Work("a", "A", pages=(3, 13, 14, 15)), "p. ", "pp. ")
    'pp. 3, 13–15'
    """
    runs: list[list[int]] = []
    for page in work.pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"{one if len(work.pages) == 1 else several}{said}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _unique(groups: Iterable[tuple[Reference, ...]]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(ref for group in groups for ref in group))
