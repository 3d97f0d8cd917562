// The slides that show a view: a map, small maps, a list, words. What they show is the server's;
// nothing here holds a rule about coverage.

import { ThemeGrid } from "../map/theme_grid.js";
import { make } from "../shared/dom.js";
import { AskSlide } from "./ask_slide.js";
import { BestSlide } from "./best_slide.js";
import { CalendarSlide } from "./calendar_slide.js";
import { PollSlide } from "./poll_slide.js";
import { PictureMap } from "./picture_map.js";
import { Slide } from "./slide.js";

const MANY_ROWS = 11; // more are set in smaller type

class MapSlide extends Slide {
  build() {
    this.map = new PictureMap(this.body);
  }

  draw() {
    this.map.show(this.mapData(this.data.drawn), this.screen.outlines);
  }

  asText() {
    return [this.areasByClass(this.data.drawn)];
  }

  disconnect() {
    this.map.disconnect();
  }
}

class GridSlide extends Slide {
  build() {
    this.grid = new ThemeGrid(this.body);
  }

  draw() {
    const { drawn, view } = this.data;
    this.grid.show({ ...drawn, view, stamp: this.stamp, still: true }, this.screen.outlines);
  }

  asText() {
    const items = this.data.drawn.maps.map(({ title, said: sentence, badges }) =>
      make("li", {}, [`${title}: ${sentence}`, ...badges].join("; ")),
    );
    return [make("ul", {}, ...items)];
  }

  disconnect() {
    this.grid.disconnect();
  }
}

class ListSlide extends Slide {
  build() {
    const { columns, groups, more } = this.data;
    const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
    const style = `--lines:${count + groups.length}`;
    const headings = columns.map((name) => make("th", { scope: "col" }, name));
    const table = make(
      "table",
      { class: count > MANY_ROWS ? "many" : "few", style },
      make("thead", {}, make("tr", {}, ...headings)),
      ...groups.map((group) => this.rowGroup(group, columns.length)),
    );
    this.body.append(count ? table : make("p", { class: "big" }, "None."));
    if (more) this.body.append(make("p", {}, more));
  }

  rowGroup({ words, rows }, colspan) {
    const heading = make("th", { scope: "rowgroup", colspan }, words);
    return make(
      "tbody",
      {},
      make("tr", { class: "group" }, heading),
      ...rows.map((row) => this.row(row)),
    );
  }

  row({ name, kind, need, share }) {
    const bar = make("span", { class: "bar", "aria-hidden": "true", style: `--share:${share}` });
    const measure = make("td", { class: "measure" }, bar, make("span", {}, need));
    return make("tr", { class: kind }, make("th", { scope: "row" }, name), measure);
  }

  asText() {
    const items = this.data.groups.flatMap(({ words, rows }) =>
      rows.map(({ name, need }) => make("li", {}, `${name}: ${words}${need ? `; ${need}` : ""}`)),
    );
    return [make("ul", {}, ...items)];
  }
}

class WordsSlide extends Slide {
  build() {
    this.body.append(...this.data.lines.map((words) => make("p", { class: "big" }, words)));
  }
}

const SLIDES = {
  map: MapSlide,
  grid: GridSlide,
  list: ListSlide,
  calendar: CalendarSlide,
  words: WordsSlide,
  ask: AskSlide,
  poll: PollSlide,
  best: BestSlide,
};

export function makeSlide(screen, data, number) {
  return new SLIDES[data.type](screen, data, number);
}
