// Carries over what a new drawing of a message should not lose: loaded pictures and the keyboard's place.

/** Move loaded pictures from the old drawing to the new, so that nothing flickers. */
export function keepPictures(old, node) {
  const loaded = new Map([...old.querySelectorAll("img")].map((image) => [image.getAttribute("src"), image]));
  for (const image of node.querySelectorAll("img")) {
    const same = loaded.get(image.getAttribute("src"));
    if (same) image.replaceWith(same);
  }
}

/** Once drawn, focus in the new drawing what has the focus in the old: the button at its place, else the message. */
export function keepFocus(old, node) {
  if (!old.contains(document.activeElement)) return;
  const place = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  queueMicrotask(() => {
    const same = place >= 0 ? node.querySelectorAll("button, a")[place] : null;
    (same && !same.disabled ? same : node).focus({ preventScroll: true });
  });
}
