// Photos, albums, documents, stickers, and the light box that shows a photo whole.

import { roundButton } from "./controls.js";
import { el, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const WIDEST_PX = 420;
const HIGHEST_PX = 560;

/** Return a photo that keeps its place before it is loaded. */
export function photoOf({ photo, caption, spoiler }, openPhoto) {
  const scale = Math.min(1, WIDEST_PX / photo.width, HIGHEST_PX / photo.height);
  const image = el("img", {
    src: photo.url,
    alt: caption || t("Photo"),
    width: photo.width,
    height: photo.height,
    decoding: "async",
  });
  const press = () =>
    frame.classList.contains("covered") ? frame.classList.remove("covered") : openPhoto(photo, caption);
  const frame = el(
    spoiler ? "button.photo.covered" : "button.photo",
    { type: "button", "aria-label": t("Open photo"), onclick: press },
    image,
  );
  frame.classList.toggle("captioned", Boolean(caption));
  frame.style.setProperty("--shape", `${photo.width} / ${photo.height}`);
  frame.style.setProperty("--width", `${Math.round(photo.width * scale)}px`);
  return frame;
}

/** Return an album's photos as a mosaic, other files one below the other. */
export function albumOf(messages, openPhoto) {
  const tiles = messages.map((message) => (message.photo ? photoOf(message, openPhoto) : documentOf(message)));
  return el(messages[0].photo ? `div.album.of-${Math.min(messages.length, 5)}` : "div.files", null, tiles);
}

/** Return a file with its name and size, to be saved. */
export function documentOf({ document: file }) {
  const words = el(
    "span.file-words",
    null,
    el("span.file-name", null, file.name),
    el("span.file-size", null, sizeOf(file.size)),
  );
  return el(
    "a.file",
    { href: safeUrl(file.url), download: file.name },
    el("span.file-icon", null, icon("file")),
    words,
  );
}

export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(kilo < 10 ? 1 : 0)} KB` : `${(kilo / 1024).toFixed(1)} MB`;
}

/** Show a photo over everything; Escape or a press beside it closes. */
export function openPhoto(photo, caption) {
  const image = el("img", { src: photo.url, alt: caption || t("Photo"), width: photo.width, height: photo.height });
  const close = roundButton("close", t("Close"), () => box.close(), "lightbox-close");
  const words = caption ? el("p", null, caption) : null;
  const box = el("dialog.lightbox", { "aria-label": t("Photo"), onclose: () => box.remove() }, close, image, words);
  box.addEventListener("click", (event) => event.target === box && box.close());
  image.addEventListener("click", () => box.classList.toggle("natural"));
  document.body.append(box);
  box.showModal();
}
