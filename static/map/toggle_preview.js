// What the server said that a toggle of a hub would do, shown at the click and before its answer.
// Nothing of it is worked out here, and nothing here holds a rule about coverage.

import { fillShape } from "./area_shapes.js";

const SWITCHES = ".st-key-sc_hubs";
let previewing = null; // the map that was told what the switches beside it would do
let switchedAreas = []; // the number of the area that each switch stands for
let listening = false;

// A hub can be switched beside the map, too: the map shows at the click what that would do.
export function previewAtSwitches(map, switches) {
  previewing = map;
  switchedAreas = switches;
  if (listening) return;
  listening = true;
  document.addEventListener("click", previewSwitch, true);
}

function previewSwitch(event) {
  const button = event.target.closest?.(`${SWITCHES} button`);
  if (!button || !previewing?.svg.isConnected) return;
  const buttons = [...button.parentElement.closest(SWITCHES).querySelectorAll("button")];
  const area = previewing.outlines.areas[switchedAreas[buttons.indexOf(button)]];
  if (area) previewing.previewToggle(area.code);
}

// For every area the server sends which others change class when it is toggled, as the bits of a
// number, and of every area the class that it would change to.
export function applyPreview({ data, outlines, shapes, symbols, id }, code) {
  const preview = data.togglePreview;
  const index = outlines.areas.findIndex((area) => area.code === code);
  const changes = BigInt(`0x${preview?.turns?.split(" ")[index] ?? 0}`);
  for (const [i, shape] of [...shapes.values()].entries()) {
    if ((changes >> BigInt(i)) & 1n) fillShape(shape, symbols[preview.other[i]], id);
  }
}
