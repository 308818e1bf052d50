/** The key that the service is shown: kept in this browser only, and sent in a header only. */

import { forget, remember, remembered } from "./memory.js";

const NAME = "key";
const listeners = { refused: [], accepted: [] };
let unkept = null; // in a browser that keeps nothing, for as long as the page is open

/** Return the key that there is, null without one. Another tab may have changed it. */
export function currentKey() {
  return remembered(NAME) ?? unkept;
}

/** Return the headers that show a key. */
export function showing(key) {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

export function keepKey(key) {
  unkept = remember(NAME, key) ? null : key;
  for (const tell of listeners.accepted) tell();
}

export function forgetKey() {
  unkept = null;
  forget(NAME);
}

/** Whether text can be a key at all: a browser sends nothing else in a header. */
export function isKey(text) {
  return /^[\x21-\x7e]+$/.test(text);
}

/** Call `tell` when the service wants a key, or another one. */
export function onKeyRefused(tell) {
  listeners.refused.push(tell);
}

/** Call `tell` when there is a key that the service takes. */
export function onKeyAccepted(tell) {
  listeners.accepted.push(tell);
}

export function keyRefused() {
  for (const tell of listeners.refused) tell();
}
