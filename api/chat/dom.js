/** Elements out of names and words. Text is never markup: nothing here reads HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** Return an element; `onclick` and its like become listeners, true and false set or leave out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Return a button that does something; it never sends a form. */
export function button(words, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, words);
}

/** Return one of the drawn signs, which say nothing to a screen reader. */
export function sign(path) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

export const SIGNS = {
  close: "M5 5l10 10M15 5L5 15",
  rename: "M4 16l1-4L13 4l3 3-8 8-4 1z",
  remove: "M4 6h12M8 6V4h4v2M6 6l1 10h6l1-10",
  save: "M10 3v9M6 9l4 4 4-4M4 16h12",
  add: "M10 4v12M4 10h12",
  out: "M8 5H4v11h11v-4M11 4h5v5M16 4l-7 7",
};

/** Return the element of an id that the page is known to have. */
export function at(id) {
  return document.getElementById(id);
}

/** Say to a screen reader what happened; the same words twice are said twice. */
export function announce(words) {
  const place = at("said");
  place.textContent = "";
  window.setTimeout(() => { place.textContent = words; }, 50);
}

let noticeTimer = 0;

/** Show a short notice for some seconds, with one thing that can be done about it. */
export function notice(words, action = null) {
  const place = at("notice");
  window.clearTimeout(noticeTimer);
  const done = () => { place.hidden = true; };
  place.replaceChildren(element("span", {}, words));
  if (action) place.append(button(action.words, () => { done(); action.do(); }));
  place.hidden = false;
  announce(words);
  noticeTimer = window.setTimeout(done, action ? 12_000 : 5_000);
}
