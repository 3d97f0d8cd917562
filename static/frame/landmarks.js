// Streamlit draws pop-ups outside every landmark, and its upload box as a presentation that can be
// focused. Both are named here so that assistive technology can tell what they are. It holds no
// rule about coverage.

import { pageState } from "./page_state.js";

export function nameLandmarks() {
  if (pageState.namesLandmarks) return;
  pageState.namesLandmarks = true;
  update();
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["role"] };
  new MutationObserver(update).observe(document.body, changes);
}

function update() {
  const portal = document.getElementById("stFloatingOverlayPortal");
  const lists = [...document.querySelectorAll("[role=listbox]")].map((list) =>
    list.closest("body > div"),
  );
  const popUps = lists.filter((box) => box && box.id !== "root" && box !== portal);
  popUps.forEach(nameRegion);
  if (portal?.childElementCount && !popUps.length) nameRegion(portal);
  else if (portal?.getAttribute("role") === "region") {
    for (const name of ["role", "aria-label"]) portal.removeAttribute(name);
  }
  const uploads = "[data-testid=stFileUploaderDropzone][role=presentation]";
  for (const zone of document.querySelectorAll(uploads)) zone.setAttribute("role", "group");
}

function nameRegion(node) {
  if (node.hasAttribute("role")) return;
  node.setAttribute("role", "region");
  node.setAttribute("aria-label", "Pop-up");
}
