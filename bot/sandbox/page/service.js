/** The small grey sentences between messages: who came, what the group is called, what was pinned. */

import { fullName } from "./format.js";

/** @type {[string, (message: import("./types.js").Message, who: string) => string][]} */
const SENTENCES = [
  ["new_chat_members", (message, who) => joined(message, who)],
  [
    "left_chat_member",
    (message, who) =>
      message.left_chat_member.id === message.from?.id
        ? `${who} left the group`
        : `${who} removed ${fullName(message.left_chat_member)}`,
  ],
  ["new_chat_title", (message, who) => `${who} named the group “${message.new_chat_title}”`],
  ["new_chat_photo", (_, who) => `${who} changed the group’s photo`],
  ["delete_chat_photo", (_, who) => `${who} removed the group’s photo`],
  ["group_chat_created", (_, who) => `${who} created the group`],
  ["supergroup_chat_created", (_, who) => `${who} created the group`],
  ["migrate_to_chat_id", () => "The group became a supergroup"],
  ["migrate_from_chat_id", () => "The group was upgraded to a supergroup"],
  ["pinned_message", (_, who) => `${who} pinned a message`],
  ["forum_topic_created", (message, who) => `${who} opened the topic “${message.forum_topic_created.name}”`],
  ["forum_topic_edited", (message, who) => `${who} changed the topic ${message.forum_topic_edited.name ?? ""}`],
  ["forum_topic_closed", (_, who) => `${who} closed the topic`],
  ["forum_topic_reopened", (_, who) => `${who} reopened the topic`],
  ["write_access_allowed", () => "The bot may write to this person"],
  ["users_shared", (_, who) => `${who} shared somebody with the bot`],
  ["chat_shared", (_, who) => `${who} shared a chat with the bot`],
];

/**
 * The sentence for a service message, or nothing for any other.
 * @param {import("./types.js").Message} message
 */
export function serviceSentence(message) {
  const found = SENTENCES.find(([field]) => message[field] !== undefined);
  return found ? found[1](message, fullName(message.from)) : "";
}

/** @param {import("./types.js").Message} message @param {string} who */
function joined(message, who) {
  const names = message.new_chat_members.map(fullName);
  const alone = message.new_chat_members.length === 1 && message.new_chat_members[0].id === message.from?.id;
  return alone ? `${who} joined the group` : `${who} added ${names.join(", ")}`;
}
