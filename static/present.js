// The screen of the room. The server has worked out every step before; here they are drawn ahead and turned at a key press. Nothing is
// counted here. Text from data only ever reaches the page as text (textContent, attributes), never as markup.

const told = (globalThis.provisionStories ??= new Map()); // stamp -> the story's slides
const hearing = (globalThis.provisionHearing ??= new Map()); // stamp -> what to call when they arrive
const REST = 600; // ms that a step stands before it counts as shown
const IDLE = 3000; // ms without the mouse until the controls go
const SAID = 6000; // ms that a message stands on the screen
const PATIENCE = 1500; // ms without an answer from the server until that is said
const SWIPE = 60; // px
const CUT = "The app has stopped answering. Nothing that was kept is lost, and the steps still turn. Guesses and notes are taken down again once it answers.";

// The slides of a whole story: one message, the same as long as story and data are.
export function presentStory({ data }) {
  told.set(data.stamp, data);
  hearing.get(data.stamp)?.();
  hearing.delete(data.stamp);
}

const screens = new WeakMap();
const ownId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 12)}`;

// What changes while the story stays: the step, the guesses, where the record is kept.
export function presentScreen({ data, parentElement, setTriggerValue }, provision) {
  let screen = screens.get(parentElement);
  if (!screen) screens.set(parentElement, (screen = new Screen(parentElement, provision)));
  screen.tell = setTriggerValue;
  const show = () => screen.take(data, told.get(data.stamp));
  const ready = () => {
    if (!told.has(data.stamp)) hearing.set(data.stamp, ready);
    else provision.withOutlines(data.outlines, show);
  };
  ready();
  return () => screen.end();
}

class Screen {
  constructor(parent, provision) {
    Object.assign(this, { provision, make: provision.make, slides: [], at: -1, chosen: [], compared: 0 });
    const { make } = provision;
    this.stage = make("div", { class: "stage" });
    this.said = make("div", { class: "present-said", role: "status" });
    this.black = make("div", { class: "present-black", hidden: "" });
    this.dialog = make("dialog", { class: "present-dialog" });
    this.told = make("p", { class: "present-told", hidden: "" }); // seen; what is heard is in the status
    this.over = make("p", { class: "present-over", hidden: "" });
    this.cut = make("p", { class: "present-cut", role: "alert", hidden: "" }, CUT);
    this.bar = this.controls();
    this.root = make("div", { class: "present", tabindex: "-1" }, this.stage, this.bar, make("div", { class: "present-tells" }, this.cut, this.over, this.told), this.black, this.said, this.dialog);
    parent.replaceChildren(this.root);
    this.key = (event) => this.press(event);
    this.wake = () => this.awake();
    document.addEventListener("keydown", this.key, true);
    for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, this.wake);
    this.dialog.addEventListener("close", () => (this.before ?? this.root).focus());
    this.swipes();
    this.watchServer();
  }

  // A finger across the screen turns the step; up and down it scrolls, where there is something to scroll.
  swipes() {
    let from = null;
    this.stage.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0] : null), { passive: true });
    this.stage.addEventListener("touchend", ({ changedTouches: [to] }) => {
      const across = from ? to.clientX - from.clientX : 0, down = from ? to.clientY - from.clientY : 0;
      from = null;
      if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) this.show(this.at + (across < 0 ? 1 : -1));
    }, { passive: true });
  }

  // What is sent now would not arrive.
  lost() {
    const state = document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState;
    if (state && state !== "CONNECTED") this.cut.hidden = false;
    return !this.cut.hidden;
  }

  // Streamlit says of a server that is gone that the internet is; what is true is said here, and its own box stays hidden (present.css).
  watchServer() {
    const app = document.querySelector("[data-testid=stApp]");
    const look = () => {
      clearTimeout(this.waiting);
      const there = app.dataset.testConnectionState === "CONNECTED";
      if (there) this.cut.hidden = true;
      else this.waiting = setTimeout(() => (this.cut.hidden = false), PATIENCE);
    };
    this.server = new MutationObserver(look);
    if (app) this.server.observe(app, { attributeFilter: ["data-test-connection-state"] });
  }

  end() {
    for (const timer of [this.resting, this.waiting, this.telling]) clearTimeout(timer);
    this.server.disconnect();
    document.removeEventListener("keydown", this.key, true);
    for (const kind of ["pointermove", "pointerdown"]) document.removeEventListener(kind, this.wake);
    for (const slide of this.drawnSlides()) slide.end?.();
    screens.delete(this.root.parentElement);
  }

  // ---- what the server says ------------------------------------------------------------------------------------------------------

  take(room, story) {
    const fresh = this.story !== story;
    Object.assign(this, { room, story, drawing: globalThis.provisionOutlines.get(room.outlines) });
    if (fresh) this.begin();
    // A server that was started anew does not know yet where the room is; the address does, and the page's frame tells it.
    const astray = globalThis.provisionBorn && globalThis.provisionBorn !== room.born;
    if (astray) this.show(Number(new URLSearchParams(location.search).get("step")) - 1, false);
    else if (fresh || this.turn !== room.turn) this.show(room.step, Boolean(room.session), true); // also the first step was shown
    this.turn = astray ? undefined : room.turn;
    for (const slide of this.drawnSlides()) slide.room?.(room);
    this.root.dataset.session = room.session;
    this.over.textContent = room.over;
    this.over.hidden = !room.over;
    if (room.refused && room.refused !== this.refused) this.say(room.refused);
    this.refused = room.refused;
    if (this.note && this.note === room.noted) this.noted();
  }

  drawnSlides() {
    return this.slides.filter(Boolean);
  }

  begin() {
    for (const slide of this.drawnSlides()) slide.end?.();
    this.slides = [];
    this.stage.replaceChildren();
    this.at = -1;
  }

  // A step is drawn once, out of sight, and kept. Its neighbours are drawn as soon as there is time.
  slide(n) {
    if (!this.slides[n]) {
      this.slides[n] = new (KINDS[this.story.slides[n].type])(this, this.story.slides[n], n);
      this.stage.append(this.slides[n].node);
      this.slides[n].drawn?.();
      this.slides[n].room?.(this.room);
    }
    return this.slides[n];
  }

  ahead() {
    const wanted = this.story.slides.map((_, n) => n).filter((n) => !this.slides[n]).sort((a, b) => Math.abs(a - this.at - 0.1) - Math.abs(b - this.at - 0.1));
    if (!wanted.length || this.drawingAhead) return;
    this.drawingAhead = true;
    const draw = () => {
      this.drawingAhead = false;
      if (!this.root.isConnected || this.slides[wanted[0]]) return;
      this.slide(wanted[0]);
      this.ahead();
    };
    (globalThis.requestIdleCallback ?? setTimeout)(draw, { timeout: 200 });
  }

  // ---- turning -------------------------------------------------------------------------------------------------------------------

  show(number, tell = true, again = false) {
    const last = this.story.slides.length - 1;
    const n = Math.max(0, Math.min(last, number));
    if (n === this.at && again) return;
    if (n === this.at) return this.announce(n === last ? "This is the last step." : "This is the first step.");
    const slide = this.slide(n);
    const within = this.stage.contains(document.activeElement);
    this.slides[this.at]?.node.classList.remove("now");
    slide.node.classList.add("now");
    this.at = n;
    this.root.dataset.step = n + 1;
    this.place.textContent = `${n + 1} / ${last + 1}`;
    this.back.disabled = n === 0;
    this.next.disabled = n === last;
    if (within) this.root.focus();
    this.announce(`Step ${n + 1} of ${last + 1}. ${slide.data.headline}`);
    this.address(n);
    clearTimeout(this.resting);
    if (tell) this.resting = setTimeout(() => this.tell("shown", n), REST);
    this.ahead();
  }

  // The address follows at once; the server's answer writes the same.
  address(n) {
    if (!location.pathname.endsWith("/present")) return; // Back has led on meanwhile
    const fields = new URLSearchParams(location.search);
    fields.set("step", n + 1);
    const query = fields.toString().replaceAll("%2C", ",").replaceAll("%7E", "~").replaceAll("%3A", ":");
    history.replaceState(history.state, "", `${location.pathname}?${query}`);
    globalThis.provisionAt = location.pathname + location.search;
  }

  announce(words) {
    this.said.textContent = "";
    this.said.textContent = words;
  }

  // What everybody should notice, in sight for a while.
  say(words) {
    this.announce(words);
    this.told.textContent = words;
    this.told.hidden = false;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => (this.told.hidden = true), SAID);
  }

  // ---- keys and controls -----------------------------------------------------------------------------------------------------------

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !this.story) return;
    const target = event.target;
    if (target.closest?.("[role=listbox]")) return;
    if (target.matches?.("input, select, textarea")) {
      if (event.key === "Escape" && !this.dialog.open) { event.preventDefault(); event.stopPropagation(); this.root.focus(); }
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (this.dialog.open) {
      const turns = ["PageDown", "PageUp", "ArrowRight", "ArrowLeft"].includes(key); // a clicker has no other keys
      if (turns || key === this.open) { event.preventDefault(); this.dialog.close(); }
      if (turns) this.acts()[key]();
      return;
    }
    const own = target.closest?.("button, a, summary") && ["Enter", " "].includes(key);
    const onMap = target.closest?.("svg.area-map .area"); // the keyboard walks about the map where the room is asked
    const roams = onMap && /^(Arrow|Enter$|Home$|End$| $)/.test(key);
    const act = own || roams ? null : onMap && key === "Escape" ? () => this.root.focus() : this.acts()[key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    const shut = !this.black.hidden;
    if (shut && !["f", "c"].includes(key)) return this.blank(); // the same step stands there again, whatever was pressed
    act();
  }

  acts() {
    const next = () => this.show(this.at + 1), back = () => this.show(this.at - 1);
    return {
      ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, Enter: next,
      ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
      Home: () => this.show(0), End: () => this.show(this.story.slides.length - 1),
      b: () => this.blank(), ".": () => this.blank(),
      c: () => this.contrast(), f: () => this.full(), q: () => this.code(), t: () => this.text(), n: () => this.write(), "?": () => this.help(), h: () => this.help(),
      e: () => this.part("edit"), Escape: () => this.leave(),
    };
  }

  controls() {
    const { make } = this;
    const button = (words, name, act, key) => {
      const found = make("button", { type: "button", "aria-label": name, title: key ? `${name} (${key})` : name }, words);
      if (key?.length === 1) found.setAttribute("aria-keyshortcuts", key);
      found.addEventListener("click", act);
      return found;
    };
    this.back = button("◀", "Previous step", () => this.show(this.at - 1), "Left");
    this.next = button("▶", "Next step", () => this.show(this.at + 1), "Right");
    this.place = make("span", { class: "present-place" });
    return make(
      "nav", { class: "present-bar", "aria-label": "Presentation" },
      this.back, this.place, this.next,
      button("Blank", "Blank screen", () => this.blank(), "b"),
      button("Contrast", "High contrast", () => this.contrast(), "c"),
      button("Full screen", "Full screen", () => this.full(), "f"),
      button("QR", "QR code of this view", () => this.code(), "q"),
      button("Text", "This step as text", () => this.text(), "t"),
      button("Note", "Note what is decided or contested", () => this.write(), "n"),
      button("?", "Keys", () => this.help(), "?"),
      button("Story", "Edit the story", () => this.part("edit"), "e"),
      button("Leave", "Leave to this view", () => this.leave(), "Esc"),
    );
  }

  awake() {
    this.root.classList.add("awake");
    clearTimeout(this.sleeping);
    this.sleeping = setTimeout(() => this.root.classList.remove("awake"), IDLE);
  }

  blank() {
    const shut = this.black.hidden;
    this.black.hidden = !shut;
    this.stage.inert = this.bar.inert = shut;
    this.announce(shut ? "The screen is blank. Press B to see the step again." : `The screen is back: step ${this.at + 1}.`);
    if (shut) this.root.focus();
  }

  contrast() {
    const high = this.root.classList.toggle("high");
    for (const slide of this.drawnSlides()) slide.drawn?.();
    this.announce(high ? "High contrast is on." : "High contrast is off.");
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => this.announce("The browser does not allow full screen."));
  }

  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.part("leave");
  }

  // A step that had not stood long enough to count does not call the room back to the screen.
  part(where) {
    clearTimeout(this.resting);
    this.tell(where, this.at);
  }

  // ---- what lies over a step ------------------------------------------------------------------------------------------------------

  lay(key, name, ...content) {
    const { make } = this;
    this.open = key;
    this.before = this.root.contains(document.activeElement) ? document.activeElement : null;
    const close = make("button", { type: "button", class: "present-close" }, "Close");
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.setAttribute("aria-label", name);
    this.dialog.replaceChildren(make("h2", {}, name), ...content, close);
    this.dialog.showModal();
    close.focus();
  }

  help() {
    const { make } = this;
    const rows = [
      ["→  Page Down  Space", "next step"], ["←  Page Up", "previous step"], ["Home  End", "first and last step"], ["B  or  .", "blank the screen"],
      ["C", "high contrast"], ["F", "full screen"], ["Q", "QR code of this view"], ["T", "this step as text"], ["N", "note what is decided or contested"], ["E", "to the desk"],
      ["Tab", "the controls, and the map where the room is asked"], ["Esc", "leave to this view"],
    ];
    const table = make("table", {}, make("tbody", {}, ...rows.map(([keys, words]) => make("tr", {}, make("th", { scope: "row" }, keys), make("td", {}, words)))));
    this.lay("?", "Keys", table);
  }

  code() {
    const { make } = this;
    const { address, code, warning } = this.story.links[this.at];
    const image = code ? [make("img", { class: "present-code", src: code, alt: "QR code of the address below" })] : [];
    this.lay("q", "This view on your own screen", ...image, make("p", { class: "present-address" }, address), ...(warning ? [make("p", { class: "present-warning" }, warning)] : []));
  }

  // What is decided or contested while this step is on the screen.
  write() {
    const { make } = this;
    if (this.room.over) return this.say(this.room.over);
    const kinds = Object.entries(this.room.said).map(([kind, words], n) => {
      const box = make("input", { type: "radio", name: "present-kind", value: kind, ...(n ? {} : { checked: "" }) });
      return make("label", { class: "present-kind" }, box, words);
    });
    const words = make("textarea", { rows: "3", maxlength: "1000" });
    const form = make("form", {}, make("fieldset", {}, make("legend", {}, "What the room said"), ...kinds), make("label", {}, "In words, without names of people", words), make("button", { type: "submit", class: "main" }, "Keep it"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!words.value.trim() || this.lost()) return words.focus();
      this.note = ownId();
      this.tell("note", { kind: new FormData(form).get("present-kind"), text: words.value, step: this.at, id: this.note });
    });
    this.lay("n", "Note", form);
    words.focus();
  }

  // The server has the note.
  noted() {
    this.note = null;
    if (this.dialog.open && this.open === "n") this.dialog.close();
    this.say("Kept in the record.");
  }

  text() {
    const { make } = this;
    const slide = this.slides[this.at];
    this.lay("t", "This step as text", make("p", {}, slide.data.headline), ...slide.data.under.map((words) => make("p", {}, words)), ...slide.twin());
  }
}

// ---- slides -----------------------------------------------------------------------------------------------------------------------------

class Slide {
  constructor(screen, data, n) {
    Object.assign(this, { screen, data, n });
    const { make } = screen;
    const total = screen.story.slides.length;
    this.body = make("div", { class: "body" });
    const under = data.under.map((words) => make("p", { class: "under" }, words));
    const foot = data.foot.map((words) => make("span", {}, words));
    this.node = make(
      "section", { class: `slide ${data.type}`, "aria-label": `Step ${n + 1} of ${total}` },
      make("header", { class: `headline${data.headline.length > 130 ? " long" : ""}` }, make("h1", {}, data.headline), ...under), this.body, make("p", { class: "foot" }, ...foot.flatMap((f) => [f, " "])),
    );
    this.build(make);
  }

  build() {}

  twin() {
    return [];
  }

  // The areas of a map by class, in words.
  byClass(drawn) {
    const { make, drawing } = this.screen;
    const rows = drawn.classes.map((kind, number) => {
      const names = drawing.areas.filter((_, place) => drawn.areas[place][0] === number).map((area) => area.name);
      return [make("dt", {}, kind.count === "" ? kind.label : `${kind.label}: ${kind.count}`), make("dd", {}, names.join(", "))];
    });
    return make("dl", {}, ...rows.flat());
  }

  mapData(drawn, more = {}) {
    return { ...drawn, view: this.data.view, label: this.data.headline, selected: this.data.selected, letters: [18, 30], stamp: `step ${this.n + 1}`, ...more };
  }
}

// A map to look at. A click points at an area, for the room; it changes nothing, and the keyboard stays with the steps.
function pictured(provision, parent) {
  const map = new (class extends provision.AreaMap {
    build() {
      super.build();
      this.svg.setAttribute("role", "img");
      for (const { group } of this.shapes.values()) for (const name of ["role", "tabindex"]) group.removeAttribute(name);
    }

    colour() {
      super.colour();
      for (const { group } of this.shapes.values()) group.removeAttribute("aria-label"); // the picture has one name; its words are in the text
    }

    select(code) {
      this.chosen = code;
      this.over.setAttribute("d", code && this.shapes.has(code) ? this.shapes.get(code).path : "");
    }

    pick(code) {
      this.hideTip();
      this.select(code === this.chosen ? null : code);
    }
  })(parent);
  return map;
}

class MapSlide extends Slide {
  build(make) {
    this.map = pictured(this.screen.provision, this.body);
  }

  drawn() {
    this.map.show(this.mapData(this.data.drawn), this.screen.drawing);
  }

  twin() {
    return [this.byClass(this.data.drawn)];
  }

  end() {
    this.map.resize.disconnect();
  }
}

class GridSlide extends Slide {
  build() {
    this.grid = new this.screen.provision.ThemeGrid(this.body);
  }

  drawn() {
    this.grid.show({ ...this.data.drawn, view: this.data.view, stamp: `step ${this.n + 1}`, still: true }, this.screen.drawing);
  }

  twin() {
    const { make } = this.screen;
    return [make("ul", {}, ...this.data.drawn.maps.map(({ title, said, badges }) => make("li", {}, [`${title}: ${said}`, ...badges].join("; "))))];
  }

  end() {
    this.grid.resize.disconnect();
  }
}

class ListSlide extends Slide {
  build(make) {
    const { columns, groups, more } = this.data;
    const many = groups.reduce((sum, { rows }) => sum + rows.length, 0);
    const row = ({ name, kind, need, share }) => {
      const bar = make("span", { class: "bar", "aria-hidden": "true", style: `--share:${share}` });
      return make("tr", { class: kind }, make("th", { scope: "row" }, name), make("td", { class: "measure" }, bar, make("span", {}, need)));
    };
    const group = ({ words, rows }) => make("tbody", {}, make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: columns.length }, words)), ...rows.map(row));
    const head = make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name))));
    this.body.append(make("table", { class: many > 11 ? "many" : "few", style: `--lines:${many + groups.length}` }, head, ...groups.map(group)));
    if (!many) this.body.replaceChildren(make("p", { class: "big" }, "None."));
    if (more) this.body.append(make("p", {}, more));
  }

  twin() {
    const { make } = this.screen;
    return [make("ul", {}, ...this.data.groups.flatMap(({ words, rows }) => rows.map(({ name, need }) => make("li", {}, `${name}: ${words}${need ? `; ${need}` : ""}`))))];
  }
}

// Stacked columns, one for each month, with the classes of the calendar.
class CalendarSlide extends Slide {
  build(make) {
    const { data } = this;
    this.uid = `cal${this.n}${Math.random().toString(36).slice(2, 7)}`;
    this.svg = make("svg:svg", { class: "columns-chart", role: "img", "aria-label": data.headline });
    const legend = make("ul", { class: "area-legend" }, ...data.classes.map((kind) => this.screen.provision.legendItem({ ...kind, count: "" }, `${this.uid}-key`)));
    const contracts = make("ul", { class: "contracts" }, ...data.contracts.map((words) => make("li", {}, words)));
    this.body.append(make("p", { class: "axis" }, data.axis), this.svg, make("div", { class: "beside" }, legend, contracts));
    this.resize = new ResizeObserver(() => this.drawn());
    this.resize.observe(this.svg);
  }

  drawn() {
    const { make, provision } = this.screen;
    const { classes, counts, months } = this.data;
    const box = this.svg.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const [wide, tall, left, low] = [box.width, box.height, 44, 34];
    const total = counts.reduce((sum, row) => sum + row[0], 0);
    const step = (wide - left) / months.length, unit = (tall - low - 8) / total;
    this.svg.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    const parts = [make("svg:defs", {}, ...provision.hatchings(classes, this.uid))];
    const bottoms = months.map(() => tall - low);
    counts.forEach((row, kind) => {
      let from = 0;
      for (let m = 1; m <= row.length; m++) {
        if (m < row.length && row[m] === row[from] && bottoms[m] === bottoms[from]) continue;
        const height = row[from] * unit, x = left + from * step, width = (m - from) * step, y = bottoms[from] - height;
        const { fill, hatch, id } = classes[kind];
        if (height) {
          parts.push(make("svg:rect", { x, y, width, height, fill, class: "block" }));
          if (hatch) parts.push(make("svg:rect", { x, y, width, height, fill: `url(#${this.uid}-${id})`, class: "block" }));
          const slim = height <= 30; // a single area's band
          if (width > 40) parts.push(make("svg:text", { x: x + width / 2, y: y + height / 2 + (slim ? 7 : 10), class: slim ? "count low" : "count", "text-anchor": "middle" }, String(row[from])));
        }
        for (let i = from; i < m; i++) bottoms[i] -= height;
        from = m;
      }
    });
    const every = Math.ceil(110 / step);
    months.forEach((name, m) => {
      if (m % every === 0 && (months.length - m) * step > 84) parts.push(make("svg:text", { x: left + m * step, y: tall - 8, class: "tick" }, name), make("svg:path", { d: `M${left + m * step} ${tall - low}v6`, class: "mark" }));
    });
    parts.push(make("svg:text", { x: left - 8, y: 22, class: "tick", "text-anchor": "end" }, String(total)), make("svg:text", { x: left - 8, y: tall - low, class: "tick", "text-anchor": "end" }, "0"));
    this.svg.replaceChildren(...parts);
  }

  twin() {
    const { make } = this.screen;
    const { classes, counts, months, contracts } = this.data;
    const head = make("tr", {}, make("th", { scope: "col" }, "Month"), ...classes.map(({ label }) => make("th", { scope: "col" }, label)));
    const rows = months.map((name, m) => make("tr", {}, make("th", { scope: "row" }, name), ...counts.map((row) => make("td", {}, String(row[m])))));
    return [make("ul", {}, ...contracts.map((words) => make("li", {}, words))), make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))];
  }

  end() {
    this.resize.disconnect();
  }
}

class WordsSlide extends Slide {
  build(make) {
    this.body.append(...this.data.lines.map((words) => make("p", { class: "big" }, words)));
  }
}

// ---- predict, then reveal ---------------------------------------------------------------------------------------------------------------

// Guesses are taken down by clicks on the map or from the list; the server keeps them and says what they gain, on the step that reveals.
class AskSlide extends Slide {
  build(make) {
    const { data, screen } = this;
    this.chosen = [];
    this.sheet = make("div", { class: "ask-map" });
    this.picked = make("p", { class: "picked", role: "status" });
    const names = new Map(screen.drawing.areas.map(({ code, name }) => [code, name]));
    this.name = (code) => names.get(code) ?? code;
    const options = [...data.places].sort((a, b) => this.name(a).localeCompare(this.name(b), "en")).map((code) => make("option", { value: code }, this.name(code)));
    this.list = make("select", {}, make("option", { value: "" }, `Choose a ${data.area}`), ...options);
    this.add = make("button", { type: "button" }, "Put or take away");
    this.add.addEventListener("click", () => this.list.value && this.toggle(this.list.value));
    this.reason = make("input", { type: "text", maxlength: "300", autocomplete: "off" });
    this.keep = make("button", { type: "submit", class: "main" }, "Take this guess down");
    this.guesses = make("ol", { class: "guesses" });
    this.wrong = make("p", { class: "present-warning", role: "alert" });
    this.done = make("p", { class: "present-done" });
    const form = make(
      "form", {}, make("label", {}, `From the list`, this.list), this.add, this.picked,
      make("label", {}, "Why there? (no names of people)", this.reason), this.keep, this.done, this.wrong,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.many = make("h2", {}, "No guess yet");
    this.body.append(this.sheet, make("div", { class: "ask-side" }, form, this.many, this.guesses));
    this.map = new screen.provision.AreaMap(this.sheet);
    this.map.choose = (code) => code && this.toggle(code);
    this.said();
  }

  drawn() {
    const more = { marked: [...this.chosen].sort(), markedName: "Chosen now", counted: this.counts ?? {}, countedName: "Number of guesses there" };
    this.map.show(this.mapData(this.data.drawn, more), this.screen.drawing);
    this.paint();
  }

  // What is chosen, and where guesses were taken down, can be seen from the back.
  paint() {
    const { make } = this.screen;
    const path = (code, kind) => make("svg:path", { class: kind, d: this.map.shapes.get(code).path });
    const guessed = Object.keys(this.counts ?? {}).filter((code) => this.map.shapes.has(code)).map((code) => path(code, "guessed"));
    const chosen = this.chosen.flatMap((code) => [path(code, "picked-area"), path(code, "picked-line")]);
    this.painted?.remove();
    this.painted = make("svg:g", { class: "picks", "aria-hidden": "true" }, ...guessed, ...chosen);
    this.map.over.before(this.painted);
  }

  toggle(code) {
    const { places, hubs } = this.data;
    this.wrong.textContent = this.done.textContent = "";
    if (this.screen.room.over) this.wrong.textContent = this.screen.room.over;
    else if (!places.includes(code)) this.wrong.textContent = `${this.name(code)}: no further hub can stand there.`;
    else if (this.chosen.includes(code)) this.chosen = this.chosen.filter((own) => own !== code);
    else this.chosen = [...this.chosen, code].slice(-hubs);
    this.drawn();
    this.said();
  }

  said() {
    const { hubs } = this.data;
    this.picked.textContent = `${this.chosen.length} of ${hubs} chosen${this.chosen.length ? `: ${this.chosen.map(this.name).join(", ")}` : " on the map"}`;
    this.keep.disabled = !this.chosen.length || Boolean(this.screen.room?.over);
  }

  send() {
    if (!this.chosen.length) return;
    if (this.screen.lost()) return void (this.wrong.textContent = "Not taken down: the app does not answer now. The choice stays here.");
    this.sent = ownId();
    this.screen.tell("guess", { step: this.n, areas: [...this.chosen].sort(), reason: this.reason.value, id: this.sent });
  }

  room({ guesses, refused, over }) {
    const { guesses: own, counts } = guesses[this.data.link] ?? { guesses: [], counts: {} };
    this.wrong.textContent = refused || over;
    if (JSON.stringify(own) !== JSON.stringify(this.known)) {
      Object.assign(this, { known: own, counts });
      this.listed(own);
      const mine = own.find(({ id }) => id === this.sent); // what another window takes down leaves what is being chosen here
      if (mine) this.took(mine, own.length);
      this.drawn();
    }
    this.said();
  }

  // The newest first, so that what was just taken down is in sight.
  listed(own) {
    const { screen } = this, { make } = screen;
    const item = ({ id, names, reason }, n) => {
      const back = make("button", { type: "button", class: "small", "aria-label": `Take back guess ${n + 1}: ${names}` }, "Take back");
      back.addEventListener("click", () => screen.tell("withdraw", id));
      return make("li", { value: String(n + 1) }, make("b", {}, names), ...(reason ? [make("span", {}, ` ${reason}`)] : []), " ", back);
    };
    this.many.textContent = own.length ? `Guesses so far: ${own.length}` : "No guess yet";
    this.guesses.replaceChildren(...own.map(item).reverse());
  }

  took({ names }, many) {
    this.sent = null;
    this.chosen = [];
    this.reason.value = "";
    this.done.textContent = `Taken down: ${names}.`;
    this.screen.announce(`Taken down: ${names}. Guesses so far: ${many}.`);
  }

  twin() {
    const { make } = this.screen;
    return [this.byClass(this.data.drawn), make("ol", {}, ...(this.known ?? []).map(({ names, reason }) => make("li", {}, `${names}${reason ? `: ${reason}` : ""}`)))];
  }

  end() {
    this.map.resize.disconnect();
  }
}

class BestSlide extends Slide {
  build(make) {
    const { provision } = this.screen;
    this.own = make("figure", { class: "guess-map", hidden: "" });
    this.ownWords = make("figcaption", {});
    const ownSheet = make("div", { class: "sheet" });
    this.own.append(this.ownWords, ownSheet);
    const sheet = make("div", { class: "sheet" });
    const best = make("figure", {}, make("figcaption", {}, this.data.best), sheet);
    this.legend = make("ul", { class: "area-legend" });
    this.maps = make("div", { class: "maps" }, make("div", { class: "pair" }, this.own, best), this.legend);
    const ties = make("div", { class: "ties-list" }, make("h2", {}, this.data.tied), make("ul", {}, ...this.data.ties.map((words) => make("li", {}, words))));
    this.told = make("h2", { class: "told" });
    this.counted = make("p", {}, `${this.data.counted}:`);
    this.none = make("p", {}, "No guess was taken down for this question.");
    this.rows = make("ul", { class: "rows" });
    this.why = make("p", { class: "why" });
    this.body.append(this.maps, make("div", { class: "reveal" }, make("div", { class: "room-list" }, this.told, this.none, this.counted, this.rows, this.why), ties));
    this.map = pictured(provision, sheet);
    this.ownMap = pictured(provision, ownSheet);
  }

  drawn() {
    this.map.show(this.mapData(this.data.drawn), this.screen.drawing);
    const own = this.choices?.[this.compared];
    if (own) this.ownMap.show(this.mapData(own.drawn, { label: own.sentence }), this.screen.drawing);
    this.key(own ? [this.data.drawn, own.drawn] : [this.data.drawn]);
  }

  // One legend for both maps, without their counts, which differ.
  key(drawn) {
    const { make, provision } = this.screen;
    const kinds = new Map(drawn.flatMap(({ classes }) => classes).map((kind) => [kind.id, { ...kind, count: drawn.length > 1 ? "" : kind.count }]));
    const hub = make("li", {}, make("span", { class: "swatch letter", "aria-hidden": "true" }, "▲"), make("span", {}, this.data.drawn.markedName));
    this.legend.replaceChildren(...[...kinds.values()].map((kind) => provision.legendItem(kind, `best${this.n}-${kind.id}`)), hub);
  }

  // Each choice of the room once, those with the same result on one line.
  room({ guesses }) {
    const { make } = this.screen;
    const found = guesses[this.data.link];
    if (!found || JSON.stringify(found) === this.known) return;
    this.known = JSON.stringify(found);
    Object.assign(this, { choices: found.choices, whole: found.whole });
    this.told.textContent = found.said;
    this.told.hidden = !found.said;
    this.none.hidden = found.choices.length > 0;
    this.counted.hidden = this.rows.hidden = !found.choices.length;
    this.buttons = found.choices.map(({ names }, n) => {
      const button = make("button", { type: "button", "aria-pressed": "false" }, names);
      button.addEventListener("click", () => this.compare(n));
      return button;
    });
    this.rows.replaceChildren(...found.rows.map(({ words, choices }) => make("li", {}, make("b", {}, words), " ", ...choices.flatMap((n) => [this.buttons[n], " "]))));
    this.compare(found.first);
  }

  compare(n) {
    this.compared = n;
    this.own.hidden = n < 0;
    this.node.classList.toggle("paired", n >= 0);
    const own = this.choices?.[n];
    this.ownWords.textContent = own?.caption ?? "";
    this.why.textContent = own?.reasons ? `Why: ${own.reasons}` : "";
    this.buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === n)));
    this.drawn();
  }

  twin() {
    const { make } = this.screen;
    const said = (this.choices ?? []).map(({ caption, said: words, reasons }) => make("li", {}, `${caption}. ${words}${reasons ? ` Why: ${reasons}` : ""}`));
    return [...(this.whole ? [make("p", {}, this.whole)] : []), make("ul", {}, ...said), make("p", {}, `${this.data.tied}: ${this.data.ties.join("; ")}`), this.byClass(this.data.drawn)];
  }

  end() {
    this.map.resize.disconnect();
    this.ownMap.resize.disconnect();
  }
}

const KINDS = { map: MapSlide, grid: GridSlide, list: ListSlide, calendar: CalendarSlide, words: WordsSlide, ask: AskSlide, best: BestSlide };
