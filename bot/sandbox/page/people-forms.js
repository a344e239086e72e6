/** Adding persons and groups. */

import { api } from "./api.js";
import { openForm } from "./dialog.js";
import { fullName } from "./format.js";

/** @type {[string, string][]} */
const LANGUAGES = [
  ["en", "English"],
  ["fr", "French"],
  ["es", "Spanish"],
  ["ar", "Arabic"],
  ["ru", "Russian"],
  ["zh", "Chinese"],
  ["pt", "Portuguese"],
  ["de", "German"],
  ["", "None: Telegram does not always tell"],
];

/** @param {import("./store.js").Store} store @param {(person: import("./types.js").Person) => void} onAdded */
export function askForPerson(store, onAdded) {
  openForm("Add a persona", {
    intro: "Somebody who can write to the bot.",
    fields: [
      { name: "first_name", label: "First name", required: true },
      { name: "last_name", label: "Last name" },
      { name: "username", label: "Username", hint: "Without @; may be left empty." },
      { name: "language_code", label: "Language of their Telegram", type: "select", options: LANGUAGES },
    ],
    action: "Add",
    submit: async (values) => {
      const person = await api.addPerson(values);
      await store.refresh();
      onAdded(person);
    },
  });
}

/** @param {import("./store.js").Store} store @param {(group: import("./types.js").Chat) => void} onAdded */
export function askForGroup(store, onAdded) {
  /** @type {[string, string][]} */
  const persons = [...store.persons.values()].map((person) => [String(person.id), fullName(person)]);
  openForm("Add a group", {
    fields: [
      { name: "title", label: "Title", required: true },
      {
        name: "kind",
        label: "Kind",
        type: "select",
        options: [
          ["group", "Group"],
          ["supergroup", "Supergroup"],
          ["forum", "Supergroup with topics"],
        ],
      },
      { name: "members", label: "Members", type: "checks", options: persons },
    ],
    action: "Create",
    submit: async ({ title, kind, members }) => {
      const group = await api.addGroup({
        title,
        type: kind === "group" ? "group" : "supergroup",
        is_forum: kind === "forum",
        members: members.map(Number),
        with_bot: true,
      });
      await store.refresh();
      onAdded(group);
    },
  });
}

/** @param {import("./store.js").Store} store @param {import("./types.js").Chat} group */
export function askForMember(store, group) {
  const outside = [...store.persons.values()].filter((person) => !group.members?.includes(person.id));
  openForm("Add a member", {
    intro: outside.length ? undefined : "Everybody is in this group already. Add a persona first.",
    fields: outside.length
      ? [
          {
            name: "person",
            label: "Who",
            type: "select",
            options: outside.map((person) => [String(person.id), fullName(person)]),
          },
        ]
      : [],
    action: outside.length ? "Add" : "Close",
    submit: async ({ person }) => {
      if (person) await api.addMember(group.id, Number(person));
      await store.refresh();
    },
  });
}
