/** The people's side of the sandbox's HTTP API (docs/sandbox.md). Nothing else is ever asked of anybody. */

/** The sandbox answered that it will not do what was asked, or did not answer (`status` 0). */
export class ApiError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

/**
 * @param {string} method
 * @param {string} path below /sandbox
 * @param {object|FormData} [body]
 * @returns {Promise<any>} the answer's JSON
 * @throws {ApiError}
 */
async function call(method, path, body) {
  /** @type {RequestInit} */
  const request = { method };
  if (body instanceof FormData) request.body = body;
  else if (body) {
    request.body = JSON.stringify(body);
    request.headers = { "content-type": "application/json" };
  }
  let response;
  try {
    response = await fetch(`/sandbox${path}`, request);
  } catch {
    throw new ApiError("The sandbox does not answer. Is it still running?", 0);
  }
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(answer.error ?? `The sandbox answered ${response.status}.`, response.status);
  return answer;
}

/** @param {Record<string, string|number|undefined>} fields */
function query(fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length ? `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}` : "";
}

export const api = {
  state: () => call("GET", "/state"),
  addPerson: (fields) => call("POST", "/persons", fields),
  addGroup: (fields) => call("POST", "/groups", fields),
  addMember: (chatId, personId) => call("POST", `/groups/${chatId}/members`, { person_id: personId }),
  addTopic: (chatId, fields) => call("POST", `/groups/${chatId}/topics`, fields),
  addBot: (chatId, botId) => call("POST", `/groups/${chatId}/bot`, { bot_id: botId }),
  removeBot: (chatId, botId) => call("POST", `/groups/${chatId}/remove_bot`, { bot_id: botId }),
  upgrade: (chatId) => call("POST", `/groups/${chatId}/upgrade`, {}),
  chat: (chatId, fields) => call("GET", `/chats/${chatId}${query(fields)}`),
  commands: (fields) => call("GET", `/commands${query(fields)}`),
  send: (personId, fields) => call("POST", `/persons/${personId}/messages`, fields),
  sendFile: (personId, form) => call("POST", `/persons/${personId}/files`, form),
  /** `what` is stickers, voices, locations or contacts. */
  sendOther: (personId, what, fields) => call("POST", `/persons/${personId}/${what}`, fields),
  edit: (personId, fields) => call("POST", `/persons/${personId}/edits`, fields),
  press: (personId, fields) => call("POST", `/persons/${personId}/presses`, fields),
  pressAnswer: (queryId) => call("GET", `/presses/${encodeURIComponent(queryId)}`),
  start: (personId, fields) => call("POST", `/persons/${personId}/start`, fields),
  block: (personId, fields) => call("POST", `/persons/${personId}/block`, fields),
  react: (personId, fields) => call("POST", `/persons/${personId}/reactions`, fields),
  inline: (personId, fields) => call("POST", `/persons/${personId}/inline`, fields),
  inlineAnswer: (queryId) => call("GET", `/inline/${encodeURIComponent(queryId)}?wait=10`),
  chooseInline: (personId, queryId, fields) =>
    call("POST", `/persons/${personId}/inline/${encodeURIComponent(queryId)}/choose`, fields),
  moveClock: (fields) => call("POST", "/clock", fields),
  faults: () => call("GET", "/faults"),
  addFault: (fields) => call("POST", "/faults", fields),
  clearFault: (id) => call("DELETE", id === undefined ? "/faults" : `/faults/${id}`),
};

/** Where the bytes of a file are. @param {string} fileId */
export function fileUrl(fileId) {
  return `/sandbox/files/${encodeURIComponent(fileId)}`;
}
