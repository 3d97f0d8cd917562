// Services, organisations and themes in columns, with a line for every tie between them. Who is tied
// to what is the server's to say; nothing here holds a rule about coverage.

import { ElementRegistry, make } from "../shared/dom.js";

const diagrams = new ElementRegistry((parent) => new PartnerDiagram(parent));

export function partnerDiagram({ data, parentElement, setTriggerValue }) {
  const diagram = diagrams.get(parentElement);
  diagram.choose = (id) => setTriggerValue("chosen", id ?? "");
  diagram.show(data);
  return () => diagram.resizeObserver.disconnect();
}

class PartnerDiagram {
  constructor(parent) {
    this.lines = make("svg:svg", { class: "ties", "aria-hidden": "true" });
    this.columns = make("div", { class: "tied-columns" });
    this.legend = make("ul", { class: "tie-legend" });
    this.frame = make("div", { class: "tied", role: "group" }, this.lines, this.columns);
    parent.replaceChildren(make("div", { class: "area-panel" }, this.frame, this.legend));
    this.resizeObserver = new ResizeObserver(() => this.drawLines());
    this.resizeObserver.observe(this.frame);
    this.frame.addEventListener("pointerleave", () => this.highlight(this.chosen));
  }

  show(data) {
    if (!sameDiagram(data, this.data)) this.build(data);
    this.data = data;
    this.chosen = data.chosen || null;
    this.highlight(this.chosen);
    this.frame.dataset.drawn = data.stamp;
  }

  build({ label, columns, ties, legend }) {
    this.frame.setAttribute("aria-label", label);
    this.buttons = new Map();
    this.columns.replaceChildren(...columns.map((column) => this.column(column)));
    this.ties = ties.map((tie) => ({
      ...tie,
      path: make("svg:path", { class: `tie ${tie.kind}` }),
    }));
    this.lines.replaceChildren(...this.ties.map((tie) => tie.path));
    this.legend.replaceChildren(...legend.map(tieLegendItem));
    this.drawLines();
  }

  column({ title, nodes }) {
    const items = nodes.map((node) => make("li", {}, this.button(node)));
    return make("section", {}, make("h2", {}, title), make("ul", {}, ...items));
  }

  button({ id, name, note }) {
    const button = make("button", { type: "button", "data-id": id }, name);
    if (note) button.append(make("span", { class: "node-note" }, note));
    button.addEventListener("click", () => this.pick(id));
    button.addEventListener("pointerenter", () => this.highlight(id));
    button.addEventListener("focus", () => button.matches(":focus-visible") && this.highlight(id));
    button.addEventListener("blur", () => this.highlight(this.chosen));
    this.buttons.set(id, button);
    return button;
  }

  pick(id) {
    this.chosen = id === this.chosen ? null : id;
    this.highlight(this.chosen);
    this.choose(this.chosen);
  }

  // What a node is tied to stands out, and all else is faint.
  highlight(id) {
    const tied = new Set(id ? [id] : []);
    for (const { from, to, path } of this.ties) {
      const lit = id !== null && (from === id || to === id);
      path.classList.toggle("lit", lit);
      if (lit) tied.add(from).add(to);
    }
    const dim = id !== null && this.buttons.has(id);
    this.frame.classList.toggle("dim", dim);
    for (const [own, button] of this.buttons) {
      button.classList.toggle("lit", dim && tied.has(own));
      button.setAttribute("aria-pressed", String(own === this.chosen));
    }
  }

  drawLines() {
    if (!this.ties) return;
    const frame = this.frame.getBoundingClientRect();
    this.lines.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
    for (const { from, to, path } of this.ties) {
      const [a, b] = [from, to].map((id) => this.buttons.get(id)?.getBoundingClientRect());
      if (a && b) path.setAttribute("d", a.left < b.left ? curve(a, b, frame) : curve(b, a, frame));
    }
  }
}

// A line from the right edge of one box to the left edge of the next.
function curve(left, right, frame) {
  const x1 = left.right - frame.left;
  const y1 = left.top + left.height / 2 - frame.top;
  const x2 = right.left - frame.left;
  const y2 = right.top + right.height / 2 - frame.top;
  const bend = (x2 - x1) / 2;
  return x2 > x1 ? `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` : "";
}

function tieLegendItem({ kind, text }) {
  const line = make("svg:path", { d: "M1 6H47", class: `tie ${kind} lit` });
  const swatch = { viewBox: "0 0 48 12", class: "tie-swatch", "aria-hidden": "true" };
  return make("li", {}, make("svg:svg", swatch, line), make("span", {}, text));
}

function sameDiagram(data, before) {
  return diagramContent(data) === diagramContent(before);
}

function diagramContent(diagram) {
  return JSON.stringify([diagram?.columns, diagram?.ties]);
}
