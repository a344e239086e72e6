/** The sandbox's clock, and moving it forward to see reminders come. */

import { api } from "./api.js";
import { openForm } from "./dialog.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { attempt, toast } from "./toast.js";

const HOUR_S = 3600;
const STEPS = [
  ["+1 h", "Forward one hour", HOUR_S],
  ["+1 day", "Forward one day", 24 * HOUR_S],
  ["+1 week", "Forward one week", 7 * 24 * HOUR_S],
];
const FACE = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const HANDS = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const AHEAD_WORTH_SAYING_S = 60;

/** @param {HTMLElement} node @param {import("./store.js").Store} store */
export function clockBar(node, store) {
  const day = el("span", { class: "clock-day" });
  const time = el("time", { class: "clock-time" });
  const ahead = el("span", { class: "clock-ahead" });
  const face = el(
    "div",
    { class: "clock-face" },
    icon("clock"),
    el("span", { class: "clock-words" }, el("span", {}, day, " ", time), ahead),
  );
  const steps = STEPS.map(([text, label, seconds]) =>
    el("button", {
      type: "button",
      "aria-label": label,
      title: label,
      text,
      onclick: () => attempt(() => move(store, { advance_s: seconds })),
    }),
  );
  const set = el("button", {
    type: "button",
    title: "Set date and time",
    text: "Set…",
    onclick: () => askForMoment(store),
  });
  node.append(face, el("div", { class: "clock-steps" }, ...steps, set));

  const draw = () => {
    const now = store.now() * 1000;
    day.textContent = FACE.format(now);
    time.textContent = HANDS.format(now);
    time.setAttribute("datetime", new Date(now).toISOString());
    const seconds = Math.round(store.clockAheadMs / 1000);
    ahead.textContent = seconds >= AHEAD_WORTH_SAYING_S ? `${inWords(seconds)} ahead` : "the time of this computer";
    ahead.classList.toggle("moved", seconds >= AHEAD_WORTH_SAYING_S);
  };
  store.addEventListener("clock", draw);
  setInterval(draw, 1000);
  draw();
}

/** @param {import("./store.js").Store} store @param {object} by */
async function move(store, by) {
  await api.moveClock(by);
  await store.refresh();
  toast("The clock is moved. What is due now comes in a moment.");
}

/** @param {import("./store.js").Store} store */
function askForMoment(store) {
  const local = new Date(store.now() * 1000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  openForm("Set the clock", {
    intro: "The clock of the sandbox and of the bot can only go forward.",
    fields: [
      { name: "moment", label: "Date and time", type: "datetime-local", value: local, min: local, required: true },
    ],
    action: "Set",
    submit: ({ moment }) => move(store, { set: new Date(moment).toISOString() }),
  });
}

/** @param {number} seconds */
function inWords(seconds) {
  const minutes = Math.round(seconds / 60);
  /** @type {[number, string][]} */
  const parts = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor((minutes % 1440) / 60), "h"],
    [minutes % 60, "min"],
  ];
  return parts
    .filter(([number]) => number > 0)
    .slice(0, 2)
    .map(([number, unit]) => `${number} ${unit}`)
    .join(" ");
}
