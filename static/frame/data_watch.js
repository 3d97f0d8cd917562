// Tells the server when the data that the page was drawn from has changed, so that a page that
// stands open shows it, and when the server is back. It stands outside the parts of a page that are
// drawn by themselves, which a server that was started anew does not know. It holds no rule about
// coverage.

import { Polling } from "../shared/polling.js";
import { followConnection } from "./connection.js";
import { pageState } from "./page_state.js";

const EVERY_VERSION = 5000; // ms between two questions
let lastTold; // so that a server that keeps to another version is told of it once
const versionPolling = new Polling(EVERY_VERSION, tellVersion);

export function dataWatch(component) {
  pageState.reconnect = () => component.setTriggerValue("reconnected", true);
  followConnection();
  return versionPolling.follow(component);
}

async function tellVersion({ data, setTriggerValue }) {
  const address = new URL("app/data-version", document.baseURI);
  address.searchParams.set("record", data.record);
  const answer = await fetch(address);
  const version = answer.ok ? await answer.text() : "";
  if (!version || version === data.version || version === lastTold) return;
  lastTold = version;
  setTriggerValue("changed", version);
}
