// An id for what this window sends, so that it knows its own in the server's answer. Nothing here
// holds a rule about coverage.

export function messageId() {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 12)}`;
}
