// How the room's phones stand, beside a question: how to join, how many have, and what was answered.
// The counts are the server's; nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";

const EVERY = 700; // ms between two questions to the server
const TURNS = {
  waiting: "Open for phones",
  open: "Close",
  closed: "Show phones the answers",
  revealed: "Clear",
};
const SAID = {
  waiting: "",
  open: "Open for phones",
  closed: "Closed for phones",
  revealed: "Phones show the answers",
};

export class PhonesPanel {
  // `changed` is called with the question's round when its counts have changed.
  constructor(slide, changed) {
    Object.assign(this, { slide, changed, round: null, live: false });
    this.how = make("p", { class: "join", hidden: "" });
    this.image = make("img", { class: "join-code", alt: "QR code of the address", hidden: "" });
    this.warning = make("p", { class: "present-warning" });
    this.state = make("p", { class: "phones-state", role: "status" });
    this.turn = make("button", { type: "button", "aria-keyshortcuts": "o" }, TURNS.waiting);
    this.turn.addEventListener("click", () => this.press());
    this.show = make("button", { type: "button", "aria-pressed": "false" }, "Count while open");
    this.show.addEventListener("click", () => this.showLive(!this.live));
    this.sentence = make("p", { class: "told" });
    const buttons = make("p", { class: "phones-turns" }, this.turn, " ", this.show);
    const parts = [this.image, this.how, this.warning, this.state, buttons, this.sentence];
    this.node = make("section", { class: "phones", "aria-label": "Phones" }, ...parts);
    this.timer = setInterval(() => this.ask(), EVERY);
  }

  disconnect() {
    clearInterval(this.timer);
  }

  get phase() {
    return this.round?.phase ?? "waiting";
  }

  // One key: open, close, reveal, clear. The phase that is shown goes with it, so that a key that
  // is pressed twice turns once.
  press() {
    const { screen, number } = this.slide;
    screen.send("phones", { step: number, from: this.phase }, true);
  }

  showLive(live) {
    this.live = live;
    this.show.setAttribute("aria-pressed", String(live));
    this.ask();
  }

  update({ phones, over }) {
    const { code, address, image, warning } = phones;
    this.turn.disabled = Boolean(over);
    this.warning.textContent = code ? warning : "";
    this.how.hidden = !address;
    this.how.replaceChildren("Phones: ", make("b", {}, address.replace(/^https?:\/\//u, "")));
    if (image && this.image.src !== image) this.image.src = image;
    this.image.hidden = !image;
    this.draw();
    this.ask();
  }

  get isNow() {
    return this.slide.node.classList.contains("now");
  }

  // Nothing where the server is away: the screen says so itself.
  async ask() {
    const { session } = this.slide.screen.room;
    if (!session || !this.isNow || this.asking) return;
    this.asking = true;
    try {
      const address = new URL("app/room-counts", document.baseURI);
      const headers = { "provision-record": session, "provision-live": this.live ? "1" : "0" };
      const answer = await fetch(address, { headers });
      if (answer.ok) this.take(await answer.json());
    } catch {
      // Asked again soon.
    } finally {
      this.asking = false;
    }
  }

  take({ joined, rounds = [] }) {
    const { link, headline, type } = this.slide.data;
    const isHere = (round) =>
      round.link === link &&
      (type === "poll" ? round.question === headline : round.answer === "areas");
    const round = rounds.findLast(isHere) ?? null;
    const told = JSON.stringify([joined, round]);
    if (told === this.told) return;
    Object.assign(this, { told, joined, round });
    this.draw();
    this.changed(round);
  }

  draw() {
    const { phase, round, joined = 0 } = this;
    const answered = round ? ` ${round.answered} answered.` : "";
    const words = SAID[phase] ? `${SAID[phase]}. ` : "";
    this.state.textContent = joined || round ? `${words}${joined} in the room.${answered}` : "";
    this.turn.textContent = `${TURNS[phase]} (O)`;
    this.show.hidden = phase !== "open";
    this.sentence.textContent = round?.sentence ?? "";
  }
}
