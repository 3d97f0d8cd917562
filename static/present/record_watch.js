// Tells the server when the record of the workshop is not as long as the page has read it: another
// window has written. It holds no rule about coverage.

const EVERY_SECONDS = 2;
let toldLength; // so that a length that the server keeps to is told once

export function recordWatch({ data, setTriggerValue }) {
  const timer = setInterval(async () => {
    const length = await recordLength(data.record);
    if (!length || length === data.length || length === toldLength) return;
    toldLength = length;
    setTriggerValue("changed", length);
  }, EVERY_SECONDS * 1000);
  return () => clearInterval(timer);
}

// Nothing where the server is away: the screen says so itself.
async function recordLength(record) {
  try {
    const address = new URL("app/record-length", document.baseURI);
    const answer = await fetch(address, { headers: { "provision-record": record } });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}
