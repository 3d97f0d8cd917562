"""HTML from data, always through autoescaped templates: text in the data stays text on the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from provision.dates import day_words
from provision.english import listing, number
from provision.record import Record
from provision.schema.services import Reference
from provision.text.wording import reference_text

_MARKS = re.compile(r"[!-/:-@\[-`{-~]")  # all ASCII punctuation
# What is read as a web or e-mail address, or drawn as an arrow or a dash, after escapes are taken
# out again: between these two, U+2060 WORD JOINER, which is not seen and is no part of an address.
_JOINED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=[-<>~=])(?=[-<>=])", re.I)
_PARTED = "\u2060"
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(listing=listing, number=number, day=day_words)


def render(template: str, **values: Any) -> str:
    """A template as HTML."""
    return _TEMPLATES.get_template(template).render(**values)


def show(template: str, **values: Any) -> None:
    """A template on the page; nothing, where it has nothing to say."""
    if text := render(template, **values).strip():
        st.html(text)


def plain(text: str) -> str:
    """Text as a widget's label, which Streamlit reads as Markdown: every mark that could mean
    something is escaped, and no address becomes a link. For labels, captions, and the options of
    radio buttons, pills and segmented controls; those of select boxes are shown as they stand."""
    return _MARKS.sub(r"\\\g<0>", _JOINED.sub(_PARTED, " ".join(text.split())))


def link_to(page: str, text: str, **fields: str) -> Markup:
    """A link to a page with a change of the view, followed within the session; text and values are
    escaped."""
    return Markup('<a href="{0}" data-go="{0}" target="_self">{1}</a>').format(
        address(page, **fields), text
    )


def address(page: str, **fields: str) -> str:
    """The address of a page with a change of the view, and of an ``anchor`` on it."""
    anchor = quote(fields.pop("anchor", ""))
    query = urlencode(fields, safe=",:")
    return f"{page}{'?' if fields else ''}{query}{'#' if anchor else ''}{anchor}"


_TEMPLATES.globals.update(link_to=link_to, number=number)


def references(record: Record, refs: tuple[Reference, ...]) -> str:
    """References in full, as one line of text."""
    return "; ".join(reference_text(record, ref) for ref in refs)
