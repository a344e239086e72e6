/** One chat as one person sees it: a head, the messages, and the place to write. */

import { api } from "./api.js";
import { ColumnHead } from "./column-head.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { fullName, initials } from "./format.js";
import { icon } from "./icons.js";
import { messageActions } from "./message-actions.js";
import { watchGestures } from "./message-gestures.js";
import { MessageList } from "./message-list.js";
import { attempt } from "./toast.js";
import { TopicBar } from "./topic-bar.js";

/** @typedef {{personId: number, chatId: number, botId?: number}} Seat who looks at which chat */

let count = 0;

export class Column {
  /** @type {MessageList|undefined} */
  list;
  /** @type {import("./conversation.js").Conversation} */
  conversation;
  /** The topic that is shown; undefined for the whole chat. @type {number|undefined} */
  thread;
  /** The bot's keyboard as this person sees it. @type {import("./types.js").ReplyKeyboard|null} */
  keyboard = null;
  #stop = new AbortController();

  /** @param {import("./deck.js").Deck} deck @param {Seat} seat */
  constructor(deck, seat) {
    count += 1;
    this.domId = `column-${count}`;
    this.deck = deck;
    this.store = deck.store;
    this.seat = seat;
    this.actions = messageActions(this);
    this.head = new ColumnHead(this);
    this.topics = new TopicBar(this);
    this.intro = el("div", { class: "intro-card", hidden: true });
    this.typing = el("div", { class: "typing", hidden: true, role: "status" });
    this.newChip = el("button", {
      type: "button",
      class: "new-chip",
      hidden: true,
      onclick: () => this.list?.toBottom(),
    });
    this.listPlace = el("div", { class: "list-place" }, this.intro);
    this.body = el("div", { class: "column-body" }, this.listPlace, this.typing, this.newChip);
    this.composer = new Composer(this);
    this.node = el(
      "section",
      { class: "column", id: this.domId },
      this.head.node,
      this.topics.node,
      this.body,
      this.composer.node,
    );
    watchGestures(this.body, this.actions.openMenu);
    this.#acceptDrops();
    this.sit(seat);
  }

  get person() {
    return /** @type {import("./types.js").Person} */ (this.store.persons.get(this.seat.personId));
  }

  get group() {
    return this.seat.chatId < 0 ? this.store.groups.get(this.seat.chatId) : undefined;
  }

  get bot() {
    const { bots } = this.store;
    return bots.find((bot) => (this.group ? this.group.bots?.includes(bot.id) : bot.id === this.seat.botId)) ?? bots[0];
  }

  get key() {
    return this.store.key(this.seat.chatId, this.seat.botId);
  }

  get title() {
    return this.group ? fullName(this.group) : fullName(this.person);
  }

  /** The chat, in the words of the API. */
  place() {
    return { chat_id: this.seat.chatId, bot_id: this.seat.botId };
  }

  /** The chat and the topic. */
  where() {
    return { ...this.place(), message_thread_id: this.thread };
  }

  /** Look at another chat, or with another person's eyes. @param {Seat} seat */
  sit(seat) {
    const moved = seat.chatId !== this.seat.chatId || seat.botId !== this.seat.botId || !this.conversation;
    this.seat = seat;
    if (moved) this.thread = undefined;
    this.#stop.abort();
    this.#stop = new AbortController();
    this.conversation = this.store.conversation(seat.chatId, seat.botId);
    const on = (type, act) => this.conversation.addEventListener(type, act, { signal: this.#stop.signal });
    for (const type of ["reset", "added", "removed"]) on(type, () => this.#emptinessMayChange());
    on("keyboard", () => this.#keyboardChanged());
    on("typing", () => this.#drawTyping());
    this.keyboard = this.group ? null : this.conversation.keyboard;
    this.#drawList();
    this.refresh();
    attempt(() => this.conversation.load());
  }

  /** @param {number|undefined} thread */
  chooseTopic(thread) {
    this.thread = thread;
    this.#drawList();
    this.topics.refresh();
  }

  /** People, chats or the reader have changed. */
  refresh() {
    this.node.setAttribute("aria-label", `${this.title}${this.group ? `, as ${fullName(this.person)}` : ""}`);
    this.head.refresh();
    this.topics.refresh();
    this.#drawTyping();
    this.#emptinessMayChange(true);
  }

  close() {
    this.#stop.abort();
    this.list?.close();
    this.node.remove();
  }

  focusInput() {
    (this.composer.row.hidden ? this.composer.wayIn : this.composer.input).focus();
  }

  /** What stands in place of the input: START, or a way out of a block. @returns {{label: string, act: () => void}|null} */
  waysIn() {
    if (this.group || !this.bot || !this.person) return null;
    const start = () => attempt(() => api.start(this.person.id, { bot_id: this.bot.id })).then(() => this.focusInput());
    if (this.person.blocked?.includes(this.bot.id)) return { label: "Unblock and restart", act: start };
    if (this.conversation.loaded && this.conversation.ids.length === 0) return { label: "Start", act: start };
    return null;
  }

  /** The bot's commands and description for this person here. @returns {Promise<import("./types.js").BotProfile>} */
  async readProfile() {
    const answer = await api.commands({ person_id: this.person.id, ...this.place() });
    return {
      commands: answer.commands ?? [],
      description: answer.description ?? "",
      shortDescription: answer.short_description ?? "",
    };
  }

  /** A command as one sends it here: in a group it names the bot. @param {string} command */
  addressed(command) {
    return this.group && this.bot?.username && !command.includes("@") ? `${command}@${this.bot.username}` : command;
  }

  /** What follows the bot's name, if the text is an inline query. @param {string} text @returns {string|undefined} */
  inlineQueryIn(text) {
    const name = `@${this.bot?.username ?? ""} `;
    return this.bot?.username && text.toLowerCase().startsWith(name.toLowerCase())
      ? text.slice(name.length)
      : undefined;
  }

  /** @param {string} query */
  async askInline(query) {
    const { inline_query_id: id } = await api.inline(this.person.id, {
      query,
      bot_id: this.bot?.id,
      chat_id: this.seat.chatId,
    });
    return { inline_query_id: id, ...(await api.inlineAnswer(id)) };
  }

  /** Send what was composed: an edit, a text (perhaps an answer), or files with the text as caption. */
  async sendComposed(text, about, files) {
    const id = this.person.id;
    if (about?.kind === "edit") {
      await api.edit(id, { ...this.place(), message_id: about.message.message_id, text });
      return;
    }
    const reply = about ? { reply_to_message_id: about.message.message_id } : {};
    if (!files.length) {
      await api.send(id, { text, ...this.where(), ...reply });
      return;
    }
    for (const [index, { file, kind }] of files.entries()) {
      const form = new FormData();
      const fields = { kind, ...this.where(), ...reply, ...(index === 0 && text ? { caption: text } : {}) };
      for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value));
      form.append("file", file, file.name);
      await api.sendFile(id, form);
    }
  }

  /** The last text that this person wrote here. */
  lastOwn() {
    const own = [...this.conversation.ids].reverse().map((id) => this.conversation.messages.get(id));
    return own.find((message) => message?.from?.id === this.person.id && message.text && !message.forward_origin);
  }

  #drawList() {
    this.list?.close();
    const isForum = Boolean(this.group?.is_forum);
    this.list = new MessageList(this.conversation, {
      label: `Messages of ${this.title}`,
      now: () => this.store.now(),
      shows: (message) => this.thread === undefined || (message?.message_thread_id ?? 0) === this.thread,
      seen: {
        ownId: this.seat.personId,
        isGroup: Boolean(this.group),
        topicName: (message) => (isForum && this.thread === undefined ? this.topics.nameOf(message) : ""),
        actions: this.actions,
      },
      onMissed: (missed) => {
        this.newChip.hidden = missed === 0;
        this.newChip.replaceChildren(icon("down"), `${missed} new message${missed === 1 ? "" : "s"}`);
      },
    });
    this.listPlace.replaceChildren(this.intro, this.list.node);
  }

  /** @param {boolean} [anyway] draw even if it was as empty before */
  async #emptinessMayChange(anyway = false) {
    const isEmpty = !this.group && this.conversation.loaded && this.conversation.ids.length === 0;
    if (!anyway && this.intro.hidden === !isEmpty) return;
    this.intro.hidden = !isEmpty;
    this.composer.refresh();
    if (!isEmpty || !this.bot || !this.person) return;
    const profile = await this.readProfile().catch(() => undefined);
    this.intro.replaceChildren(
      el("div", { class: "avatar large", "data-hue": "bot", text: initials(this.bot.first_name) }),
      el("h2", { dir: "auto", text: this.bot.first_name }),
      profile?.description
        ? el("p", { dir: "auto", text: profile.description })
        : el("p", { class: "faint", text: "No messages here yet." }),
    );
  }

  #drawTyping() {
    const action = this.conversation.typing;
    this.typing.hidden = !action;
    const doing = /^upload|^record/.test(action) ? "is preparing a file" : "is writing";
    this.typing.replaceChildren(
      el("span", { class: "dots" }, el("i"), el("i"), el("i")),
      action ? `${this.bot?.first_name ?? "The bot"} ${doing}` : "",
    );
  }

  /** In a group a keyboard may be meant for some persons only. */
  async #keyboardChanged() {
    this.keyboard = this.conversation.keyboard;
    if (this.group) {
      const answer = await attempt(() => api.chat(this.seat.chatId, { person_id: this.seat.personId, limit: 1 }));
      this.keyboard = answer?.reply_keyboard ?? null;
    }
    this.composer.drawKeyboard(true);
  }

  #acceptDrops() {
    const { node } = this;
    node.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      node.classList.add("drop-here");
    });
    for (const type of ["dragleave", "drop"]) node.addEventListener(type, () => node.classList.remove("drop-here"));
    node.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.composer.addFiles([...event.dataTransfer.files]);
    });
  }
}
