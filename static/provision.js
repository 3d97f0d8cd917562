// What people touch: the area map and the sortable table. Both draw what the server computed and hold no rule about coverage.
// Text from data only ever reaches the page as text (textContent, attributes), never as markup.

const SVG = "http://www.w3.org/2000/svg";
const outlines = (globalThis.provisionOutlines ??= new Map()); // drawing id -> outlines, kept for the life of the page
const waiting = (globalThis.provisionWaiting ??= new Map()); // drawing id -> what to call when they arrive

export function make(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// ---- the page itself ------------------------------------------------------------------------------------------------------------

// Keeps the view in the address without adding to the history, so that Back leaves the page as people expect.
export function pageFrame({ data, setTriggerValue }) {
  mendLandmarks();
  globalThis.provisionGo = (address) => setTriggerValue("go", address);
  globalThis.provisionBack = (address) => setTriggerValue("back", address);
  globalThis.provisionFields = data.fields;
  followLinks();
  const before = globalThis.provisionBorn;
  globalThis.provisionBorn = data.born;
  if (before && before !== data.born) return setTriggerValue("back", globalThis.provisionAt); // the server was started anew, and Streamlit has put the first link back
  if (!data.paths.includes(`/${location.pathname.split("/").pop()}`)) return; // Back or Forward has led on meanwhile; that page's own frame is on its way
  arrive(data);
  const fields = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("embed")));
  for (const [name, value] of Object.entries({ ...data.fields, ...data.own })) fields.set(name, value);
  const query = fields.toString().replaceAll("%2C", ",").replaceAll("%7E", "~").replaceAll("%3A", ":");
  const address = location.pathname + (query ? `?${query}` : "") + location.hash;
  if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
  globalThis.provisionAt = location.pathname + location.search;
  globalThis.provisionLeft = false;
  document.documentElement.dataset.view = data.stamp;
}

// Where a followed link leads: to a part of the page, else to its top. An address that came with a part leads there too, once.
function arrive(data) {
  const first = globalThis.provisionAt === undefined ? location.hash.slice(1) : "";
  if (first) showPart(first);
  if (globalThis.provisionFollowed && data.stamp !== globalThis.provisionFollowed) {
    globalThis.provisionFollowed = null;
    if (data.part) showPart(data.part);
    else requestAnimationFrame(() => focusPart(document.querySelector(".headline h1"), true));
  }
}

// A link on the page changes the view within the session. Its address is completed with the rest of the view first, so that it says the
// same when it is copied or opened beside.
function followLinks() {
  if (globalThis.provisionLinks) return;
  globalThis.provisionLinks = true;
  const link = (event) => event.target.closest?.("a[data-go]");
  const complete = (event) => {
    const anchor = link(event);
    if (!anchor) return;
    const [address, part] = anchor.dataset.go.split("#");
    const [page, query] = address.split("?");
    const fields = new URLSearchParams({ ...globalThis.provisionFields, ...Object.fromEntries(new URLSearchParams(query)) }).toString();
    anchor.href = page + (fields ? `?${fields}` : "") + (part ? `#${part}` : "");
  };
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, complete);
  document.addEventListener("click", (event) => {
    const anchor = link(event);
    if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // So that Back leads here again; to another page Streamlit adds the entry itself.
    if (location.pathname.endsWith(`/${anchor.dataset.go.split(/[?#]/)[0]}`)) history.pushState(history.state, "", location.href);
    globalThis.provisionFollowed = anchor.dataset.go.includes("#") ? "part" : document.documentElement.dataset.view;
    globalThis.provisionGo(anchor.dataset.go);
  });
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.('a[href^="#"]');
    if (anchor) setTimeout(() => focusPart(document.getElementById(anchor.hash.slice(1))), 0);
  });
  window.addEventListener("popstate", () => {
    const [path] = (globalThis.provisionAt ?? "").split("?");
    const here = location.pathname + location.search;
    if (location.pathname !== path) globalThis.provisionLeft = true;
    else if (here !== globalThis.provisionAt) globalThis.provisionBack((globalThis.provisionAt = here));
    else if (globalThis.provisionLeft) askAgain(here);
  });
  for (const kind of ["pointerdown", "keydown", "click", "input"]) document.addEventListener(kind, () => (globalThis.provisionReturned = null), true);
}

// Who is back before the other page was drawn is told all of the page's controls again, once it is quiet, since Streamlit may have let go of
// what they held; unless they touch something first.
function askAgain(here) {
  globalThis.provisionReturned = here;
  const ask = () => {
    if (globalThis.provisionReturned !== here || location.pathname + location.search !== here) return;
    if (document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning") return void setTimeout(ask, 100);
    globalThis.provisionReturned = null;
    globalThis.provisionBack(here);
  };
  setTimeout(ask, 250);
}

// The part may be drawn after this; it is looked for until it is there, for a few seconds at most.
function showPart(id) {
  const look = () => {
    const part = document.getElementById(id);
    if (part) watcher.disconnect();
    focusPart(part);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watcher.disconnect(), 5000);
  look();
}

function focusPart(part, top = false) {
  if (!part) return;
  if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1");
  part.focus({ preventScroll: true });
  if (top) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  else part.scrollIntoView({ block: "start" });
}

// Streamlit draws pop-ups outside every landmark, and its upload box as a presentation that can be focused. Both are named here so
// that assistive technology can tell what they are.
function mendLandmarks() {
  if (globalThis.provisionMended) return;
  globalThis.provisionMended = true;
  const portal = () => document.getElementById("stFloatingOverlayPortal");
  const name = (node) => {
    if (node.hasAttribute("role")) return;
    node.setAttribute("role", "region");
    node.setAttribute("aria-label", "Pop-up");
  };
  const mend = () => {
    const lists = [...document.querySelectorAll("[role=listbox]")].map((list) => list.closest("body > div"));
    const boxes = lists.filter((box) => box && box.id !== "root" && box !== portal());
    boxes.forEach(name);
    const own = portal();
    if (own?.childElementCount && !boxes.length) name(own);
    else if (own?.getAttribute("role") === "region") ["role", "aria-label"].forEach((a) => own.removeAttribute(a));
    for (const zone of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]")) zone.setAttribute("role", "group");
  };
  mend();
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["role"] });
}

// ---- outlines: sent once, referred to by id -----------------------------------------------------------------------------------

export function areaOutlines({ data }) {
  outlines.set(data.id, data);
  for (const ready of waiting.get(data.id) ?? []) ready();
  waiting.delete(data.id);
}

// Draw once the outlines are there.
export function withOutlines(id, draw) {
  if (outlines.has(id)) draw();
  else waiting.set(id, [...(waiting.get(id) ?? []), draw]);
}

// ---- the area map ---------------------------------------------------------------------------------------------------------------

const maps = new WeakMap(); // parent element -> AreaMap

export function areaMap({ data, parentElement, setTriggerValue }) {
  let map = maps.get(parentElement);
  if (!map) maps.set(parentElement, (map = new AreaMap(parentElement)));
  map.choose = (code) => setTriggerValue("chosen", code ?? "");
  const draw = () => map.show(data, outlines.get(data.outlines));
  withOutlines(data.outlines, draw);
  return () => map.resize.disconnect();
}

// What decides how a map is coloured and lettered.
// Small numbers come as one letter each, or as words.
const unpacked = (text) => (text.includes(" ") ? text.split(" ").map(Number) : [...text].map((letter) => parseInt(letter, 36)));
const pairs = (areas) => (typeof areas === "string" ? unpacked(areas).map((n, i, all) => [n, all[i + 1]]).filter((_, i) => i % 2 === 0) : areas);
const foretold = (ahead) => (typeof ahead?.other === "string" ? { ...ahead, other: unpacked(ahead.other) } : ahead);

const coloured = (data) => JSON.stringify([data?.classes, data?.areas, data?.sentences, data?.marked, data?.counted]);

// A hub can be switched beside the map, too: the map that was told what that would do shows it at the click.
function watchSwitches() {
  if (globalThis.provisionSwitches) return;
  globalThis.provisionSwitches = true;
  const act = (event) => {
    const button = event.target.closest?.(".st-key-sc_hubs button");
    const map = globalThis.provisionForetelling;
    if (!button || !map?.svg.isConnected) return;
    const area = map.drawing.areas[map.switches[[...button.parentElement.closest(".st-key-sc_hubs").querySelectorAll("button")].indexOf(button)]];
    if (area) map.foretell(area.code);
  };
  document.addEventListener("click", act, true);
}

export class AreaMap {
  constructor(parent) {
    this.uid = `map${Math.random().toString(36).slice(2, 8)}`;
    this.svg = make("svg:svg", { class: "area-map", role: "group" });
    this.tip = make("div", { class: "area-tip", role: "status", hidden: "" });
    this.legend = make("ul", { class: "area-legend" });
    this.title = make("h2", { class: "area-title", hidden: "" });
    this.voice = make("p", { class: "unseen", role: "status" });
    this.frame = make("div", { class: "area-frame" }, this.svg, this.tip);
    parent.replaceChildren(make("div", { class: "area-panel" }, this.title, make("div", { class: "area-sheet" }, this.frame, this.legend), this.voice));
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.svg);
    this.svg.addEventListener("pointerleave", () => this.hideTip());
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  // What the server answers is what is drawn, whatever was foretold.
  show(sent, drawing) {
    const data = { ...sent, areas: pairs(sent.areas), ahead: foretold(sent.ahead), classes: sent.classes.map((kind) => ({ ...drawing.looks?.[kind.id], ...kind })) };
    const redrawn = this.drawing !== drawing || this.view !== data.view;
    const recoloured = redrawn || this.foretold || coloured(data) !== coloured(this.data);
    if (data.ahead && this.data && this.data.label !== data.label) this.voice.textContent = data.label;
    Object.assign(this, { data, drawing, view: data.view, foretold: false, looks: Object.values(drawing.looks ?? {}) });
    this.svg.setAttribute("aria-label", data.label);
    this.title.textContent = data.title ?? "";
    this.title.hidden = !data.title;
    if (redrawn) this.build();
    if (recoloured) this.colour();
    this.select(data.selected);
    this.busy(false);
    if (data.ahead) {
      this.switches = data.ahead.switches;
      globalThis.provisionForetelling = this;
      watchSwitches();
    }
    this.svg.dataset.drawn = data.stamp;
  }

  build() {
    const { size, tiles, areas, water } = this.drawing;
    this.tiled = this.view === "tiles";
    this.unit = this.tiled ? 1000 : 1;
    this.width = this.tiled ? tiles[0] * this.unit : size[0];
    this.height = this.tiled ? tiles[1] * this.unit : size[1];
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.patterns = make("svg:defs");
    this.lettered = null;
    this.shapes = new Map(areas.map((area) => [area.code, this.shape(area)]));
    this.over = make("svg:path", { class: "chosen" });
    const river = this.tiled || !water ? [] : [make("svg:path", { class: "water", d: water })];
    const groups = [...this.shapes.values()];
    this.labels = make("svg:g", { class: "labels", "aria-hidden": "true" });
    this.svg.replaceChildren(this.patterns, ...groups.map((s) => s.group), ...river, this.over, this.labels);
    groups[0]?.group.setAttribute("tabindex", "0");
  }

  shape(area) {
    const [column, row] = area.tile;
    const path = outline(area, this.tiled);
    const at = this.tiled ? [column * 1000 + 500, row * 1000 + 500] : area.at;
    const room = this.tiled ? 920 : area.room;
    const base = make("svg:path", { d: path, class: "base" });
    const over = make("svg:path", { d: path, class: "over" });
    const rings = make("svg:path", { d: path, class: "over" });
    const group = make("svg:g", { class: "area", role: "button", tabindex: "-1", "data-code": area.code }, base, over, rings);
    group.addEventListener("click", () => this.pick(area.code));
    group.addEventListener("pointermove", (event) => this.showTip(area.code, event));
    group.addEventListener("focus", () => this.showTip(area.code));
    group.addEventListener("blur", () => this.hideTip());
    return { ...area, path, at, room, base, over, rings, group };
  }

  colour() {
    const { classes, areas, sentences, ahead } = this.data;
    const known = new Set(classes.map((kind) => kind.id));
    const later = [...new Set(ahead?.other ?? [])].map((place) => this.looks[place]).filter((kind) => !known.has(kind.id));
    const patterns = hatchings([...classes, ...later], this.uid);
    if (patterns.map((p) => p.id).join() !== [...this.patterns.children].map((p) => p.id).join()) this.patterns.replaceChildren(...patterns);
    for (const [place, shape] of [...this.shapes.values()].entries()) {
      const [number, sentence] = areas[place];
      shape.said = `${shape.name}: ${sentences[sentence]}`;
      shape.group.setAttribute("aria-label", shape.said);
      this.dress(shape, classes[number]);
    }
    this.raise();
    this.drawLegend();
    this.fit();
  }

  dress(shape, kind) {
    const id = kind.id;
    if (shape.kind?.fill !== kind.fill) shape.base.setAttribute("fill", kind.fill);
    if (shape.kind?.id !== id) {
      shape.over.setAttribute("fill", kind.hatch ? `url(#${this.uid}-${id})` : "none");
      shape.rings.setAttribute("fill", kind.rings ? `url(#${this.uid}-rings)` : "none");
      shape.group.dataset.class = id;
      shape.group.classList.toggle("bold", Boolean(kind.bold));
    }
    shape.kind = kind;
  }

  // Bold outlines go last, so that no neighbour covers them; within that, areas keep their order, whatever was shown before.
  raise() {
    const first = this.svg.querySelector(":scope > .water") ?? this.over;
    const focused = this.svg.contains(document.activeElement) ? document.activeElement : null;
    const shapes = [...this.shapes.values()];
    const order = [...shapes.filter(({ kind }) => !kind.bold), ...shapes.filter(({ kind }) => kind.bold)];
    order.reduceRight((next, { group }) => {
      if (group.nextSibling !== next) next.before(group);
      return group;
    }, first);
    if (focused && document.activeElement !== focused) focused.focus(); // a node that is moved loses the keyboard
  }

  // What the server has said that a toggle would do; nothing of it is worked out here. Only for the first click: of a second one that comes
  // before the answer, only the mark is shown.
  foretell(code) {
    const { ahead, marked } = this.data;
    const place = this.drawing.areas.findIndex((area) => area.code === code);
    const now = new Set(marked);
    if (!now.delete(code)) now.add(code);
    const turns = BigInt(`0x${ahead?.turns?.split(" ")[place] ?? 0}`);
    [...this.shapes.values()].forEach((shape, i) => (turns >> BigInt(i)) & 1n && this.dress(shape, this.looks[ahead.other[i]]));
    this.data = { ...this.data, marked: [...now].sort(), ahead: null };
    this.foretold = true;
    this.raise();
    this.placeLabels();
    this.select(this.data.selected);
    this.busy(true);
  }

  busy(waits) {
    for (const node of [this.svg, document.querySelector(".headline")]) waits ? node?.setAttribute("aria-busy", "true") : node?.removeAttribute("aria-busy");
  }

  drawLegend() {
    const items = this.data.classes.map((kind) => legendItem(kind, `${this.uid}-key-${kind.id}`));
    if (this.drawing.water && !this.tiled) {
      const swatch = make("svg:svg", { class: "swatch", viewBox: "0 0 36 24", "aria-hidden": "true" });
      swatch.append(make("svg:path", { class: "water", d: "M1 14c8-8 12 6 20 0s10-4 14-4" , style: "fill:none;stroke-width:6"}));
      items.push(make("li", {}, swatch, make("span", {}, this.drawing.waterName)));
    }
    if (this.data.marked?.length) items.push(make("li", {}, make("span", { class: "swatch letter", "aria-hidden": "true" }, "▲"), make("span", {}, this.data.markedName)));
    if (Object.keys(this.data.counted ?? {}).length) items.push(make("li", {}, make("span", { class: "swatch letter", "aria-hidden": "true" }, "●2"), make("span", {}, this.data.countedName)));
    this.legend.replaceChildren(...items);
  }

  // Hatching and letters keep their size on screen, whatever the size of the map.
  fit() {
    const width = this.svg.clientWidth, height = this.svg.clientHeight;
    if (!width || !this.data) return;
    this.scale = Math.min(width / this.width, height / this.height);
    for (const pattern of this.patterns.children) pattern.setAttribute("patternTransform", `scale(${1 / this.scale})`);
    this.placeLabels();
  }

  // Placed anew only where something about them has changed.
  placeLabels() {
    const kinds = [...this.shapes.values()].map((shape) => shape.kind.mark).join();
    const lettered = JSON.stringify([this.scale, this.view, this.data.letters, this.data.marked, this.data.counted, kinds]);
    if (lettered === this.lettered) return;
    this.lettered = lettered;
    const [least, most] = this.data.letters ?? [11, 22]; // pixels
    const pixels = Math.max(least, Math.min(most, (this.width * this.scale) / (this.tiled ? 48 : 50)));
    const size = pixels / this.scale;
    const pen = (this.pen ??= document.createElement("canvas").getContext("2d"));
    pen.font = `600 ${pixels}px ${getComputedStyle(this.svg).fontFamily}`;
    const taken = [];
    this.labels.replaceChildren();
    const { counted } = this.data;
    // What the map is about is named first: hubs and what the room chose, then whatever stands out.
    const first = (shape) => (this.data.marked?.includes(shape.code) || counted?.[shape.code] ? 2 : shape.kind.bold ? 1 : 0);
    for (const shape of [...this.shapes.values()].sort((a, b) => first(b) - first(a) || (first(a) ? b.room - a.room : a.room - b.room))) {
      const mark = [counted?.[shape.code] ? `●${counted[shape.code]}` : "", this.data.marked?.includes(shape.code) ? "▲" : "", shape.kind.mark, ""].filter((m, i) => m || i === 3).join(" ").trimStart();
      const ways = candidates(shape, mark);
      if (this.tiled && mark) ways.push([mark.trim(), shape.label]);
      const spot = this.findSpot(ways, shape, size, taken, NUDGES)
        ?? (this.tiled ? this.squeezed(ways.at(-1), shape) : this.findSpot(ways.slice(1), shape, size, taken, this.within(shape)))
        ?? (first(shape) ? this.findSpot(ways.slice(-1), shape, size, taken, NUDGES, 8) ?? this.findSpot([[mark.trim()]], shape, size, taken, NUDGES) : null); // beyond its outline, or its mark alone
      if (!spot) continue;
      taken.push(spot.box);
      this.labels.append(this.letter(spot, size, shape.code));
    }
  }

  // On a tile that is too narrow the letters stand closer; a name or a mark is never left out.
  squeezed(lines, shape) {
    return { lines, x: shape.at[0], y: shape.at[1], box: [0, 0, 0, 0], most: shape.room };
  }

  // The first way of writing a name that fits, where it stands best, or a little beside that.
  findSpot(ways, shape, size, taken, moves, most = 2.4) {
    for (const [rank, lines] of ways.entries()) {
      const wide = Math.max(...lines.map((line) => this.pen.measureText(line).width)) / this.scale;
      const tall = lines.length * size * 1.08;
      if (wide > shape.room * (this.tiled ? 1 : rank === ways.length - 1 ? most : 1.5)) continue;
      const nudge = this.tiled ? 0 : Math.min(size, shape.room * 0.4);
      for (const [dx, dy] of moves) {
        const step = moves === NUDGES ? nudge : 1;
        const x = shape.at[0] + dx * step, y = shape.at[1] + dy * step;
        const box = [x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2];
        const inside = box[0] >= 0 && box[2] <= this.width;
        if (inside && !taken.some((other) => overlap(box, other, size * 0.12))) return { lines, x, y, box };
      }
    }
    return null;
  }

  // Moves to places all over an area, nearest first.
  within(shape) {
    const box = shape.base.getBBox();
    const moves = [];
    for (let i = 1; i < 10; i++)
      for (let j = 1; j < 10; j++) {
        const point = new DOMPoint(box.x + (box.width * i) / 10, box.y + (box.height * j) / 10);
        if (shape.base.isPointInFill(point)) moves.push([point.x - shape.at[0], point.y - shape.at[1]]);
      }
    return moves.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  }

  letter({ lines, x, y, most }, size, code) {
    const text = make("svg:text", { "font-size": size, "text-anchor": "middle", "data-code": code });
    lines.forEach((line, i) => {
      const down = (i - (lines.length - 1) / 2) * size * 1.08 + size * 0.35;
      const wide = most && (this.pen.measureText(line).width / this.scale) > most;
      text.append(make("svg:tspan", { x, y: y + down, ...(wide ? { textLength: most, lengthAdjust: "spacingAndGlyphs" } : {}) }, line));
    });
    return text;
  }

  select(code) {
    this.chosen = code;
    this.over.setAttribute("d", code && this.shapes.has(code) ? this.shapes.get(code).path : "");
    for (const [own, shape] of this.shapes) shape.group.setAttribute("aria-pressed", String(this.data.marked ? this.data.marked.includes(own) : own === code));
    if (code && this.shapes.has(code) && !this.svg.contains(document.activeElement)) this.rove(code, false);
  }

  // The choice shows at once; the server's answer confirms it.
  pick(code) {
    this.hideTip();
    this.rove(code, false);
    if (this.data.marked) return this.markAt(code);
    const next = code === this.chosen ? null : code;
    this.select(next);
    this.choose(next);
  }

  // So does a hub; what it means for coverage only the server knows, and its answer follows.
  markAt(code) {
    this.foretell(code);
    this.choose(code);
  }

  rove(code, focus = true) {
    for (const [own, shape] of this.shapes) shape.group.setAttribute("tabindex", own === code ? "0" : "-1");
    if (focus) this.shapes.get(code).group.focus();
  }

  key(event) {
    const code = event.target.closest?.(".area")?.dataset.code;
    if (!code) return;
    const codes = [...this.shapes.keys()];
    const act = {
      Enter: () => this.pick(code),
      " ": () => this.pick(code),
      Escape: () => this.chosen && this.pick(this.chosen),
      Home: () => this.rove(codes[0]),
      End: () => this.rove(codes.at(-1)),
      ArrowRight: () => this.step(code, [1, 0]),
      ArrowLeft: () => this.step(code, [-1, 0]),
      ArrowDown: () => this.step(code, [0, 1]),
      ArrowUp: () => this.step(code, [0, -1]),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // The nearest area within 60 degrees of the direction.
  step(code, [dx, dy]) {
    const from = this.shapes.get(code).at;
    const reach = [...this.shapes.values()].map(({ code: to, at }) => {
      const x = at[0] - from[0], y = at[1] - from[1], far = Math.hypot(x, y);
      return { to, far, along: far ? (x * dx + y * dy) / far : 0 };
    });
    const next = reach.filter((r) => r.along > 0.5).sort((a, b) => a.far / a.along - b.far / b.along)[0];
    if (next) this.rove(next.to);
  }

  showTip(code, event) {
    const shape = this.shapes.get(code);
    if (this.tip.dataset.code !== code || this.tip.hidden) {
      this.tip.dataset.code = code;
      this.tip.textContent = shape.said;
      this.tip.hidden = false;
    }
    const frame = this.frame.getBoundingClientRect();
    const box = shape.base.getBoundingClientRect();
    const x = (event ? event.clientX : box.left + box.width / 2) - frame.left;
    const y = (event ? event.clientY : box.bottom) - frame.top;
    const left = Math.max(0, Math.min(x + 14, frame.width - this.tip.offsetWidth));
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${y + 18 + this.tip.offsetHeight > frame.height ? Math.max(0, y - this.tip.offsetHeight - 12) : y + 18}px`;
  }

  hideTip() {
    this.tip.hidden = true;
  }
}

function hatching({ hatch, ink, fill }, id) {
  const stroke = { stroke: ink, "stroke-width": 1.7, fill: "none" };
  const [step, marks] = {
    rising: [10, [["path", { d: "M-2 2L2-2M0 10L10 0M8 12L12 8", ...stroke }]]],
    falling: [10, [["path", { d: "M-2 8L2 12M0 0L10 10M8-2L12 2", ...stroke }]]],
    upright: [8, [["path", { d: "M4 0V8", ...stroke }]]],
    lattice: [10, [["path", { d: "M-2 2L2-2M0 10L10 0M8 12L12 8M-2 8L2 12M0 0L10 10M8-2L12 2", ...stroke }]]],
    grid: [9, [["path", { d: "M4.5 0V9M0 4.5H9", ...stroke }]]],
    waves: [12, [["path", { d: "M0 6q3-5 6 0t6 0", ...stroke }]]],
    level: [7, [["path", { d: "M0 3.5H7", ...stroke }]]],
    crosses: [16, [["path", { d: "M4.5 4.5L11.5 11.5M11.5 4.5L4.5 11.5", ...stroke }]]],
    rings: [13, [["circle", { cx: 6.5, cy: 6.5, r: 3.4, ...stroke }]]],
    dots: [8, [["circle", { cx: 4, cy: 4, r: 1.7, fill: ink }]]],
  }[hatch];
  const inner = marks.map(([tag, attributes]) => make(`svg:${tag}`, attributes));
  return make("svg:pattern", { id, width: step, height: step, patternUnits: "userSpaceOnUse", "data-fill": fill }, ...inner);
}

const RINGS = { id: "rings", hatch: "rings", ink: "#16202a", fill: "none" };

// The patterns that some classes need, each under its own id after a common one.
export function hatchings(classes, id) {
  const needed = [...classes.filter((c) => c.hatch), ...(classes.some((c) => c.rings) ? [RINGS] : [])];
  return needed.map((c) => hatching(c, `${id}-${c.id}`));
}

export function legendItem(kind, id) {
  const swatch = make("svg:svg", { class: "swatch", viewBox: "0 0 36 24", "aria-hidden": "true" });
  swatch.append(make("svg:defs", {}, ...hatchings([kind], id)));
  const box = { x: 1, y: 1, width: 34, height: 22, class: kind.bold ? "bold" : "thin" };
  swatch.append(make("svg:rect", { ...box, fill: kind.fill }), make("svg:rect", { ...box, fill: kind.hatch ? `url(#${id}-${kind.id})` : "none" }));
  if (kind.rings) swatch.append(make("svg:rect", { ...box, fill: `url(#${id}-rings)` }));
  return make("li", {}, swatch, make("span", {}, kind.count === "" ? kind.label : `${kind.label}:\u00a0${kind.count}`));
}

// The outline of an area: on the map its own, among tiles a square.
const GAP = 30;
function outline(area, tiled) {
  const [column, row] = area.tile;
  const side = 1000 - 2 * GAP;
  return tiled ? `M${column * 1000 + GAP} ${row * 1000 + GAP}h${side}v${side}h${-side}z` : area.path;
}

// The full name on one line; on several; the short label; the short label with leave to stand over its neighbours.
function candidates({ name, label }, mark) {
  const words = name.split(" ");
  const lines = words.length > 1 ? wrap(words) : [name];
  lines[0] = mark + lines[0];
  return [[mark + name], lines, [mark + label], [mark + label]];
}

const NUDGES = [[0, 0], [0, -0.6], [0, 0.6], [-0.6, 0], [0.6, 0], [-0.7, 0.7], [0.7, 0.7], [-0.7, -0.7], [0.7, -0.7], [0, -1], [0, 1], [-1, 0], [1, 0]];

function wrap(words) {
  const lines = [words[0]];
  for (const word of words.slice(1)) {
    const last = lines.length - 1;
    if (lines[last].length + word.length < 9 || ["and", "upon"].includes(lines[last].split(" ").pop())) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

function overlap(a, b, gap) {
  return a[0] < b[2] + gap && b[0] < a[2] + gap && a[1] < b[3] + gap && b[1] < a[3] + gap;
}

// ---- small maps of many themes under one legend --------------------------------------------------------------------------------------

const grids = new WeakMap();

export function themeGrid({ data, parentElement }) {
  let grid = grids.get(parentElement);
  if (!grid) grids.set(parentElement, (grid = new ThemeGrid(parentElement)));
  const draw = () => grid.show(data, outlines.get(data.outlines));
  withOutlines(data.outlines, draw);
  return () => grid.resize.disconnect();
}

export class ThemeGrid {
  constructor(parent) {
    this.uid = `grid${Math.random().toString(36).slice(2, 8)}`;
    this.shared = make("svg:svg", { class: "shared", "aria-hidden": "true", width: 0, height: 0 });
    this.legend = make("ul", { class: "area-legend" });
    this.list = make("ul", { class: "theme-grid" });
    this.panel = make("div", { class: "area-panel grid-panel" }, this.shared, this.legend, this.list);
    parent.replaceChildren(this.panel);
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.list);
  }

  show(data, drawing) {
    const same = this.drawing === drawing && this.data?.view === data.view && JSON.stringify(this.data.classes) === JSON.stringify(data.classes);
    const known = same && JSON.stringify(this.data.maps) === JSON.stringify(data.maps);
    Object.assign(this, { data, drawing, tiled: data.view === "tiles" });
    if (!known) this.draw(data, drawing);
    this.panel.dataset.drawn = data.stamp;
  }

  draw(data, drawing) {
    const unit = this.tiled ? drawing.tiles.map((n) => n * 1000) : drawing.size;
    this.box = unit;
    const paths = drawing.areas.map((area) => make("svg:path", { id: `${this.uid}-${area.code}`, d: outline(area, this.tiled), "vector-effect": "non-scaling-stroke" }));
    this.patterns = hatchings(data.classes, this.uid);
    this.shared.replaceChildren(make("svg:defs", {}, ...paths, ...this.patterns));
    this.list.replaceChildren(...data.maps.map((map) => this.map(map)));
    this.legend.replaceChildren(...data.classes.map((kind) => legendItem(kind, `${this.uid}-key-${kind.id}`)));
    if (this.scale) this.rescale();
    else this.fit();
  }

  map({ title, said, badges, go, areas }) {
    const svg = make("svg:svg", { viewBox: `0 0 ${this.box[0]} ${this.box[1]}`, "aria-hidden": "true", class: "small-map" });
    const order = areas.map((number, place) => [this.data.classes[number], this.drawing.areas[place].code]).sort(([a], [b]) => Boolean(a.bold) - Boolean(b.bold));
    for (const [kind, code] of order) {
      const href = `#${this.uid}-${code}`;
      svg.append(make("svg:use", { href, fill: kind.fill, class: kind.bold ? "bold" : "thin" }));
      if (kind.hatch) svg.append(make("svg:use", { href, fill: `url(#${this.uid}-${kind.id})` }));
      if (kind.rings) svg.append(make("svg:use", { href, fill: `url(#${this.uid}-rings)` }));
    }
    const words = make("span", { class: "small-said" }, said);
    const more = badges.map((badge) => make("span", { class: "badge" }, badge));
    const link = make(...(this.data.still ? ["div", {}] : ["a", { href: go, "data-go": go, target: "_self" }]), make("h2", { class: "small-title" }, title), svg, make("span", { class: "small-line" }, words, ...more));
    return make("li", {}, link);
  }

  fit() {
    const svg = this.list.querySelector("svg");
    if (!svg?.clientWidth) return;
    this.scale = Math.min(svg.clientWidth / this.box[0], svg.clientHeight / this.box[1]);
    this.rescale();
  }

  rescale() {
    for (const pattern of this.patterns) pattern.setAttribute("patternTransform", `scale(${0.62 / this.scale})`);
  }
}

// ---- columns of things that are tied to each other -------------------------------------------------------------------------------------

const diagrams = new WeakMap();

export function linkedColumns({ data, parentElement, setTriggerValue }) {
  let diagram = diagrams.get(parentElement);
  if (!diagram) diagrams.set(parentElement, (diagram = new LinkedColumns(parentElement)));
  diagram.choose = (id) => setTriggerValue("chosen", id ?? "");
  diagram.show(data);
  return () => diagram.resize.disconnect();
}

class LinkedColumns {
  constructor(parent) {
    this.lines = make("svg:svg", { class: "ties", "aria-hidden": "true" });
    this.columns = make("div", { class: "tied-columns" });
    this.legend = make("ul", { class: "tie-legend" });
    this.frame = make("div", { class: "tied", role: "group" }, this.lines, this.columns);
    parent.replaceChildren(make("div", { class: "area-panel" }, this.frame, this.legend));
    this.resize = new ResizeObserver(() => this.drawLines());
    this.resize.observe(this.frame);
    this.frame.addEventListener("pointerleave", () => this.mark(this.chosen));
  }

  show(data) {
    if (JSON.stringify([data.columns, data.ties]) !== JSON.stringify([this.data?.columns, this.data?.ties])) this.build(data);
    this.data = data;
    this.chosen = data.chosen || null;
    this.mark(this.chosen);
    this.frame.dataset.drawn = data.stamp;
  }

  build(data) {
    this.frame.setAttribute("aria-label", data.label);
    this.buttons = new Map();
    const column = ({ title, nodes }) => make("section", {}, make("h2", {}, title), make("ul", {}, ...nodes.map((node) => make("li", {}, this.button(node)))));
    this.columns.replaceChildren(...data.columns.map(column));
    this.ties = data.ties.map((tie) => ({ ...tie, path: make("svg:path", { class: `tie ${tie.kind}` }) }));
    this.lines.replaceChildren(...this.ties.map((tie) => tie.path));
    this.legend.replaceChildren(...data.legend.map(({ kind, text }) => {
      const swatch = make("svg:svg", { viewBox: "0 0 48 12", class: "tie-swatch", "aria-hidden": "true" }, make("svg:path", { d: "M1 6H47", class: `tie ${kind} lit` }));
      return make("li", {}, swatch, make("span", {}, text));
    }));
    this.drawLines();
  }

  button({ id, name, note }) {
    const button = make("button", { type: "button", "data-id": id }, name);
    if (note) button.append(make("span", { class: "node-note" }, note));
    button.addEventListener("click", () => this.pick(id));
    button.addEventListener("pointerenter", () => this.mark(id));
    button.addEventListener("focus", () => button.matches(":focus-visible") && this.mark(id));
    button.addEventListener("blur", () => this.mark(this.chosen));
    this.buttons.set(id, button);
    return button;
  }

  pick(id) {
    this.chosen = id === this.chosen ? null : id;
    this.mark(this.chosen);
    this.choose(this.chosen);
  }

  // What a node is tied to; for a service or theme the organisations, and what these are tied to stays faint.
  mark(id) {
    const lit = new Set(id ? [id] : []);
    for (const tie of this.ties) {
      const own = id !== null && (tie.from === id || tie.to === id);
      tie.path.classList.toggle("lit", own);
      if (own) lit.add(tie.from).add(tie.to);
    }
    const dim = id !== null && this.buttons.has(id);
    this.frame.classList.toggle("dim", dim);
    for (const [own, button] of this.buttons) {
      button.classList.toggle("lit", dim && lit.has(own));
      button.setAttribute("aria-pressed", String(own === this.chosen));
    }
  }

  drawLines() {
    if (!this.ties) return;
    const frame = this.frame.getBoundingClientRect();
    this.lines.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
    for (const { from, to, path } of this.ties) {
      const [a, b] = [this.buttons.get(from), this.buttons.get(to)].map((button) => button?.getBoundingClientRect());
      if (!a || !b) continue;
      const [left, right] = a.left < b.left ? [a, b] : [b, a];
      const x1 = left.right - frame.left, y1 = left.top + left.height / 2 - frame.top;
      const x2 = right.left - frame.left, y2 = right.top + right.height / 2 - frame.top;
      const bend = (x2 - x1) / 2;
      path.setAttribute("d", x2 > x1 ? `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` : "");
    }
  }
}

// ---- the sortable table ---------------------------------------------------------------------------------------------------------

const tables = new WeakMap();

export function sortableTable({ data, parentElement }) {
  let table = tables.get(parentElement);
  if (!table) tables.set(parentElement, (table = new SortableTable(parentElement)));
  table.show(data);
}

class SortableTable {
  constructor(parent) {
    this.head = make("thead");
    this.body = make("tbody");
    this.caption = make("caption");
    this.table = make("table", { class: "data-table" }, this.caption, this.head, this.body);
    this.scroller = make("div", { class: "table-scroller", tabindex: "0", role: "region" }, this.table);
    parent.replaceChildren(this.scroller);
    this.by = null;
  }

  show(data) {
    this.data = data;
    this.caption.textContent = data.caption;
    this.table.classList.toggle("compact", Boolean(data.compact));
    this.scroller.setAttribute("aria-label", data.caption);
    if (this.by && this.by.column >= data.columns.length) this.by = null;
    this.draw();
  }

  draw() {
    this.head.replaceChildren(make("tr", {}, ...this.data.columns.map((name, i) => this.header(name, i))));
    this.body.replaceChildren(...this.sorted().map((row) => this.row(row)));
  }

  header(name, column) {
    const own = this.by?.column === column;
    const arrow = make("span", { "aria-hidden": "true", class: "arrow" }, own ? (this.by.down ? " ▼" : " ▲") : " ↕");
    const button = make("button", { type: "button" }, name, arrow);
    button.addEventListener("click", () => {
      this.by = { column, down: own ? !this.by.down : false };
      this.draw();
      this.head.querySelectorAll("button")[column].focus();
    });
    return make("th", { scope: "col", "aria-sort": own ? (this.by.down ? "descending" : "ascending") : "none" }, button);
  }

  // A cell is text, or {text, sort, kind}; what has nothing to sort by comes last either way.
  sorted() {
    if (!this.by) return this.data.rows;
    const { column, down } = this.by;
    const key = (row) => row[column]?.sort ?? row[column]?.text ?? row[column];
    return [...this.data.rows].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      if (x === "" || y === "" || x === null || y === null) return (x === "" || x === null) - (y === "" || y === null);
      const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en");
      return down ? -order : order;
    });
  }

  row(cells) {
    return make("tr", {}, ...cells.map((cell, i) => {
      const kind = cell?.kind ?? null;
      const node = make(i ? "td" : "th", { class: kind, scope: i ? null : "row" });
      const text = cell?.text ?? cell;
      if (cell?.go) node.append(make("a", { href: cell.go, "data-go": cell.go, target: "_self" }, text));
      else node.textContent = text;
      return node;
    }));
  }
}
