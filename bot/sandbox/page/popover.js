/** Small menus and panels that open at a button and close with Esc, a choice, or a press elsewhere. */

import { el } from "./dom.js";

const GAP_PX = 6;
/** What closes the popover of an anchor, while there is one. @type {WeakMap<Element, () => void>} */
const OPEN = new WeakMap();

/**
 * @typedef {{label: string, icon?: SVGElement, act: () => void, danger?: boolean, note?: string, checked?: boolean} | "line" | {heading: string}} MenuItem
 *
 * Open `content` near `anchor`; the focus returns there afterwards. Pressing the same anchor again closes it.
 *
 * Popovers of the kind "auto" would close when the finger of a long press is lifted, so this closes them itself.
 * @param {Element|{x: number, y: number}} anchor
 * @param {HTMLElement} content
 * @returns {() => void} closes it
 */
export function openPopover(anchor, content) {
  const isShownHere = anchor instanceof Element && OPEN.get(anchor);
  if (isShownHere) {
    isShownHere();
    return isShownHere;
  }
  const returnTo = document.activeElement;
  const stop = new AbortController();
  const close = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    const hadFocus = content.contains(document.activeElement) || document.activeElement === document.body;
    content.remove();
    if (anchor instanceof Element) OPEN.delete(anchor);
    if (hadFocus && returnTo instanceof HTMLElement) returnTo.focus({ preventScroll: true });
  };
  content.classList.add("popover");
  content.setAttribute("popover", "manual");
  document.body.append(content);
  content.showPopover();
  place(content, anchor);
  if (anchor instanceof Element) OPEN.set(anchor, close);
  const isOutside = (target) =>
    !content.contains(target) && !(anchor instanceof HTMLButtonElement && anchor.contains(target));
  const options = { signal: stop.signal, capture: true };
  document.addEventListener("pointerdown", (event) => isOutside(event.target) && close(), options);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
    },
    options,
  );
  content.addEventListener(
    "focusout",
    (event) => event.relatedTarget && isOutside(event.relatedTarget) && close(),
    options,
  );
  return close;
}

/**
 * A menu: arrow keys move, Enter chooses.
 * @param {Element|{x: number, y: number}} anchor
 * @param {string} label
 * @param {MenuItem[]} items
 * @param {(close: () => void) => HTMLElement} [above] something over the items
 */
export function openMenu(anchor, label, items, above) {
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label });
  if (above) menu.append(above(() => close()));
  for (const item of items) menu.append(itemNode(item, () => close()));
  menu.addEventListener("keydown", moveWithArrows);
  const close = openPopover(anchor, menu);
  if (!menu.isConnected) return close;
  const first = menu.querySelector("[aria-checked=true]") ?? menu.querySelector(".menu-item");
  /** @type {HTMLElement|null} */ (first)?.focus();
  return close;
}

function itemNode(item, close) {
  if (item === "line") return el("hr", { role: "separator" });
  if ("heading" in item) return el("div", { class: "menu-heading" }, el("bdi", { text: item.heading }));
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  return el(
    "button",
    {
      type: "button",
      role,
      class: `menu-item${item.danger ? " danger" : ""}`,
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      onclick: () => {
        close();
        item.act();
      },
    },
    item.icon,
    el("bdi", { class: "menu-label", text: item.label }),
    item.note && el("small", { text: item.note }),
  );
}

/** @param {KeyboardEvent} event */
function moveWithArrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1, Home: -1e9, End: 1e9 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
  const now = buttons.findIndex((button) => button === document.activeElement);
  const next =
    Math.abs(step) > 1
      ? Math.max(0, Math.min(buttons.length - 1, step))
      : (now + step + buttons.length) % buttons.length;
  buttons[next]?.focus();
}

/** Beside the anchor, inside the window. */
function place(content, anchor) {
  const box = anchor instanceof Element ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  const { offsetWidth: width, offsetHeight: height } = content;
  const below = box.bottom + GAP_PX + height <= innerHeight || box.top < innerHeight / 2;
  const top = below ? box.bottom + GAP_PX : box.top - GAP_PX - height;
  const left = box.left + width <= innerWidth - GAP_PX ? box.left : box.right - width;
  content.style.top = `${Math.max(GAP_PX, Math.min(top, innerHeight - height - GAP_PX))}px`;
  content.style.left = `${Math.max(GAP_PX, Math.min(left, innerWidth - width - GAP_PX))}px`;
}
