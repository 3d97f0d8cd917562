// How the name of an area may be written on a map. It holds no rule about coverage.

export const MARKS = { hub: "▲", count: "●" };
const SHORT_LINE = 9; // letters
const NO_LINE_ENDS_WITH = new Set(["and", "upon"]);

// The marks before a name: how many chose the area, whether it is marked, the mark of its class.
export function markText({ code, mapClass }, { counted, marked }) {
  const count = counted?.[code] ? MARKS.count + counted[code] : "";
  const hub = marked?.includes(code) ? MARKS.hub : "";
  const marks = [count, hub, mapClass.mark].filter(Boolean);
  return marks.length ? `${marks.join(" ")} ` : "";
}

// The full name on one line; on several; the short label; the short label with leave to stand over
// its neighbours.
export function labelVariants({ name, label }, mark) {
  const lines = wrapWords(name.split(" "));
  lines[0] = mark + lines[0];
  return [[mark + name], lines, [mark + label], [mark + label]];
}

function wrapWords(words) {
  const lines = [words[0]];
  for (const word of words.slice(1)) {
    const line = lines.at(-1);
    const joins = line.length + word.length < SHORT_LINE;
    if (joins || NO_LINE_ENDS_WITH.has(line.split(" ").pop())) {
      lines[lines.length - 1] += ` ${word}`;
    } else lines.push(word);
  }
  return lines;
}
