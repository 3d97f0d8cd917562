// The frame of every page: it keeps the view in the address, follows links within the session and
// goes to the part of the page that a link named. It holds no rule about coverage.

import { focusPart, showPart } from "./anchors.js";
import { nameLandmarks } from "./landmarks.js";
import { followLinks } from "./links.js";
import { pageState, queryText } from "./page_state.js";

export function pageFrame({ data, setTriggerValue }) {
  nameLandmarks();
  pageState.navigate = (address) => setTriggerValue("navigate", address);
  pageState.restoreView = (address) => setTriggerValue("back", address);
  pageState.viewFields = data.fields;
  followLinks();
  const tokenBefore = pageState.sessionToken;
  pageState.sessionToken = data.session_token;
  // The server was started anew, and Streamlit has put the first link back.
  if (tokenBefore && tokenBefore !== data.session_token) {
    pageState.restoreView(pageState.address);
    return;
  }
  // Back or Forward has led on meanwhile; that page's own frame is on its way.
  if (!data.paths.includes(`/${location.pathname.split("/").pop()}`)) return;
  arrive(data);
  writeAddress(data);
  pageState.leftPage = false;
  pageState.leaves = false;
  document.documentElement.dataset.view = data.stamp;
}

// Where a followed link leads: to a part of the page, else to its top. An address that came with a
// part leads there too, once.
function arrive(data) {
  const firstPart = pageState.address === undefined ? location.hash.slice(1) : "";
  if (firstPart) showPart(firstPart);
  if (!pageState.followedFrom || data.stamp === pageState.followedFrom) return;
  pageState.followedFrom = null;
  if (data.anchor) showPart(data.anchor);
  else requestAnimationFrame(() => focusPart(document.querySelector(".headline h1"), true));
}

// Keeps the view in the address without adding to the history, so that Back leaves the page as
// people expect.
function writeAddress(data) {
  const embedding = [...new URLSearchParams(location.search)].filter(([name]) =>
    name.startsWith("embed"),
  );
  const fields = new URLSearchParams(embedding);
  for (const [name, value] of Object.entries({ ...data.fields, ...data.own })) {
    fields.set(name, value);
  }
  const query = queryText(fields);
  const address = location.pathname + (query ? `?${query}` : "") + location.hash;
  if (address !== location.pathname + location.search + location.hash) {
    history.replaceState(history.state, "", address);
  }
  pageState.address = location.pathname + location.search;
}
