/** Icons as inline SVG, 24 by 24, drawn with the text's colour. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  more: "M12 6.5v.01M12 12v.01M12 17.5v.01",
  chevron: "M7 10l5 5 5-5",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  plus: "M12 5v14M5 12h14",
  send: "M5 12l14.5-7-5 14.5-3-6.5zM11.5 13l8-8",
  attach: "M8 12.5l6-6a3 3 0 0 1 4.3 4.3l-8 8a5 5 0 0 1-7-7l7.2-7.3",
  keyboard: "M4 7.5h16v10H4zM7.5 10.5v.01M10.5 10.5v.01M13.5 10.5v.01M16.5 10.5v.01M8 14.5h8",
  slash: "M9.5 18.5l5-13M4.5 5h15v14h-15z",
  person: "M12 12a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM4.5 20c.8-3.8 3.8-5.5 7.5-5.5s6.7 1.7 7.5 5.5",
  group:
    "M9 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM2.8 19c.6-3.3 3-4.8 6.2-4.8s5.6 1.5 6.2 4.8M16 5.2a3.2 3.2 0 0 1 0 6.2M17.5 14.5c2.2.5 3.4 2 3.8 4.5",
  bolt: "M13 3L5.5 13.5H11L10.5 21 18.5 10H13z",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.8v.01",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  calendar: "M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4",
  file: "M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4",
  download: "M12 4.5v10M7.5 10.5l4.5 4.5 4.5-4.5M5 19.5h14",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.5v.01",
  reply: "M10 6L4.5 11.5 10 17v-3.5c5 0 8 1.5 9.5 4.5 0-6-3.5-9.5-9.5-9.5z",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  forward: "M14 6l5.5 5.5L14 17v-3.5c-5 0-8 1.5-9.5 4.5 0-6 3.5-9.5 9.5-9.5z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  code: "M8.5 7.5L4 12l4.5 4.5M15.5 7.5L20 12l-4.5 4.5",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.7 5.7l12.6 12.6",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5v.01",
  external: "M13.5 5H19v5.5M19 5l-8.5 8.5M16 13.5V19H5V8h5.5",
  pin: "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  mic: "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  sticker: "M5 5h14v9l-5 5H5zM14 19v-5h5",
  play: "M8 5.5v13l11-6.5z",
  down: "M6 10l6 6 6-6",
  sliders: "M5 8h8M17 8h2M15 6v4M5 16h2M11 16h8M9 14v4",
  search: "M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM16 16l4 4",
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
