/** The interface's words, in the language of the browser or the one that was chosen. */

import { ENGLISH } from "./words.en.js";
import { FRENCH } from "./words.fr.js";
import { remember, remembered } from "./memory.js";

const LANGUAGES = { en: ENGLISH, fr: FRENCH };
const listeners = [];

export let language = first();

/** Return the words of a key, with `{name}` filled in; `{n}` also chooses singular or plural. */
export function say(key, values = {}) {
  let words = LANGUAGES[language][key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  if (typeof words === "object") words = words[new Intl.PluralRules(language).select(values.n)] ?? words.other;
  return words.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/** Choose a language, keep it, and tell everybody who shows words. */
export function choose(chosen) {
  language = chosen;
  remember("language", chosen);
  fill();
  for (const tell of listeners) tell();
}

/** Call `tell` whenever the language has changed. */
export function onLanguage(tell) {
  listeners.push(tell);
}

/** Put the words into the page's own elements. */
export function fill() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
  for (const each of document.querySelectorAll("[data-say-label]")) each.setAttribute("aria-label", say(each.dataset.sayLabel));
  for (const each of document.querySelectorAll("[data-say-placeholder]")) each.placeholder = say(each.dataset.sayPlaceholder);
}

/** Return a day as people write it: 7 January 2026. The day has no time zone. */
export function day(published) {
  const [year, month, date] = published.split("-").map(Number);
  const moment = new Date(Date.UTC(year, month - 1, date));
  return moment.toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" });
}

/** Return the name of a language, such as French; the code itself where it has none. */
export function languageName(code) {
  if (code === "und") return say("unknown-language");
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code);
  } catch {
    return code;
  }
}

export function number(value, digits = 0) {
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function shown(value) {
  return typeof value === "number" ? number(value) : String(value);
}

function first() {
  const wanted = [remembered("language"), ...navigator.languages].filter(Boolean);
  return wanted.map((each) => each.slice(0, 2)).find((each) => each in LANGUAGES) ?? "en";
}
