/** Dialogs: an alert, a question, a form, a picture. Esc closes each; the focus returns to where it was. */

import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";

let count = 0;

/**
 * @param {string} title
 * @param {HTMLElement[]} content
 * @param {{class?: string}} [options]
 */
export function openDialog(title, content, options = {}) {
  count += 1;
  const heading = el("h2", { id: `dialog-${count}`, dir: "auto", text: title });
  const dialog = /** @type {HTMLDialogElement} */ (
    el("dialog", { class: options.class ?? "", "aria-labelledby": heading.id })
  );
  dialog.append(
    el("div", { class: "dialog-head" }, heading, iconButton(icon("close"), "Close", { onclick: () => dialog.close() })),
    ...content,
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("pointerdown", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Say something that must be read, as a bot's answer with `show_alert`. @param {string} text @param {string} title */
export function openAlert(text, title) {
  const ok = el("button", { type: "button", class: "primary", text: "OK" });
  const dialog = openDialog(
    title,
    [el("p", { class: "alert-text", dir: "auto", text }), el("div", { class: "dialog-foot" }, ok)],
    { class: "alert" },
  );
  ok.addEventListener("click", () => dialog.close());
  ok.focus();
}

/**
 * @typedef {{name: string, label: string, type?: string, value?: string, required?: boolean, hint?: string,
 *            options?: [string, string][], min?: string, max?: string, step?: string, placeholder?: string,
 *            optional?: boolean}} Field
 *   `type` is an input's, or "select", "checks" (several of `options`) or "check"
 *
 * A form. `submit` gets the values; what it throws is shown in the form, which stays open.
 * @param {string} title
 * @param {{fields: Field[], action: string, intro?: string, submit: (values: Record<string, any>) => Promise<void>}} form
 */
export function openForm(title, { fields, action, intro, submit }) {
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const go = /** @type {HTMLButtonElement} */ (el("button", { type: "submit", class: "primary", text: action }));
  const form = /** @type {HTMLFormElement} */ (
    el(
      "form",
      { class: "form" },
      intro && el("p", { class: "intro", text: intro }),
      ...fields.map(fieldNode),
      problem,
      el("div", { class: "dialog-foot" }, go),
    )
  );
  const dialog = openDialog(title, [form]);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    go.disabled = true;
    try {
      await submit(valuesOf(form, fields));
      dialog.close();
    } catch (fault) {
      problem.textContent = fault.message;
      problem.hidden = false;
    } finally {
      go.disabled = false;
    }
  });
  /** @type {HTMLElement|null} */ (form.querySelector("input, select"))?.focus();
  return dialog;
}

/** @param {Field} field */
export function fieldNode(field) {
  const { name, label, type = "text", options = [], hint } = field;
  if (type === "checks") {
    const boxes = options.map(([value, text]) =>
      el(
        "label",
        { class: "check" },
        el("input", { type: "checkbox", name, value, checked: true }),
        el("span", { dir: "auto", text }),
      ),
    );
    return el(
      "fieldset",
      { class: "field" },
      el("legend", { text: label }),
      el("div", { class: "checks" }, ...boxes),
      hint && el("small", { text: hint }),
    );
  }
  if (type === "check")
    return el("label", { class: "check field" }, el("input", { type: "checkbox", name }), el("span", { text: label }));
  const attributes = {
    name,
    required: field.required,
    min: field.min,
    max: field.max,
    step: field.step,
    placeholder: field.placeholder,
  };
  const input =
    type === "select"
      ? el("select", attributes, ...options.map(([value, text]) => el("option", { value, text })))
      : el("input", { ...attributes, type, value: field.value, dir: "auto", autocomplete: "off" });
  if (type === "select" && field.value) /** @type {HTMLSelectElement} */ (input).value = field.value;
  return el(
    "label",
    { class: "field", "data-field": name },
    el("span", { text: label }),
    input,
    hint && el("small", { text: hint }),
  );
}

/** @param {HTMLFormElement} form @param {Field[]} fields @returns {Record<string, any>} empty ones left out */
export function valuesOf(form, fields) {
  const data = new FormData(form);
  /** @type {Record<string, any>} */
  const values = {};
  for (const { name, type } of fields) {
    if (type === "checks") values[name] = data.getAll(name);
    else if (type === "check") values[name] = data.has(name);
    else if (String(data.get(name) ?? "").trim()) values[name] = String(data.get(name)).trim();
  }
  return values;
}

/** A picture as large as the window allows. @param {string} url @param {string} caption */
export function openPicture(url, caption) {
  openDialog(caption || "Photo", [el("img", { class: "large-photo", src: url, alt: caption })], { class: "picture" });
}
