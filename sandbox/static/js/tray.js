// Files that wait to be sent: chosen, pasted or dropped, shown small, taken away again.

import { roundButton } from "./controls.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { sizeOf } from "./media.js";
import { t } from "./words.js";

const MOST_PHOTOS = 10;
const PICTURES = ["image/png", "image/jpeg", "image/webp"];

export class Tray {
  files = [];
  #asFiles = el("input", { type: "checkbox", onchange: () => this.#draw() });
  #list = el("div.tray-list", null);
  #choice = el("label.tray-choice", null, this.#asFiles, t("Send as files"));
  element = el("div.tray", { hidden: true }, this.#list, this.#choice);
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  add(files) {
    this.files.push(...files);
    this.#draw();
  }

  clear() {
    this.files = [];
    this.#asFiles.checked = false;
    this.#draw();
  }

  /** Return `{photos, documents}` as they are to be sent. */
  sorted() {
    const photos = this.#asFiles.checked ? [] : this.files.filter(isPicture).slice(0, MOST_PHOTOS);
    return { photos, documents: this.files.filter((file) => !photos.includes(file)) };
  }

  #draw() {
    const { photos } = this.sorted();
    this.element.hidden = this.files.length === 0;
    this.#choice.hidden = !this.files.some(isPicture);
    this.#list.replaceChildren(...this.files.map((file) => this.#tile(file, photos.includes(file))));
    this.#onChange();
  }

  #tile(file, asPhoto) {
    const remove = () => {
      this.files = this.files.filter((each) => each !== file);
      this.#draw();
    };
    const face = asPhoto ? preview(file) : el("span.file-icon", null, icon("file"));
    const words = el("figcaption", null, file.name, " · ", sizeOf(file.size));
    return el(
      "figure.tray-tile",
      null,
      face,
      words,
      roundButton("close", t("Remove {0}", file.name), remove, "tray-remove"),
    );
  }
}

function isPicture(file) {
  return PICTURES.includes(file.type);
}

function preview(file) {
  const url = URL.createObjectURL(file);
  return el("img", { src: url, alt: "", onload: () => URL.revokeObjectURL(url) });
}
