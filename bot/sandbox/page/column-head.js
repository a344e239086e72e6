/** The head of a column: whose chat it is, the choice of another one, and a menu. */

import { api } from "./api.js";
import { openDialog } from "./dialog.js";
import { el, iconButton } from "./dom.js";
import { fullName, initials, languageName } from "./format.js";
import { icon } from "./icons.js";
import { askForMember } from "./people-forms.js";
import { openMenu } from "./popover.js";
import { attempt } from "./toast.js";

export class ColumnHead {
  /** @param {import("./column.js").Column} column */
  constructor(column) {
    this.column = column;
    this.avatar = el("span", { class: "avatar", "aria-hidden": "true" });
    this.title = el("bdi", { class: "who-title" });
    this.about = el("bdi", { class: "who-about" });
    this.badge = el("span", { class: "badge", hidden: true });
    this.who = el(
      "button",
      { type: "button", class: "who", "aria-haspopup": "menu", onclick: () => this.#choose() },
      this.avatar,
      el("span", { class: "who-words" }, this.title, this.about),
      this.badge,
      icon("chevron"),
    );
    this.writer = /** @type {HTMLSelectElement} */ (el("select", { "aria-label": "Write as" }));
    this.writer.addEventListener("change", () =>
      column.deck.seatColumn(column, { ...column.seat, personId: Number(this.writer.value) }),
    );
    this.writeAs = el("label", { class: "write-as", hidden: true }, "Write as", this.writer);
    this.node = el(
      "header",
      { class: "column-head" },
      el(
        "div",
        { class: "head-row" },
        this.who,
        iconButton(icon("more"), "More", {
          "aria-haspopup": "menu",
          onclick: (event) => this.#more(event.currentTarget),
        }),
      ),
      this.writeAs,
    );
  }

  refresh() {
    const { column } = this;
    const { person, group, bot, store } = column;
    if (!person) return;
    this.avatar.textContent = initials(column.title);
    this.avatar.dataset.hue = group ? "group" : String(Math.abs(person.id) % 7);
    this.title.textContent = column.title;
    const language = languageName(person.language_code) || "no language set";
    const blocked = !group && bot && person.blocked?.includes(bot.id);
    this.about.textContent = group
      ? `${group.type === "supergroup" ? "Supergroup" : "Group"} · ${group.members?.length ?? 0} ${group.members?.length === 1 ? "person" : "persons"}${bot && group.bots?.includes(bot.id) ? "" : " · without the bot"}`
      : `${language} · ${blocked ? "has blocked the bot" : `chat with ${bot ? bot.first_name : "no bot yet"}`}`;
    this.about.classList.toggle("is-blocked", Boolean(blocked));
    this.who.setAttribute(
      "aria-label",
      `${this.title.textContent}, ${this.about.textContent}. Choose another persona or chat`,
    );
    this.writeAs.hidden = !group;
    if (group) {
      const members = (group.members ?? []).map((id) => store.persons.get(id)).filter(Boolean);
      this.writer.replaceChildren(...members.map((one) => el("option", { value: one.id, text: fullName(one) })));
      this.writer.value = String(person.id);
    }
    this.countUnread();
  }

  /** How much is unread in this person's other chats. */
  countUnread() {
    const { column } = this;
    if (!column.person) return;
    const others = column.store.chatsOf(column.person).map(({ chatId, botId }) => column.store.key(chatId, botId));
    const unread = others
      .filter((key) => key !== column.key)
      .reduce((sum, key) => sum + (column.store.unread.get(key) ?? 0), 0);
    this.badge.hidden = unread === 0;
    this.badge.textContent = String(unread);
    this.badge.title = `${unread} unread in other chats`;
  }

  #choose() {
    const { column } = this;
    const { store, deck } = column;
    /** @type {import("./popover.js").MenuItem[]} */
    const items = [];
    for (const person of store.persons.values()) {
      items.push({ heading: fullName(person) });
      for (const { chatId, botId, bot, group } of store.chatsOf(person)) {
        const unread = store.unread.get(store.key(chatId, botId)) ?? 0;
        const seat = { personId: person.id, chatId, botId };
        items.push({
          label: group ? fullName(group) : `Chat with ${bot.first_name}`,
          icon: icon(group ? "group" : "person"),
          note: unread ? `${unread} new` : "",
          checked:
            column.seat.personId === person.id &&
            column.seat.chatId === chatId &&
            (!botId || column.seat.botId === botId),
          act: () => deck.seatColumn(column, seat),
        });
      }
    }
    openMenu(this.who, "Persona and chat", items);
  }

  #more(button) {
    const { column } = this;
    const { person, bot, group, deck } = column;
    /** @type {import("./popover.js").MenuItem[]} */
    const items = [];
    if (bot) items.push({ label: "About the bot", icon: icon("info"), act: () => attempt(() => this.#aboutBot()) });
    if (bot && !group) {
      const blocked = person.blocked?.includes(bot.id);
      const set = (value) =>
        attempt(async () => {
          await api.block(person.id, { blocked: value, bot_id: bot.id });
          await column.store.refresh();
        });
      items.push({
        label: blocked ? "Unblock the bot" : "Block the bot",
        icon: icon("block"),
        danger: !blocked,
        act: () => set(!blocked),
      });
    }
    if (group) {
      items.push({ label: "Add a member…", icon: icon("person"), act: () => askForMember(column.store, group) });
      if (group.is_forum) items.push({ label: "New topic…", icon: icon("plus"), act: () => column.topics.ask() });
      if (bot) items.push(this.#botInGroup(group, bot));
      if (group.type === "group")
        items.push({
          label: "Make it a supergroup",
          icon: icon("group"),
          act: () => attempt(() => api.upgrade(group.id)),
        });
    }
    if (deck.columns.length > 1)
      items.push("line", { label: "Close this column", icon: icon("close"), act: () => deck.close(column) });
    openMenu(button, "More", items);
  }

  /** @returns {import("./popover.js").MenuItem} */
  #botInGroup(group, bot) {
    const isIn = group.bots?.includes(bot.id);
    const change = isIn ? api.removeBot : api.addBot;
    return {
      label: isIn ? "Remove the bot" : "Add the bot",
      icon: icon("block"),
      danger: isIn,
      act: () => attempt(() => change(group.id, bot.id)),
    };
  }

  async #aboutBot() {
    const { column } = this;
    const { commands, description, shortDescription } = await column.readProfile();
    const { bot } = column;
    openDialog(
      bot.first_name,
      [
        el("p", { class: "faint", text: bot.username ? `@${bot.username}` : "" }),
        shortDescription && el("p", { class: "lead", dir: "auto", text: shortDescription }),
        description && el("p", { class: "description", dir: "auto", text: description }),
        !shortDescription && !description && el("p", { class: "faint", text: "The bot has not described itself." }),
        commands.length > 0 && el("h3", { text: `Commands for ${fullName(column.person)}` }),
        commands.length > 0 &&
          el(
            "dl",
            { class: "commands" },
            ...commands.flatMap((one) => [
              el("dt", { text: `/${one.command}` }),
              el("dd", { dir: "auto", text: one.description }),
            ]),
          ),
      ].filter(Boolean),
    );
  }
}
