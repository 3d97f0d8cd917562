// Says so when the server has stopped answering. Streamlit says of a server that is gone that the
// internet is; its own box stays hidden (present.css). Nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";

const ANSWER_TIME = 1500; // ms without an answer from the server until that is said
const OUTAGE =
  "The app has stopped answering. Nothing that was kept is lost, and the steps still turn. " +
  "Guesses and notes are taken down again once it answers.";

const findApp = () => document.querySelector("[data-testid=stApp]");

export class ServerWatch {
  constructor() {
    this.notice = make("p", { class: "present-cut", role: "alert", hidden: "" }, OUTAGE);
    this.observer = new MutationObserver(() => this.check());
    this.app = findApp();
    if (this.app) {
      this.observer.observe(this.app, { attributeFilter: ["data-test-connection-state"] });
    }
  }

  check() {
    clearTimeout(this.timer);
    if (this.app.dataset.testConnectionState === "CONNECTED") this.notice.hidden = true;
    else this.timer = setTimeout(() => (this.notice.hidden = false), ANSWER_TIME);
  }

  // Whether what is sent now would not arrive; if so, the notice is shown at once.
  isLost() {
    const state = findApp()?.dataset.testConnectionState;
    if (state && state !== "CONNECTED") this.notice.hidden = false;
    return !this.notice.hidden;
  }

  disconnect() {
    clearTimeout(this.timer);
    this.observer.disconnect();
  }
}
