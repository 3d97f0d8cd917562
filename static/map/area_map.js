// The area map: every area in the colour and hatching of its class, to point at, choose and walk by
// keyboard. Class, words and the preview of a toggle are the server's; nothing here holds a rule
// about coverage.

import { ElementRegistry, make, uniqueId } from "../shared/dom.js";
import { Messages } from "../shared/messages.js";
import { AreaLabels } from "./area_labels.js";
import {
  drawingSize,
  fillShape,
  makeShape,
  nearestTowards,
  outerLine,
  raiseBold,
} from "./area_shapes.js";
import { AreaTip } from "./area_tip.js";
import { hatchPatterns } from "./hatching.js";
import { MARKS } from "./label_text.js";
import { legendItem, markItem, waterItem } from "./legend.js";
import { sameColours, unpackMapData } from "./map_data.js";
import { withOutlines } from "./outlines.js";
import { applyPreview, previewAtSwitches } from "./toggle_preview.js";

const maps = new ElementRegistry((parent) => new AreaMap(parent));

export function areaMap({ data, parentElement, setTriggerValue }) {
  const map = maps.get(parentElement);
  map.messages.trigger = setTriggerValue;
  map.choose = (code) => setTriggerValue("chosen", code ?? "");
  map.mark = (area) => map.messages.send("mark", { area, drawn: map.data.stamp });
  withOutlines(data.outlines, (outlines) => map.show(data, outlines));
  return () => map.disconnect();
}

export class AreaMap {
  constructor(parent) {
    this.id = uniqueId("map");
    this.messages = new Messages();
    this.svg = make("svg:svg", { class: "area-map", role: "group" });
    this.tip = new AreaTip();
    this.legend = make("ul", { class: "area-legend" });
    this.title = make("h2", { class: "area-title", hidden: "" });
    this.announcer = make("p", { class: "unseen", role: "status" });
    this.frame = make("div", { class: "area-frame" }, this.svg, this.tip.node);
    const sheet = make("div", { class: "area-sheet" }, this.frame, this.legend);
    parent.replaceChildren(make("div", { class: "area-panel" }, this.title, sheet, this.announcer));
    this.resizeObserver = new ResizeObserver(() => this.fit());
    this.resizeObserver.observe(this.svg);
    this.svg.addEventListener("pointerleave", () => this.tip.hide());
    this.svg.addEventListener("keydown", (event) => this.handleKey(event));
  }

  disconnect() {
    this.resizeObserver.disconnect();
  }

  // What the server answers is what is drawn, whatever the preview has shown.
  show(sent, outlines) {
    const data = unpackMapData(sent, outlines);
    const redrawn = this.outlines !== outlines || this.view !== data.view;
    this.messages.confirm(data.confirmed ?? []);
    const recoloured = redrawn || this.previewed || !sameColours(data, this.data);
    this.describe(data);
    Object.assign(this, { data, outlines, view: data.view, previewed: false });
    this.symbols = Object.values(outlines.looks ?? {});
    if (redrawn) this.build();
    if (recoloured) this.colour();
    this.select(data.selected);
    this.setBusy(false);
    if (data.togglePreview) previewAtSwitches(this, data.togglePreview.switches);
    this.svg.dataset.drawn = data.stamp;
  }

  // What a toggle has changed is also said.
  describe({ label, title, togglePreview }) {
    if (togglePreview && this.data && this.data.label !== label) this.announcer.textContent = label;
    this.svg.setAttribute("aria-label", label);
    this.title.textContent = title ?? "";
    this.title.hidden = !title;
  }

  build() {
    const { areas, water } = this.outlines;
    this.tiled = this.view === "tiles";
    [this.width, this.height] = drawingSize(this.outlines, this.tiled);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.patterns = make("svg:defs");
    this.labels = new AreaLabels();
    this.shapes = new Map(areas.map((area) => [area.code, makeShape(area, this.tiled)]));
    for (const shape of this.shapes.values()) this.listen(shape);
    this.chosenOutline = make("svg:path", { class: "chosen" });
    const river = this.tiled || !water ? [] : [make("svg:path", { class: "water", d: water })];
    const groups = [...this.shapes.values()].map((shape) => shape.group);
    this.svg.replaceChildren(
      this.patterns,
      ...outerLine(areas, this.tiled),
      ...groups,
      ...river,
      this.chosenOutline,
      this.labels.group,
    );
    groups[0]?.setAttribute("tabindex", "0");
  }

  listen(shape) {
    const { code, group } = shape;
    group.addEventListener("click", () => this.pick(code));
    group.addEventListener("pointermove", (event) => this.tip.show(shape, event, this.frame));
    group.addEventListener("focus", () => this.tip.show(shape, null, this.frame));
    group.addEventListener("blur", () => this.tip.hide());
  }

  colour() {
    const { classes, areas, sentences } = this.data;
    this.drawPatterns();
    for (const [index, shape] of [...this.shapes.values()].entries()) {
      const [classNumber, sentenceNumber] = areas[index];
      shape.sentence = `${shape.name}: ${sentences[sentenceNumber]}`;
      shape.group.setAttribute("aria-label", shape.sentence);
      fillShape(shape, classes[classNumber], this.id);
    }
    this.raise();
    this.drawLegend();
    this.fit();
  }

  // The hatching of the classes that stand on the map, and of those that a toggle may bring.
  drawPatterns() {
    const { classes, togglePreview } = this.data;
    const known = new Set(classes.map(({ id }) => id));
    const previewed = [...new Set(togglePreview?.other)].map((number) => this.symbols[number]);
    const patterns = hatchPatterns(
      [...classes, ...previewed.filter(({ id }) => !known.has(id))],
      this.id,
    );
    if (idsOf(patterns) !== idsOf([...this.patterns.children])) {
      this.patterns.replaceChildren(...patterns);
    }
  }

  raise() {
    const focused = this.svg.contains(document.activeElement) ? document.activeElement : null;
    raiseBold(
      [...this.shapes.values()],
      this.svg.querySelector(":scope > .water") ?? this.chosenOutline,
    );
    if (focused && document.activeElement !== focused) focused.focus(); // a node that is moved loses the keyboard
  }

  // What the server has said that a toggle would do; nothing of it is worked out here. Only for the
  // first click: of a second one that comes before the answer, only the mark is shown.
  previewToggle(code) {
    applyPreview(this, code);
    const marked = new Set(this.data.marked);
    if (!marked.delete(code)) marked.add(code);
    this.data = { ...this.data, marked: [...marked].toSorted(), togglePreview: null };
    this.previewed = true;
    this.raise();
    this.labels.place(this);
    this.select(this.data.selected);
    this.setBusy(true);
  }

  setBusy(busy) {
    for (const node of [this.svg, document.querySelector(".headline")]) {
      if (busy) node?.setAttribute("aria-busy", "true");
      else node?.removeAttribute("aria-busy");
    }
  }

  drawLegend() {
    const { classes, marked, markedName, counted, countedName } = this.data;
    const items = classes.map((mapClass) => legendItem(mapClass, `${this.id}-key-${mapClass.id}`));
    if (this.outlines.water && !this.tiled) items.push(waterItem(this.outlines.waterName));
    if (marked?.length) items.push(markItem(MARKS.hub, markedName));
    if (Object.keys(counted ?? {}).length) items.push(markItem(`${MARKS.count}2`, countedName));
    this.legend.replaceChildren(...items);
  }

  // Hatching and letters keep their size on screen, whatever the size of the map.
  fit() {
    const { clientWidth, clientHeight } = this.svg;
    if (!clientWidth || !clientHeight || !this.data) return;
    this.scale = Math.min(clientWidth / this.width, clientHeight / this.height);
    for (const pattern of this.patterns.children) {
      pattern.setAttribute("patternTransform", `scale(${1 / this.scale})`);
    }
    this.labels.place(this);
  }

  outlineChosen(code) {
    this.chosen = code;
    this.chosenOutline.setAttribute("d", this.shapes.get(code)?.path ?? "");
  }

  select(code) {
    this.outlineChosen(code);
    for (const [own, { group }] of this.shapes) {
      const pressed = this.data.marked ? this.data.marked.includes(own) : own === code;
      group.setAttribute("aria-pressed", String(pressed));
    }
    if (this.shapes.has(code) && !this.svg.contains(document.activeElement)) this.moveTabStop(code);
  }

  // The choice shows at once; the server's answer confirms it. So does a hub; what it means for
  // coverage only the server knows.
  pick(code) {
    this.tip.hide();
    this.moveTabStop(code);
    if (this.data.marked) {
      this.previewToggle(code);
      this.mark(code);
      return;
    }
    const next = code === this.chosen ? null : code;
    this.select(next);
    this.choose(next);
  }

  // One area of the map is reached by Tab.
  moveTabStop(code) {
    for (const [own, { group }] of this.shapes) {
      group.setAttribute("tabindex", own === code ? "0" : "-1");
    }
  }

  focusArea(code) {
    this.moveTabStop(code);
    this.shapes.get(code).group.focus();
  }

  handleKey(event) {
    const code = event.target.closest?.(".area")?.dataset.code;
    const act = code && this.keys(code)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  keys(code) {
    const codes = [...this.shapes.keys()];
    return {
      Enter: () => this.pick(code),
      " ": () => this.pick(code),
      Escape: () => this.chosen && this.pick(this.chosen),
      Home: () => this.focusArea(codes[0]),
      End: () => this.focusArea(codes.at(-1)),
      ArrowRight: () => this.step(code, [1, 0]),
      ArrowLeft: () => this.step(code, [-1, 0]),
      ArrowDown: () => this.step(code, [0, 1]),
      ArrowUp: () => this.step(code, [0, -1]),
    };
  }

  step(code, direction) {
    const next = nearestTowards([...this.shapes.values()], this.shapes.get(code), direction);
    if (next) this.focusArea(next.code);
  }
}

function idsOf(nodes) {
  return nodes.map(({ id }) => id).join();
}
