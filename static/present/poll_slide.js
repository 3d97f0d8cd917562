// A question that is no place on the map: what the room's phones answer, as bars or as words. The
// counts are the server's; nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";
import { countTable } from "./count_table.js";
import { PhonesPanel } from "./phones_panel.js";
import { Slide } from "./slide.js";

export class PollSlide extends Slide {
  build() {
    this.found = make("div", { class: "poll-found" });
    this.phones = new PhonesPanel(this, (round) => this.show(round));
    this.body.append(this.found, make("div", { class: "ask-side" }, this.phones.node));
    this.show(null);
  }

  update(room) {
    this.phones.update(room);
  }

  show(round) {
    this.round = round;
    const { rows = [], texts = [] } = round ?? {};
    const options = rows.length ? [] : this.data.options;
    const parts = [
      ...options.map((name) => make("li", {}, name)),
      ...texts.map((words) => make("li", {}, words)),
    ];
    const list = make("ul", { class: "poll-words" }, ...parts);
    this.found.replaceChildren(
      ...(rows.length ? [countTable(rows, round.points ? "Points" : "Phones")] : [list]),
    );
  }

  asText() {
    const { rows = [], texts = [], sentence = "" } = this.round ?? {};
    const items = [...rows.map(([name, count]) => `${name}: ${count}`), ...texts];
    const list = items.map((words) => make("li", {}, words));
    return [make("p", {}, sentence), make("ul", {}, ...list)];
  }

  disconnect() {
    this.phones.disconnect();
  }
}
