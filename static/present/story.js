// The slides of a whole story: one message, the same as long as story and data are. They are the
// server's; nothing here holds a rule about coverage.

const storiesByStamp = new Map();
const waitingByStamp = new Map(); // what to call when a story arrives

export function presentStory({ data }) {
  storiesByStamp.set(data.stamp, data);
  waitingByStamp.get(data.stamp)?.();
  waitingByStamp.delete(data.stamp);
}

// Call once the story is there.
export function withStory(stamp, use) {
  const ready = () => use(storiesByStamp.get(stamp));
  if (storiesByStamp.has(stamp)) ready();
  else waitingByStamp.set(stamp, ready);
}
