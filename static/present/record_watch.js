// Tells the server when the record of the workshop is not as long as the page has read it: another
// window has written. It holds no rule about coverage.

import { Polling } from "../shared/polling.js";

const EVERY_LENGTH = 2000; // ms between two questions
let toldLength; // so that a length that the server keeps to is told once
const lengthPolling = new Polling(EVERY_LENGTH, tellLength);

export const recordWatch = (component) => lengthPolling.follow(component);

async function tellLength({ data, setTriggerValue }) {
  const address = new URL("app/record-length", document.baseURI);
  const headers = { "provision-record": data.record, "provision-phones": data.phones ? "1" : "0" };
  const answer = await fetch(address, { headers });
  const length = answer.ok ? await answer.text() : "";
  if (!length || length === data.length || length === toldLength) return;
  toldLength = length;
  setTriggerValue("changed", length);
}
