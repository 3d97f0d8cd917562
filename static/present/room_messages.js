// What the screen tells of the room. Guesses and notes are lasting: until the server has confirmed
// them this tab keeps them as well, so that they outlive a page that is loaded anew and a server
// that is started anew. Nothing here holds a rule about coverage.

import { Messages } from "../shared/messages.js";

const KEY = "provision-unsent";

export class RoomMessages extends Messages {
  send(event, value, lasting = false) {
    const id = super.send(event, value, lasting);
    this.keep();
    return id;
  }

  // A server that was started anew is told again what the one before it had not confirmed.
  follow(room) {
    this.room = room;
    if (!this.sentTo) this.waiting = keptFor(room);
    this.confirm(room.confirmed);
    this.keep();
    if (this.sentTo !== room.session_token) this.sendAll();
    this.sentTo = room.session_token;
  }

  keep() {
    const { session, stamp } = this.room;
    const messages = this.waiting.filter(({ lasting }) => lasting);
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ session, stamp, messages }));
    } catch {
      // A browser that keeps nothing for its pages.
    }
  }
}

// What was kept for this record and story before the page was loaded anew. A record may have been
// begun by the very message that waits.
function keptFor({ session, stamp }) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    const isHere = kept.stamp === stamp && (!kept.session || kept.session === session);
    return isHere ? kept.messages : [];
  } catch {
    return [];
  }
}
