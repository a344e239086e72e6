/** The buttons under a message. */

import { el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {{pressCallback: (messageId: number, data: string) => Promise<void>, openLink: (url: string) => void,
 *            inlineHere: (query: string) => void, inlineElsewhere: (query: string) => void,
 *            copy: (text: string) => void, notModelled: (what: string) => void}} ButtonActions
 *
 * @param {import("./types.js").Message} message
 * @param {ButtonActions} actions
 * @returns {HTMLElement|null}
 */
export function inlineKeyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el(
    "div",
    { class: "inline-keyboard", role: "group", "aria-label": "Buttons of this message" },
    ...rows.map((row) =>
      el("div", { class: "button-row" }, ...row.map((button) => oneButton(message, button, actions))),
    ),
  );
}

/** @param {import("./types.js").Message} message @param {import("./types.js").InlineButton} button @param {ButtonActions} actions */
function oneButton(message, button, actions) {
  const isLink = Boolean(button.url ?? button.login_url);
  const node = el(
    "button",
    { type: "button", class: `inline-button ${styleClass(button.style)}` },
    el("bdi", { text: button.text }),
    isLink && icon("external"),
  );
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    if (button.callback_data === undefined) {
      other(button, actions);
      return;
    }
    node.setAttribute("aria-busy", "true");
    await actions.pressCallback(message.message_id, button.callback_data);
    node.removeAttribute("aria-busy");
  });
  return node;
}

/** What a button does that does not ask the bot. */
function other(button, actions) {
  const url = button.url ?? button.login_url?.url;
  if (url) actions.openLink(url);
  else if (button.copy_text) actions.copy(button.copy_text.text);
  else if (button.switch_inline_query_current_chat !== undefined)
    actions.inlineHere(button.switch_inline_query_current_chat);
  else if (button.switch_inline_query !== undefined) actions.inlineElsewhere(button.switch_inline_query);
  else actions.notModelled("this kind of button");
}

/** @param {string|undefined} style as the Bot API names it */
export function styleClass(style) {
  return ["primary", "danger", "success"].includes(style ?? "") ? `style-${style}` : "";
}
