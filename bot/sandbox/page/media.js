/** What a message carries besides text: photos, files, and plain cards for everything else. */

import { fileUrl } from "./api.js";
import { el } from "./dom.js";
import { fileSize, fullName } from "./format.js";
import { icon } from "./icons.js";

const THUMBNAIL_PX = 640;

/**
 * @param {import("./types.js").Message} message
 * @param {{enlarge: (url: string, caption: string) => void, openLink: (url: string) => void}} actions
 * @returns {HTMLElement|null}
 */
export function mediaOf(message, actions) {
  if (message.photo?.length) return photo(message, actions);
  if (message.sticker) return sticker(message.sticker);
  const file = message.document ?? message.audio ?? message.video ?? message.animation ?? message.video_note;
  if (file) return fileCard(file, message.audio ? "play" : message.document ? "file" : "image");
  if (message.voice) return voice(message.voice);
  if (message.location || message.venue) return place(message);
  if (message.contact) return card("person", fullName(message.contact), message.contact.phone_number);
  if (message.poll)
    return card("sliders", message.poll.question, message.poll.options?.map((one) => one.text).join(" · "));
  if (message.dice) return card("plus", `${message.dice.emoji} ${message.dice.value}`, "Dice");
  return null;
}

/** One line about a message that has no text, for quotes. @param {import("./types.js").Message} message */
export function inOneLine(message) {
  if (message.text || message.caption) return (message.text ?? message.caption ?? "").slice(0, 200);
  if (message.photo) return "Photo";
  if (message.document) return message.document.file_name ?? "Document";
  const kinds = ["sticker", "voice", "location", "contact", "video", "audio", "animation", "poll", "dice"];
  const kind = kinds.find((name) => message[name]);
  return kind ? kind[0].toUpperCase() + kind.slice(1) : "Message";
}

function photo(message, actions) {
  const sizes = [...message.photo].sort((a, b) => a.width - b.width);
  const small = sizes.find((size) => size.width >= THUMBNAIL_PX) ?? sizes[sizes.length - 1];
  const large = sizes[sizes.length - 1];
  const caption = message.caption ?? "";
  return el(
    "button",
    {
      type: "button",
      class: "photo",
      "aria-label": caption ? `Photo: ${caption}. Enlarge` : "Photo. Enlarge",
      onclick: () => actions.enlarge(fileUrl(large.file_id), caption),
    },
    el("img", {
      src: fileUrl(small.file_id),
      alt: "",
      loading: "lazy",
      decoding: "async",
      width: small.width || 320,
      height: small.height || 240,
    }),
  );
}

/** A file to be downloaded; a calendar file says what it is. */
function fileCard(file, drawing) {
  const name = file.file_name ?? "File";
  const isCalendar = /\.ics$/i.test(name) || file.mime_type === "text/calendar";
  const about = [isCalendar ? "Calendar file" : "", fileSize(file.file_size)].filter(Boolean).join(" · ");
  return el(
    "a",
    { class: "file-card", href: fileUrl(file.file_id), download: name, "aria-label": `Download ${name}` },
    el("span", { class: "file-icon" }, icon(isCalendar ? "calendar" : drawing)),
    el("span", { class: "file-words" }, el("bdi", { class: "file-name", text: name }), el("small", { text: about })),
    icon("download"),
  );
}

function voice(recording) {
  const seconds = recording.duration ?? 0;
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return card("mic", "Voice message", length);
}

function sticker(one) {
  return el(
    "div",
    { class: "sticker", role: "img", "aria-label": `Sticker ${one.emoji ?? ""}` },
    one.emoji ?? "Sticker",
  );
}

function place(message) {
  const { latitude, longitude } = message.venue?.location ?? message.location;
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return card("pin", message.venue?.title ?? "Location", [message.venue?.address, where].filter(Boolean).join(" · "));
}

function card(drawing, title, about = "") {
  return el(
    "div",
    { class: "file-card" },
    el("span", { class: "file-icon" }, icon(drawing)),
    el("span", { class: "file-words" }, el("bdi", { class: "file-name", text: title }), el("small", { text: about })),
  );
}
