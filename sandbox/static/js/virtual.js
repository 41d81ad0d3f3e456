// A long list of which only the rows in sight are in the document.

import { el } from "./dom.js";

const BEYOND = 6;

export class VirtualList {
  #rows = [];
  #tops = [0];
  #heightOf;
  #draw;
  #shown = new Map();
  #space;
  element;

  /** `heightOf(row)` in pixels; `draw(row)` returns a new element. */
  constructor(attributes, heightOf, draw) {
    this.#heightOf = heightOf;
    this.#draw = draw;
    this.#space = el("div.virtual-space", { role: "presentation" });
    this.element = el("div.virtual", attributes, this.#space);
    this.element.addEventListener("scroll", () => this.#fill(), { passive: true });
    new ResizeObserver(() => this.#fill()).observe(this.element);
  }

  get rows() {
    return this.#rows;
  }

  /** Show these rows; all in sight are drawn again. */
  show(rows) {
    this.#rows = rows;
    this.#tops = [0];
    for (const row of rows) this.#tops.push(this.#tops.at(-1) + this.#heightOf(row));
    this.#space.style.height = `${this.#tops.at(-1)}px`;
    for (const node of this.#shown.values()) node.remove();
    this.#shown.clear();
    this.#fill();
  }

  /** Scroll as little as needed to have the row in sight. */
  reveal(index) {
    const top = this.#tops[index];
    const bottom = this.#tops[index + 1];
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.element.scrollTop = bottom - clientHeight;
    this.#fill();
  }

  #fill() {
    const { scrollTop, clientHeight } = this.element;
    const from = Math.max(0, this.#indexAt(scrollTop) - BEYOND);
    const to = Math.min(this.#rows.length, this.#indexAt(scrollTop + clientHeight) + 1 + BEYOND);
    for (const [index, node] of this.#shown) {
      if (index >= from && index < to) continue;
      node.remove();
      this.#shown.delete(index);
    }
    const fresh = document.createDocumentFragment();
    for (let index = from; index < to; index += 1) {
      if (!this.#shown.has(index)) fresh.append(this.#place(index));
    }
    this.#space.append(fresh);
  }

  #place(index) {
    const node = this.#draw(this.#rows[index]);
    node.style.top = `${this.#tops[index]}px`;
    this.#shown.set(index, node);
    return node;
  }

  #indexAt(y) {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
}
