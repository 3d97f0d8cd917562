// What the room's phones have answered to the question of one step, asked of the server while that
// step is on the screen. The counts are the server's; nothing here holds a rule about coverage.

const COUNT_EVERY = 700; // ms between two questions

export class RoomCounts {
  // `changed` is called when the counts have changed.
  constructor(slide, changed) {
    Object.assign(this, { slide, changed, round: null, joined: 0, live: false });
    this.timer = setInterval(() => this.ask(), COUNT_EVERY);
  }

  disconnect() {
    clearInterval(this.timer);
  }

  get phase() {
    return this.round?.phase ?? "waiting";
  }

  // Nothing where the server is away: the screen says so itself.
  async ask() {
    const { session } = this.slide.screen.room;
    if (!session || this.asking || !this.slide.node.classList.contains("now")) return;
    this.asking = true;
    try {
      const address = new URL("app/room-counts", document.baseURI);
      const headers = { "provision-record": session, "provision-live": this.live ? "1" : "0" };
      const answer = await fetch(address, { headers });
      if (answer.ok) this.take(await answer.json());
    } catch {
      // Asked again soon.
    } finally {
      this.asking = false;
    }
  }

  take({ joined = 0, rounds = [] }) {
    const round = rounds.findLast((own) => this.isHere(own)) ?? null;
    const told = JSON.stringify([joined, round]);
    if (told === this.told) return;
    Object.assign(this, { told, joined, round });
    this.changed();
  }

  isHere({ link, question, answer }) {
    const { data } = this.slide;
    if (link !== data.link) return false;
    return data.type === "poll" ? question === data.headline : answer === "areas";
  }
}
