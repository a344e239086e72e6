/**
 * What happens, as it happens: the sandbox's stream of events. A lost connection is sought again for as long as the
 * page is open, and whoever listens is told to read everything anew after such a gap.
 */

const KINDS = [
  "message",
  "edited",
  "deleted",
  "callback_answer",
  "chat",
  "person",
  "clock",
  "typing",
  "reply_keyboard",
  "reaction",
  "commands",
];
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;

/**
 * @param {{onEvent: (kind: string, data: any) => void, onOpen: () => void, onLost: () => void}} listener
 *   `onOpen` is called at the first connection and after each gap, `onLost` once at the start of a gap
 */
export function listen(listener) {
  let retryMs = FIRST_RETRY_MS;
  let lost = false;

  function connect() {
    const source = new EventSource("/sandbox/events");
    source.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      lost = false;
      listener.onOpen();
    };
    source.onerror = () => {
      source.close();
      if (!lost) listener.onLost();
      lost = true;
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) =>
        listener.onEvent(kind, JSON.parse(/** @type {MessageEvent} */ (event).data)),
      );
    }
  }

  connect();
}
