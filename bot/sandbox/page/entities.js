/**
 * Telegram's formatting as nodes. Offsets count UTF-16 units, as JavaScript's strings do. What people and bots wrote
 * only ever becomes text nodes and checked attributes.
 */

import { el } from "./dom.js";
import { isSafe } from "./links.js";

const WRAPS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};

/**
 * @typedef {{openLink: (url: string) => void, useCommand: (text: string) => void}} TextActions
 */

/**
 * @param {string} text
 * @param {import("./types.js").Entity[]} entities
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
export function formatted(text, entities, actions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, sorted, 0, text.length, actions);
  return fragment;
}

/**
 * Append `text` from `start` to `end`; an entity that reaches over the end of another is cut in two.
 * @param {ParentNode & Node} parent @param {string} text @param {import("./types.js").Entity[]} entities
 * @param {number} start @param {number} end @param {TextActions} actions
 */
function fill(parent, text, entities, start, end, actions) {
  let position = start;
  entities.forEach((entity, index) => {
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) return;
    parent.append(withoutLeadingBreak(parent, text.slice(position, from)));
    const node = nodeFor(entity, text.slice(from, to), actions);
    fill(node.inner, text, entities.slice(index + 1), from, to, actions);
    parent.append(node.outer);
    position = to;
  });
  if (position < end) parent.append(withoutLeadingBreak(parent, text.slice(position, end)));
}

/** A block ends its line by itself: the line break after it would be a second one. */
function withoutLeadingBreak(parent, text) {
  const before = parent.lastChild;
  const isBlock = before instanceof HTMLElement && ["BLOCKQUOTE", "FIGURE"].includes(before.tagName);
  return isBlock && text.startsWith("\n") ? text.slice(1) : text;
}

/**
 * @param {import("./types.js").Entity} entity @param {string} text what it covers
 * @param {TextActions} actions @returns {{outer: HTMLElement, inner: HTMLElement}}
 */
function nodeFor(entity, text, actions) {
  const plain = (node) => ({ outer: node, inner: node });
  if (entity.type in WRAPS) return plain(el(WRAPS[entity.type]));
  switch (entity.type) {
    case "spoiler":
      return plain(spoiler());
    case "pre":
      return pre(entity.language);
    case "blockquote":
      return plain(el("blockquote"));
    case "expandable_blockquote":
      return expandable();
    case "bot_command":
      return plain(el("button", { type: "button", class: "in-text", dir: "ltr", onclick: () => actions.useCommand(text) }));
    case "text_link":
      return plain(link(entity.url ?? "", actions));
    case "url":
      return plain(leftToRight(link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, actions)));
    case "email":
      return plain(leftToRight(link(`mailto:${text}`, actions)));
    case "phone_number":
      return plain(leftToRight(link(`tel:${text.replaceAll(/[^+\d]/g, "")}`, actions)));
    case "mention":
      return plain(leftToRight(link(`https://t.me/${text.slice(1)}`, actions)));
    default:
      return plain(el("span", { class: `entity-${entity.type}` }));
  }
}

/** An address reads from left to right, also within a text that does not. @param {HTMLElement} node */
function leftToRight(node) {
  node.dir = "ltr";
  return node;
}

/** @param {string} url @param {TextActions} actions */
function link(url, actions) {
  if (!isSafe(url)) return el("span", { class: "unsafe-link", title: "The page does not open such links." });
  return el("a", {
    href: url,
    target: "_blank",
    rel: "noopener noreferrer",
    title: url,
    onclick: (event) => {
      event.preventDefault();
      actions.openLink(url);
    },
  });
}

function spoiler() {
  const node = el("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": "Hidden text: press to show",
  });
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (node.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show, true);
  node.addEventListener("keydown", show);
  return node;
}

/** @param {string|undefined} language */
function pre(language) {
  const inner = el("code");
  const box = el("figure", { class: "pre" });
  if (language) box.append(el("figcaption", { text: language }));
  box.append(el("pre", { dir: "ltr" }, inner));
  return { outer: box, inner };
}

function expandable() {
  const inner = el("div", { class: "folded" });
  const button = el("button", { type: "button", class: "unfold", "aria-expanded": "false", text: "Show more" });
  button.addEventListener("click", () => {
    const open = inner.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Show less" : "Show more";
  });
  return { outer: el("blockquote", {}, inner, button), inner };
}
