// What the room's phones answered, as a table with a bar for each answer. The counts are the
// server's; nothing here holds a rule about coverage.

import { make } from "../shared/dom.js";

// `rows` are [name, count], the most first; `counted` names what is counted.
export function countTable(rows, counted) {
  const most = Math.max(...rows.map(([, count]) => count), 1);
  const columns = ["Answer", counted].map((name) => make("th", { scope: "col" }, name));
  const body = rows.map(([name, count]) => {
    const bar = make("svg:rect", { width: (100 * count) / most, height: 10 });
    const box = { class: "poll-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none" };
    const drawn = make("svg:svg", { ...box, "aria-hidden": "true" }, bar);
    const cells = [make("th", { scope: "row" }, name), make("td", {}, `${count} `, drawn)];
    return make("tr", {}, ...cells);
  });
  const head = make("thead", {}, make("tr", {}, ...columns));
  const size = rows.length > 9 ? "poll many-rows" : "poll";
  return make("table", { class: size }, head, make("tbody", {}, ...body));
}
