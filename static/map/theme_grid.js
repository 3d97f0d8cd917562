// Small maps of many themes under one legend. Classes and words are the server's; nothing here holds
// a rule about coverage.

import { ElementRegistry, make, uniqueId } from "../shared/dom.js";
import { drawingSize, outerLine, outlinePath } from "./area_shapes.js";
import { hatchFill, hatchPatterns, ringsFill } from "./hatching.js";
import { legendItem } from "./legend.js";
import { withOutlines } from "./outlines.js";

const HATCH_SIZE = 0.62; // of the size on a large map
const grids = new ElementRegistry((parent) => new ThemeGrid(parent));

export function themeGrid({ data, parentElement }) {
  const grid = grids.get(parentElement);
  withOutlines(data.outlines, (outlines) => grid.show(data, outlines));
  return () => grid.disconnect();
}

export class ThemeGrid {
  constructor(parent) {
    this.id = uniqueId("grid");
    this.shared = make("svg:svg", { class: "shared", "aria-hidden": "true", width: 0, height: 0 });
    this.legend = make("ul", { class: "area-legend" });
    this.list = make("ul", { class: "theme-grid" });
    this.panel = make(
      "div",
      { class: "area-panel grid-panel" },
      this.shared,
      this.legend,
      this.list,
    );
    parent.replaceChildren(this.panel);
    this.resizeObserver = new ResizeObserver(() => this.fit());
    this.resizeObserver.observe(this.list);
  }

  disconnect() {
    this.resizeObserver.disconnect();
  }

  show(data, outlines) {
    const known = this.outlines === outlines && sameGrid(this.data, data);
    Object.assign(this, { data, outlines, tiled: data.view === "tiles" });
    if (!known) this.draw();
    this.panel.dataset.drawn = data.stamp;
  }

  draw() {
    const { classes, maps } = this.data;
    this.size = drawingSize(this.outlines, this.tiled);
    this.patterns = hatchPatterns(classes, this.id);
    const paths = this.outlines.areas.map((area) => this.sharedPath(area));
    this.shared.replaceChildren(make("svg:defs", {}, ...paths, ...this.patterns));
    this.list.replaceChildren(...maps.map((map) => this.item(map)));
    const items = classes.map((mapClass) => legendItem(mapClass, `${this.id}-key-${mapClass.id}`));
    this.legend.replaceChildren(...items);
    if (this.scale) this.rescale();
    else this.fit();
  }

  // The outline of an area, drawn once and used by every small map.
  sharedPath(area) {
    const d = outlinePath(area, this.tiled);
    return make("svg:path", {
      id: `${this.id}-${area.code}`,
      d,
      "vector-effect": "non-scaling-stroke",
    });
  }

  item({ title, said: sentence, badges, go: address, areas }) {
    const heading = make("h2", { class: "small-title" }, title);
    const words = [
      make("span", { class: "small-said" }, sentence),
      ...badges.map((badge) => make("span", { class: "badge" }, badge)),
    ];
    const content = [
      heading,
      this.smallMap(areas),
      make("span", { class: "small-line" }, ...words),
    ];
    if (this.data.still) return make("li", {}, make("div", {}, ...content));
    const link = { href: address, "data-go": address, target: "_self" };
    return make("li", {}, make("a", link, ...content));
  }

  // Bold outlines go last, so that no neighbour covers them.
  smallMap(areas) {
    const viewBox = `0 0 ${this.size[0]} ${this.size[1]}`;
    const svg = make(
      "svg:svg",
      { viewBox, "aria-hidden": "true", class: "small-map" },
      ...outerLine(this.outlines.areas, this.tiled),
    );
    const filled = areas.map((number, index) => [
      this.data.classes[number],
      this.outlines.areas[index].code,
    ]);
    for (const [mapClass, code] of filled.toSorted(
      ([a], [b]) => Boolean(a.bold) - Boolean(b.bold),
    )) {
      const href = `#${this.id}-${code}`;
      const weight = mapClass.bold ? "bold" : "thin";
      svg.append(make("svg:use", { href, fill: mapClass.fill, class: weight }));
      if (mapClass.hatch) svg.append(make("svg:use", { href, fill: hatchFill(mapClass, this.id) }));
      if (mapClass.rings) svg.append(make("svg:use", { href, fill: ringsFill(mapClass, this.id) }));
    }
    return svg;
  }

  fit() {
    const svg = this.list.querySelector("svg");
    if (!svg?.clientWidth) return;
    const [width, height] = this.size;
    this.scale = Math.min(svg.clientWidth / width, svg.clientHeight / height);
    this.rescale();
  }

  // Hatching keeps its size on screen.
  rescale() {
    for (const pattern of this.patterns) {
      pattern.setAttribute("patternTransform", `scale(${HATCH_SIZE / this.scale})`);
    }
  }
}

function sameGrid(before, data) {
  return Boolean(before) && gridContent(before) === gridContent(data);
}

function gridContent({ view, classes, maps }) {
  return JSON.stringify([view, classes, maps]);
}
