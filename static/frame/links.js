// Links on the page change the view within the session, and Back and Forward lead through the views.
// It holds no rule about coverage.

import { focusPart } from "./anchors.js";
import { pageState } from "./page_state.js";

const QUIET = 250; // ms that a page rests before it is told its controls again
const RETRY = 100; // ms between two looks whether it rests

export function followLinks() {
  if (pageState.followsLinks) return;
  pageState.followsLinks = true;
  for (const type of ["pointerdown", "focusin"]) document.addEventListener(type, completeAddress);
  keepOneEntry();
  document.addEventListener("click", followLink);
  document.addEventListener("click", followAnchor);
  window.addEventListener("popstate", followHistory);
  for (const type of ["pointerdown", "keydown", "click", "input"]) {
    document.addEventListener(type, () => (pageState.returnedTo = null), true);
  }
}

const viewLink = (event) => event.target.closest?.("a[data-go]");

// The address of a link is completed with the rest of the view first, so that it says the same when
// it is copied or opened beside.
function completeAddress(event) {
  const link = viewLink(event);
  if (!link) return;
  const [address, part] = link.dataset.go.split("#");
  const [page, query] = address.split("?");
  const changes = Object.fromEntries(new URLSearchParams(query));
  const fields = new URLSearchParams({ ...pageState.viewFields, ...changes }).toString();
  link.href = page + (fields ? `?${fields}` : "") + (part ? `#${part}` : "");
}

function followLink(event) {
  const link = viewLink(event);
  if (!link || opensBeside(event)) return;
  event.preventDefault();
  const address = link.dataset.go;
  // So that Back leads here again; to another page Streamlit adds the entry itself.
  if (location.pathname.endsWith(`/${address.split(/[?#]/u)[0]}`)) {
    history.pushState(history.state, "", location.href);
  } else pageState.leaves = true;
  pageState.followedFrom = address.includes("#") ? "part" : document.documentElement.dataset.view;
  pageState.navigate(address);
}

// Before Streamlit adds the entry of another page it adds one of the page that is left, without its
// query: with that one, Back would have to be pressed twice.
function keepOneEntry() {
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    if (pageState.leaves && new URL(address, location.href).pathname === location.pathname) return;
    pageState.leaves = false;
    push(state, title, address);
  };
}

function opensBeside(event) {
  return event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

function followAnchor(event) {
  const link = event.target.closest?.('a[href^="#"]');
  if (link) setTimeout(() => focusPart(document.getElementById(link.hash.slice(1))), 0);
}

function followHistory() {
  const [path] = (pageState.address ?? "").split("?");
  const here = location.pathname + location.search;
  if (location.pathname !== path) pageState.leftPage = true;
  else if (here !== pageState.address) {
    pageState.address = here;
    pageState.restoreView(here);
  } else if (pageState.leftPage) restoreWhenQuiet(here);
}

// Who is back before the other page was drawn is told all of the page's controls again, once it is
// quiet, since Streamlit may have let go of what they held; unless they touch something first.
function restoreWhenQuiet(here) {
  pageState.returnedTo = here;
  const restore = () => {
    if (pageState.returnedTo !== here || location.pathname + location.search !== here) return;
    const app = document.querySelector("[data-testid=stApp]");
    if (app?.dataset.testScriptState !== "notRunning") {
      setTimeout(restore, RETRY);
      return;
    }
    pageState.returnedTo = null;
    pageState.restoreView(here);
  };
  setTimeout(restore, QUIET);
}
