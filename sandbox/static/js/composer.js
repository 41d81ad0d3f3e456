// Where a person writes: text, replies and edits, files, stickers, commands.

import { roundButton } from "./controls.js";
import { el } from "./dom.js";
import { gateOf } from "./gate.js";
import { icon } from "./icons.js";
import { below, showMenu } from "./menu.js";
import { ReplyKeyboard } from "./reply_keyboard.js";
import { Tray } from "./tray.js";
import { t } from "./words.js";

const STICKERS = ["👍", "👌", "❤️", "🎉", "😀", "🙏", "🤔", "😢", "👏", "🔥"];
const HIGHEST_PX = 180;

export class Composer {
  #does;
  #about = {};
  #sending = false;
  #tray = new Tray(() => this.#fit());
  #banner = el("div.banner", { hidden: true });
  #field = el("textarea.field", {
    rows: 1,
    placeholder: t("Message"),
    "aria-label": t("Message"),
    autocomplete: "off",
    enterkeyhint: "send",
    oninput: () => this.#fit(),
    onkeydown: (event) => this.#onKey(event),
    onpaste: (event) => this.#onPaste(event),
  });
  #picker = el("input", { type: "file", multiple: true, hidden: true, onchange: () => this.#onPicked() });
  #keys = new ReplyKeyboard((text) => this.#does.acts.say(text));
  #send = el("button.send", { type: "button", "aria-label": t("Send"), onclick: () => this.#submit() }, icon("send"));
  #row = el(
    "div.compose-row",
    null,
    roundButton("attach", t("Photo or file"), () => this.#picker.click()),
    this.#picker,
    this.#field,
    roundButton("slash", t("Commands"), (event) => this.#showCommands(event.currentTarget)),
    roundButton("smile", t("Stickers"), (event) => this.#showStickers(event.currentTarget)),
    this.#keys.toggler,
    this.#send,
  );
  #gate = el("div", null);
  element = el("footer.composer", null, this.#banner, this.#tray.element, this.#row, this.#gate, this.#keys.element);

  /** `does`: `{acts, start(), newestOwn()}`. */
  constructor(does) {
    this.#does = does;
    this.#fit();
  }

  get draft() {
    return this.#about.edit ? "" : this.#field.value;
  }

  set draft(text) {
    this.#field.value = text;
    this.#fit();
  }

  /** Show the field, or the one thing that can be done instead. */
  setState(chat, startLink) {
    const gate = gateOf(chat, startLink, { start: this.#does.start, unblock: () => this.#does.acts.unblock() });
    this.#row.hidden = Boolean(gate);
    this.#gate.replaceChildren(...(gate ? [gate] : []));
  }

  /** Show the bot's reply keyboard (its Bot API markup), or none. */
  showKeyboard(markup) {
    this.#keys.show(markup?.keyboard);
    this.#field.placeholder = markup?.input_field_placeholder || t("Message");
  }

  /** Answer a message with the next text. */
  replyTo(message) {
    this.#setAbout({ replyTo: message.message_id }, "reply", t("Reply to {0}", message.sender.name), message);
  }

  /** Change a message of one's own. */
  edit(message) {
    this.#setAbout({ edit: message.message_id }, "edit", t("Edit"), message);
    this.draft = message.text;
  }

  addFiles(files) {
    this.#tray.add(files);
    this.#field.focus();
  }

  focus() {
    if (!this.#row.hidden) this.#field.focus({ preventScroll: true });
  }

  #setAbout(about, name, title, message) {
    const text = message.text || message.caption || (message.photo ? t("Photo") : message.document?.name) || "";
    const words = el("div.banner-words", null, el("b", null, title), el("span", null, text));
    this.#about = about;
    this.#banner.replaceChildren(
      icon(name),
      words,
      roundButton("close", t("Cancel"), () => this.#clearAbout()),
    );
    this.#banner.hidden = false;
    this.#field.focus();
  }

  #clearAbout() {
    if (this.#about.edit) this.draft = "";
    this.#about = {};
    this.#banner.hidden = true;
  }

  async #submit() {
    const text = this.#field.value;
    const files = this.#tray.sorted();
    const hasFiles = this.#tray.files.length > 0;
    if (this.#sending || (!hasFiles && !text.trim())) return;
    this.#sending = true;
    const { acts } = this.#does;
    const done = hasFiles ? await acts.sendFiles(files, text, this.#about.replyTo) : await acts.say(text, this.#about);
    this.#sending = false;
    if (!done) return;
    this.#tray.clear();
    this.#clearAbout();
    if (this.#field.value === text) this.draft = "";
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && !this.#banner.hidden) {
      event.stopPropagation();
      this.#clearAbout();
    } else if (event.key === "ArrowUp" && !this.#field.value) {
      const own = this.#does.newestOwn();
      if (own) this.edit(own);
    }
  }

  #onPaste(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    this.addFiles(event.clipboardData.files);
  }

  #onPicked() {
    this.addFiles(this.#picker.files);
    this.#picker.value = "";
  }

  async #showCommands(control) {
    const commands = await this.#does.acts.commands();
    const say = (command) => () => this.#does.acts.say(`/${command}`);
    const items = commands.map(({ command, description }) => ({
      label: `/${command}`,
      hint: description,
      onclick: say(command),
    }));
    const none = { label: t("This bot has no commands"), onclick: () => {} };
    showMenu(items.length ? items : [none], below(control), this.#field);
  }

  #showStickers(control) {
    const items = STICKERS.map((emoji) => ({ label: emoji, onclick: () => this.#does.acts.sendSticker(emoji) }));
    showMenu(items, below(control), this.#field);
  }

  #fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, HIGHEST_PX)}px`;
    this.#send.classList.toggle("ready", Boolean(this.#field.value.trim()) || this.#tray.files.length > 0);
  }
}
