/** The topics of a forum group, as chips. */

import { api } from "./api.js";
import { openForm } from "./dialog.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

export class TopicBar {
  /** @param {import("./column.js").Column} column */
  constructor(column) {
    this.column = column;
    this.node = el("nav", { class: "topics", "aria-label": "Topics", hidden: true });
  }

  refresh() {
    const { group, thread } = this.column;
    this.node.hidden = !group?.is_forum;
    if (!group?.is_forum) return;
    const chips = [
      { id: undefined, name: "All" },
      ...(group.topics ?? []).map((topic) => ({ id: topic.message_thread_id, name: topic.name })),
    ];
    const hadFocus = this.node.contains(document.activeElement);
    this.node.replaceChildren(
      ...chips.map(({ id, name }) =>
        el(
          "button",
          {
            type: "button",
            class: "topic",
            "aria-pressed": String(id === thread),
            onclick: () => this.column.chooseTopic(id),
          },
          el("bdi", { text: name }),
        ),
      ),
      el(
        "button",
        {
          type: "button",
          class: "topic add",
          "aria-label": "New topic",
          title: "New topic",
          onclick: () => this.ask(),
        },
        icon("plus"),
      ),
    );
    if (hadFocus) /** @type {HTMLElement|null} */ (this.node.querySelector("[aria-pressed=true]"))?.focus();
  }

  /** The name of the topic a message belongs to; nothing for the general one. @param {import("./types.js").Message} message */
  nameOf(message) {
    const topic = this.column.group?.topics?.find((one) => one.message_thread_id === message.message_thread_id);
    return topic?.name ?? "";
  }

  ask() {
    const { column } = this;
    openForm("New topic", {
      fields: [{ name: "name", label: "Name", required: true }],
      action: "Open the topic",
      submit: async ({ name }) => {
        const { message_thread_id: id } = await api.addTopic(column.seat.chatId, { name, person_id: column.person.id });
        await column.store.refresh();
        column.chooseTopic(id);
      },
    });
  }
}
