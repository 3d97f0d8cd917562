// Reads what the server sends of a map: classes, and small numbers packed as letters. It holds no
// rule about coverage.

// Small numbers come as one letter each, or as words.
function unpackNumbers(text) {
  if (text.includes(" ")) return text.split(" ").map(Number);
  return [...text].map((letter) => parseInt(letter, 36));
}

// Of every area, the number of its class and the number of its sentence.
function unpackAreas(areas) {
  if (typeof areas !== "string") return areas;
  const numbers = unpackNumbers(areas);
  return numbers.map((number, i) => [number, numbers[i + 1]]).filter((_, i) => i % 2 === 0);
}

// What the server says that the next toggle of a hub would do.
function unpackPreview(preview) {
  if (typeof preview?.other !== "string") return preview;
  return { ...preview, other: unpackNumbers(preview.other) };
}

// A class comes whole, or by its id where the outlines have told the rest of it.
export function unpackMapData({ ahead, ...sent }, outlines) {
  return {
    ...sent,
    areas: unpackAreas(sent.areas),
    togglePreview: unpackPreview(ahead),
    classes: sent.classes.map((mapClass) => ({ ...outlines.looks?.[mapClass.id], ...mapClass })),
  };
}

// Whether two maps are coloured and lettered alike.
export function sameColours(data, other) {
  return coloursOf(data) === coloursOf(other);
}

function coloursOf(data) {
  return JSON.stringify([data?.classes, data?.areas, data?.sentences, data?.marked, data?.counted]);
}
