// Elements for the page. Every file here draws what the server computed and holds no rule about
// coverage. Text from data only ever reaches the page as text (children, attributes), never as
// markup.

const SVG = "http://www.w3.org/2000/svg";

// An element, or with `svg:` before its name one of SVG. An attribute that is null is left out.
export function make(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS(SVG, tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// The start of ids that belong to one drawing, so that two on a page do not share their patterns.
export function uniqueId(prefix) {
  return prefix + Math.random().toString(36).slice(2, 8);
}

// One object for each element that Streamlit gives a component, for as long as that element lives.
export class ElementRegistry {
  #byElement = new WeakMap();
  #create;

  constructor(create) {
    this.#create = create;
  }

  get(element) {
    if (!this.#byElement.has(element)) this.#byElement.set(element, this.#create(element));
    return this.#byElement.get(element);
  }

  delete(element) {
    this.#byElement.delete(element);
  }
}
