// How the room's phones stand, beside a question: how to join, how many have, and what was answered.
// The counts are the server's; nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";
import { RoomCounts } from "./room_counts.js";

const TURNS = {
  waiting: "Open for phones",
  open: "Close",
  closed: "Show phones the answers",
  revealed: "Clear",
};
const SAID = {
  waiting: "",
  open: "Open for phones. ",
  closed: "Closed for phones. ",
  revealed: "Phones show the answers. ",
};

export class PhonesPanel {
  // `changed` is called with the question's round when its counts have changed.
  constructor(slide, changed) {
    Object.assign(this, { slide, changed });
    this.counts = new RoomCounts(slide, () => this.follow());
    this.how = make("p", { class: "join", hidden: "" });
    this.image = make("img", { class: "join-code", alt: "QR code of the address", hidden: "" });
    this.warning = make("p", { class: "present-warning" });
    this.state = make("p", { class: "phones-state", role: "status" });
    this.turn = make("button", { type: "button", "aria-keyshortcuts": "o" }, TURNS.waiting);
    this.turn.addEventListener("click", () => this.press());
    this.show = make("button", { type: "button", "aria-pressed": "false" }, "Count while open");
    this.show.addEventListener("click", () => this.showLive());
    this.sentence = make("p", { class: "told" });
    const buttons = make("p", { class: "phones-turns" }, this.turn, " ", this.show);
    const parts = [this.image, this.how, this.warning, this.state, buttons, this.sentence];
    this.node = make("section", { class: "phones", "aria-label": "Phones" }, ...parts);
  }

  disconnect() {
    this.counts.disconnect();
  }

  get round() {
    return this.counts.round;
  }

  // One key: open, close, reveal, clear. The phase that is shown goes with it, so that a key that
  // is pressed twice turns once.
  press() {
    const { screen, number } = this.slide;
    screen.send("phones", { step: number, from: this.counts.phase }, true);
  }

  showLive() {
    this.counts.live = !this.counts.live;
    this.show.setAttribute("aria-pressed", String(this.counts.live));
    this.counts.ask();
  }

  update({ phones, over }) {
    const { code, address, image, warning } = phones;
    const where = address.replace(/^https?:\/\//u, "").slice(0, -code.length);
    this.turn.disabled = Boolean(over);
    this.warning.textContent = code ? warning : "";
    this.how.replaceChildren(where, make("b", {}, code));
    if (image && this.image.src !== image) this.image.src = image;
    Object.assign(this, { code, hasImage: Boolean(image) });
    this.draw();
    this.counts.ask();
  }

  follow() {
    this.draw();
    this.changed(this.round);
  }

  draw() {
    const { phase, round, joined } = this.counts;
    const answered = round ? ` ${round.answered} answered.` : "";
    this.state.textContent =
      joined || round ? `${SAID[phase]}${joined} in the room.${answered}` : "";
    // What was answered takes the place of how to join.
    const done = phase === "closed" || phase === "revealed";
    this.how.hidden = !this.code || done;
    this.image.hidden = !this.hasImage || done;
    this.turn.textContent = `${TURNS[phase]} (O)`;
    this.show.hidden = phase !== "open";
    this.sentence.textContent = round?.sentence ?? "";
  }
}
