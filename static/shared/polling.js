// Asks the server something again and again for a component that Streamlit may draw many times: one
// question at a time, by one timer, for whoever was drawn last. It holds no rule about coverage.

export class Polling {
  // `ask` is called with the component as it was drawn last.
  constructor(every, ask) {
    Object.assign(this, { every, ask });
  }

  // To be called, and its answer given back, whenever the component is drawn.
  follow(component) {
    this.component = component;
    this.timer ??= setInterval(() => this.turn(), this.every);
    return () => {
      if (this.component === component) this.stop();
    };
  }

  async turn() {
    if (!this.component.parentElement.isConnected) this.stop();
    if (!this.timer || this.isAsking) return;
    this.isAsking = true;
    try {
      await this.ask(this.component);
    } catch {
      // The server is away: the page says so itself, and it is asked again soon.
    } finally {
      this.isAsking = false;
    }
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
