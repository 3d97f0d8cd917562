// What the keys of a keyboard or a clicker do on the screen of the room. Nothing here holds a rule
// about coverage.

const ACTIONS = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  " ": "next",
  Enter: "next",
  ArrowLeft: "back",
  ArrowUp: "back",
  PageUp: "back",
  Backspace: "back",
  Home: "first",
  End: "last",
  b: "blank",
  ".": "blank",
  c: "contrast",
  f: "fullScreen",
  q: "address",
  t: "text",
  n: "note",
  o: "phones",
  "?": "help",
  h: "help",
  e: "edit",
  Escape: "leave",
};
const PAGE_KEYS = new Set(["PageDown", "PageUp"]);
const CLICKER_KEYS = new Set([...PAGE_KEYS, "ArrowRight", "ArrowLeft"]);
const KEPT_WHILE_BLANK = new Set(["f", "c"]);
const MAP_KEYS = /^(Arrow|Enter$|Home$|End$| $)/u;

export class KeyHandler {
  constructor(screen) {
    this.screen = screen;
    this.listener = (event) => this.handle(event);
    document.addEventListener("keydown", this.listener, true);
  }

  disconnect() {
    document.removeEventListener("keydown", this.listener, true);
  }

  handle(event) {
    const { target } = event;
    if (!this.screen.story || isShortcut(event) || target.closest?.("[role=listbox]")) return;
    if (target.matches?.("input, select, textarea")) this.handleInField(event);
    else if (this.screen.dialog.isOpen) this.handleInDialog(event);
    else this.handleOnStage(event);
  }

  // In a field all keys are its own; Escape leads out of it, and so does a clicker, which turns.
  handleInField(event) {
    const turns = PAGE_KEYS.has(event.key) && event.target.matches("input");
    if ((event.key !== "Escape" && !turns) || this.screen.dialog.isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    this.screen.root.focus();
    if (turns) this.screen[ACTIONS[event.key]]();
  }

  // A dialog is closed by its own key; a clicker has no such key and turns the step at once.
  handleInDialog(event) {
    const key = keyName(event);
    const turns = CLICKER_KEYS.has(key);
    if (!turns && !this.screen.dialog.isOpenFor(key)) return;
    event.preventDefault();
    this.screen.dialog.close();
    if (turns) this.screen[ACTIONS[key]]();
  }

  handleOnStage(event) {
    const key = keyName(event);
    const act = this.actionOf(event.target, key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    // The same step stands there again, whatever was pressed.
    if (this.screen.isBlank && !KEPT_WHILE_BLANK.has(key)) this.screen.blank();
    else act();
  }

  // Controls keep the keys that press them, and where the room is asked the keyboard walks about the
  // map.
  actionOf(target, key) {
    if (["Enter", " "].includes(key) && target.closest?.("button, a, summary")) return null;
    if (target.closest?.("svg.area-map .area")) {
      if (MAP_KEYS.test(key)) return null;
      if (key === "Escape") return () => this.screen.root.focus();
    }
    const action = ACTIONS[key];
    return action && (() => this.screen[action]());
  }
}

function isShortcut({ ctrlKey, metaKey, altKey, isComposing }) {
  return ctrlKey || metaKey || altKey || isComposing;
}

function keyName({ key }) {
  return key.length === 1 ? key.toLowerCase() : key;
}
