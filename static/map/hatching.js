// Hatching, so that classes of a map stay apart in greyscale. Which class has which is the server's
// to say; nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";

const RINGS = { id: "rings", hatch: "rings", ink: "#16202a", fill: "none" };
const RISING = "M-2 2L2-2M0 10L10 0M8 12L12 8";
const FALLING = "M-2 8L2 12M0 0L10 10M8-2L12 2";
// The side of the repeated square, and the line that is drawn in it.
const LINES = {
  rising: [10, RISING],
  falling: [10, FALLING],
  upright: [8, "M4 0V8"],
  lattice: [10, RISING + FALLING],
  grid: [9, "M4.5 0V9M0 4.5H9"],
  waves: [12, "M0 6q3-5 6 0t6 0"],
  level: [7, "M0 3.5H7"],
  crosses: [16, "M4.5 4.5L11.5 11.5M11.5 4.5L4.5 11.5"],
};

function hatchMark(hatch, ink) {
  const stroke = { stroke: ink, "stroke-width": 1.7, fill: "none" };
  if (hatch === "rings") return [13, "circle", { cx: 6.5, cy: 6.5, r: 3.4, ...stroke }];
  if (hatch === "dots") return [8, "circle", { cx: 4, cy: 4, r: 1.7, fill: ink }];
  const [side, d] = LINES[hatch];
  return [side, "path", { d, ...stroke }];
}

function hatchPattern({ hatch, ink, fill }, id) {
  const [side, tag, attributes] = hatchMark(hatch, ink);
  const frame = {
    id,
    width: side,
    height: side,
    patternUnits: "userSpaceOnUse",
    "data-fill": fill,
  };
  return make("svg:pattern", frame, make(`svg:${tag}`, attributes));
}

// The patterns that some classes need, each under its own id after a common one.
export function hatchPatterns(classes, id) {
  const hatched = classes.filter((mapClass) => mapClass.hatch);
  const rings = classes.some((mapClass) => mapClass.rings) ? [RINGS] : [];
  return [...hatched, ...rings].map((pattern) => hatchPattern(pattern, `${id}-${pattern.id}`));
}

export function hatchFill(mapClass, id) {
  return mapClass.hatch ? `url(#${id}-${mapClass.id})` : "none";
}

export function ringsFill(mapClass, id) {
  return mapClass.rings ? `url(#${id}-rings)` : "none";
}
