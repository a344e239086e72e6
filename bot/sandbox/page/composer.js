/** Where one writes: text, files, commands, the bot's keyboard, or the buttons that stand there instead. */

import { api } from "./api.js";
import { attachMenuItems, chooseFiles } from "./attachments.js";
import { el, iconButton } from "./dom.js";
import { endsRightToLeft, fileSize, fullName } from "./format.js";
import { icon } from "./icons.js";
import { inOneLine } from "./media.js";
import { openMenu } from "./popover.js";
import { replyKeyboard } from "./reply-keyboard.js";
import { Suggestions } from "./suggestions.js";
import { toast } from "./toast.js";

const MOST_LINES_PX = 160;

export class Composer {
  /** @type {{kind: "reply"|"edit", message: import("./types.js").Message}|null} */
  #about = null;
  /** @type {{file: File, kind: "photo"|"document"}[]} */
  #files = [];
  #keyboardHidden = false;
  /** Sends go one after the other, so that they arrive in the order of writing. */
  #queue = Promise.resolve();

  /** @param {import("./column.js").Column} column */
  constructor(column) {
    this.column = column;
    this.strip = el("div", { class: "strip", hidden: true });
    this.input = /** @type {HTMLTextAreaElement} */ (
      el("textarea", {
        rows: "1",
        dir: "auto",
        "aria-label": "Message",
        placeholder: "Message",
        enterkeyhint: "send",
        autocomplete: "off",
      })
    );
    this.suggestions = new Suggestions(column, this);
    this.commandsButton = iconButton(icon("slash"), "Commands of the bot", {
      onclick: () => this.suggestions.toggleCommands(),
    });
    this.attachButton = iconButton(icon("attach"), "Attach", {
      "aria-haspopup": "menu",
      onclick: (event) => this.#attach(event.currentTarget),
    });
    this.keyboardButton = iconButton(icon("keyboard"), "Show or hide the bot’s keyboard", {
      hidden: true,
      onclick: () => this.#toggleKeyboard(),
    });
    this.sendButton = iconButton(icon("send"), "Send", { class: "send", onclick: () => this.submit() });
    this.row = el(
      "div",
      { class: "composer-row" },
      this.commandsButton,
      this.attachButton,
      this.input,
      this.keyboardButton,
      this.sendButton,
    );
    this.wayIn = el("button", { type: "button", class: "primary wide", onclick: () => this.column.waysIn()?.act() });
    this.instead = el("div", { class: "instead", hidden: true }, this.wayIn);
    this.keys = el("div", { class: "keys", hidden: true });
    this.node = el(
      "footer",
      { class: "composer" },
      this.suggestions.node,
      this.strip,
      this.row,
      this.instead,
      this.keys,
    );
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("paste", (event) => this.addFiles([...(event.clipboardData?.files ?? [])]));
  }

  /** Show what belongs here now: input, START, or the way out of a block. */
  refresh() {
    const { column } = this;
    const way = column.waysIn();
    const hadFocus = this.instead.contains(document.activeElement);
    this.row.hidden = Boolean(way);
    this.instead.hidden = !way;
    if (way) {
      this.wayIn.textContent = way.label;
      this.#clearAbout();
    }
    this.drawKeyboard();
    if (hadFocus) column.focusInput();
  }

  /** The bot's keyboard, as the chat says. @param {boolean} [anew] it has just come */
  drawKeyboard(anew = false) {
    const markup = this.column.keyboard;
    if (anew) this.#keyboardHidden = false;
    const shown = Boolean(markup?.keyboard) && !this.row.hidden;
    this.keyboardButton.hidden = !shown;
    this.keys.hidden = !shown || this.#keyboardHidden;
    this.keyboardButton.setAttribute("aria-expanded", String(!this.keys.hidden));
    this.keys.replaceChildren(...(shown ? [replyKeyboard(markup, (button) => this.#pressKey(button, markup))] : []));
    this.input.placeholder = markup?.input_field_placeholder || "Message";
    this.#turnInput();
  }

  /** @param {"reply"|"edit"} kind @param {import("./types.js").Message} message */
  begin(kind, message) {
    this.#about = { kind, message };
    if (kind === "edit") this.setText(message.text ?? message.caption ?? "");
    this.#drawStrip();
    this.input.focus();
  }

  /** @param {string} text */
  setText(text) {
    this.input.value = text;
    this.input.focus();
    this.#typed();
  }

  /** @param {File[]} files @param {"photo"|"document"} [kind] */
  addFiles(files, kind) {
    for (const file of files)
      this.#files.push({ file, kind: kind ?? (/^image\/(png|jpe?g|webp)$/.test(file.type) ? "photo" : "document") });
    if (!files.length) return;
    this.#drawStrip();
    this.input.focus();
  }

  /** Send what stands here. */
  submit() {
    const text = this.input.value.trim();
    const about = this.#about;
    const files = this.#files;
    if (!text && !files.length) return;
    this.setText("");
    this.#clearAbout();
    this.#send(() => this.column.sendComposed(text, about, files), text);
  }

  /** Send a text as if it had been typed. @param {string} text */
  sendText(text) {
    this.#send(() => this.column.sendComposed(text, null, []), "");
  }

  /** @param {() => Promise<any>} act @param {string} text given back if it fails */
  #send(act, text) {
    this.#queue = this.#queue.then(act).catch((fault) => {
      toast(fault.message, "problem");
      if (text && !this.input.value) this.setText(text);
    });
  }

  /** An empty input reads in the direction of its placeholder, any other in that of its text. */
  #turnInput() {
    this.input.dir = !this.input.value && endsRightToLeft(this.input.placeholder) ? "rtl" : "auto";
  }

  #typed() {
    this.#turnInput();
    if (!CSS.supports("field-sizing", "content")) {
      this.input.style.height = "auto";
      this.input.style.height = `${Math.min(this.input.scrollHeight, MOST_LINES_PX)}px`;
    }
    this.suggestions.update(this.input.value);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || this.suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && (this.#about || this.#files.length)) {
      event.preventDefault();
      if (this.#about?.kind === "edit") this.setText("");
      this.#clearAbout();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      const last = this.column.lastOwn();
      if (last) {
        event.preventDefault();
        this.begin("edit", last);
      }
    }
  }

  #attach(button) {
    openMenu(
      button,
      "Attach",
      attachMenuItems({
        pick: async (kind) => this.addFiles(await chooseFiles(kind), kind),
        send: (what, fields) =>
          this.#send(() => api.sendOther(this.column.person.id, what, { ...this.column.where(), ...fields }), ""),
        person: this.column.person,
      }),
    );
  }

  #toggleKeyboard() {
    this.#keyboardHidden = !this.#keyboardHidden;
    this.drawKeyboard();
  }

  /** @param {import("./types.js").ReplyButton} button @param {import("./types.js").ReplyKeyboard} markup */
  #pressKey(button, markup) {
    const { person } = this.column;
    if (button.request_contact) {
      this.#send(
        () =>
          api.sendOther(person.id, "contacts", {
            ...this.column.where(),
            phone_number: "+10000000000",
            first_name: person.first_name,
          }),
        "",
      );
    } else if (button.request_location) {
      this.#send(
        () => api.sendOther(person.id, "locations", { ...this.column.where(), latitude: 46.2266, longitude: 6.1402 }),
        "",
      );
    } else this.sendText(button.text);
    if (markup.one_time_keyboard) {
      this.#keyboardHidden = true;
      this.drawKeyboard();
      this.input.focus();
    }
  }

  #clearAbout() {
    this.#about = null;
    this.#files = [];
    this.#drawStrip();
  }

  /** What the next message is about: an answer, an edit, files. */
  #drawStrip() {
    const parts = this.#files.map(({ file, kind }) =>
      this.#stripPart(
        kind === "photo" ? "image" : "file",
        file.name,
        `${kind === "photo" ? "Photo" : "Document"} · ${fileSize(file.size)}`,
      ),
    );
    if (this.#about) {
      const { kind, message } = this.#about;
      parts.unshift(
        this.#stripPart(
          kind,
          kind === "edit" ? "Edit message" : `Reply to ${fullName(message.from)}`,
          inOneLine(message),
        ),
      );
    }
    this.strip.hidden = parts.length === 0;
    const cancel = iconButton(icon("close"), "Cancel", {
      onclick: () => {
        if (this.#about?.kind === "edit") this.setText("");
        this.#clearAbout();
        this.input.focus();
      },
    });
    this.strip.replaceChildren(el("div", { class: "strip-parts" }, ...parts), cancel);
  }

  #stripPart(drawing, title, about) {
    return el(
      "div",
      { class: "strip-part" },
      icon(drawing),
      el("div", {}, el("b", { dir: "auto", text: title }), el("span", { dir: "auto", text: about })),
    );
  }
}
