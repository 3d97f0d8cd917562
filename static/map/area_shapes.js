// The shapes of a map: an outline for every area, or a square tile, with the fill of its class over
// it. Class and outline are the server's; nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";
import { hatchFill, ringsFill } from "./hatching.js";

const TILE = 1000; // units of the drawing that a tile and the gap around it are wide
const GAP = 30;
const TILE_ROOM = 920; // width within a tile for its name

// The outline of an area: on the map its own, among tiles a square.
export function outlinePath(area, tiled) {
  if (!tiled) return area.path;
  const [column, row] = area.tile;
  const side = TILE - 2 * GAP;
  return `M${column * TILE + GAP} ${row * TILE + GAP}h${side}v${side}h${-side}z`;
}

// One dark line around all areas: drawn under them, so that only its outer half is seen.
export function outerLine(areas, tiled) {
  if (tiled) return [];
  return [make("svg:path", { class: "outer", d: areas.map((area) => area.path).join("") })];
}

// Width and height of the drawing.
export function drawingSize({ size, tiles }, tiled) {
  return tiled ? tiles.map((count) => count * TILE) : size;
}

export function makeShape(area, tiled) {
  const [column, row] = area.tile;
  const path = outlinePath(area, tiled);
  const base = make("svg:path", { d: path, class: "base" });
  const hatch = make("svg:path", { d: path, class: "over" });
  const rings = make("svg:path", { d: path, class: "over" });
  const button = { class: "area", role: "button", tabindex: "-1", "data-code": area.code };
  return {
    ...area,
    path,
    at: tiled ? [column * TILE + TILE / 2, row * TILE + TILE / 2] : area.at,
    room: tiled ? TILE_ROOM : area.room,
    base,
    hatch,
    rings,
    group: make("svg:g", button, base, hatch, rings),
  };
}

export function fillShape(shape, mapClass, patternId) {
  const before = shape.mapClass;
  shape.mapClass = mapClass;
  if (before?.fill !== mapClass.fill) shape.base.setAttribute("fill", mapClass.fill);
  if (before?.id === mapClass.id) return;
  shape.hatch.setAttribute("fill", hatchFill(mapClass, patternId));
  shape.rings.setAttribute("fill", ringsFill(mapClass, patternId));
  shape.group.dataset.class = mapClass.id;
  shape.group.classList.toggle("bold", Boolean(mapClass.bold));
}

// Bold outlines go last, so that no neighbour covers them; within that, areas keep their order,
// whatever was shown before. All stand before the node `end`.
export function raiseBold(shapes, end) {
  const bold = shapes.filter(({ mapClass }) => mapClass.bold);
  const order = [...shapes.filter(({ mapClass }) => !mapClass.bold), ...bold];
  let next = end;
  for (const { group } of order.toReversed()) {
    if (group.nextSibling !== next) next.before(group);
    next = group;
  }
}

// The nearest area within 60 degrees of a direction.
export function nearestTowards(shapes, { at: [x, y] }, [dx, dy]) {
  const reached = [];
  for (const shape of shapes) {
    const [across, down] = [shape.at[0] - x, shape.at[1] - y];
    const distance = Math.hypot(across, down);
    const cosine = distance ? (across * dx + down * dy) / distance : 0;
    if (cosine > 0.5) reached.push({ shape, cost: distance / cosine });
  }
  return reached.toSorted((a, b) => a.cost - b.cost)[0]?.shape;
}
