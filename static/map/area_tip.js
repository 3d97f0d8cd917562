// The words beside the pointer or the focused area. They are the server's; nothing here holds a rule
// about coverage.

import { make } from "../shared/dom.js";

const [RIGHT, BELOW, ABOVE] = [14, 18, 12]; // px between the pointer and the words

export class AreaTip {
  constructor() {
    this.node = make("div", { class: "area-tip", role: "status", hidden: "" });
  }

  // Beside the pointer; without an event, below the area.
  show(shape, event, frame) {
    const { node } = this;
    if (node.dataset.code !== shape.code || node.hidden) {
      node.dataset.code = shape.code;
      node.textContent = shape.sentence;
      node.hidden = false;
    }
    const { left, top, width, height } = frame.getBoundingClientRect();
    const box = shape.base.getBoundingClientRect();
    const x = (event ? event.clientX : box.left + box.width / 2) - left;
    const y = (event ? event.clientY : box.bottom) - top;
    const above = y + BELOW + node.offsetHeight > height;
    node.style.left = `${Math.max(0, Math.min(x + RIGHT, width - node.offsetWidth))}px`;
    node.style.top = `${above ? Math.max(0, y - node.offsetHeight - ABOVE) : y + BELOW}px`;
  }

  hide() {
    this.node.hidden = true;
  }
}
