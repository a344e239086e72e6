/** What happens when a link is pressed: one into the bot stays here, any other is asked about first. */

import { api } from "./api.js";
import { el } from "./dom.js";
import { openDialog } from "./dialog.js";
import { attempt, toast } from "./toast.js";

const SAFE = /^(https?|tg|mailto|tel):/i;

/** Whether the page opens such an address at all. @param {string} url */
export function isSafe(url) {
  return SAFE.test(url);
}

/**
 * @typedef {{bot: import("./types.js").Bot, payload?: string}} DeepLink
 *
 * @param {string} url
 * @param {import("./types.js").Bot[]} bots
 * @returns {DeepLink|undefined} where `url` leads if it leads to one of these bots
 */
export function deepLink(url, bots) {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  const inWeb = ["t.me", "telegram.me", "telegram.dog"].includes(parsed.hostname);
  const inApp = parsed.protocol === "tg:" && (parsed.hostname === "resolve" || parsed.pathname.includes("resolve"));
  if (!inWeb && !inApp) return undefined;
  const name = inWeb ? parsed.pathname.split("/")[1] : parsed.searchParams.get("domain");
  const bot = bots.find((one) => one.username && one.username.toLowerCase() === (name ?? "").toLowerCase());
  return bot && { bot, payload: parsed.searchParams.get("start") ?? undefined };
}

/** @param {string} url @param {import("./column.js").Column} column */
export async function followLink(url, column) {
  const { store, person, deck } = column;
  if (!isSafe(url)) {
    toast("The page does not open such links.", "problem");
    return;
  }
  const target = deepLink(url, store.bots);
  if (target) {
    const { bot, payload } = target;
    const seat = { personId: person.id, chatId: person.id, botId: bot.id };
    const shown = deck.show(seat, column);
    if (payload !== undefined) await attempt(() => api.start(person.id, { payload, bot_id: bot.id }));
    shown.focusInput();
    return;
  }
  if (/^tg:/i.test(url)) {
    toast("This link opens something inside Telegram that the sandbox does not have.");
    return;
  }
  askBeforeLeaving(url);
}

/** @param {string} url */
function askBeforeLeaving(url) {
  const open = el("a", { class: "primary", href: url, target: "_blank", rel: "noopener noreferrer", text: "Open" });
  const stay = el("button", { type: "button", text: "Stay here" });
  const dialog = openDialog("Open this link?", [
    el("p", { class: "intro", text: "It leads out of the sandbox, to:" }),
    el("p", { class: "address", dir: "ltr", text: url }),
    el("div", { class: "dialog-foot" }, stay, open),
  ]);
  for (const button of [open, stay]) button.addEventListener("click", () => dialog.close());
  stay.focus();
}
