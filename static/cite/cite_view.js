// How to cite what is shown: a button that opens to texts, each copied with one press. The texts are
// the server's; it makes them when they are asked for, from the address and the day that this
// browser has. On paper, the address takes their place. Nothing here holds a rule about coverage.

import { ElementRegistry, make, uniqueId } from "../shared/dom.js";

const panels = new ElementRegistry((parent) => new CitePanel(parent));
const printedFrom = () => `Printed from ${location.href}`;

window.addEventListener("beforeprint", () => {
  for (const line of document.querySelectorAll(".on-paper")) line.textContent = printedFrom();
});

export function citeView({ data, parentElement, setTriggerValue }) {
  const panel = panels.get(parentElement);
  panel.ask = (place) => setTriggerValue("asked", place);
  panel.show(data);
}

class CitePanel {
  constructor(parent) {
    const id = uniqueId("cite-");
    const opener = { type: "button", "aria-expanded": "false", "aria-controls": id };
    this.button = make("button", opener, "Share or cite");
    const name = "Caption, link and references";
    const group = {
      id,
      class: "cite-texts",
      role: "group",
      "aria-label": name,
      tabindex: "-1",
      hidden: "",
    };
    this.texts = make("div", group);
    this.status = make("p", { role: "status", class: "cite-status" });
    this.button.addEventListener("click", () => this.toggle());
    const section = { class: "cite", "aria-label": "Share or cite" };
    this.section = make("section", section, this.button, this.status, this.texts);
    parent.replaceChildren(this.section, make("p", { class: "on-paper" }, printedFrom()));
  }

  toggle() {
    this.status.textContent = "";
    const opening = this.button.getAttribute("aria-expanded") === "false";
    this.opening = opening;
    if (opening) this.status.textContent = "Working it out …";
    else this.show(null);
    this.ask(opening ? { base: location.origin + location.pathname, today: today() } : null);
  }

  // What has not changed stays as it is, so that nobody loses their place in it.
  show(data) {
    const state = JSON.stringify(data);
    if (state === this.state) return;
    this.state = state;
    this.button.setAttribute("aria-expanded", String(Boolean(data)));
    this.texts.hidden = !data;
    this.status.textContent = "";
    this.texts.replaceChildren(...(data ? this.content(data) : []));
    if (data && this.opening) this.enter();
  }

  content({ parts, notes }) {
    const texts = parts.map(([name, text]) => this.part(name, text));
    return [...texts, make("ul", {}, ...(notes ?? []).map((note) => make("li", {}, note)))];
  }

  // It opens at the foot of the page, most of it below the fold: whoever asked for it is brought
  // there, once.
  enter() {
    this.opening = false;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.texts.focus({ preventScroll: true });
    this.section.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
  }

  part(name, text) {
    const shown = make("pre", { tabindex: "0", role: "region", "aria-label": name }, text);
    const button = make("button", { type: "button", "aria-label": `Copy: ${name}` }, "Copy");
    button.addEventListener("click", async () => {
      this.status.textContent = "";
      const copied = await copyText(text, shown);
      this.status.textContent = copied
        ? `Copied: ${name}.`
        : `${name} is selected; copy it with Ctrl+C.`;
    });
    return make("div", { class: "cite-part" }, make("h3", {}, name), button, shown);
  }
}

// The reader's own day, as YYYY-MM-DD.
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

// A clipboard is to be had over https and on this machine; elsewhere the browser's older way, and in
// the end the reader's own keys.
async function copyText(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
