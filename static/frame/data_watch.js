// Tells the server when the data that the page was drawn from has changed, so that a page that
// stands open shows it. It holds no rule about coverage.

const EVERY = 5000; // ms between two questions
let lastTold; // so that a server that keeps to another version is told of it once

export function dataWatch({ data, setTriggerValue }) {
  const address = new URL("app/data-version", document.baseURI);
  address.searchParams.set("record", data.record);
  const timer = setInterval(async () => {
    const version = await versionAt(address);
    if (!version || version === data.version || version === lastTold) return;
    lastTold = version;
    setTriggerValue("changed", version);
  }, EVERY);
  return () => clearInterval(timer);
}

// Nothing where the server is away: Streamlit says so itself.
async function versionAt(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}
