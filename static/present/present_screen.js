// The screen of the room. The server has worked out every step before; here they are drawn ahead and
// turned at a key press. Nothing is counted here, and nothing here holds a rule about coverage.

import { pageState, queryText } from "../frame/page_state.js";
import { withOutlines } from "../map/outlines.js";
import { ElementRegistry, make } from "../shared/dom.js";
import { ControlBar } from "./control_bar.js";
import { Dialog } from "./dialog.js";
import { showAddress, showHelp, showNoteForm, showText } from "./dialog_content.js";
import { KeyHandler } from "./keys.js";
import { RoomMessages } from "./room_messages.js";
import { ServerWatch } from "./server_watch.js";
import { makeSlide } from "./slides.js";
import { withStory } from "./story.js";
import { listenToSwipes } from "./swipes.js";

const REST = 600; // ms that a step stands before it counts as shown
const NOTICE = 6000; // ms that a message stands on the screen
const NEXT_FIRST = 0.1; // of two neighbours as near, the one after is drawn first

const screens = new ElementRegistry((parent) => new PresentScreen(parent));

// What changes while the story stays: the step, the guesses, where the record is kept.
export function presentScreen({ data, parentElement, setTriggerValue }) {
  const screen = screens.get(parentElement);
  screen.messages.trigger = setTriggerValue;
  withStory(data.stamp, (story) => {
    withOutlines(data.outlines, (outlines) => screen.update(data, story, outlines));
  });
  return () => screen.disconnect();
}

class PresentScreen {
  constructor(parent) {
    this.slides = [];
    this.current = -1;
    this.stage = make("div", { class: "stage" });
    this.announcer = make("div", { class: "present-said", role: "status" });
    this.cover = make("div", { class: "present-black", hidden: "" });
    this.notice = make("p", { class: "present-told", hidden: "" }); // seen; what is heard is in the announcer
    this.endedNotice = make("p", { class: "present-over", hidden: "" });
    this.server = new ServerWatch();
    this.messages = new RoomMessages();
    this.bar = new ControlBar(this);
    this.dialog = new Dialog(() => this.root);
    const notices = make(
      "div",
      { class: "present-tells" },
      this.server.notice,
      this.endedNotice,
      this.notice,
    );
    const parts = [
      this.stage,
      this.bar.node,
      notices,
      this.cover,
      this.announcer,
      this.dialog.node,
    ];
    this.root = make("div", { class: "present", tabindex: "-1" }, ...parts);
    parent.replaceChildren(this.root);
    this.keys = new KeyHandler(this);
    listenToSwipes(this.stage, (steps) => this.turnTo(this.current + steps));
  }

  disconnect() {
    for (const timer of [this.restTimer, this.noticeTimer]) clearTimeout(timer);
    for (const part of [this.server, this.keys, this.bar, ...this.drawnSlides()]) part.disconnect();
    screens.delete(this.root.parentElement);
  }

  // What is `lasting` is sent until the server has kept it, or has said why it is not kept.
  send(event, value, lasting = false) {
    return this.messages.send(event, value, lasting);
  }

  // ---- what the server says ------------------------------------------------------------------

  update(room, story, outlines) {
    const fresh = this.story !== story;
    Object.assign(this, { room, story, outlines });
    if (fresh) this.clear();
    this.messages.follow(room);
    this.followServer(room, fresh);
    for (const slide of this.drawnSlides()) slide.update(room);
    this.root.dataset.session = room.session;
    this.endedNotice.textContent = room.over;
    this.endedNotice.hidden = !room.over;
    if (room.refused && room.refused !== this.refused) this.showNotice(room.refused);
    this.refused = room.refused;
    if (this.noteId && this.noteId === room.noted) this.confirmNote();
  }

  // A server that was started anew does not know yet where the room is; the address does, and the
  // page's frame tells it.
  followServer(room, fresh) {
    const isNewSession = pageState.sessionToken && pageState.sessionToken !== room.session_token;
    if (isNewSession) {
      const step = Number(new URLSearchParams(location.search).get("step"));
      this.turnTo(step - 1, { report: false });
    } else if (fresh || this.turn !== room.turn) {
      this.turnTo(room.step, { report: Boolean(room.session), repeat: true }); // also the first step was shown
    }
    this.turn = isNewSession ? undefined : room.turn;
  }

  drawnSlides() {
    return this.slides.filter(Boolean);
  }

  clear() {
    for (const slide of this.drawnSlides()) slide.disconnect();
    this.slides = [];
    this.stage.replaceChildren();
    this.current = -1;
  }

  // A step is drawn once, out of sight, and kept.
  slide(number) {
    if (!this.slides[number]) {
      const slide = makeSlide(this, this.story.slides[number], number);
      this.slides[number] = slide;
      this.stage.append(slide.node);
      slide.draw();
      slide.update(this.room);
    }
    return this.slides[number];
  }

  // The others are drawn as soon as there is time, the nearest first.
  drawAhead() {
    const distance = (number) => Math.abs(number - this.current - NEXT_FIRST);
    const missing = [...this.story.slides.keys()].filter((number) => !this.slides[number]);
    const [next] = missing.toSorted((a, b) => distance(a) - distance(b));
    if (next === undefined || this.drawingAhead) return;
    this.drawingAhead = true;
    const draw = () => {
      this.drawingAhead = false;
      if (!this.root.isConnected || this.slides[next]) return;
      this.slide(next);
      this.drawAhead();
    };
    if (globalThis.requestIdleCallback) requestIdleCallback(draw, { timeout: 200 });
    else setTimeout(draw, 0);
  }

  // ---- turning -------------------------------------------------------------------------------

  // To a step; `report` tells the server, `repeat` allows the one that is shown already.
  turnTo(wanted, { report = true, repeat = false } = {}) {
    const last = this.story.slides.length - 1;
    const number = Math.max(0, Math.min(last, wanted));
    if (number === this.current) {
      if (!repeat) {
        this.announce(number === last ? "This is the last step." : "This is the first step.");
      }
      return;
    }
    const slide = this.slide(number);
    const focusWithin = this.stage.contains(document.activeElement);
    this.slides[this.current]?.node.classList.remove("now");
    slide.node.classList.add("now");
    this.current = number;
    this.root.dataset.step = number + 1;
    this.bar.showStep(number, last);
    if (focusWithin) this.root.focus();
    this.announce(`Step ${number + 1} of ${last + 1}. ${slide.data.headline}`);
    this.writeAddress(number);
    clearTimeout(this.restTimer);
    if (report) this.restTimer = setTimeout(() => this.send("shown", number), REST);
    this.drawAhead();
  }

  // The address follows at once; the server's answer writes the same.
  writeAddress(number) {
    if (!location.pathname.endsWith("/present")) return; // Back has led on meanwhile
    const fields = new URLSearchParams(location.search);
    fields.set("step", number + 1);
    history.replaceState(history.state, "", `${location.pathname}?${queryText(fields)}`);
    pageState.address = location.pathname + location.search;
  }

  announce(words) {
    this.announcer.textContent = "";
    this.announcer.textContent = words;
  }

  // What everybody should notice, in sight for a while.
  showNotice(words) {
    this.announce(words);
    this.notice.textContent = words;
    this.notice.hidden = false;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => (this.notice.hidden = true), NOTICE);
  }

  // ---- what keys and controls do -------------------------------------------------------------

  next() {
    this.turnTo(this.current + 1);
  }

  back() {
    this.turnTo(this.current - 1);
  }

  first() {
    this.turnTo(0);
  }

  last() {
    this.turnTo(this.story.slides.length - 1);
  }

  get isBlank() {
    return !this.cover.hidden;
  }

  blank() {
    const blank = !this.isBlank;
    this.cover.hidden = !blank;
    this.stage.inert = blank;
    this.bar.node.inert = blank;
    const shown = `The screen is back: step ${this.current + 1}.`;
    this.announce(blank ? "The screen is blank. Press B to see the step again." : shown);
    if (blank) this.root.focus();
  }

  contrast() {
    const high = this.root.classList.toggle("high");
    for (const slide of this.drawnSlides()) slide.draw();
    this.announce(high ? "High contrast is on." : "High contrast is off.");
  }

  async fullScreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
      return;
    }
    try {
      await document.documentElement.requestFullscreen?.();
    } catch {
      this.announce("The browser does not allow full screen.");
    }
  }

  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.exit("leave");
  }

  edit() {
    this.exit("edit");
  }

  // A step that had not stood long enough to count does not call the room back to the screen.
  exit(event) {
    clearTimeout(this.restTimer);
    this.send(event, this.current);
  }

  help() {
    showHelp(this.dialog);
  }

  address() {
    showAddress(this.dialog, this.story.links[this.current], this.room.phones);
  }

  text() {
    showText(this.dialog, this.slides[this.current]);
  }

  // The question on the screen is opened for phones, closed, revealed and cleared.
  phones() {
    const { phones } = this.slides[this.current];
    if (!phones?.press) this.announce("This step asks nothing. Phones wait.");
    else if (this.room.over) this.showNotice(this.room.over);
    else phones.press();
  }

  // What is decided or contested while this step is on the screen.
  note() {
    if (this.room.over) this.showNotice(this.room.over);
    else showNoteForm(this);
  }

  // The server has the note.
  confirmNote() {
    this.noteId = null;
    this.dialog.closeIf("n");
    this.showNotice("Kept in the record.");
  }
}
