/** Faults on demand: what the network, or Telegram, does to the bot. */

import { api } from "./api.js";
import { fieldNode, openDialog, valuesOf } from "./dialog.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { attempt } from "./toast.js";

/** @type {[string, string][]} */
const KINDS = [
  ["429", "429 Too many requests"],
  ["500", "500 Internal error"],
  ["502", "502 Bad gateway"],
  ["drop", "Connection drops before it is done"],
  ["drop_after", "Done, but the answer is lost"],
  ["slow", "Slow answer"],
  ["duplicate_update", "Update delivered twice"],
  ["delay_update", "Updates of a chat held back"],
];
const NAMES = new Map(KINDS);
/** The fields that only some kinds have. */
const ONLY_FOR = {
  retry_after: ["429"],
  delay_s: ["slow", "delay_update"],
  method: ["429", "500", "502", "drop", "drop_after", "slow"],
};

/** @type {import("./dialog.js").Field[]} */
const FIELDS = [
  { name: "kind", label: "What goes wrong", type: "select", options: KINDS },
  { name: "method", label: "In which calls", placeholder: "* (all)", hint: "A method, as sendMessage; * for all." },
  {
    name: "probability",
    label: "How often",
    type: "select",
    value: "1",
    options: [
      ["1", "Every time"],
      ["0.5", "Half of the time"],
      ["0.2", "1 in 5"],
      ["0.05", "1 in 20"],
    ],
  },
  { name: "times", label: "How many times at most", type: "number", min: "1", step: "1", placeholder: "without end" },
  { name: "retry_after", label: "Retry after, seconds", type: "number", min: "1", step: "1", value: "5" },
  { name: "delay_s", label: "Delay, seconds", type: "number", min: "0", step: "0.1", value: "3" },
];
const NUMBERS = ["probability", "times", "retry_after", "delay_s"];

/** @param {(active: number) => void} onChange how many faults there are now */
export function openFaults(onChange) {
  const list = el("ul", { class: "faults" });
  const form = /** @type {HTMLFormElement} */ (
    el(
      "form",
      { class: "form two-columns" },
      ...FIELDS.map(fieldNode),
      el("div", { class: "dialog-foot" }, el("button", { type: "submit", class: "primary", text: "Add this fault" })),
    )
  );
  const draw = () =>
    attempt(async () => {
      const faults = listIn(await api.faults());
      onChange(faults.length);
      list.replaceChildren(
        ...(faults.length
          ? faults.map((fault) => faultNode(fault, draw))
          : [el("li", { class: "none", text: "None: everything works." })]),
      );
      clear.hidden = faults.length === 0;
    });
  const clear = el("button", {
    type: "button",
    class: "danger",
    text: "Clear all",
    onclick: () => attempt(() => api.clearFault()).then(draw),
  });
  form.addEventListener("change", () => showFitting(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => api.addFault(faultFrom(form))).then(draw);
  });
  openDialog(
    "Faults",
    [
      el("p", { class: "intro", text: "Make things go wrong between the bot and the sandbox, and see it cope." }),
      el("div", { class: "fault-head" }, el("h3", { text: "Active now" }), clear),
      list,
      el("h3", { text: "Add" }),
      form,
    ],
    { class: "wide" },
  );
  showFitting(form);
  draw();
}

/** @param {HTMLFormElement} form */
function faultFrom(form) {
  const fields = FIELDS.filter(({ name }) => isFor(name, kindIn(form)));
  return Object.fromEntries(
    Object.entries(valuesOf(form, fields)).map(([name, value]) => [
      name,
      NUMBERS.includes(name) ? Number(value) : value,
    ]),
  );
}

function kindIn(form) {
  return String(new FormData(form).get("kind"));
}

function isFor(name, kind) {
  return !(name in ONLY_FOR) || ONLY_FOR[name].includes(kind);
}

function showFitting(form) {
  for (const node of form.querySelectorAll("[data-field]")) node.hidden = !isFor(node.dataset.field, kindIn(form));
}

/** How many faults are active. */
export async function countFaults() {
  return listIn(await api.faults()).length;
}

function listIn(answer) {
  return Array.isArray(answer) ? answer : (answer.faults ?? []);
}

function faultNode(fault, draw) {
  const often =
    fault.probability !== undefined && fault.probability < 1
      ? `${Math.round(fault.probability * 100)} %`
      : "every time";
  const left = fault.times;
  const details = [
    fault.method && fault.method !== "*" ? fault.method : "",
    often,
    left ? `${left} left` : "",
    fault.retry_after ? `retry after ${fault.retry_after} s` : "",
    fault.delay_s ? `${fault.delay_s} s` : "",
    fault.hits ? `hit ${fault.hits} times` : "",
  ];
  return el(
    "li",
    {},
    el(
      "span",
      {},
      el("b", { text: NAMES.get(fault.kind) ?? fault.kind }),
      el("small", { text: details.filter(Boolean).join(" · ") }),
    ),
    iconButton(icon("close"), "Remove this fault", {
      onclick: () => attempt(() => api.clearFault(fault.id)).then(draw),
    }),
  );
}
