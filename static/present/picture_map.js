// A map to look at. A click points at an area, for the room; it changes nothing, and the keyboard
// stays with the steps. Nothing here holds a rule about coverage.

import { AreaMap } from "../map/area_map.js";

export class PictureMap extends AreaMap {
  build() {
    super.build();
    this.svg.setAttribute("role", "img");
    for (const { group } of this.shapes.values()) {
      for (const name of ["role", "tabindex"]) group.removeAttribute(name);
    }
  }

  // The picture has one name; its words are in the text of the step.
  colour() {
    super.colour();
    for (const { group } of this.shapes.values()) group.removeAttribute("aria-label");
  }

  select(code) {
    this.outlineChosen(code);
  }

  pick(code) {
    this.tip.hide();
    this.select(code === this.chosen ? null : code);
  }
}
