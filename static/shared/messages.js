// What a component tells the server. Of two triggers that wait for a busy server Streamlit keeps the
// newer alone, so each message is sent with those before it that were not confirmed; the server
// takes each once, by its id. Nothing here holds a rule about coverage.

import { pageState } from "../frame/page_state.js";

export class Messages {
  constructor() {
    this.waiting = [];
  }

  // The id of the message. What was meant for a session of the server that is gone is not sent to
  // another, unless it is `lasting`.
  send(event, value, lasting = false) {
    const session = pageState.sessionToken;
    const message = { id: messageId(), event, value, lasting, session };
    const due = this.waiting.filter((sent) => sent.lasting || sent.session === session);
    this.waiting = [...due, message];
    this.sendAll();
    return message.id;
  }

  sendAll() {
    const messages = this.waiting.map(({ id, event, value }) => ({ id, event, value }));
    if (messages.length) this.trigger("sent", messages);
  }

  confirm(ids) {
    this.waiting = this.waiting.filter(({ id }) => !ids.includes(id));
  }
}

function messageId() {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 12)}`;
}
