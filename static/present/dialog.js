// What lies over a step. Nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";

export class Dialog {
  // `findRoot` finds the screen, which has the keyboard again where nothing on it had it before.
  constructor(findRoot) {
    this.findRoot = findRoot;
    this.node = make("dialog", { class: "present-dialog" });
    this.node.addEventListener("close", () => (this.focusedBefore ?? findRoot()).focus());
  }

  // `key` opens the dialog and closes it again.
  show(key, name, ...content) {
    const focused = document.activeElement;
    this.key = key;
    this.focusedBefore = this.findRoot().contains(focused) ? focused : null;
    const close = make("button", { type: "button", class: "present-close" }, "Close");
    close.addEventListener("click", () => this.close());
    this.node.setAttribute("aria-label", name);
    this.node.replaceChildren(make("h2", {}, name), ...content, close);
    this.node.showModal();
    close.focus();
  }

  get isOpen() {
    return this.node.open;
  }

  isOpenFor(key) {
    return this.isOpen && this.key === key;
  }

  close() {
    this.node.close();
  }

  closeIf(key) {
    if (this.isOpenFor(key)) this.close();
  }
}
