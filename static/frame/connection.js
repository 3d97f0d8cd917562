// Asks for the page again once the connection to the server is back, which may have been started
// anew meanwhile: Streamlit itself asks only where the run of a page was cut off. It holds no rule
// about coverage.

import { pageState } from "./page_state.js";

export function followConnection() {
  const app = document.querySelector("[data-testid=stApp]");
  if (pageState.followsConnection || !app) return;
  pageState.followsConnection = true;
  let isLost = false;
  const observer = new MutationObserver(() => {
    const isThere = app.dataset.testConnectionState === "CONNECTED";
    if (isThere && isLost) pageState.reconnect();
    isLost = !isThere;
  });
  observer.observe(app, { attributeFilter: ["data-test-connection-state"] });
}
