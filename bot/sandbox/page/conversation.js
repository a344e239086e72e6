/** One chat as the page knows it: its messages in order, the keyboard under it, and who is typing. */

import { api } from "./api.js";

const TYPING_MS = 5500;
const MOST_MESSAGES = 10_000;

/**
 * Events: "reset" (read `ids` anew), "added", "changed", "removed" (detail: the message's id), "keyboard", "typing".
 */
export class Conversation extends EventTarget {
  /** @type {(() => void)[]|null} changes that came while the chat was being read */
  #meanwhile = null;

  /** @param {number} chatId @param {number|undefined} botId */
  constructor(chatId, botId) {
    super();
    this.chatId = chatId;
    this.botId = botId;
    /** @type {Map<number, import("./types.js").Message>} */
    this.messages = new Map();
    /** @type {number[]} ids in order */
    this.ids = [];
    /** @type {import("./types.js").ReplyKeyboard|null} */
    this.keyboard = null;
    this.typing = "";
    this.loaded = false;
    this.typingTimer = 0;
  }

  /** Read the whole chat from the sandbox and bring this into line with it; what happens meanwhile comes after. */
  async load() {
    this.#meanwhile = [];
    const { messages, reply_keyboard: keyboard } = await api.chat(this.chatId, {
      bot_id: this.botId,
      limit: MOST_MESSAGES,
    });
    const kept = messages.filter((message) => !message.deleted);
    this.messages = new Map(kept.map((message) => [message.message_id, message]));
    this.ids = [...this.messages.keys()].sort((a, b) => a - b);
    this.loaded = true;
    this.#tell("reset");
    this.setKeyboard(keyboard ?? null);
    const missed = this.#meanwhile ?? [];
    this.#meanwhile = null;
    for (const change of missed) change();
  }

  /** Take in a new message, or what has become of a known one. @param {import("./types.js").Message} message */
  upsert(message) {
    this.#meanwhile?.push(() => this.upsert(message));
    const id = message.message_id;
    const known = this.messages.get(id);
    const isNew = !known;
    this.messages.set(id, known?.reactions ? { ...message, reactions: known.reactions } : message);
    if (!isNew) {
      this.#tell("changed", id);
      return;
    }
    const inOrder = this.ids.length === 0 || id > this.ids[this.ids.length - 1];
    this.ids.push(id);
    if (message.from?.is_bot) this.setTyping("");
    if (inOrder) this.#tell("added", id);
    else {
      this.ids.sort((a, b) => a - b);
      this.#tell("reset");
    }
  }

  /** @param {number} id @param {import("./types.js").Reaction[]} reactions who reacted how */
  react(id, reactions) {
    const message = this.messages.get(id);
    if (!message) return;
    this.messages.set(id, { ...message, reactions });
    this.#tell("changed", id);
  }

  /** @param {number} id */
  remove(id) {
    this.#meanwhile?.push(() => this.remove(id));
    if (!this.messages.delete(id)) return;
    this.ids.splice(this.ids.indexOf(id), 1);
    this.#tell("removed", id);
  }

  /** @param {import("./types.js").ReplyKeyboard|null} keyboard */
  setKeyboard(keyboard) {
    this.keyboard = keyboard;
    this.#tell("keyboard");
  }

  /** @param {string} action what the bot is doing, "" for nothing; it wears off as in Telegram */
  setTyping(action) {
    clearTimeout(this.typingTimer);
    if (action === this.typing && !action) return;
    this.typing = action;
    if (action) this.typingTimer = setTimeout(() => this.setTyping(""), TYPING_MS);
    this.#tell("typing");
  }

  /** @param {string} type @param {number} [id] */
  #tell(type, id) {
    this.dispatchEvent(new CustomEvent(type, { detail: id }));
  }
}
