/**
 * The messages of one chat on the screen. Nodes are added, replaced and taken away one by one; only the newest part
 * of a long chat is in the page, older messages come when one scrolls up to them.
 */

import { el, prefersStillness } from "./dom.js";
import { dayKey, dayName } from "./format.js";
import { messageView } from "./message-view.js";

const WINDOW = 120;
const MOST_NODES = 360;
const NEAR_BOTTOM_PX = 60;
const NEAR_TOP_PX = 300;
const SAME_BREATH_S = 300;

/**
 * @typedef {{ids: number[], messages: import("./types.js").Message[], node: HTMLElement}} Entry one item: a message or an album
 */

export class MessageList {
  /** @type {Map<number, Entry>} by each message's id */
  #entries = new Map();
  /** Index in `#ids` of the first message that is in the page. */
  #from = 0;
  /** @type {number[]} ids that pass the filter */
  #ids = [];
  #atBottom = true;
  #lastTop = 0;
  #frame = 0;

  /**
   * @param {import("./conversation.js").Conversation} conversation
   * @param {{seen: import("./message-view.js").Seen, now: () => number, label: string,
   *          shows: (message: import("./types.js").Message) => boolean, onMissed: (count: number) => void}} options
   *   `onMissed`: how many messages have come below what one sees
   */
  constructor(conversation, options) {
    this.conversation = conversation;
    this.options = options;
    this.missed = 0;
    this.list = el("div", {
      class: "messages",
      role: "log",
      "aria-live": "polite",
      "aria-relevant": "additions",
      "aria-label": options.label,
    });
    this.node = el(
      "div",
      {
        class: "scroll",
        tabindex: "0",
        role: "group",
        "aria-label": "Messages: arrow keys move, Enter opens the menu",
      },
      this.list,
    );
    this.node.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.sizes = new ResizeObserver(() => this.#atBottom && this.#toBottomNow());
    this.sizes.observe(this.node);
    this.sizes.observe(this.list);
    this.stop = new AbortController();
    const on = (type, act) => conversation.addEventListener(type, act, { signal: this.stop.signal });
    on("reset", () => this.reset());
    on("added", (event) => this.#added(event.detail));
    on("changed", (event) => this.#changed(event.detail));
    on("removed", (event) => this.#removed(event.detail));
    this.reset();
  }

  close() {
    this.stop.abort();
    this.sizes.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** Draw everything anew, at the bottom. */
  reset() {
    const { ids, messages } = this.conversation;
    this.#ids = ids.filter((id) => this.options.shows(messages.get(id)));
    this.#entries.clear();
    this.#from = Math.max(0, this.#ids.length - WINDOW);
    this.list.replaceChildren();
    for (const id of this.#ids.slice(this.#from)) this.#append(messages.get(id), this.list, false);
    this.toBottom();
  }

  get isEmpty() {
    return this.#ids.length === 0;
  }

  toBottom() {
    this.#atBottom = true;
    this.#setMissed(0);
    this.#toBottomNow();
  }

  /** Bring a message into sight and show which it is. @param {number} id */
  jumpTo(id) {
    while (!this.#entries.has(id) && this.#from > 0 && this.#ids.includes(id)) this.#older();
    const node = this.#entries.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: prefersStillness() ? "auto" : "smooth" });
    node.focus({ preventScroll: true });
    node.classList.add("pointed");
    setTimeout(() => node.classList.remove("pointed"), 1600);
  }

  /** @param {number} id */
  nodeOf(id) {
    return this.#entries.get(id)?.node;
  }

  /** The clock moved over midnight, perhaps: name the days anew. */
  renameDays() {
    for (const node of this.list.querySelectorAll(".day")) {
      const day = /** @type {HTMLElement} */ (node);
      day.firstElementChild.textContent = dayName(Number(day.dataset.unix), this.options.now());
    }
  }

  #added(id) {
    const message = this.conversation.messages.get(id);
    if (!this.options.shows(message)) return;
    this.#ids.push(id);
    this.#append(message, this.list, true);
    if (message.from?.id === this.options.seen.ownId) this.#atBottom = true;
    if (this.#atBottom) this.#settle();
    else this.#setMissed(this.missed + 1);
  }

  #changed(id) {
    const entry = this.#entries.get(id);
    const message = this.conversation.messages.get(id);
    if (!entry) return;
    entry.messages = entry.messages.map((one) => (one.message_id === id ? message : one));
    this.#redraw(entry);
  }

  #removed(id) {
    const index = this.#ids.indexOf(id);
    if (index >= 0) this.#ids.splice(index, 1);
    if (index >= 0 && index < this.#from) this.#from -= 1;
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    entry.messages = entry.messages.filter((one) => one.message_id !== id);
    if (entry.messages.length) this.#redraw(entry);
    else this.#leave(entry.node);
  }

  /** @param {Entry} entry */
  #redraw(entry) {
    const hadFocus = entry.node.contains(document.activeElement);
    const fresh = messageView(entry.messages, this.options.seen, entry.node.classList.contains("follows"));
    entry.node.replaceWith(fresh);
    entry.node = fresh;
    if (hadFocus) fresh.focus({ preventScroll: true });
  }

  /** Let a deleted message fold away, and its day's name with it if it was alone. @param {HTMLElement} node */
  async #leave(node) {
    node.classList.add("leaving");
    if (!prefersStillness()) {
      const height = `${node.offsetHeight}px`;
      const fold = node.animate(
        [
          { height, opacity: 1, overflow: "hidden" },
          { height, opacity: 0, overflow: "hidden", offset: 0.5 },
          { height: 0, opacity: 0, margin: 0, overflow: "hidden" },
        ],
        { duration: 320, easing: "ease-in-out" },
      );
      await fold.finished.catch(() => {});
    }
    const before = node.previousElementSibling;
    node.remove();
    const after = before?.nextElementSibling;
    if (before?.matches(".day") && (!after || after.matches(".day"))) before.remove();
  }

  /** @param {import("./types.js").Message} message @param {Node & ParentNode} parent @param {boolean} isNew */
  #append(message, parent, isNew) {
    const previous = parent.lastElementChild;
    const before = previous ? this.#entryOf(previous) : undefined;
    if (message.media_group_id && before?.messages[0].media_group_id === message.media_group_id) {
      before.messages.push(message);
      this.#entries.set(message.message_id, before);
      this.#redraw(before);
      return;
    }
    const last = before?.messages[0];
    if (!last || dayKey(last.date) !== dayKey(message.date)) parent.append(this.#day(message.date));
    const follows =
      parent.lastElementChild === previous &&
      last?.from?.id === message.from?.id &&
      message.date - last.date < SAME_BREATH_S &&
      !previous.matches(".service");
    const node = messageView([message], this.options.seen, follows);
    if (isNew) node.classList.add("arriving");
    parent.append(node);
    this.#entries.set(message.message_id, { ids: [message.message_id], messages: [message], node });
  }

  #entryOf(node) {
    return this.#entries.get(Number(node.dataset.id));
  }

  #day(unix) {
    return el(
      "div",
      { class: "day", "data-unix": unix, "data-day": dayKey(unix) },
      el("span", { text: dayName(unix, this.options.now()) }),
    );
  }

  /** Put the messages before the first one into the page, without moving what one reads. */
  #older() {
    const until = this.#from;
    this.#from = Math.max(0, until - WINDOW);
    const part = document.createElement("div");
    for (const id of this.#ids.slice(this.#from, until)) this.#append(this.conversation.messages.get(id), part, false);
    const first = /** @type {HTMLElement|null} */ (this.list.firstElementChild);
    const lastDay = /** @type {HTMLElement|undefined} */ ([...part.querySelectorAll(".day")].pop());
    if (first?.matches(".day") && first.dataset.day === lastDay?.dataset.day) first.remove();
    const fromBottom = this.node.scrollHeight - this.node.scrollTop;
    this.list.prepend(...part.childNodes);
    this.node.scrollTop = this.node.scrollHeight - fromBottom;
  }

  /** After a burst of additions: to the bottom once, and let go of what is far above. */
  #settle() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#atBottom) return;
      this.#trim();
      this.toBottom();
    });
  }

  #trim() {
    if (this.#ids.length - this.#from <= MOST_NODES) return;
    const keepFrom = this.#ids.length - WINDOW;
    for (const id of this.#ids.slice(this.#from, keepFrom)) this.#entries.delete(id);
    const firstKept = this.#entries.get(this.#ids[keepFrom])?.node;
    while (this.list.firstElementChild && this.list.firstElementChild !== firstKept)
      this.list.firstElementChild.remove();
    if (firstKept) this.list.prepend(this.#day(this.conversation.messages.get(this.#ids[keepFrom]).date));
    this.#from = keepFrom;
  }

  #toBottomNow() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    // Only going up lets go of the bottom: the content may have grown since the scrolling that this event is about.
    const goesUp = scrollTop < this.#lastTop;
    this.#lastTop = scrollTop;
    this.#atBottom = isNear || (this.#atBottom && !goesUp);
    if (isNear && this.missed) this.#setMissed(0);
    if (this.#atBottom && !isNear) this.#toBottomNow();
    if (scrollTop < NEAR_TOP_PX && this.#from > 0) this.#older();
  }

  /** @param {number} count */
  #setMissed(count) {
    this.missed = count;
    this.options.onMissed(count);
  }
}
