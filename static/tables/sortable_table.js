// The sortable table. Its rows and words are the server's, and so is what each cell is sorted by;
// nothing here holds a rule about coverage.

import { ElementRegistry, make } from "../shared/dom.js";

const ARROWS = { none: " ↕", ascending: " ▲", descending: " ▼" };
const tables = new ElementRegistry((parent) => new SortableTable(parent));

export function sortableTable({ data, parentElement }) {
  tables.get(parentElement).show(data);
}

class SortableTable {
  constructor(parent) {
    this.head = make("thead");
    this.body = make("tbody");
    this.caption = make("caption");
    this.table = make("table", { class: "data-table" }, this.caption, this.head, this.body);
    const scroller = { class: "table-scroller", tabindex: "0", role: "region" };
    this.scroller = make("div", scroller, this.table);
    parent.replaceChildren(this.scroller);
    this.order = null; // { column, descending }; null is the server's own order
  }

  show(data) {
    this.data = data;
    this.caption.textContent = data.caption;
    this.table.classList.toggle("compact", Boolean(data.compact));
    this.scroller.setAttribute("aria-label", data.caption);
    if (this.order && this.order.column >= data.columns.length) this.order = null;
    this.draw();
  }

  draw() {
    const headers = this.data.columns.map((name, column) => this.header(name, column));
    this.head.replaceChildren(make("tr", {}, ...headers));
    this.body.replaceChildren(...sortRows(this.data.rows, this.order).map(tableRow));
  }

  header(name, column) {
    const direction = this.directionOf(column);
    const arrow = make("span", { "aria-hidden": "true", class: "arrow" }, ARROWS[direction]);
    const button = make("button", { type: "button" }, name, arrow);
    button.addEventListener("click", () => {
      this.order = { column, descending: direction === "ascending" };
      this.draw();
      this.head.querySelectorAll("button")[column].focus();
    });
    return make("th", { scope: "col", "aria-sort": direction }, button);
  }

  directionOf(column) {
    if (this.order?.column !== column) return "none";
    return this.order.descending ? "descending" : "ascending";
  }
}

// A cell is text, or {text, sort, kind, go}; what has nothing to sort by comes last either way.
function sortRows(rows, order) {
  if (!order) return rows;
  const keyOf = (row) => row[order.column]?.sort ?? row[order.column]?.text ?? row[order.column];
  return rows.toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (isEmpty(x) || isEmpty(y)) return isEmpty(x) - isEmpty(y);
    return order.descending ? -compare(x, y) : compare(x, y);
  });
}

function isEmpty(key) {
  return key === "" || key === null;
}

function compare(x, y) {
  if (typeof x === "number" && typeof y === "number") return x - y;
  return String(x).localeCompare(String(y), "en");
}

function tableRow(cells) {
  return make("tr", {}, ...cells.map(tableCell));
}

// The first cell of a row names it.
function tableCell(cell, column) {
  const node = make(column ? "td" : "th", {
    class: cell?.kind ?? null,
    scope: column ? null : "row",
  });
  const text = cell?.text ?? cell;
  if (cell?.go) {
    node.append(make("a", { href: cell.go, "data-go": cell.go, target: "_self" }, text));
  } else node.textContent = text;
  return node;
}
