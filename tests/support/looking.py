"""How the tests look at the app: visits that record what leaves the machine, and the names of what
stands on the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, ViewportSize

GREENWICH = "E09000011"
AREA_PAGES = {
    "coverage": "/",
    "gaps": "/gaps",
    "borough": "/borough",
    "greenwich": f"/borough?area={GREENWICH}",
    "then and now": "/then_and_now",
    "sources": "/sources",
}
THEME_PAGES = {
    "themes": "/themes",
    "theme": "/themes?theme=young-women",
    "theme maps": "/theme_maps",
    "intersections": "/intersections?themes=foreign-national,young-women",
    "partners": "/partners",
    "partner": "/partners?partner=hibiscus",
    "pathway": "/pathway",
    "stage": "/pathway?stage=arrest",
    "find": "/find?find=women",
}
SCENARIO_PAGES = {"what if": "/scenario?hubs=E09000003~land,E09000024~land&off=minerva-crc"}
PAPER_PAGES = {"figures": "/paper"}
PAGES = AREA_PAGES | THEME_PAGES | SCENARIO_PAGES | PAPER_PAGES
ROOM_PAGES = {"desk": "/present", "screen": "/present?step=1", "question": "/present?step=6"}
OWN_PAGES = {"your data": "/your_data"}  # which shows no view that could be cited
EVERY_PAGE = PAGES | ROOM_PAGES | OWN_PAGES
BIG, DESK, PHONE = 1920, 1366, 400
PATIENCE = 600_000  # ms until a condition counts as not met; a busy machine is no fault
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


_STORED = "cookies,indexeddb,local_storage,service_workers,cache_storage"

# Whether a page stands: its frame, which comes last, has the view; the server's script has ended;
# every part of it that the browser draws is drawn; and the letters and hatching of every map that
# can be seen are those for its size.
_DRAWN = """
view => {
  const found = document.documentElement.dataset.view;
  const app = document.querySelector('[data-testid="stApp"]');
  if (!found?.includes(view) || app?.dataset.testScriptState !== 'notRunning') return false;
  if (document.querySelector('[data-testid="stSkeleton"]')) return false; // a part that is still fetched
  const silent = '.st-key-frame, .st-key-watch, .st-key-record-watch, .st-key-story, [class*="-outlines"]';
  const parts = [...document.querySelectorAll('[data-testid="stBidiComponentRegular"]')];
  if (!parts.every(part => part.closest(silent) || part.querySelector(':not(div)'))) return false;
  return [...document.querySelectorAll('svg.area-map')].filter(map => map.getClientRects().length).every(map => {
    const { width, height } = map.viewBox.baseVal;
    const scale = Math.min(map.clientWidth / width, map.clientHeight / height);
    const hatch = map.querySelector('pattern')?.getAttribute('patternTransform') ?? '';
    const drawn = parseFloat(hatch.slice('scale('.length)) * scale;
    return map.dataset.drawn && map.querySelector('.labels text') && !(Math.abs(drawn - 1) > 0.01);
  });
}
"""


_LIT = """scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme
  && document.getAnimations().every(change => change.playState !== 'running')"""


@dataclass(frozen=True)
class Setting:
    """What a visitor's browser is set to."""

    dark: bool = False
    locale: str = "en-GB"
    timezone_id: str = "Europe/London"


@dataclass
class Visitors:
    """Browsers that one test after another looks through. What a visitor leaves behind is thrown
    away in between; what the app's files were read and compiled to stays, which is most of the
    work of opening a page. Every request to another host, and every error in a page, is
    remembered."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    free: dict[Setting, list[BrowserContext]] = field(default_factory=dict)

    def enter(self, setting: Setting) -> BrowserContext:
        """A visitor who has seen nothing yet, with one empty page."""
        waiting = self.free.setdefault(setting, [])
        return waiting.pop() if waiting else self._new(setting)

    def leave(self, setting: Setting, context: BrowserContext) -> None:
        """End a visit; a browser that cannot be made as new is not used again."""
        try:
            _forget(context, setting)
        except Error:
            context.close()
        else:
            self.free[setting].append(context)

    def _new(self, setting: Setting) -> BrowserContext:
        context = self.browser.new_context(
            color_scheme="dark" if setting.dark else "light",
            locale=setting.locale,
            timezone_id=setting.timezone_id,
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self._asked(request.url))
        context.on(
            "weberror", lambda fault: self.faults.append(f"error in the page: {fault.error}")
        )
        context.on(
            "page", lambda page: page.on("websocket", lambda socket: self._asked(socket.url))
        )
        context.new_page()
        return context

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in (
            "127.0.0.1",
            "localhost",
        ):
            self.faults.append(f"asked another host: {url}")


@dataclass
class Visits:
    """The visits of one test, each by a visitor of its own."""

    visitors: Visitors
    made: list[tuple[Setting, BrowserContext]] = field(default_factory=list)

    def __call__(
        self, url: str, *, width: int = DESK, height: int = 768, dark: bool = False
    ) -> Page:
        """A page as a new visitor sees it, once it is drawn."""
        page = self.context(width, height, dark).pages[0]
        go(page, url)
        return page

    def context(
        self,
        width: int = DESK,
        height: int = 768,
        dark: bool = False,
        locale: str = "en-GB",
        timezone_id: str = "Europe/London",
    ) -> BrowserContext:
        """A visitor who has seen nothing yet, with an empty page of this size."""
        setting = Setting(dark, locale, timezone_id)
        context = self.visitors.enter(setting)
        self.made.append((setting, context))
        context.pages[0].set_viewport_size(ViewportSize(width=width, height=height))
        return context

    @property
    def faults(self) -> list[str]:
        """What went wrong so far, in any visit of this test."""
        return self.visitors.faults

    def close(self) -> None:
        """End all visits."""
        for setting, context in self.made:
            self.visitors.leave(setting, context)


def _forget(context: BrowserContext, setting: Setting) -> None:
    """Throw away what a visitor's browser keeps: pages, emulated media, and what pages stored."""
    page, *others = context.pages
    for other in others:
        other.close()
    page.unroute_all(behavior="ignoreErrors")
    if page.url.startswith("http"):
        page.evaluate("sessionStorage.clear(); window.name = ''")
    page.goto("about:blank")
    page.emulate_media(
        media="null",
        color_scheme="dark" if setting.dark else "light",
        reduced_motion="no-preference",
        forced_colors="none",
    )
    session = context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": _STORED})
    session.detach()


def go(page: Page, url: str) -> None:
    """Go to an address and wait until the app has drawn it."""
    page.goto(url)
    drawn(page)


def drawn(page: Page, view: str = "") -> None:
    """Wait until a whole page is drawn; with ``view``, one whose page and query string contain
    it."""
    page.wait_for_function(_DRAWN, arg=view)


def lit(page: Page, *, dark: bool) -> None:
    """Look at a page in the light or in the dark, once its colours have changed."""
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.wait_for_function(_LIT, arg="dark" if dark else "light")


def date_slider(page: Page) -> Locator:
    return page.get_by_role("slider")


def pill(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar", name="Services shown").get_by_role(
        "button", name=name, exact=True
    )


def theme_pill(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar", name="Themes together").get_by_role(
        "button", name=name, exact=True
    )


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name)


def choose(page: Page, name: str, option: str) -> None:
    """Choose an option of a select box."""
    box(page, name).click()
    page.get_by_role("option", name=option, exact=True).click()


def areas(page: Page) -> Locator:
    return page.locator("svg.area-map .area")


def area(page: Page, code: str) -> Locator:
    return page.locator(f'svg.area-map .area[data-code="{code}"]')


def colour_classes(page: Page) -> dict[str, set[str]]:
    """The names of the areas on the map by the class that each is drawn in."""
    found: dict[str, set[str]] = {}
    for kind, label in areas(page).evaluate_all(
        "all => all.map(a => [a.dataset.class, a.getAttribute('aria-label')])"
    ):
        found.setdefault(kind, set()).add(label.partition(":")[0])
    return found


def headline(page: Page) -> Locator:
    """The headline and the lines below it; of a step of a story, its headline alone."""
    return page.locator(".slide.now h1, .headline:not(.slide .headline)")


def nav(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="App pages").get_by_role("link", name=name)


def link(page: Page, name: str) -> Locator:
    """A link on the page itself: the first, where a picture and a table both have it."""
    return page.locator("a[data-go]").filter(visible=True).get_by_text(name, exact=True).first


def stay(page: Page) -> None:
    """From now on :func:`stayed` tells whether the browser has loaded the page anew."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def tab_to(page: Page, selector: str, most: int = 60) -> Locator:
    """Press Tab until something that a CSS selector describes is focused."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return page.locator("*:focus")
    raise AssertionError(f"{most} presses of Tab do not reach {selector}")


def uncovered(found: Locator) -> bool:
    """Whether an element can be seen where it stands, and nothing lies over its middle."""
    look = (
        "e => { const b = e.getBoundingClientRect(); return"
        " e.contains(document.elementFromPoint(b.left + Math.min(b.width, 40) / 2, b.top + b.height"
        " / 2)); }"
    )
    return bool(found.evaluate(look))


def violations(page: Page, width: int, *, colours: bool | None = None) -> list[str]:
    """What axe finds wrong on a whole page at a width. It does not look below the fold of a page
    that scrolls inside, so none may. With ``colours``, only what it finds by the rules that look at
    colours, which take most of its time; with False, by the others."""
    page.set_viewport_size(ViewportSize(width=width, height=768))
    tall = page.locator('[data-testid="stMain"]').evaluate("main => main.scrollHeight")
    page.set_viewport_size(ViewportSize(width=width, height=tall + 400))
    rules: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARDS}}
    if colours:
        rules = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
    elif colours is False:
        rules["rules"] = {rule: {"enabled": False} for rule in COLOUR_RULES}
    # of what is right only that it was looked at: the whole list is most of the answer
    told = {**rules, "resultTypes": ["violations"]}
    found: dict[str, Any] = Axe().run(page, options=told).response
    assert found["passes"] or found["incomplete"], "axe looked at nothing"
    return [
        f"{v['id']} ({v['help']}): {node['html'][:300]}"
        for v in found["violations"]
        for node in v["nodes"]
    ]


def width_needed(page: Page) -> int:
    """How wide the widest part of the page is that does not scroll by itself."""
    return int(
        page.evaluate(
            "Math.max(document.documentElement.scrollWidth,"
            " document.querySelector('[data-testid=stMain]').scrollWidth)"
        )
    )
