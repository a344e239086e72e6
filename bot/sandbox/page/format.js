/** How names, dates and sizes are written on this page. Times are those of the sandbox's clock. */

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const FULL = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });

/** @param {number} unix seconds */
export function timeOfDay(unix) {
  return TIME.format(unix * 1000);
}

/** @param {number} unix seconds */
export function fullTime(unix) {
  return FULL.format(unix * 1000);
}

/**
 * A key that is the same for all moments of one day here.
 * @param {number} unix seconds
 */
export function dayKey(unix) {
  const date = new Date(unix * 1000);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/**
 * "Today", "Yesterday" or the date.
 * @param {number} unix seconds
 * @param {number} now seconds
 */
export function dayName(unix, now) {
  if (dayKey(unix) === dayKey(now)) return "Today";
  if (dayKey(unix) === dayKey(now - 86400)) return "Yesterday";
  const sameYear = new Date(unix * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  return (sameYear ? DAY : DAY_AND_YEAR).format(unix * 1000);
}

/** @param {{first_name?: string, last_name?: string, title?: string}|undefined} who */
export function fullName(who) {
  if (!who) return "Somebody";
  return who.title ?? [who.first_name, who.last_name].filter(Boolean).join(" ");
}

/** One or two letters for an avatar. @param {string} name */
export function initials(name) {
  const words = name.split(/[\s·—–-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return (
    letters
      .map((word) => [...word].find((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? "")
      .join("")
      .toLocaleUpperCase() || "?"
  );
}

/** The English name of a language code, or nothing. @param {string|undefined} code */
export function languageName(code) {
  if (!code) return "";
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code;
  }
}

/** @param {number|undefined} bytes */
export function fileSize(bytes) {
  if (bytes === undefined || bytes === null) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Whether the last paragraph reads from right to left, so that the time goes to its other side. @param {string} text */
export function endsRightToLeft(text) {
  const last = text.trimEnd().split("\n").pop() ?? "";
  const letter = last.match(/\p{L}/u)?.[0];
  return letter !== undefined && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u.test(letter);
}
