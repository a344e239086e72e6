/** The page, put together. */

import { clockBar } from "./clock-bar.js";
import { Deck } from "./deck.js";
import { openDialog } from "./dialog.js";
import { el, iconButton } from "./dom.js";
import { countFaults, openFaults } from "./faults-panel.js";
import { icon } from "./icons.js";
import { askForGroup, askForPerson } from "./people-forms.js";
import { Store } from "./store.js";
import { currentTheme, restoreTheme, switchTheme } from "./theme.js";

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const KEYS = [
  ["Enter", "send"],
  ["Shift + Enter", "new line"],
  ["/", "the bot’s commands"],
  ["↑ in an empty input", "edit what you wrote last"],
  ["F6, Shift + F6", "next, previous column"],
  ["Alt + 1 … 9", "that column"],
  ["↑ ↓ among the messages", "move"],
  ["Enter on a message", "its menu: reply, edit, forward"],
  ["Esc", "close, cancel"],
];

function start() {
  restoreTheme();
  const store = new Store();
  const addPerson = () =>
    askForPerson(store, (person) => deck.add({ personId: person.id, chatId: person.id, botId: store.bots[0]?.id }));
  const addGroup = () =>
    askForGroup(store, (group) =>
      deck.add({ personId: group.members?.at(-1) ?? [...store.persons.keys()][0], chatId: group.id }),
    );
  const deck = new Deck(store, byId("deck"), byId("tabs"), { addPerson });
  clockBar(byId("clock"), store);
  drawTools(deck, { addPerson, addGroup });
  watchConnection(store);
  store.open();
}

/** @param {Deck} deck @param {{addPerson: () => void, addGroup: () => void}} can */
function drawTools(deck, { addPerson, addGroup }) {
  const faultCount = el("span", { class: "badge", hidden: true });
  const showFaults = (count) => {
    faultCount.hidden = count === 0;
    faultCount.textContent = String(count);
  };
  const words = (drawing, text, label, act) =>
    el(
      "button",
      { type: "button", class: "tool", "aria-label": label, title: label, onclick: act },
      icon(drawing),
      el("span", { text }),
    );
  const faults = words("bolt", "Faults", "Faults on demand", () => openFaults(showFaults));
  faults.append(faultCount);
  const theme = iconButton(icon(currentTheme() === "dark" ? "sun" : "moon"), "Light or dark", {
    onclick: () => {
      switchTheme();
      theme.replaceChildren(icon(currentTheme() === "dark" ? "sun" : "moon"));
    },
  });
  byId("tools").append(
    words("person", "Persona", "Add a persona", addPerson),
    words("group", "Group", "Add a group", addGroup),
    words("plus", "Column", "Add a column", () => deck.add()),
    faults,
    theme,
    iconButton(icon("help"), "Keys", { onclick: showKeys }),
  );
  const topbar = document.querySelector(".topbar");
  const toggle = iconButton(icon("sliders"), "Clock and tools", {
    class: "tools-toggle",
    "aria-expanded": "false",
    "aria-controls": "clock tools",
    onclick: () => toggle.setAttribute("aria-expanded", String(topbar?.classList.toggle("open"))),
  });
  topbar?.querySelector(".brand")?.append(toggle);
  countFaults().then(showFaults, () => {});
}

function showKeys() {
  openDialog("Keys", [
    el(
      "dl",
      { class: "commands" },
      ...KEYS.flatMap(([key, does]) => [el("dt", { text: key }), el("dd", { text: does })]),
    ),
  ]);
}

/** @param {Store} store */
function watchConnection(store) {
  const banner = byId("banner");
  store.addEventListener("lost", () => {
    banner.textContent = "The sandbox does not answer. This page goes on by itself as soon as it is back.";
    banner.hidden = false;
  });
  store.addEventListener("found", () => {
    banner.hidden = true;
  });
}

start();
