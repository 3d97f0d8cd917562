// Lines of a legend: how a class, water or a mark looks, beside the words that the server gives for
// it. It holds no rule about coverage.

import { make } from "../shared/dom.js";
import { hatchFill, hatchPatterns, ringsFill } from "./hatching.js";

const NO_BREAK_SPACE = "\u00A0";

export function legendItem(mapClass, id) {
  const swatch = makeSwatch();
  swatch.append(make("svg:defs", {}, ...hatchPatterns([mapClass], id)));
  const box = { x: 1, y: 1, width: 34, height: 22, class: mapClass.bold ? "bold" : "thin" };
  swatch.append(
    make("svg:rect", { ...box, fill: mapClass.fill }),
    make("svg:rect", { ...box, fill: hatchFill(mapClass, id) }),
  );
  if (mapClass.rings) swatch.append(make("svg:rect", { ...box, fill: ringsFill(mapClass, id) }));
  const { label, count } = mapClass;
  return make(
    "li",
    {},
    swatch,
    make("span", {}, count === "" ? label : `${label}:${NO_BREAK_SPACE}${count}`),
  );
}

export function waterItem(name) {
  const swatch = makeSwatch();
  const style = "fill:none;stroke-width:6";
  swatch.append(make("svg:path", { class: "water", d: "M1 14c8-8 12 6 20 0s10-4 14-4", style }));
  return make("li", {}, swatch, make("span", {}, name));
}

export function markItem(mark, name) {
  const swatch = make("span", { class: "swatch letter", "aria-hidden": "true" }, mark);
  return make("li", {}, swatch, make("span", {}, name));
}

function makeSwatch() {
  return make("svg:svg", { class: "swatch", viewBox: "0 0 36 24", "aria-hidden": "true" });
}
