/** Everything the page knows about the sandbox: who there is, the chats, the clock, what is unread. */

import { api } from "./api.js";
import { Conversation } from "./conversation.js";
import { listen } from "./live.js";

const BOT_AWAITED_MS = 2000;

/**
 * Events: "people" (bots, persons, chats changed), "clock", "unread", "lost", "found", "answer" (detail: a callback
 * query's answer).
 */
export class Store extends EventTarget {
  constructor() {
    super();
    /** @type {import("./types.js").Bot[]} */
    this.bots = [];
    /** @type {Map<number, import("./types.js").Person>} */
    this.persons = new Map();
    /** @type {Map<number, import("./types.js").Chat>} groups; a person's private chat needs no entry */
    this.groups = new Map();
    /** @type {Map<number, number>} the supergroup that a group has become */
    this.successors = new Map();
    /** @type {Map<string, Conversation>} */
    this.conversations = new Map();
    /** @type {Map<string, number>} */
    this.unread = new Map();
    /** @type {Set<string>} */
    this.watched = new Set();
    this.clockAheadMs = 0;
    this.peopleTimer = 0;
  }

  /** The sandbox's time, in seconds since 1970. */
  now() {
    return (Date.now() + this.clockAheadMs) / 1000;
  }

  /** Listen, and read everything once connected and after each gap. */
  open() {
    listen({
      onOpen: () => this.#resync(),
      onLost: () => this.#tell("lost"),
      onEvent: (kind, data) => this.#take(kind, data),
    });
  }

  async refresh() {
    const state = await api.state();
    if (!state.bots.length) setTimeout(() => this.refreshSoon(), BOT_AWAITED_MS);
    this.bots = state.bots;
    this.persons = new Map(state.persons.map((person) => [person.id, person]));
    const groups = state.chats.filter((chat) => chat.type !== "private");
    this.groups = new Map(groups.filter((chat) => !chat.migrated_to_chat_id).map((chat) => [chat.id, chat]));
    this.successors = new Map(
      groups.filter((chat) => chat.migrated_to_chat_id).map((chat) => [chat.id, chat.migrated_to_chat_id]),
    );
    this.#setClock(state.now);
    this.#tell("people");
  }

  /**
   * A private chat is one of a person and a bot, a group is one for all.
   * @param {number} chatId @param {number} [botId]
   */
  key(chatId, botId) {
    return chatId < 0 ? String(chatId) : `${chatId}:${botId ?? this.bots[0]?.id}`;
  }

  /** @param {number} chatId @param {number} [botId] */
  conversation(chatId, botId) {
    const key = this.key(chatId, botId);
    let conversation = this.conversations.get(key);
    if (!conversation) {
      conversation = new Conversation(chatId, chatId < 0 ? undefined : botId);
      this.conversations.set(key, conversation);
    }
    return conversation;
  }

  /** Say which chats are before somebody's eyes; they are read. @param {string[]} keys */
  watch(keys) {
    this.watched = new Set(keys);
    for (const key of keys) this.unread.delete(key);
    this.#tell("unread");
  }

  /** @param {import("./types.js").Person} person */
  chatsOf(person) {
    const groups = [...this.groups.values()].filter((group) => group.members?.includes(person.id));
    return [
      ...this.bots.map((bot) => ({ chatId: person.id, botId: bot.id, bot, group: undefined })),
      ...groups.map((group) => ({ chatId: group.id, botId: undefined, bot: undefined, group })),
    ];
  }

  /** Read people again soon, once for a burst of changes. */
  refreshSoon() {
    clearTimeout(this.peopleTimer);
    this.peopleTimer = setTimeout(() => this.refresh().catch(() => {}), 60);
  }

  async #resync() {
    try {
      await this.refresh();
      for (const [key, { chatId }] of this.conversations) {
        if (!this.persons.has(chatId) && !this.groups.has(chatId)) this.conversations.delete(key);
      }
      await Promise.all(
        [...this.conversations.values()].filter((one) => one.loaded).map((one) => one.load().catch(() => {})),
      );
      this.#tell("found");
    } catch {
      this.#tell("lost");
      setTimeout(() => this.#resync(), 1000);
    }
  }

  /** @param {string} kind @param {any} data */
  #take(kind, data) {
    if (kind === "clock") this.#setClock(data.now);
    else if (kind === "callback_answer") this.#tell("answer", data);
    else if (["chat", "person", "commands"].includes(kind)) this.refreshSoon();
    else this.#takeInChat(kind, data);
  }

  /** @param {string} kind @param {any} data */
  #takeInChat(kind, data) {
    const message = data.message;
    const key = this.key(data.chat_id, data.bot_id);
    if (kind === "message" && message) this.#count(key, message);
    const conversation = this.conversations.get(key);
    if (!conversation) return;
    if (kind === "message" || kind === "edited") conversation.upsert(message);
    else if (kind === "reaction") conversation.react(data.message_id, data.reactions);
    else if (kind === "deleted") conversation.remove(data.message_id);
    else if (kind === "typing") conversation.setTyping(data.action ?? "");
    else if (kind === "reply_keyboard") conversation.setKeyboard(data.reply_keyboard ?? null);
  }

  /** @param {string} key @param {import("./types.js").Message} message */
  #count(key, message) {
    if (message.migrate_to_chat_id) this.refreshSoon();
    if (this.watched.has(key) || !message.from?.is_bot) return;
    this.unread.set(key, (this.unread.get(key) ?? 0) + 1);
    this.#tell("unread");
  }

  /** @param {string} now ISO */
  #setClock(now) {
    this.clockAheadMs = Date.parse(now) - Date.now();
    this.#tell("clock");
  }

  /** @param {string} type @param {any} [detail] */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
