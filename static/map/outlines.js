// The outlines of all areas: sent once, kept for the life of the page and referred to by an id. What
// is drawn from them is the server's; nothing here holds a rule about coverage.

const outlinesById = new Map();
const waitingById = new Map(); // what to call when outlines arrive

export function areaOutlines({ data }) {
  outlinesById.set(data.id, data);
  for (const arrived of waitingById.get(data.id) ?? []) arrived();
  waitingById.delete(data.id);
}

// Draw once the outlines are there.
export function withOutlines(id, draw) {
  const ready = () => draw(outlinesById.get(id));
  if (outlinesById.has(id)) ready();
  else waitingById.set(id, [...(waitingById.get(id) ?? []), ready]);
}
