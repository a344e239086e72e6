/** The keyboard that a bot puts in the place of the letters. */

import { el } from "./dom.js";
import { styleClass } from "./inline-keyboard.js";

/**
 * @param {import("./types.js").ReplyKeyboard} markup
 * @param {(button: import("./types.js").ReplyButton) => void} onPress
 */
export function replyKeyboard(markup, onPress) {
  const rows = (markup.keyboard ?? []).map((row) =>
    el(
      "div",
      { class: "button-row" },
      ...row.map((given) => {
        const button = typeof given === "string" ? { text: given } : given;
        return el(
          "button",
          { type: "button", class: `reply-button ${styleClass(button.style)}`, onclick: () => onPress(button) },
          el("bdi", { text: button.text }),
        );
      }),
    ),
  );
  return el(
    "div",
    {
      class: `reply-keyboard${markup.resize_keyboard ? "" : " tall"}`,
      role: "group",
      "aria-label": "Keyboard of the bot",
    },
    ...rows,
  );
}
