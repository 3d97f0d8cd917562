"""The pages about themes, partners, the pathway and finding, as scripts: they open on a sentence,
take over a link, and stay calm with anything."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest
from support import changed, line_of
from support.apps import (
    PLACES,
    TEXT,
    active,
    app_text,
    headline,
    opened,
    options,
    raw,
    sent,
    serve,
    spoilt,
    turn,
    words,
)

from components.page.markup import link_to, plain
from provision.record import Record
from provision.schema.themes import GradeLevel
from provision.themes.reach import overview

PAGES = {
    "themes": "describes little or no provision",
    "theme_maps": "Contracts reach at least one borough for",
    "intersections": "have contracts for all",
    "partners": "18 organisations lead, oversee or share the 3 contracted services",
    "pathway": "What the source describes from point of arrest to community",
    "find": "Find a service, place, theme, organisation or disagreement",
}
LINK = {
    "theme": "recall",
    "themes": "recall,young-women",
    "partner": "hibiscus",
    "stage": "arrest",
    "find": "hibiscus",
}
LINKED = {
    "themes": "Recall: no provision described",
    "theme_maps": PAGES["theme_maps"],
    "intersections": "lack a contract for either theme",
    "partners": PAGES["partners"],
    "pathway": "?",  # the stage's own question
    "find": PAGES["find"],
}
NOTHING = "says nothing theme by theme"
THEMELESS = {
    **dict.fromkeys(["themes", "theme_maps", "intersections"], NOTHING),
    "pathway": "says nothing of the pathway",
    "partners": ("4 organisations lead, oversee or share the 5 contracted services"),
    "find": PAGES["find"],
}

pages = pytest.mark.parametrize("page", PAGES)


@pages
def test_a_page_opens_on_its_sentence(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert PAGES[page] in headline(app)
    assert 'class="notice' not in raw(app)


@pages
def test_a_link_sets_the_view_on_every_page(page: str) -> None:
    app = opened(page, LINK)
    assert not app.exception
    held = {name: getattr(app.session_state["query"], name) for name in LINK}
    assert held == {**LINK, "themes": ("recall", "young-women")}
    assert LINKED[page] in headline(app)
    assert "We could not use" not in words(app)


def test_a_link_sets_the_controls_that_are_drawn() -> None:
    assert opened("themes", LINK).selectbox(key="theme").value == "recall"
    assert opened("intersections", LINK).pills(key="themes").value == ["recall", "young-women"]
    assert opened("partners", LINK).selectbox(key="partner").value == "hibiscus"
    assert opened("pathway", LINK).pills(key="stage").value == "arrest"
    assert opened("find", LINK).text_input(key="find").value == "hibiscus"


def test_the_view_goes_along_from_page_to_page() -> None:
    app = opened("themes", {**LINK, "on": "2020-04-30"})
    app.query_params.clear()
    for page in ("intersections", "find", "partners", "themes"):
        turn(app, page)
        assert not app.exception
    assert (
        app.session_state["query"].theme,
        app.session_state["query"].on,
        app.session_state["query"].find,
    ) == (
        "recall",
        date(2020, 4, 30),
        "hibiscus",
    )
    assert headline(app) == (
        "Recall: no provision described No contract is named for this theme in any borough."
    )


ODD_LINKS = [
    {"theme": "nothing"},
    {"theme": "<script>alert(1)</script>"},
    {"themes": "recall,nothing"},
    {"themes": "![x](https://x.example/y.png)"},
    {"partner": "service:nothing"},
    {"partner": "theme:"},
    {"partner": "../../etc/passwd"},
    {"stage": "Arrest"},
    {"stage": "\u202e\x00"},
    {"find": "x" * 101},
    {"thmes": "recall"},
    {"on": "9999-12-31"},
]


def assert_calm(app: AppTest, page: str) -> None:
    assert not app.exception
    assert "We could not use part of this link" in words(app)
    assert PAGES[page] in html.unescape(raw(app))
    assert not [evil for evil in ("<script>", "\u202e", "\x00") if evil in raw(app)]


@pytest.mark.parametrize(
    "link",
    ODD_LINKS,
    ids=lambda link: "=".join(*link.items())[:30].encode("ascii", "replace").decode(),
)
def test_what_a_link_asks_in_vain_is_said_and_the_page_is_shown(link: dict[str, str]) -> None:
    assert_calm(opened("themes", link), "themes")


@pages
def test_a_link_in_which_nothing_is_right_is_said_to_be_so_on_every_page(page: str) -> None:
    link = {name: value for odd in reversed(ODD_LINKS) for name, value in odd.items()}
    app = opened(page, link)
    assert_calm(app, page)
    assert raw(app).partition("We could not use")[2].partition("</ul>")[0].count("<li>") == len(
        link
    )


@pages
@pytest.mark.parametrize("day", ["1990-02-28", "2020-04-01", "2021-04-01", "2090-12-31"])
def test_every_day_is_a_day(page: str, day: str) -> None:
    for link in ({"on": day}, {"on": day, **LINK, "area": "E09000010"}):
        app = opened(page, link)
        assert not app.exception
        assert app.session_state["query"].on == date.fromisoformat(day)


# What a newcomer looks for


def test_which_themes_have_little_or_nothing_stands_at_the_top_of_the_matrix(
    london: Record,
) -> None:
    rows = sent(opened("themes"), "themes-matrix")["rows"]
    little = {
        theme.title: f"themes?theme={theme.id}"
        for theme in london.themes
        if theme.grade.level in (GradeLevel.NONE_DESCRIBED, GradeLevel.LITTLE_OR_NONE)
    }
    assert {row[0]["text"]: row[0]["go"] for row in rows[: len(little)]} == little
    assert {"Recall", "LGBT women"} <= little.keys()
    assert len(rows) == len(london.themes)


def test_the_expert_partners_for_foreign_national_women_are_on_their_theme_s_page() -> None:
    found = (
        words(opened("themes", {"theme": "foreign-national"}))
        .partition("Expert partners (5)")[2]
        .partition("What is not known")[0]
    )
    for name in (
        "AIRE Centre",
        "Bail for Immigration Detainees",
        "Hibiscus Initiatives",
        "Anti-Slavery Commissioner",
        "Lammy Review implementation team",
    ):
        assert name in found


def test_which_boroughs_lack_a_young_women_s_target() -> None:
    found = words(opened("themes", {"theme": "young-women"}))
    assert (
        "No contract names this theme: Croydon, Enfield, Hackney, Lambeth, Lewisham,"
        " Redbridge, Southwark, Sutton and Wandsworth." in found
    )
    assert (
        "No contracted service: Barnet, Bexley, Bromley, Kingston upon Thames, Merton, Richmond"
        " upon Thames and Tower Hamlets." in found
    )
    assert "Not stated: Greenwich." in found


def test_what_was_said_in_consultation_about_recall() -> None:
    page = raw(opened("themes", {"theme": "recall"}))
    assert "What was said in consultation (18)" in page
    assert (
        page.partition("What was said in consultation")[2].partition("</section>")[0].count("<li>")
        == 18
    )


def test_is_there_anything_at_the_point_of_arrest() -> None:
    app = opened("pathway", {"stage": "arrest"})
    assert "?" in headline(app) and "Police" in words(app)
    assert raw(app).count('<section class="card stage"') == 1


@pytest.mark.parametrize("theme", ["accommodation", "domestic-abuse", "trafficked"])
def test_where_the_home_borough_is_the_wrong_measure_a_caution_says_so(theme: str) -> None:
    assert "Caution." in words(opened("themes", {"theme": theme}))
    assert "Caution," in words(opened("intersections", {"themes": theme}))


def test_every_theme_has_its_page() -> None:
    app = opened("themes")
    for row in sent(app, "themes-matrix")["rows"]:
        one = opened("themes", dict(parse_qsl(row[0]["go"].partition("?")[2])))
        assert not one.exception
        assert row[0]["text"] in headline(one)


def test_a_theme_s_map_and_its_table_show_every_area() -> None:
    app = opened("themes", {"theme": "children"})
    rows = sent(app, "reach-table")["rows"]
    assert len(rows) == 33 and rows[-1][0]["text"] == "City of London"
    assert [row[1]["text"] for row in rows].count("Contract with a target") == 21


def test_all_themes_have_a_small_map_each_and_a_row_of_its_twin(london: Record) -> None:
    app = opened("theme_maps")
    maps, rows = sent(app, "grid")["maps"], sent(app, "grid-table")["rows"]
    assert len(maps) == len(rows) == len(london.themes)
    assert [m["id"] for m in maps] == list(overview(london, date(2018, 10, 31)).index)
    assert all(m["go"] == f"themes?theme={m['id']}" for m in maps)
    young = next(row for row in rows if row[0]["text"] == "Young women and care leavers")
    assert [c["text"] if isinstance(c, dict) else c for c in young[1:7]] == [
        "15",
        "0",
        "0",
        "9",
        "7",
        "1",
    ]


def test_everybody_in_the_partnership_has_a_card() -> None:
    app = opened("partners")
    for node in (
        "advance",
        "hibiscus",
        "service:south-london-alliance",
        "theme:foreign-national",
        "theme:recall",
        "theme:prostitution",
    ):
        one = app.selectbox(key="partner").set_value(node).run()
        assert not one.exception
        assert 'id="partner-title"' in raw(one)


def test_the_steps_lead_through_the_themes_and_back_to_all(london: Record) -> None:
    first, second, *_, last = overview(london, date(2018, 10, 31)).index
    app = opened("themes", {"theme": first})
    app.button(key="after").click().run()
    assert app.session_state["query"].theme == second
    app.button(key="before").click().run()
    app.button(key="before").click().run()
    assert app.session_state["query"].theme == last, "before the first stands the last"
    app.button(key="all").click().run()
    assert PAGES["themes"] in headline(app)


def test_choosing_and_taking_back_in_the_controls() -> None:
    app = opened("themes")
    app.selectbox(key="theme").set_value("lgbt").run()
    assert "LGBT women: little or no provision" in headline(app)
    app.selectbox(key="theme").set_value(None).run()
    assert PAGES["themes"] in headline(app)
    app = opened("intersections", {"themes": "recall"})
    app.pills(key="themes").set_value([]).run()
    assert PAGES["intersections"] in headline(app)


# Finding


def test_what_is_found_is_a_link_to_where_it_is_shown() -> None:
    page = raw(opened("find", {"find": "hibiscus"}))
    assert (
        'data-go="partners?partner=hibiscus"' in page
        and 'data-go="themes?theme=foreign-national"' in page
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("zebra", "Nothing found for “zebra”"),
        ("greenwhich", "did you mean"),
        ("<b>bold</b>", "Nothing found for “<b>bold</b>”"),
        ("](x) ![y](z)", "“](x) ![y](z)”"),
        ("%", "Nothing found for “%”"),
    ],
)
def test_what_was_looked_for_is_said_again_as_text(asked: str, said: str) -> None:
    app = opened("find")
    app.text_input(key="find").set_value(asked).run()
    assert not app.exception
    assert said in html.unescape(raw(app)) and "<b>bold" not in raw(app)


def test_looking_for_blanks_looks_for_nothing() -> None:
    app = opened("find")
    app.text_input(key="find").set_value("   ").run()
    assert not app.exception and "found for" not in words(app)


# Other records


@pages
def test_farwater_has_the_same_pages_in_its_own_words(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(tmp_path, monkeypatch)
    for link in (
        {},
        {
            "theme": "safety",
            "themes": "safety,gaol",
            "partner": "Orchard",
            "stage": "street",
            "find": "night",
            "area": "Q8",
        },
    ):
        app = opened(page, link)
        assert not app.exception
        assert 'class="notice' not in raw(app)
        assert not [word for word in ("London", "borough", "Borough") if word in words(app)]


@pages
def test_a_record_without_themes_has_the_same_pages(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(tmp_path, monkeypatch)
    for name in ("themes.yaml", "organisations.yaml"):
        (tmp_path / name).unlink()
    app = opened(page)
    assert not app.exception
    assert THEMELESS[page] in headline(app)
    linked = opened(page, LINK)
    assert not linked.exception
    assert "We could not use part of this link" in words(linked)


@pages
def test_themes_alone_are_enough(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = TEXT["themes.yaml"][: TEXT["themes.yaml"].index("\npathway:")]
    bare = re.sub(
        r"organisations: \[.*\]",
        "organisations: []",
        re.sub(r"expert_partners: \[.*\]", "expert_partners: []", one),
    )
    serve(tmp_path, monkeypatch, themes=bare)
    (tmp_path / "organisations.yaml").unlink()
    for link in ({}, {"theme": "safety", "themes": "safety,gaol"}):
        assert not opened(page, link).exception


BROKEN = changed("level: none-described", "level: nothing", TEXT["themes.yaml"])


@pages
def test_broken_themes_are_listed_in_place_of_the_page(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(tmp_path, monkeypatch, themes=BROKEN) / "themes.yaml"
    app = opened(page, LINK)
    assert not app.exception
    assert "The data cannot be shown yet" in words(app)
    assert f"{served}:{line_of('level: nothing', BROKEN)}" in words(
        app
    ) and "Traceback" not in words(app)
    served.write_text(TEXT["themes.yaml"], encoding="utf-8")
    app.run()
    assert not app.exception and "cannot be shown" not in words(app)


@pages
def test_themes_broken_while_they_are_shown_leave_the_last_that_were_good(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(tmp_path, monkeypatch) / "themes.yaml"
    app = opened(page, {"theme": "gaol"})
    before = headline(app)
    served.write_text(BROKEN, encoding="utf-8")
    app.run()
    assert not app.exception
    assert "have been changed and cannot be used" in words(app)
    assert headline(app) == before
    served.write_text(TEXT["themes.yaml"], encoding="utf-8")
    app.run()
    assert "cannot be used" not in words(app)


@pytest.mark.parametrize("page", ["themes", "intersections"])
def test_a_theme_that_goes_while_it_is_shown_is_said_to_be_gone(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(tmp_path, monkeypatch) / "themes.yaml"
    app = opened(
        page, {"theme": "gaol", "themes": "gaol,work", "partner": "theme:gaol", "stage": "street"}
    )
    served.write_text(
        TEXT["themes.yaml"].replace("- id: gaol\n", "- id: prison\n"), encoding="utf-8"
    )
    app.run()
    assert not app.exception
    assert "We could not use part of this link" in words(app)
    assert (
        app.session_state["query"].theme is None and "gaol" not in app.session_state["query"].themes
    )


# Hostile text in the data

EVERYTHING = [
    {},
    {"theme": "work", "area": "Q1"},
    {"theme": "safety", "themes": "work,safety,gaol", "stage": "street"},
    {"partner": "job-shop", "find": "script"},
    {"partner": "harvest-trust", "find": "alert"},
    {"partner": "service:ferry"},
    {"partner": "theme:work", "on": "2022-07-01"},
]


def test_the_reading_of_tags_finds_what_it_is_to_find() -> None:
    assert active('<script>x</script><img src="y"><b onclick="z"><a href="javascript:z">') == [
        "script",
        "img",
        "b",
        "javascript:z",
    ]
    assert active('<a href="themes?theme=a:b">') == []


@pages
def test_hostile_names_in_the_data_stay_text(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(tmp_path, monkeypatch, **{name: spoilt(name) for name in PLACES})
    seen = ""
    for link in EVERYTHING:
        app = opened(page, link)
        seen += html.unescape(app_text(app))
        assert not app.exception
        assert "cannot be shown" not in words(app) and "We could not use" not in words(app)
        assert active(raw(app)) == []
        labels = [
            *(b.label for b in app.button),
            *(o for group in app.get("button_group") for o in options(group)),
        ]
        assert not [label for label in labels if re.search(r"(?<!\\)[<!\[*:$]", label)]
    assert "alert(1)" in seen, "the hostile text is shown at all"


# Links


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            link_to("themes", "Recall", theme="recall"),
            '<a href="themes?theme=recall" data-go="themes?theme=recall" target="_self">Recall</a>',
        ),
        (link_to("pathway", "All"), '<a href="pathway" data-go="pathway" target="_self">All</a>'),
        (
            link_to("partners", "The Ferry", partner="service:ferry"),
            (
                '<a href="partners?partner=service:ferry" data-go="partners?partner=service:ferry"'
                ' target="_self">The Ferry</a>'
            ),
        ),
        (
            link_to("sources", "It", anchor="discrepancy-x"),
            '<a href="sources#discrepancy-x" data-go="sources#discrepancy-x" target="_self">It</a>',
        ),
        (
            link_to("themes", "a", themes="x,y", anchor="p"),
            '<a href="themes?themes=x,y#p" data-go="themes?themes=x,y#p" target="_self">a</a>',
        ),
    ],
)
def test_a_link_on_a_page(made: str, expected: str) -> None:
    assert made == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=y>',
        "a & b",
        "' onclick='x",
        "{{ 7 * 7 }}",
        "{0}",
    ],
)
def test_a_link_s_text_and_values_are_escaped(text: str) -> None:
    made = str(link_to("find", text, find=text))
    assert active(made) == [] and made.count("<") == 2
    assert html.unescape(re.sub(r"<[^>]*>", "", made)) == text


@pytest.mark.parametrize(
    "value", ["a&b=c", "a#b", "a+b", "a b", "é", "100%", 'x"y', "a,b", "service:x"]
)
def test_a_link_s_value_arrives_as_it_was(value: str) -> None:
    address = html.unescape(
        re.search(r'data-go="([^"]*)"', str(link_to("find", "x", find=value, theme="t")))[1]
    )
    assert dict(parse_qsl(address.partition("?")[2].partition("#")[0])) == {
        "find": value,
        "theme": "t",
    }


@pytest.mark.parametrize(
    "text", ["![p](x)", "<b>", ":red[r]", "**b**", "$x$", "`c`", "# h", "1. x", "a_b_c", "[l](y)"]
)
def test_a_label_has_no_mark_that_means_anything(text: str) -> None:
    assert not re.search(r"(?<!\\)[!-/:-@\[\]-`{-~]", plain(text))


def test_what_is_said_beside_the_themes_has_a_place_that_find_leads_to() -> None:
    """Commitments, investment and context on the themes page; what documents add and kinds of hub
    among the sources: each with the mark that a link from Find goes to."""
    themes, sources = raw(opened("themes")), raw(opened("sources"))
    for mark in ("delivery-group", "joint-research", "greater-manchester", "multi-agency"):
        assert f'id="topic-{mark}"' in themes
    assert 'id="aim-engagement"' in themes and 'id="targets-of-no-theme"' in themes
    assert "Basis: identified in the consultation" in themes
    assert 'id="hub-model-virtual-hub"' in sources and 'id="source-openup"' in sources
    assert "£80m" in html.unescape(sources)
