// The controls at the foot of the screen, in sight while the mouse moves. Nothing here holds a rule
// about coverage.

import { make } from "../shared/dom.js";

const IDLE = 3000; // ms without the mouse until the controls go
const POINTER_EVENTS = ["pointermove", "pointerdown"];

export class ControlBar {
  constructor(screen) {
    this.screen = screen;
    this.back = this.button("◀", "Previous step", "back", "Left");
    this.next = this.button("▶", "Next step", "next", "Right");
    this.place = make("span", { class: "present-place" });
    this.node = make(
      "nav",
      { class: "present-bar", "aria-label": "Presentation" },
      this.back,
      this.place,
      this.next,
      this.button("Blank", "Blank screen", "blank", "b"),
      this.button("Contrast", "High contrast", "contrast", "c"),
      this.button("Full screen", "Full screen", "fullScreen", "f"),
      this.button("QR", "QR code of this view", "address", "q"),
      this.button("Text", "This step as text", "text", "t"),
      this.button("Note", "Note what is decided or contested", "note", "n"),
      this.button("?", "Keys", "help", "?"),
      this.button("Story", "Edit the story", "edit", "e"),
      this.button("Leave", "Leave to this view", "leave", "Esc"),
    );
    this.listener = () => this.show();
    for (const type of POINTER_EVENTS) document.addEventListener(type, this.listener);
  }

  button(words, name, action, key) {
    const attributes = { type: "button", "aria-label": name, title: `${name} (${key})` };
    const button = make("button", attributes, words);
    if (key.length === 1) button.setAttribute("aria-keyshortcuts", key);
    button.addEventListener("click", () => this.screen[action]());
    return button;
  }

  showStep(number, last) {
    this.place.textContent = `${number + 1} / ${last + 1}`;
    this.back.disabled = number === 0;
    this.next.disabled = number === last;
  }

  show() {
    const { classList } = this.screen.root;
    classList.add("awake");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => classList.remove("awake"), IDLE);
  }

  disconnect() {
    for (const type of POINTER_EVENTS) document.removeEventListener(type, this.listener);
  }
}
