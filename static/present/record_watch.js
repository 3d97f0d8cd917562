// Tells the server when the record of the workshop is not as long as the page has read it: another
// window has written. It holds no rule about coverage.

import { Polling } from "../shared/polling.js";

const EVERY_LENGTH = 2000; // ms between two questions
const WITH_PHONES = 3; // one question of so many counts what phones have sent, which comes by the hundred
let toldLength; // so that a length that the server keeps to is told once
const lengthPolling = new Polling(EVERY_LENGTH, tellLength);

export const recordWatch = (component) => lengthPolling.follow(component);

let asked = 0;

async function tellLength({ data, setTriggerValue }) {
  const address = new URL("app/record-length", document.baseURI);
  asked += 1;
  const phones = data.phones && asked % WITH_PHONES === 0;
  const headers = { "provision-record": data.record, "provision-phones": phones ? "1" : "0" };
  const answer = await fetch(address, { headers });
  const length = answer.ok ? await answer.text() : "";
  const told = `${phones} ${length}`;
  if (!length || length === (phones ? data.all : data.length) || told === toldLength) return;
  toldLength = told;
  setTriggerValue("changed", told);
}
