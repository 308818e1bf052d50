/** Whether the service can be reached; when it cannot, the page says so and waits for it. */

import { announce, at } from "./dom.js";
import { onLanguage, say } from "./words.js";

const EVERY_MS = 2_000;
const listeners = [];
let timer = 0;

/** Call `tell` when the service answers again. */
export function onBack(tell) {
  listeners.push(tell);
}

/** Say that nothing answers, and look again until something does. */
export function connectionLost() {
  if (timer) return;
  show();
  timer = window.setInterval(look, EVERY_MS);
}

/** Watch what the browser says of its network, and keep the notice in the page's language. */
export function watchConnection() {
  window.addEventListener("offline", connectionLost);
  window.addEventListener("online", () => timer && look());
  onLanguage(() => timer && show());
}

function show() {
  at("connection").textContent = say("connection-lost");
  at("connection").hidden = false;
}

async function look() {
  try {
    if (!(await fetch("/health/live", { cache: "no-store" })).ok) return;
  } catch {
    return; // still away
  }
  window.clearInterval(timer);
  timer = 0;
  at("connection").hidden = true;
  announce(say("connection-back"));
  for (const tell of listeners) tell();
}
