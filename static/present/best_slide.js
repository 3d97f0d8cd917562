// The reveal: the best places for hubs beside what the room guessed. What each gains is the
// server's; nothing here holds a rule about coverage.

import { MARKS } from "../map/label_text.js";
import { legendItem, markItem } from "../map/legend.js";
import { make } from "../shared/dom.js";
import { PictureMap } from "./picture_map.js";
import { RoomCounts } from "./room_counts.js";
import { Slide } from "./slide.js";

export class BestSlide extends Slide {
  build() {
    const { tied, ties } = this.data;
    const others = make("ul", {}, ...ties.map((words) => make("li", {}, words)));
    const reveal = [
      this.guessList(),
      make("div", { class: "ties-list" }, make("h2", {}, tied), others),
    ];
    this.body.append(this.maps(), make("div", { class: "reveal" }, ...reveal));
  }

  // The guess that is compared, hidden until there is one, and the best.
  maps() {
    const guessSheet = make("div", { class: "sheet" });
    const bestSheet = make("div", { class: "sheet" });
    this.guessCaption = make("figcaption", {});
    this.guessFigure = make(
      "figure",
      { class: "guess-map", hidden: "" },
      this.guessCaption,
      guessSheet,
    );
    const best = make("figure", {}, make("figcaption", {}, this.data.best), bestSheet);
    this.legend = make("ul", { class: "area-legend" });
    const pair = make("div", { class: "pair" }, this.guessFigure, best);
    this.bestMap = new PictureMap(bestSheet);
    this.guessMap = new PictureMap(guessSheet);
    return make("div", { class: "maps" }, pair, this.legend);
  }

  guessList() {
    this.summary = make("h2", { class: "told" });
    this.noGuess = make("p", {}, "No guess was taken down for this question.");
    this.measure = make("p", {}, `${this.data.counted}:`);
    this.rows = make("ul", { class: "rows" });
    this.reasons = make("p", { class: "why" });
    this.phones = make("p", { class: "told" });
    this.counts = new RoomCounts(this, () => {
      this.phones.textContent = this.counts.round?.sentence ?? "";
    });
    const parts = [this.phones, this.summary, this.noGuess, this.measure, this.rows, this.reasons];
    return make("div", { class: "room-list" }, ...parts);
  }

  draw() {
    const { drawn } = this.data;
    this.bestMap.show(this.mapData(drawn), this.screen.outlines);
    const guess = this.choices?.[this.compared];
    if (guess) {
      const guessData = this.mapData(guess.drawn, { label: guess.sentence });
      this.guessMap.show(guessData, this.screen.outlines);
    }
    this.drawLegend(guess ? [drawn, guess.drawn] : [drawn]);
  }

  // One legend for both maps, without their counts, which differ.
  drawLegend(maps) {
    const classes = new Map();
    for (const mapClass of maps.flatMap((map) => map.classes)) {
      const count = maps.length > 1 ? "" : mapClass.count;
      classes.set(mapClass.id, { ...mapClass, count });
    }
    const items = [...classes.values()].map((mapClass) =>
      legendItem(mapClass, `best${this.number}-${mapClass.id}`),
    );
    this.legend.replaceChildren(...items, markItem(MARKS.hub, this.data.drawn.markedName));
  }

  // Each choice of the room once, those with the same result on one line.
  update({ guesses }) {
    this.counts.ask();
    const found = guesses[this.data.link];
    if (!found || JSON.stringify(found) === this.shown) return;
    this.shown = JSON.stringify(found);
    const { choices, first, rows, said: summary, whole } = found;
    Object.assign(this, { choices, whole });
    this.summary.textContent = summary;
    this.summary.hidden = !summary;
    this.noGuess.hidden = choices.length > 0;
    this.measure.hidden = !choices.length;
    this.rows.hidden = !choices.length;
    this.buttons = choices.map(({ names }, number) => this.choiceButton(names, number));
    this.rows.replaceChildren(...rows.map((row) => this.row(row)));
    this.compare(first);
  }

  choiceButton(names, number) {
    const button = make("button", { type: "button", "aria-pressed": "false" }, names);
    button.addEventListener("click", () => this.compare(number));
    return button;
  }

  row({ words, choices }) {
    const buttons = choices.flatMap((number) => [this.buttons[number], " "]);
    return make("li", {}, make("b", {}, words), " ", ...buttons);
  }

  compare(number) {
    this.compared = number;
    this.guessFigure.hidden = number < 0;
    this.node.classList.toggle("paired", number >= 0);
    const guess = this.choices?.[number];
    this.guessCaption.textContent = guess?.caption ?? "";
    this.reasons.textContent = guess?.reasons ? `Why: ${guess.reasons}` : "";
    for (const [i, button] of this.buttons.entries()) {
      button.setAttribute("aria-pressed", String(i === number));
    }
    this.draw();
  }

  asText() {
    const { tied, ties, drawn } = this.data;
    const items = (this.choices ?? []).map(({ caption, said: result, reasons }) => {
      const why = reasons ? ` Why: ${reasons}` : "";
      return make("li", {}, `${caption}. ${result}${why}`);
    });
    const whole = this.whole ? [make("p", {}, this.whole)] : [];
    const others = make("p", {}, `${tied}: ${ties.join("; ")}`);
    const phones = this.phones.textContent ? [make("p", {}, this.phones.textContent)] : [];
    return [...phones, ...whole, make("ul", {}, ...items), others, this.areasByClass(drawn)];
  }

  disconnect() {
    this.counts.disconnect();
    this.bestMap.disconnect();
    this.guessMap.disconnect();
  }
}
