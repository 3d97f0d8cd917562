// The room is asked where hubs should stand. Guesses are taken down by clicks on the map or from the
// list; the server keeps them and says what they gain, on the step that reveals. Nothing here holds
// a rule about coverage.

import { AreaMap } from "../map/area_map.js";
import { make } from "../shared/dom.js";
import { countTable } from "./count_table.js";
import { PhonesPanel } from "./phones_panel.js";
import { Slide } from "./slide.js";

const SHADES = 4; // steps of grey for what phones chose
const BARS = 6; // answers with a bar of their own; the rest stand in one line
const NO_ANSWER = "Not taken down: the app does not answer now. The choice stays here.";

export class AskSlide extends Slide {
  build() {
    this.chosen = [];
    this.counts = {};
    const names = new Map(this.screen.outlines.areas.map(({ code, name }) => [code, name]));
    this.nameOf = (code) => names.get(code) ?? code;
    const sheet = make("div", { class: "ask-map" });
    this.count = make("h2", {}, "No guess yet");
    this.guesses = make("ol", { class: "guesses" });
    this.phones = new PhonesPanel(this, () => this.draw());
    this.tally = make("div", { class: "tally-list" });
    const parts = [this.phones.node, this.tally, this.form(), this.count, this.guesses];
    const side = make("div", { class: "ask-side" }, ...parts);
    this.body.append(sheet, side);
    this.map = new AreaMap(sheet);
    this.map.mark = (code) => this.toggle(code);
    this.describeChoice();
  }

  form() {
    this.choice = make("p", { class: "picked", role: "status" });
    this.reason = make("input", { type: "text", maxlength: "300", autocomplete: "off" });
    this.submit = make("button", { type: "submit", class: "main" }, "Take this guess down");
    this.confirmation = make("p", { class: "present-done" });
    this.warning = make("p", { class: "present-warning", role: "alert" });
    const form = make(
      "form",
      {},
      ...this.areaList(),
      this.choice,
      make("label", {}, "Why there? (no names of people)", this.reason),
      this.submit,
      this.confirmation,
      this.warning,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendGuess();
    });
    return form;
  }

  // The areas by name, for those who do not click on the map.
  areaList() {
    const { area, places } = this.data;
    const byName = (a, b) => this.nameOf(a).localeCompare(this.nameOf(b), "en");
    const options = places
      .toSorted(byName)
      .map((code) => make("option", { value: code }, this.nameOf(code)));
    const list = make("select", {}, make("option", { value: "" }, `Choose a ${area}`), ...options);
    const button = make("button", { type: "button" }, "Put or take away");
    button.addEventListener("click", () => list.value && this.toggle(list.value));
    return [make("label", {}, "From the list", list), button];
  }

  draw() {
    const marked = { marked: this.chosen.toSorted(), markedName: "Chosen now" };
    const counted = { counted: this.answers, countedName: this.answersName };
    this.map.show(this.mapData(this.data.drawn, { ...marked, ...counted }), this.screen.outlines);
    this.drawOutlines();
    this.tally.replaceChildren(...this.tallyList());
  }

  // What phones have answered where, once it is told.
  get onPhones() {
    return this.phones.round?.counts ?? {};
  }

  // Every answer counts once, whether it was taken down here or on a phone.
  get answers() {
    return summed(this.counts, this.onPhones);
  }

  get answersName() {
    const isByHand = Object.keys(this.counts).length > 0;
    if (!Object.keys(this.onPhones).length) return "Number of guesses there";
    return `Number of answers there, ${isByHand ? "by hand and " : ""}on phones`;
  }

  get rows() {
    const named = Object.entries(this.answers).map(([code, count]) => [this.nameOf(code), count]);
    return named.filter(([, count]) => count).toSorted(byCount);
  }

  // The counts on the map as a list beside it, once phones have answered.
  tallyList() {
    const { rows } = this;
    if (!Object.keys(this.onPhones).length) return [];
    const others = rows.slice(BARS).map(([name, count]) => `${name} ${count}`);
    const rest = others.length ? [make("p", {}, `Also: ${others.join(", ")}.`)] : [];
    return [countTable(rows.slice(0, BARS), "Answers"), ...rest];
  }

  // What is chosen, and where guesses were taken down, can be seen from the back.
  drawOutlines() {
    const { shapes, chosenOutline } = this.map;
    const outline = (code, kind) => make("svg:path", { class: kind, d: shapes.get(code).path });
    const guessed = Object.keys(this.counts).filter((code) => shapes.has(code));
    const outlines = [
      ...this.shades(),
      ...guessed.map((code) => outline(code, "guessed")),
      ...this.chosen.flatMap((code) => [
        outline(code, "picked-area"),
        outline(code, "picked-line"),
      ]),
    ];
    this.outlines?.remove();
    this.outlines = make("svg:g", { class: "picks", "aria-hidden": "true" }, ...outlines);
    chosenOutline.before(this.outlines);
  }

  // What was chosen once phones have answered, the darker the more did.
  shades() {
    const { shapes } = this.map;
    const rows = Object.entries(Object.keys(this.onPhones).length ? this.answers : {});
    const most = Math.max(...rows.map(([, count]) => count), 1);
    const shown = rows.filter(([code, count]) => count && shapes.has(code));
    return shown.map(([code, count]) => {
      const shade = `tally${Math.ceil((SHADES * count) / most)}`;
      return make("svg:path", { class: shade, d: shapes.get(code).path });
    });
  }

  toggle(code) {
    const { over } = this.screen.room;
    this.confirmation.textContent = "";
    this.warning.textContent = over;
    if (!over) this.choose(code);
    this.draw();
    this.describeChoice();
  }

  // Of more areas than the question asks for, the last ones stay.
  choose(code) {
    const { places, hubs } = this.data;
    if (!places.includes(code)) {
      this.warning.textContent = `${this.nameOf(code)}: no further hub can stand there.`;
    } else if (this.chosen.includes(code)) {
      this.chosen = this.chosen.filter((own) => own !== code);
    } else {
      this.chosen = [...this.chosen, code].slice(-hubs);
    }
  }

  describeChoice() {
    const { chosen } = this;
    const names = chosen.length ? `: ${chosen.map(this.nameOf).join(", ")}` : " on the map";
    this.choice.textContent = `${chosen.length} of ${this.data.hubs} chosen${names}`;
    this.submit.disabled = !chosen.length || Boolean(this.screen.room?.over);
  }

  sendGuess() {
    if (!this.chosen.length) return;
    if (this.screen.server.isLost()) {
      this.warning.textContent = NO_ANSWER;
      return;
    }
    const guess = { step: this.number, areas: this.chosen.toSorted(), reason: this.reason.value };
    this.sentId = this.screen.send("guess", guess, true);
  }

  update(room) {
    const { guesses, refused, over } = room;
    this.phones.update(room);
    const { guesses: taken, counts } = guesses[this.data.link] ?? { guesses: [], counts: {} };
    this.warning.textContent = refused || over;
    if (JSON.stringify(taken) !== JSON.stringify(this.taken)) {
      Object.assign(this, { taken, counts });
      this.listGuesses();
      // What another window takes down leaves what is being chosen here.
      const own = taken.find(({ id }) => id === this.sentId);
      if (own) this.confirmGuess(own);
      this.draw();
    }
    this.describeChoice();
  }

  // The newest first, so that what was just taken down is in sight.
  listGuesses() {
    const { taken } = this;
    this.count.textContent = taken.length ? `Guesses so far: ${taken.length}` : "No guess yet";
    this.guesses.replaceChildren(
      ...taken.map((guess, index) => this.guessItem(guess, index + 1)).toReversed(),
    );
  }

  guessItem({ id, names, reason }, number) {
    const name = `Take back guess ${number}: ${names}`;
    const button = make(
      "button",
      { type: "button", class: "small", "aria-label": name },
      "Take back",
    );
    button.addEventListener("click", () => this.screen.send("withdraw", id, true));
    const words = reason ? [make("span", {}, ` ${reason}`)] : [];
    return make("li", { value: String(number) }, make("b", {}, names), ...words, " ", button);
  }

  confirmGuess({ names }) {
    this.sentId = null;
    this.chosen = [];
    this.reason.value = "";
    if (document.activeElement === this.reason) this.screen.root.focus(); // so that keys turn again
    this.confirmation.textContent = `Taken down: ${names}.`;
    this.screen.announce(`Taken down: ${names}. Guesses so far: ${this.taken.length}.`);
  }

  asText() {
    const items = (this.taken ?? []).map(({ names, reason }) =>
      make("li", {}, reason ? `${names}: ${reason}` : names),
    );
    const rows = this.rows.map(([name, count]) => make("li", {}, `${name}: ${count}`));
    const counted = rows.length
      ? [make("p", {}, `${this.answersName}:`), make("ul", {}, ...rows)]
      : [];
    return [this.areasByClass(this.data.drawn), ...counted, make("ol", {}, ...items)];
  }

  disconnect() {
    this.phones.disconnect();
    this.map.disconnect();
  }
}

function byCount([name, count], [other, counted]) {
  return counted - count || name.localeCompare(other, "en");
}

function summed(some, others) {
  const found = { ...some };
  for (const [code, count] of Object.entries(others)) found[code] = (found[code] ?? 0) + count;
  return found;
}
