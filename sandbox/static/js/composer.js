// Where a person writes: text, replies and edits, files, stickers, commands, the bot's reply keyboard, the start button.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { below, showMenu } from "./menu.js";
import { Tray } from "./tray.js";
import { t } from "./words.js";

const STICKERS = ["👍", "👌", "❤️", "🎉", "😀", "🙏", "🤔", "😢", "👏", "🔥"];

/** `does`: `{send(text, {replyTo, edit}), sendFiles({photos, documents}, caption, replyTo), sendSticker(emoji), start(), unblock(), commands(), newestOwn()}`. */
export class Composer {
  #does;
  #about = null;
  #keyboard = null;
  #tray = new Tray(() => this.#fit());
  #banner = el("div.banner", { hidden: true });
  #field = el("textarea.field", {
    rows: 1, placeholder: t("Message"), "aria-label": t("Message"), autocomplete: "off", enterkeyhint: "send",
    oninput: () => this.#fit(), onkeydown: (event) => this.#onKey(event), onpaste: (event) => this.#onPaste(event),
  });
  #picker = el("input", { type: "file", multiple: true, hidden: true, onchange: () => this.#onPicked() });
  #keys = el("div.reply-keyboard", { hidden: true, role: "group", "aria-label": t("The bot's keyboard") });
  #keysToggle = this.#tool("keyboard", t("The bot's keyboard"), () => this.#toggleKeys());
  #send = el("button.send", { type: "button", "aria-label": t("Send"), onclick: () => this.#submit() }, icon("send"));
  #row = el("div.compose-row", null,
    this.#tool("attach", t("Photo or file"), () => this.#picker.click()), this.#picker, this.#field,
    this.#tool("slash", t("Commands"), (event) => this.#showCommands(event.currentTarget)),
    this.#tool("smile", t("Stickers"), (event) => this.#showStickers(event.currentTarget)),
    this.#keysToggle, this.#send);
  #gate = el("button.gate", { type: "button" });
  element = el("footer.composer", null, this.#banner, this.#tray.element, this.#row, this.#gate, this.#keys);

  constructor(does) {
    this.#does = does;
    this.showKeyboard(null);
    this.#fit();
  }

  get draft() {
    return this.#about?.edit ? "" : this.#field.value;
  }

  set draft(text) {
    this.#field.value = text;
    this.#fit();
  }

  /** Show the field, or the one thing that can be done: start or unblock. */
  setState({ started, blocked, kind, inside }, startLink) {
    const out = kind !== "private" && inside === false;
    const closed = out || (kind === "private" && (blocked || !started));
    this.#gate.hidden = !closed;
    this.#row.hidden = closed;
    this.#gate.disabled = out;
    const start = startLink ? t("Start with the invitation") : t("Start");
    this.#gate.replaceChildren(icon(out || blocked ? "block" : "start"), out ? t("No longer in this group") : blocked ? t("Unblock") : start);
    this.#gate.onclick = () => (blocked ? this.#does.unblock() : this.#does.start());
  }

  /** Show the bot's reply keyboard (its Bot API markup), or none. */
  showKeyboard(markup) {
    this.#keyboard = markup?.keyboard?.length ? markup.keyboard : null;
    this.#field.placeholder = markup?.input_field_placeholder || t("Message");
    this.#keysToggle.hidden = !this.#keyboard;
    this.#keys.hidden = !this.#keyboard;
    this.#keys.replaceChildren(...(this.#keyboard ?? []).map((row) => el("div.inline-row", null, row.map((key) => this.#key(key)))));
  }

  /** Answer a message with the next text. */
  replyTo(message) {
    this.#setAbout({ replyTo: message.message_id }, t("Reply to {0}", message.sender.name), previewOf(message));
  }

  /** Change a message of one's own. */
  edit(message) {
    this.#setAbout({ edit: message.message_id }, t("Edit"), previewOf(message));
    this.draft = message.text;
  }

  addFiles(files) {
    this.#tray.add(files);
    this.#field.focus();
  }

  focus() {
    if (!this.#row.hidden) this.#field.focus({ preventScroll: true });
  }

  #tool(name, label, onclick) {
    return el("button.round", { type: "button", "aria-label": label, title: label, onclick }, icon(name));
  }

  #key(key) {
    const text = typeof key === "string" ? key : key.text;
    const spec = ["danger", "success", "primary"].includes(key.style) ? `button.inline-button.${key.style}` : "button.inline-button";
    return el(spec, { type: "button", onclick: () => this.#does.send(text, {}) }, el("span.inline-label", null, text));
  }

  #setAbout(about, title, text) {
    this.#about = about;
    const drop = () => this.#clearAbout();
    this.#banner.replaceChildren(icon(about.edit ? "edit" : "reply"), el("div.banner-words", null, el("b", null, title), el("span", null, text)),
      el("button.round", { type: "button", "aria-label": t("Cancel"), onclick: drop }, icon("close")));
    this.#banner.hidden = false;
    this.#field.focus();
  }

  #clearAbout() {
    if (this.#about?.edit) this.draft = "";
    this.#about = null;
    this.#banner.hidden = true;
  }

  async #submit() {
    const text = this.#field.value;
    const about = this.#about ?? {};
    const { photos, documents } = this.#tray.sorted();
    const files = photos.length + documents.length > 0;
    if (!files && !text.trim()) return;
    const done = files ? await this.#does.sendFiles({ photos, documents }, text, about.replyTo) : await this.#does.send(text, about);
    if (!done) return;
    this.#tray.clear();
    this.#clearAbout();
    this.draft = "";
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#about) {
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

  #toggleKeys() {
    this.#keys.hidden = !this.#keys.hidden;
  }

  async #showCommands(control) {
    const commands = (await this.#does.commands()) ?? [];
    const items = commands.map(({ command, description }) => ({ label: `/${command}`, hint: description, onclick: () => this.#does.send(`/${command}`, {}) }));
    showMenu(items.length ? items : [{ label: t("This bot has no commands"), onclick: () => {} }], below(control), this.#field);
  }

  #showStickers(control) {
    showMenu(STICKERS.map((emoji) => ({ label: emoji, onclick: () => this.#does.sendSticker(emoji) })), below(control), this.#field);
  }

  #fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, 180)}px`;
    this.#send.classList.toggle("ready", Boolean(this.#field.value.trim()) || this.#tray.files.length > 0);
  }
}

function previewOf(message) {
  return message.text || message.caption || (message.photo ? t("Photo") : message.document?.name) || "";
}
