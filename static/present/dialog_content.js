// What the dialogs over a step hold: the keys, the address of the view, the step as text, and the
// form for a note. Nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";

const HELP = [
  ["→  Page Down  Space", "next step"],
  ["←  Page Up", "previous step"],
  ["Home  End", "first and last step"],
  ["B  or  .", "blank the screen"],
  ["C", "high contrast"],
  ["F", "full screen"],
  ["Q", "QR code: of this view, or for the room's phones"],
  ["T", "this step as text"],
  ["O", "phones: open, close, show the answers, clear"],
  ["N", "note what is decided or contested"],
  ["E", "to the desk"],
  ["Tab", "the controls, and the map where the room is asked"],
  ["Esc", "leave to this view"],
];

const paragraph = (words) => make("p", {}, words);

export function showHelp(dialog) {
  dialog.show("?", "Keys", make("table", {}, make("tbody", {}, ...HELP.map(helpRow))));
}

function helpRow([keys, words]) {
  return make("tr", {}, make("th", { scope: "row" }, keys), make("td", {}, words));
}

// In a room whose phones reach nothing else, the code that they answer by.
export function showAddress(dialog, { address, code, warning }, phones) {
  const own = make("p", { class: "present-address" }, address);
  if (phones.only && phones.address) {
    const join = make("p", { class: "present-address" }, phones.address);
    const view = make("p", {}, "This view, for whoever reaches the explorer:");
    dialog.show("q", "Answer on your phone", codeImage(phones.image), join, view, own);
    return;
  }
  const content = [...(code ? [codeImage(code)] : []), own];
  if (warning) content.push(make("p", { class: "present-warning" }, warning));
  dialog.show("q", "This view on your own screen", ...content);
}

function codeImage(source) {
  return make("img", { class: "present-code", src: source, alt: "QR code of the address below" });
}

export function showText(dialog, slide) {
  const { headline, under } = slide.data;
  dialog.show("t", "This step as text", ...[headline, ...under].map(paragraph), ...slide.asText());
}

export function showNoteForm(screen) {
  const { dialog, room } = screen;
  const kinds = Object.entries(room.said).map(([kind, words], index) => {
    const checked = index ? {} : { checked: "" };
    const box = make("input", { type: "radio", name: "present-kind", value: kind, ...checked });
    return make("label", { class: "present-kind" }, box, words);
  });
  const words = make("textarea", { rows: "3", maxlength: "1000" });
  const form = make(
    "form",
    {},
    make("fieldset", {}, make("legend", {}, "What the room said"), ...kinds),
    make("label", {}, "In words, without names of people", words),
    make("button", { type: "submit", class: "main" }, "Keep it"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (words.value.trim() && !screen.server.isLost()) sendNote(screen, form, words.value);
    else words.focus();
  });
  dialog.show("n", "Note", form);
  words.focus();
}

// The server answers with the id once the note is in the record.
function sendNote(screen, form, text) {
  const kind = new FormData(form).get("present-kind");
  screen.noteId = screen.send("note", { kind, text, step: screen.current }, true);
}
