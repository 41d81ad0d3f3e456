// Builds elements and keeps keyed lists in step with data; text from data never becomes markup.

/** Make an element: `el("button.quiet", { type: "button", onclick }, "text", child)`. */
export function el(spec, attributes, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  setAttributes(node, attributes);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Set attributes and listeners; false, null and undefined leave an attribute away. */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === false || value === null || value === undefined) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : value);
  }
}

/** Let `container` hold one child per item, in order, drawing again only the items whose parts changed. */
export function reconcile(container, items, draw) {
  const known = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let place = container.firstElementChild;
  for (const item of items) {
    const old = known.get(item.key);
    known.delete(item.key);
    const node = old && sameParts(old.parts, item.parts) ? old : drawItem(item, old, draw);
    if (node === place) place = place.nextElementSibling;
    else if (old && old === place) place = replace(old, node);
    else {
      if (old && old !== node) old.remove();
      container.insertBefore(node, place);
    }
  }
  for (const leftover of known.values()) leftover.remove();
}

function drawItem(item, old, draw) {
  const node = draw(item, old);
  node.dataset.key = item.key;
  node.parts = item.parts;
  return node;
}

function replace(old, node) {
  const next = old.nextElementSibling;
  old.replaceWith(node);
  return next;
}

function sameParts(a, b) {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/** Return a function that runs `work` once in the next frame, however often it is asked. */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

/** Return the address if a click on it is harmless, else null. */
export function safeUrl(url) {
  try {
    const { protocol } = new URL(url, location.href);
    return ["http:", "https:", "tg:", "mailto:", "tel:"].includes(protocol) ? url : null;
  } catch {
    return null;
  }
}
