/** Short words at the foot of the page that go by themselves. */

import { el } from "./dom.js";

const SHOWN_MS = 4500;

/** @param {string} text @param {"info"|"problem"} [kind] */
export function toast(text, kind = "info") {
  const node = el("div", { class: `toast ${kind}`, dir: "auto", text });
  const place = /** @type {HTMLElement} */ (document.getElementById("toasts"));
  place.append(node);
  setTimeout(() => {
    node.classList.add("leaving");
    setTimeout(() => node.remove(), 300);
  }, SHOWN_MS);
}

/**
 * Do something; say in a toast if it fails.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T|undefined>}
 */
export async function attempt(act) {
  try {
    return await act();
  } catch (fault) {
    toast(fault instanceof Error ? fault.message : String(fault), "problem");
    return undefined;
  }
}
