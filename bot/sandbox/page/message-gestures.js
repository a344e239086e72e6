/** How a message's menu opens besides its button: right click, long press, keys. */

const LONG_PRESS_MS = 500;
const STILL_PX = 8;

/**
 * @param {HTMLElement} body where the messages are
 * @param {(id: number, anchor: Element|{x: number, y: number}) => void} openMenu
 */
export function watchGestures(body, openMenu) {
  body.addEventListener("contextmenu", (event) => {
    const message = messageAt(event.target);
    if (!message || String(getSelection() ?? "")) return;
    event.preventDefault();
    if (/** @type {PointerEvent} */ (event).pointerType === "touch") return; // the long press has opened it
    const byKey = event.clientX === 0 && event.clientY === 0;
    openMenu(idOf(message), byKey ? message : { x: event.clientX, y: event.clientY });
  });
  body.addEventListener("keydown", (event) => keys(event, body, openMenu));
  watchLongPress(body, openMenu);
}

/** Arrow keys go from message to message; Enter opens the menu of the one in focus. */
function keys(event, body, openMenu) {
  const onList = event.target instanceof HTMLElement && event.target.matches(".scroll, .message");
  if (!onList) return;
  const current = messageAt(event.target);
  if (event.key === "Enter" && current) {
    event.preventDefault();
    openMenu(idOf(current), current);
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const all = [...body.querySelectorAll(".message")];
    const at = current ? all.indexOf(current) + (event.key === "ArrowUp" ? -1 : 1) : all.length - 1;
    if (!all[at]) return;
    event.preventDefault();
    all[at].focus();
  }
}

function watchLongPress(body, openMenu) {
  let timer = 0;
  let start = { x: 0, y: 0 };
  let opened = false;
  body.addEventListener("pointerdown", (event) => {
    const message = messageAt(event.target);
    if (event.pointerType !== "touch" || !message) return;
    start = { x: event.clientX, y: event.clientY };
    opened = false;
    timer = setTimeout(() => {
      opened = true;
      openMenu(idOf(message), start);
    }, LONG_PRESS_MS);
  });
  body.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > STILL_PX) clearTimeout(timer);
  });
  for (const type of ["pointerup", "pointercancel"]) body.addEventListener(type, () => clearTimeout(timer));
  // Otherwise the lifted finger counts as a click and takes the focus out of the menu, which closes it.
  body.addEventListener("touchend", (event) => opened && event.preventDefault(), { passive: false });
}

/** @param {EventTarget|null} target @returns {HTMLElement|null} */
function messageAt(target) {
  return target instanceof Element ? target.closest(".message") : null;
}

/** @param {HTMLElement} message */
function idOf(message) {
  return Number(message.dataset.id);
}
