// What all slides have: headline, words under it, body and foot. The words are the server's; nothing
// here holds a rule about coverage.

import { make } from "../shared/dom.js";

const LONG_HEADLINE = 130; // letters

export class Slide {
  constructor(screen, data, number) {
    Object.assign(this, { screen, data, number });
    const { headline, type, under, foot } = data;
    this.body = make("div", { class: "body" });
    const heading = make("h1", {}, headline);
    const lines = under.map((words) => make("p", { class: "under" }, words));
    const notes = foot.flatMap((words) => [make("span", {}, words), " "]);
    const long = headline.length > LONG_HEADLINE ? " long" : "";
    this.node = make(
      "section",
      {
        class: `slide ${type}`,
        "aria-label": `Step ${number + 1} of ${screen.story.slides.length}`,
      },
      make("header", { class: `headline${long}` }, heading, ...lines),
      this.body,
      make("p", { class: "foot" }, ...notes),
    );
    this.build();
  }

  // Fills the body, once.
  build() {}

  // Draws what depends on the size or the contrast of the screen.
  draw() {}

  // Shows what the server says of the room.
  update() {}

  // Ends what watches the body.
  disconnect() {}

  // What is drawn, in words.
  asText() {
    return [];
  }

  // The areas of a map by class, in words.
  areasByClass({ classes, areas }) {
    const rows = classes.map(({ label, count }, number) => {
      const members = this.screen.outlines.areas.filter((_, index) => areas[index][0] === number);
      const names = members.map((area) => area.name).join(", ");
      return [make("dt", {}, count === "" ? label : `${label}: ${count}`), make("dd", {}, names)];
    });
    return make("dl", {}, ...rows.flat());
  }

  mapData(drawn, more = {}) {
    return {
      ...drawn,
      view: this.data.view,
      label: this.data.headline,
      selected: this.data.selected,
      letters: [18, 30],
      stamp: this.stamp,
      ...more,
    };
  }

  get stamp() {
    return `step ${this.number + 1}`;
  }
}
