/** What can be sent besides text: files, and stand-ins for what a phone would record. */

import { el } from "./dom.js";
import { openForm } from "./dialog.js";
import { icon } from "./icons.js";

/**
 * Ask for files. @param {"photo"|"document"} kind @returns {Promise<File[]>} none if the person thinks better of it
 */
export function chooseFiles(kind) {
  const input = /** @type {HTMLInputElement} */ (
    el("input", {
      type: "file",
      multiple: true,
      accept: kind === "photo" ? "image/png,image/jpeg,image/webp" : null,
      class: "file-chooser",
      "aria-label": `Choose a ${kind}`,
    })
  );
  document.body.append(input);
  return new Promise((resolve) => {
    const done = () => {
      resolve([...(input.files ?? [])]);
      input.remove();
    };
    input.addEventListener("change", done);
    input.addEventListener("cancel", done);
    input.click();
  });
}

/**
 * @param {{pick: (kind: "photo"|"document") => void, send: (what: string, fields: object) => void, person: import("./types.js").Person}} to
 * @returns {import("./popover.js").MenuItem[]}
 */
export function attachMenuItems({ pick, send, person }) {
  return [
    { label: "Photo", icon: icon("image"), act: () => pick("photo") },
    { label: "Document", icon: icon("file"), act: () => pick("document") },
    "line",
    { label: "Location", icon: icon("pin"), act: () => askLocation(send) },
    { label: "Contact", icon: icon("person"), act: () => askContact(send, person) },
    { label: "Voice message", icon: icon("mic"), note: "stand-in", act: () => send("voices", { duration: 4 }) },
    { label: "Sticker", icon: icon("sticker"), note: "stand-in", act: () => send("stickers", { emoji: "👍" }) },
  ];
}

function askLocation(send) {
  openForm("Send a location", {
    fields: [
      {
        name: "latitude",
        label: "Latitude",
        type: "number",
        value: "46.2266",
        step: "any",
        min: "-90",
        max: "90",
        required: true,
      },
      {
        name: "longitude",
        label: "Longitude",
        type: "number",
        value: "6.1402",
        step: "any",
        min: "-180",
        max: "180",
        required: true,
      },
    ],
    action: "Send",
    submit: async (values) =>
      send("locations", { latitude: Number(values.latitude), longitude: Number(values.longitude) }),
  });
}

function askContact(send, person) {
  openForm("Send a contact", {
    fields: [
      { name: "first_name", label: "Name", value: person.first_name, required: true },
      { name: "phone_number", label: "Phone number", type: "tel", value: "+10000000000", required: true },
    ],
    action: "Send",
    submit: async (values) => send("contacts", values),
  });
}
