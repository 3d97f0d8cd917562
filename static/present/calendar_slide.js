// Stacked columns, one for each month, with the classes of the calendar. The counts are the
// server's; nothing here holds a rule about coverage.

import { hatchFill, hatchPatterns } from "../map/hatching.js";
import { legendItem } from "../map/legend.js";
import { make, uniqueId } from "../shared/dom.js";
import { Slide } from "./slide.js";

// px
const MARGIN = { left: 44, bottom: 34, top: 8 };
const COUNT_WIDTH = 40; // a block holds its count where it is wider
const SLIM = 30; // height of a single area's band
const TICK_WIDTH = 110; // between two months that are named
const LAST_TICK = 84; // room that the name of a month needs before the edge

export class CalendarSlide extends Slide {
  build() {
    const { axis, classes, contracts, headline } = this.data;
    this.id = uniqueId(`cal${this.number}`);
    this.svg = make("svg:svg", { class: "columns-chart", role: "img", "aria-label": headline });
    const items = classes.map((mapClass) =>
      legendItem({ ...mapClass, count: "" }, `${this.id}-key`),
    );
    const beside = [
      make("ul", { class: "area-legend" }, ...items),
      make("ul", { class: "contracts" }, ...contracts.map((words) => make("li", {}, words))),
    ];
    const frame = make("div", { class: "beside" }, ...beside);
    this.body.append(make("p", { class: "axis" }, axis), this.svg, frame);
    this.resizeObserver = new ResizeObserver(() => this.draw());
    this.resizeObserver.observe(this.svg);
  }

  disconnect() {
    this.resizeObserver.disconnect();
  }

  draw() {
    const { width, height } = this.svg.getBoundingClientRect();
    if (!width || !height) return;
    const { classes, counts, months } = this.data;
    const total = counts.reduce((sum, row) => sum + row[0], 0);
    const floor = height - MARGIN.bottom;
    const chart = {
      height,
      floor,
      monthWidth: (width - MARGIN.left) / months.length,
      unit: (floor - MARGIN.top) / total, // height of one area
    };
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.replaceChildren(
      make("svg:defs", {}, ...hatchPatterns(classes, this.id)),
      ...this.blocks(chart),
      ...this.ticks(chart),
      scaleLabel(total, 22),
      scaleLabel(0, floor),
    );
  }

  // One block for months that follow on each other with the same count at the same height.
  blocks({ floor, monthWidth, unit }) {
    const { classes, counts, months } = this.data;
    const bottoms = months.map(() => floor);
    const blocks = [];
    for (const [number, row] of counts.entries()) {
      for (const [from, to] of equalRuns(row, bottoms)) {
        const height = row[from] * unit;
        const x = MARGIN.left + from * monthWidth;
        const box = { x, y: bottoms[from] - height, width: (to - from) * monthWidth, height };
        if (height) blocks.push(...this.block(box, classes[number], row[from]));
        for (let month = from; month < to; month++) bottoms[month] -= height;
      }
    }
    return blocks;
  }

  block(box, mapClass, count) {
    const parts = [make("svg:rect", { ...box, fill: mapClass.fill, class: "block" })];
    const fill = hatchFill(mapClass, this.id);
    if (mapClass.hatch) parts.push(make("svg:rect", { ...box, fill, class: "block" }));
    if (box.width > COUNT_WIDTH) parts.push(countLabel(box, count));
    return parts;
  }

  ticks({ height, floor, monthWidth }) {
    const { months } = this.data;
    const every = Math.ceil(TICK_WIDTH / monthWidth);
    return months.flatMap((name, month) => {
      const room = (months.length - month) * monthWidth;
      if (month % every !== 0 || room <= LAST_TICK) return [];
      const x = MARGIN.left + month * monthWidth;
      const mark = make("svg:path", { d: `M${x} ${floor}v6`, class: "mark" });
      return [make("svg:text", { x, y: height - 8, class: "tick" }, name), mark];
    });
  }

  asText() {
    const { classes, counts, months, contracts } = this.data;
    const headings = ["Month", ...classes.map(({ label }) => label)];
    const head = make("tr", {}, ...headings.map((words) => make("th", { scope: "col" }, words)));
    const rows = months.map((name, month) => {
      const cells = counts.map((row) => make("td", {}, String(row[month])));
      return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
    });
    return [
      make("ul", {}, ...contracts.map((words) => make("li", {}, words))),
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)),
    ];
  }
}

// First month, and the month after the last, of every run of months that are drawn as one block.
function equalRuns(row, bottoms) {
  const runs = [];
  let from = 0;
  for (let month = 1; month <= row.length; month++) {
    const same = row[month] === row[from] && bottoms[month] === bottoms[from];
    if (month < row.length && same) continue;
    runs.push([from, month]);
    from = month;
  }
  return runs;
}

function countLabel({ x, y, width, height }, count) {
  const slim = height <= SLIM;
  const at = { x: x + width / 2, y: y + height / 2 + (slim ? 7 : 10) };
  const attributes = { ...at, class: slim ? "count low" : "count", "text-anchor": "middle" };
  return make("svg:text", attributes, String(count));
}

function scaleLabel(value, y) {
  const attributes = { x: MARGIN.left - 8, y, class: "tick", "text-anchor": "end" };
  return make("svg:text", attributes, String(value));
}
