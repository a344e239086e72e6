/** The columns side by side; where they do not all fit, tabs choose among them. */

import { Column } from "./column.js";
import { el, iconButton } from "./dom.js";
import { fullName, initials } from "./format.js";
import { icon } from "./icons.js";

const NARROWEST_PX = 318;
const GAP_PX = 12;
const MOST_VISIBLE = 4;
const AT_FIRST = 4;
const KEY = "unigo-sandbox-columns";

export class Deck {
  /** @type {Column[]} */
  columns = [];
  #active = 0;
  #firstShown = 0;
  #chosenByHand = false;

  /** @param {import("./store.js").Store} store @param {HTMLElement} node @param {HTMLElement} tabs @param {{addPerson: () => void}} can */
  constructor(store, node, tabs, can) {
    this.store = store;
    this.node = node;
    this.tabs = tabs;
    this.can = can;
    this.empty = this.#emptyNote();
    store.addEventListener("people", () => this.#peopleChanged());
    store.addEventListener("unread", () => this.#drawUnread());
    store.addEventListener("clock", () => this.columns.forEach((column) => column.list?.renameDays()));
    addEventListener("resize", () => this.layOut());
    addEventListener("keydown", (event) => this.#key(event));
    node.addEventListener("focusin", (event) => this.#focused(event.target));
  }

  /** Show a chat: where it is shown already, or else in `otherwise`. @param {import("./column.js").Seat} seat @param {Column} otherwise */
  show(seat, otherwise) {
    const shown = this.columns.find(
      (column) => column.seat.personId === seat.personId && column.key === this.store.key(seat.chatId, seat.botId),
    );
    if (shown) this.activate(this.columns.indexOf(shown));
    else this.seatColumn(otherwise, seat);
    return shown ?? otherwise;
  }

  /** @param {Column} column @param {import("./column.js").Seat} seat */
  seatColumn(column, seat) {
    column.sit(seat);
    this.#changedByHand();
  }

  /** @param {import("./column.js").Seat} [seat] by default the first chat that is not yet shown */
  add(seat) {
    const free =
      seat ??
      this.#allSeats().find(
        (one) => !this.columns.some((column) => column.key === this.store.key(one.chatId, one.botId)),
      ) ??
      this.#allSeats()[0];
    if (!free) return;
    this.columns.push(new Column(this, free));
    this.#changedByHand();
    this.activate(this.columns.length - 1);
    this.columns[this.#active].focusInput();
  }

  /** @param {Column} column */
  close(column) {
    this.columns.splice(this.columns.indexOf(column), 1);
    column.close();
    this.#changedByHand();
    this.activate(Math.min(this.#active, this.columns.length - 1));
  }

  /** @param {number} index */
  activate(index) {
    this.#active = Math.max(0, index);
    this.layOut();
  }

  /** Show as many columns as fit, the active one among them. */
  layOut() {
    const room = Math.floor((this.node.clientWidth - GAP_PX) / (NARROWEST_PX + GAP_PX));
    const fit = Math.max(1, Math.min(MOST_VISIBLE, room, this.columns.length));
    if (this.#active < this.#firstShown) this.#firstShown = this.#active;
    if (this.#active >= this.#firstShown + fit) this.#firstShown = this.#active - fit + 1;
    this.#firstShown = Math.max(0, Math.min(this.#firstShown, this.columns.length - fit));
    this.node.dataset.columns = String(fit);
    const shown = this.columns.slice(this.#firstShown, this.#firstShown + fit);
    for (const column of this.columns) {
      const isShown = shown.includes(column);
      const appears = isShown && column.node.hidden;
      column.node.hidden = !isShown;
      if (!column.node.isConnected) this.node.append(column.node);
      if (appears) column.list?.toBottom();
    }
    this.empty.hidden = this.columns.length > 0;
    this.tabs.hidden = this.columns.length <= fit;
    this.store.watch(shown.map((column) => column.key));
    this.#drawTabs(shown);
  }

  #allSeats() {
    const { store } = this;
    const persons = [...store.persons.values()];
    const privates = persons.flatMap((person) =>
      store.bots.slice(0, 1).map((bot) => ({ personId: person.id, chatId: person.id, botId: bot.id })),
    );
    const groups = [...store.groups.values()].filter((group) => group.members?.some((id) => store.persons.has(id)));
    const inGroups = groups.map((group) => ({
      personId: /** @type {number} */ (group.members?.find((id) => store.persons.has(id))),
      chatId: group.id,
      botId: undefined,
    }));
    const room = AT_FIRST - Math.min(1, inGroups.length);
    return [...privates.slice(0, room), ...inGroups, ...privates.slice(room)];
  }

  #peopleChanged() {
    for (const column of [...this.columns]) {
      const successor = this.store.successors.get(column.seat.chatId);
      if (successor) column.sit({ ...column.seat, chatId: successor });
      const { personId, chatId } = column.seat;
      const exists = this.store.persons.has(personId) && (chatId > 0 || this.store.groups.has(chatId));
      if (exists) continue;
      column.close();
      this.columns.splice(this.columns.indexOf(column), 1);
    }
    if (this.columns.length === 0) this.#restore();
    if (!this.#chosenByHand) this.#fill();
    for (const column of this.columns) column.refresh();
    this.layOut();
  }

  /** Until one has chosen oneself: the first few chats there are. */
  #fill() {
    for (const seat of this.#allSeats()) {
      if (this.columns.length >= AT_FIRST) return;
      if (!this.columns.some((column) => column.key === this.store.key(seat.chatId, seat.botId)))
        this.columns.push(new Column(this, seat));
    }
  }

  #restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    const seats = kept.filter(
      (seat) => this.store.persons.has(seat.personId) && (seat.chatId > 0 || this.store.groups.has(seat.chatId)),
    );
    this.#chosenByHand = seats.length > 0;
    this.columns = seats.map((seat) => new Column(this, seat));
  }

  #changedByHand() {
    this.#chosenByHand = true;
    sessionStorage.setItem(KEY, JSON.stringify(this.columns.map((column) => column.seat)));
    this.layOut();
  }

  #drawTabs(shown) {
    const hadFocus = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(
      ...this.columns.map((column, index) => {
        const unread = this.store.unread.get(column.key) ?? 0;
        return el(
          "button",
          {
            type: "button",
            class: "tab",
            "aria-current": shown.includes(column) ? "true" : null,
            onclick: () => this.activate(index),
          },
          el("span", {
            class: "avatar small",
            "data-hue": column.group ? "group" : String(Math.abs(column.seat.personId) % 7),
            "aria-hidden": "true",
            text: initials(column.title),
          }),
          el("bdi", { text: column.title }),
          unread > 0 && el("span", { class: "badge", "aria-label": `${unread} unread`, text: String(unread) }),
        );
      }),
    );
    const current = /** @type {HTMLElement|null} */ (this.tabs.querySelector("[aria-current]"));
    current?.scrollIntoView({ inline: "nearest", block: "nearest" });
    if (hadFocus) current?.focus();
  }

  #drawUnread() {
    if (!this.tabs.hidden) this.#drawTabs(this.columns.filter((column) => !column.node.hidden));
    for (const column of this.columns) column.head.countUnread();
  }

  #focused(target) {
    const index = this.columns.findIndex((column) => column.node.contains(target));
    if (index >= 0) this.#active = index;
  }

  /** F6 and Shift+F6 go round the columns, Alt and a digit to one of them. @param {KeyboardEvent} event */
  #key(event) {
    const total = this.columns.length;
    if (!total || document.querySelector("dialog[open]")) return;
    let next = -1;
    if (event.key === "F6") next = (this.#active + (event.shiftKey ? -1 : 1) + total) % total;
    else if (event.altKey && /^Digit[1-9]$/.test(event.code)) next = Number(event.code.slice(5)) - 1;
    if (next < 0 || next >= total) return;
    event.preventDefault();
    this.activate(next);
    this.columns[next].focusInput();
  }

  #emptyNote() {
    const note = el(
      "div",
      { class: "nobody" },
      el("p", { text: "Nobody is here yet, or the sandbox knows no bot." }),
      el("button", { type: "button", class: "primary", onclick: this.can.addPerson }, "Add a persona"),
    );
    this.node.append(note);
    return note;
  }
}
