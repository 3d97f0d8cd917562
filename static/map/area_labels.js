// Places the names of areas on a map so that none stands on another. Which marks and counts stand by
// a name is the server's to say; nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";
import { labelVariants, markText } from "./label_text.js";

const LINE_HEIGHT = 1.08; // of the size of the letters
const BASELINE = 0.35;
const LABEL_GAP = 0.12;
const MARKED_FIRST = 2;
// How far a label may stand beside its area's middle, nearest first.
const NUDGES = [
  [0, 0],
  [0, -0.6],
  [0, 0.6],
  [-0.6, 0],
  [0.6, 0],
  [-0.7, 0.7],
  [0.7, 0.7],
  [-0.7, -0.7],
  [0.7, -0.7],
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
];
// How many times the room in its area a label may be wide: its last variant, and any other.
const OVERHANG = { last: 2.4, other: 1.5, beyond: 8 };

export class AreaLabels {
  constructor() {
    this.group = make("svg:g", { class: "labels", "aria-hidden": "true" });
    this.pen = document.createElement("canvas").getContext("2d");
  }

  // Placed anew only where something about them has changed.
  place(map) {
    const shapes = [...map.shapes.values()];
    const { letters, marked, counted } = map.data;
    const marks = shapes.map((shape) => shape.mapClass.mark).join();
    const state = JSON.stringify([map.scale, map.view, letters, marked, counted, marks]);
    if (state === this.placedFor) return;
    this.placedFor = state;
    this.measure(map);
    this.taken = [];
    this.group.replaceChildren();
    for (const shape of this.inOrder(shapes)) {
      const spot = this.spotFor(shape);
      if (!spot) continue;
      this.taken.push(spot.box);
      this.group.append(this.label(spot, shape.code));
    }
  }

  measure({ data, scale, svg, tiled, width }) {
    const [least, most] = data.letters ?? [11, 22]; // pixels
    const pixels = Math.max(least, Math.min(most, (width * scale) / (tiled ? 48 : 50)));
    this.pen.font = `600 ${pixels}px ${getComputedStyle(svg).fontFamily}`;
    Object.assign(this, { data, scale, tiled, width, size: pixels / scale });
  }

  // What the map is about is named first: hubs and what the room chose, then whatever stands out.
  rank({ code, mapClass }) {
    if (this.data.marked?.includes(code) || this.data.counted?.[code]) return MARKED_FIRST;
    return mapClass.bold ? 1 : 0;
  }

  // Of what stands out the areas with most room first, of all others those with least.
  inOrder(shapes) {
    return shapes.toSorted((a, b) => {
      const rank = this.rank(a);
      const byRoom = rank ? b.room - a.room : a.room - b.room;
      return this.rank(b) - rank || byRoom;
    });
  }

  // In its area, else anywhere in it, else beyond its outline, or its mark alone.
  spotFor(shape) {
    const mark = markText(shape, this.data);
    const variants = labelVariants(shape, mark);
    if (this.tiled && mark) variants.push([mark.trim(), shape.label]);
    const near = this.findSpot(variants, shape);
    if (near) return near;
    if (this.tiled) return squeezedSpot(variants.at(-1), shape);
    const inside = this.findSpot(variants.slice(1), shape, { moves: movesWithin(shape) });
    if (inside || !this.rank(shape)) return inside;
    const beyond = this.findSpot(variants.slice(-1), shape, { overhang: OVERHANG.beyond });
    return beyond ?? this.findSpot([[mark.trim()]], shape);
  }

  // The first way of writing a name that fits, where it stands best, or a little beside that.
  findSpot(variants, shape, { moves, overhang = OVERHANG.last } = {}) {
    const offsets = moves ?? this.nudges(shape);
    for (const [rank, lines] of variants.entries()) {
      const width = Math.max(...lines.map((line) => this.textWidth(line)));
      const most = rank === variants.length - 1 ? overhang : OVERHANG.other;
      if (width > shape.room * (this.tiled ? 1 : most)) continue;
      const spot = this.freeSpot(lines, width, shape.at, offsets);
      if (spot) return spot;
    }
    return null;
  }

  nudges({ room }) {
    const nudge = this.tiled ? 0 : Math.min(this.size, room * 0.4);
    return NUDGES.map(([dx, dy]) => [dx * nudge, dy * nudge]);
  }

  freeSpot(lines, width, at, offsets) {
    const height = lines.length * this.size * LINE_HEIGHT;
    for (const [dx, dy] of offsets) {
      const [x, y] = [at[0] + dx, at[1] + dy];
      const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
      if (this.isFree(box)) return { lines, x, y, box };
    }
    return null;
  }

  textWidth(line) {
    return this.pen.measureText(line).width / this.scale;
  }

  isFree(box) {
    const inside = box[0] >= 0 && box[2] <= this.width;
    return inside && !this.taken.some((other) => overlap(box, other, this.size * LABEL_GAP));
  }

  label({ lines, x, y, room }, code) {
    const { size } = this;
    const text = make("svg:text", {
      "font-size": size,
      "text-anchor": "middle",
      "data-code": code,
    });
    lines.forEach((line, i) => {
      const down = (i - (lines.length - 1) / 2) * size * LINE_HEIGHT + size * BASELINE;
      const squeezed = room && this.textWidth(line) > room;
      const fitted = squeezed ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
      text.append(make("svg:tspan", { x, y: y + down, ...fitted }, line));
    });
    return text;
  }
}

// On a tile that is too narrow the letters stand closer; a name or a mark is never left out.
function squeezedSpot(lines, { at: [x, y], room }) {
  return { lines, x, y, box: [0, 0, 0, 0], room };
}

// Moves to places all over an area, nearest first.
function movesWithin({ at, base }) {
  const box = base.getBBox();
  const moves = [];
  for (let i = 1; i < 10; i++) {
    for (let j = 1; j < 10; j++) {
      const point = new DOMPoint(box.x + (box.width * i) / 10, box.y + (box.height * j) / 10);
      if (base.isPointInFill(point)) moves.push([point.x - at[0], point.y - at[1]]);
    }
  }
  return moves.toSorted((a, b) => Math.hypot(...a) - Math.hypot(...b));
}

function overlap(a, b, gap) {
  return a[0] < b[2] + gap && b[0] < a[2] + gap && a[1] < b[3] + gap && b[1] < a[3] + gap;
}
