/**
 * Building nodes without markup strings: what people typed can only ever become text.
 */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `class`, `text`, `on<event>` handlers; false and null are left out
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.includes("-") && typeof value === "boolean") node[name] = value;
    else node.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
  }
  node.append(
    ...children.flatMap((child) => (child === null || child === undefined || child === false ? [] : [child])),
  );
  return node;
}

/**
 * A button with a drawn icon and a spoken name.
 * @param {SVGElement} icon
 * @param {string} label
 * @param {Record<string, any>} [props]
 */
export function iconButton(icon, label, props = {}) {
  const { class: extra = "", ...rest } = props;
  return el(
    "button",
    { type: "button", class: `icon-button ${extra}`, "aria-label": label, title: label, ...rest },
    icon,
  );
}

/** Whether the person asked their system for less motion. */
export function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
