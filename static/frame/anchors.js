// Brings a part of the page into view and gives it the keyboard. It holds no rule about coverage.

const SEARCH_TIME = 5000; // ms that a part is looked for

// The part may be drawn after this; it is looked for until it is there, for a few seconds at most.
export function showPart(id) {
  const watcher = new MutationObserver(() => focusOnce(id, watcher));
  watcher.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watcher.disconnect(), SEARCH_TIME);
  focusOnce(id, watcher);
}

function focusOnce(id, watcher) {
  const part = document.getElementById(id);
  if (part) watcher.disconnect();
  focusPart(part);
}

export function focusPart(part, toTop = false) {
  if (!part) return;
  if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1");
  part.focus({ preventScroll: true });
  if (toTop) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  else part.scrollIntoView({ block: "start" });
}
