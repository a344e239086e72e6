/** The list over the input: the bot's commands as one types them, or what it answers to an inline query. */

import { api } from "./api.js";
import { el } from "./dom.js";
import { attempt } from "./toast.js";

const PAUSE_MS = 250;

/** @typedef {{title: string, about: string, choose: () => void}} Suggestion */

export class Suggestions {
  /** @type {Suggestion[]} */
  #items = [];
  #active = -1;
  #turn = 0;
  #timer = 0;

  /** @param {import("./column.js").Column} column @param {import("./composer.js").Composer} composer */
  constructor(column, composer) {
    this.column = column;
    this.composer = composer;
    this.node = el("div", { class: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  }

  /** The whole command menu, or away with it. */
  async toggleCommands() {
    if (!this.node.hidden) {
      this.hide();
      return;
    }
    const profile = await attempt(() => this.column.readProfile());
    if (!profile) return;
    const send = (command) => this.composer.sendText(this.column.addressed(command));
    this.#show(
      profile.commands.map((one) => this.#command(one, send)),
      "The bot has set no commands here.",
    );
    this.composer.input.focus();
  }

  /** @param {string} text what stands in the input */
  update(text) {
    this.#turn += 1;
    clearTimeout(this.#timer);
    const turn = this.#turn;
    const inline = this.column.inlineQueryIn(text);
    if (/^\/[a-z0-9_]*$/i.test(text)) this.#commandsFor(text, turn);
    else if (inline !== undefined) this.#timer = setTimeout(() => this.#inlineFor(inline, turn), PAUSE_MS);
    else this.hide();
  }

  /** Take a key that is meant for the list. @param {KeyboardEvent} event @returns {boolean} whether it was */
  key(event) {
    if (this.node.hidden || !this.#items.length) {
      if (event.key === "Escape" && !this.node.hidden) this.hide();
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#activate((this.#active + step + this.#items.length) % this.#items.length);
    else if (event.key === "Escape") this.hide();
    else if (event.key === "Tab" && !event.shiftKey) this.#items[Math.max(0, this.#active)].choose();
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) this.#items[this.#active].choose();
    else return false;
    event.preventDefault();
    return true;
  }

  hide() {
    this.node.hidden = true;
    this.#items = [];
    this.#active = -1;
    this.composer.input.removeAttribute("aria-activedescendant");
  }

  async #commandsFor(text, turn) {
    const profile = await attempt(() => this.column.readProfile());
    if (!profile || turn !== this.#turn) return;
    const beginning = text.slice(1).toLowerCase();
    const fitting = profile.commands.filter((one) => one.command.startsWith(beginning));
    const exact = fitting.length === 1 && fitting[0].command === beginning;
    const fill = (command) => {
      this.hide();
      this.composer.setText(`${this.column.addressed(command)} `);
    };
    this.#show(exact ? [] : fitting.map((one) => this.#command(one, fill)));
  }

  /** @param {import("./types.js").Command} one @param {(text: string) => void} use */
  #command({ command, description }, use) {
    return {
      title: `/${command}`,
      about: description,
      choose: () => {
        this.hide();
        use(`/${command}`);
      },
    };
  }

  async #inlineFor(query, turn) {
    const answer = await this.column.askInline(query).catch(() => undefined);
    if (turn !== this.#turn) return;
    if (!answer) {
      this.hide();
      return;
    }
    const items = (answer.results ?? []).map((result) => ({
      title: result.title ?? result.caption ?? result.id,
      about: result.description ?? "",
      choose: () => {
        this.hide();
        this.composer.setText("");
        attempt(() =>
          api.chooseInline(this.column.person.id, answer.inline_query_id, {
            result_id: result.id,
            ...this.column.where(),
          }),
        );
      },
    }));
    this.#show(items, answer.answered ? "No results." : "The bot did not answer this inline query.");
  }

  /** @param {Suggestion[]} items @param {string} [otherwise] said when there are none */
  #show(items, otherwise) {
    this.#items = items;
    this.#active = -1;
    this.node.hidden = items.length === 0 && !otherwise;
    this.node.replaceChildren(
      ...items.map((item, index) => {
        const node = el(
          "button",
          {
            type: "button",
            class: "suggestion",
            role: "option",
            id: `${this.column.domId}-option-${index}`,
            tabindex: "-1",
          },
          el("b", { dir: "auto", text: item.title }),
          el("span", { dir: "auto", text: item.about }),
        );
        node.addEventListener("pointerdown", (event) => event.preventDefault());
        node.addEventListener("click", item.choose);
        return node;
      }),
      ...(items.length || !otherwise ? [] : [el("p", { class: "none", text: otherwise })]),
    );
  }

  #activate(index) {
    this.#active = index;
    [...this.node.children].forEach((child, at) => {
      child.setAttribute("aria-selected", String(at === index));
      if (at === index) {
        child.scrollIntoView({ block: "nearest" });
        this.composer.input.setAttribute("aria-activedescendant", child.id);
      }
    });
  }
}
