/** One message, or one album, as a bubble. Pure: everything it can do is handed in. */

import { el, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { endsRightToLeft, fullName, fullTime, timeOfDay } from "./format.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./inline-keyboard.js";
import { inOneLine, mediaOf } from "./media.js";
import { serviceSentence } from "./service.js";

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {{ownId: number, isGroup: boolean, topicName: (message: Message) => string, actions: any}} Seen how and by whom
 *
 * @param {Message[]} messages one, or those of an album
 * @param {Seen} seen
 * @param {boolean} follows whether the one before is by the same person
 * @returns {HTMLElement}
 */
export function messageView(messages, seen, follows) {
  const [first] = messages;
  const service = serviceSentence(first);
  if (service)
    return el("div", { class: "service", "data-id": first.message_id, dir: "auto" }, el("span", { text: service }));

  const own = first.from?.id === seen.ownId;
  const captioned = messages.find((one) => one.text ?? one.caption) ?? first;
  const text = captioned.text ?? captioned.caption ?? "";
  const media = mediaBlock(messages, seen.actions);
  const last = messages[messages.length - 1];
  const bubble = el(
    "div",
    { class: `bubble${media ? " with-media" : ""}${text ? "" : " no-text"}${endsRightToLeft(text) ? " rtl" : ""}` },
    seen.isGroup && !own && !follows && sender(first),
    topicLine(first, seen),
    forwarded(first),
    quote(first, seen.actions),
    media,
    text && words(captioned, text, seen.actions),
    unknownContent(first, text, media),
    meta(last, captioned),
  );
  return el(
    "div",
    {
      role: "article",
      class: `message ${own ? "own" : "other"}${follows ? " follows" : ""}`,
      "data-id": first.message_id,
      tabindex: "-1",
      "aria-label": spoken(captioned, own),
    },
    el("div", { class: "bubble-line" }, bubble, menuButton(first, seen.actions)),
    reactions(first, seen.actions),
    inlineKeyboard(last, seen.actions),
  );
}

function spoken(message, own) {
  return `${own ? "You" : fullName(message.from)}, ${timeOfDay(message.date)}: ${inOneLine(message)}`;
}

function sender(message) {
  const hue = Math.abs(message.from?.id ?? 0) % 7;
  return el(
    "div",
    { class: "sender", "data-hue": hue },
    el("bdi", { text: fullName(message.from) }),
    message.from?.is_bot && el("small", { text: "bot" }),
  );
}

function topicLine(message, seen) {
  const name = seen.topicName(message);
  return name ? el("div", { class: "topic-line" }, "# ", el("bdi", { text: name })) : null;
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user_name ?? fullName(origin.sender_user ?? origin.sender_chat ?? origin.chat);
  return el("div", { class: "forwarded" }, "Forwarded from ", el("bdi", { text: name }));
}

function quote(message, actions) {
  const original = message.reply_to_message;
  if (!original || original.forum_topic_created) return null;
  return el(
    "button",
    { type: "button", class: "quote", onclick: () => actions.jumpTo(original.message_id) },
    el("b", { dir: "auto", text: fullName(original.from) }),
    el("span", { dir: "auto", text: message.quote?.text ?? inOneLine(original) }),
  );
}

function mediaBlock(messages, actions) {
  const parts = messages.map((message) => mediaOf(message, actions)).filter((part) => part !== null);
  if (parts.length === 0) return null;
  if (parts.length === 1) return parts[0];
  const photos = messages.every((message) => message.photo);
  return el("div", { class: photos ? `album of-${Math.min(parts.length, 4)}` : "file-pile" }, ...parts);
}

function words(message, text, actions) {
  const entities = message.text ? message.entities : message.caption_entities;
  const node = el("div", { class: "text", dir: "auto" });
  node.append(formatted(text, entities ?? [], actions));
  node.append(el("span", { class: message.edit_date ? "meta-room edited" : "meta-room", "aria-hidden": "true" }));
  return node;
}

/** So that nothing a bot sends is invisible. */
function unknownContent(message, text, media) {
  return text || media
    ? null
    : el("div", { class: "text unknown", text: "A kind of message this page does not draw." });
}

function meta(message, captioned) {
  return el(
    "span",
    { class: "meta" },
    captioned.edit_date && el("span", { class: "edited", text: "edited" }),
    el("time", {
      datetime: new Date(message.date * 1000).toISOString(),
      title: fullTime(message.date),
      text: timeOfDay(message.date),
    }),
  );
}

function menuButton(message, actions) {
  return iconButton(icon("chevron"), "What to do with this message", {
    class: "message-menu",
    tabindex: "-1",
    "aria-haspopup": "menu",
    onclick: (event) => actions.openMenu(message.message_id, event.currentTarget),
  });
}

function reactions(message, actions) {
  const given = message.reactions ?? [];
  if (!given.length) return null;
  const counted = new Map();
  for (const { emoji } of given.flatMap((one) => one.reaction)) {
    if (emoji) counted.set(emoji, (counted.get(emoji) ?? 0) + 1);
  }
  return el(
    "div",
    { class: "reactions" },
    ...[...counted].map(([emoji, count]) =>
      el(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-label": `${emoji}, ${count}`,
          onclick: () => actions.react(message.message_id, emoji),
        },
        emoji,
        count > 1 && el("small", { text: String(count) }),
      ),
    ),
  );
}
