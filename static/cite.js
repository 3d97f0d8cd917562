// How to cite what is shown: a button that opens to texts, each copied with one press. The texts are the server's; it makes them when they
// are asked for, from the address and the day that this browser has. On paper, the address takes their place.

const panels = new WeakMap(); // parent element -> CitePanel
const printed = () => `Printed from ${location.href}`;

window.addEventListener("beforeprint", () => document.querySelectorAll(".on-paper").forEach((line) => (line.textContent = printed())));

export function citeView({ data, parentElement, setTriggerValue }) {
  let panel = panels.get(parentElement);
  if (!panel) panels.set(parentElement, (panel = new CitePanel(parentElement)));
  panel.ask = (asked) => setTriggerValue("asked", asked);
  panel.show(data);
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

class CitePanel {
  constructor(parent) {
    const id = `cite-${Math.random().toString(36).slice(2, 8)}`;
    this.button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": id }, "Cite this view");
    this.texts = make("div", { id, class: "cite-texts", role: "group", "aria-label": "Caption, link and references", tabindex: "-1", hidden: "" });
    this.status = make("p", { role: "status", class: "cite-status" });
    this.address = make("p", { class: "on-paper" }, printed());
    this.button.addEventListener("click", () => this.toggle());
    this.section = make("section", { class: "cite", "aria-label": "Cite this view" }, this.button, this.status, this.texts);
    parent.replaceChildren(this.section, this.address);
  }

  toggle() {
    this.status.textContent = "";
    const opening = this.button.getAttribute("aria-expanded") === "false";
    this.asked = opening;
    if (opening) this.status.textContent = "Working it out …";
    else this.show(null);
    this.ask(opening ? { base: location.origin + location.pathname, today: today() } : null);
  }

  // What has not changed stays as it is, so that nobody loses their place in it.
  show(data) {
    const said = JSON.stringify(data);
    if (said === this.said) return;
    this.said = said;
    this.button.setAttribute("aria-expanded", String(Boolean(data)));
    this.texts.hidden = !data;
    this.status.textContent = "";
    const notes = make("ul", {}, ...(data?.notes ?? []).map((note) => make("li", {}, note)));
    this.texts.replaceChildren(...(data ? [...data.parts.map(([name, text]) => this.part(name, text)), notes] : []));
    if (data && this.asked) this.enter();
  }

  // It opens at the foot of the page, most of it below the fold: whoever asked for it is brought there, once.
  enter() {
    this.asked = false;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.texts.focus({ preventScroll: true });
    this.section.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
  }

  part(name, text) {
    const shown = make("pre", { tabindex: "0", role: "region", "aria-label": name }, text);
    const button = make("button", { type: "button", "aria-label": `Copy: ${name}` }, "Copy");
    button.addEventListener("click", async () => {
      this.status.textContent = "";
      const done = await copy(text, shown);
      this.status.textContent = done ? `Copied: ${name}.` : `${name} is selected; copy it with Ctrl+C.`;
    });
    return make("div", { class: "cite-part" }, make("h3", {}, name), button, shown);
  }
}

// The reader's own day, as YYYY-MM-DD.
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

// A clipboard is to be had over https and on this machine; elsewhere the browser's older way, and in the end the reader's own keys.
async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
