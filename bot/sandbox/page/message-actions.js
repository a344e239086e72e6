/** What one can do with a message or with what stands in it, on behalf of the person who sees it. */

import { api } from "./api.js";
import { el } from "./dom.js";
import { openAlert, openDialog, openPicture } from "./dialog.js";
import { fullName } from "./format.js";
import { icon } from "./icons.js";
import { followLink } from "./links.js";
import { openMenu } from "./popover.js";
import { attempt, toast } from "./toast.js";

const REACTIONS = ["👍", "👎", "❤", "🔥", "🎉", "🙏"];
const PATIENCE_MS = 20_000;

/** @param {import("./column.js").Column} column */
export function messageActions(column) {
  const { store } = column;
  const find = (id) => column.conversation.messages.get(id);
  const actions = {
    openLink: (url) => followLink(url, column),
    useCommand: (text) => column.composer.sendText(column.addressed(text)),
    jumpTo: (id) => column.list.jumpTo(id),
    enlarge: openPicture,
    notModelled: (what) => toast(`The sandbox does not model ${what}.`),
    inlineHere: (query) => column.composer.setText(`@${column.bot?.username ?? "bot"} ${query}`),
    inlineElsewhere: (query) =>
      chooseChat(column, "Choose a chat", (seat) =>
        column.deck.show(seat, column).composer.setText(`@${column.bot?.username ?? "bot"} ${query}`),
      ),
    copy: async (text) => {
      await attempt(() => navigator.clipboard.writeText(text));
      toast("Copied");
    },
    pressCallback: (id, data) => attempt(() => press(column, store, id, data)),
    react: (id, emoji) =>
      attempt(() =>
        api.react(column.person.id, {
          ...column.place(),
          message_id: id,
          emoji: ownReaction(find(id), column.person.id) === emoji ? null : emoji,
        }),
      ),
    openMenu: (id, anchor) =>
      find(id) &&
      openMenu(anchor, "Message", menuItems(column, find(id), actions), (close) => reactionRow(id, actions, close)),
  };
  return actions;
}

/** Press a button and wait for what the bot says to it, as long as Telegram's own apps show it busy. */
async function press(column, store, messageId, data) {
  const stop = new AbortController();
  const answers = new Map();
  let arrived = () => {};
  store.addEventListener(
    "answer",
    (event) => {
      answers.set(event.detail.callback_query_id, event.detail);
      arrived();
    },
    { signal: stop.signal },
  );
  try {
    const { callback_query_id: id } = await api.press(column.person.id, {
      ...column.place(),
      message_id: messageId,
      data,
    });
    if (!answers.has(id)) {
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS);
        arrived = () => answers.has(id) && (clearTimeout(timer), resolve(undefined));
      });
    }
    const answer = answers.get(id) ?? (await api.pressAnswer(id));
    if (answer.text && answer.show_alert) openAlert(answer.text, column.bot?.first_name ?? "Bot");
    else if (answer.text) toast(answer.text);
    if (answer.url) followLink(answer.url, column);
  } finally {
    stop.abort();
  }
}

/** @param {import("./types.js").Message|undefined} message @param {number} personId */
function ownReaction(message, personId) {
  return message?.reactions?.find((one) => one.user_id === personId)?.reaction[0]?.emoji;
}

function reactionRow(id, actions, close) {
  return el(
    "div",
    { class: "reaction-row", role: "group", "aria-label": "React" },
    ...REACTIONS.map((emoji) =>
      el("button", {
        type: "button",
        role: "menuitem",
        class: "react",
        "aria-label": `React with ${emoji}`,
        text: emoji,
        onclick: () => {
          close();
          actions.react(id, emoji);
        },
      }),
    ),
  );
}

/** @returns {import("./popover.js").MenuItem[]} */
function menuItems(column, message, actions) {
  const own = message.from?.id === column.person.id;
  const text = message.text ?? message.caption;
  /** @type {import("./popover.js").MenuItem[]} */
  const items = [{ label: "Reply", icon: icon("reply"), act: () => column.composer.begin("reply", message) }];
  if (own && message.text && !message.forward_origin)
    items.push({ label: "Edit", icon: icon("edit"), act: () => column.composer.begin("edit", message) });
  items.push({ label: "Forward to…", icon: icon("forward"), act: () => forward(column, message) });
  if (text) items.push({ label: "Copy text", icon: icon("copy"), act: () => actions.copy(text) });
  items.push("line", { label: "Show as JSON", icon: icon("code"), act: () => showJson(message) });
  return items;
}

function forward(column, message) {
  chooseChat(column, "Forward to", async (seat) => {
    const done = await attempt(() =>
      api.send(column.person.id, {
        chat_id: seat.chatId,
        bot_id: seat.botId,
        forward_from: { chat_id: column.seat.chatId, message_id: message.message_id },
      }),
    );
    if (done) toast("Forwarded");
  });
}

/** Let the person of a column choose one of their chats. */
function chooseChat(column, title, act) {
  const buttons = column.store.chatsOf(column.person).map(({ chatId, botId, bot, group }) =>
    el(
      "button",
      {
        type: "button",
        class: "menu-item",
        onclick: () => {
          dialog.close();
          act({ personId: column.person.id, chatId, botId });
        },
      },
      icon(group ? "group" : "person"),
      el("span", {
        class: "menu-label",
        dir: "auto",
        text: group ? fullName(group) : `${bot.first_name} — private chat`,
      }),
    ),
  );
  const dialog = openDialog(title, [el("div", { class: "choices" }, ...buttons)]);
}

function showJson(message) {
  openDialog(
    `Message ${message.message_id}`,
    [el("pre", { class: "json", tabindex: "0", dir: "ltr", text: JSON.stringify(message, null, 2) })],
    { class: "wide" },
  );
}
