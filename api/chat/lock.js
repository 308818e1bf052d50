/** The form that asks for a key when the service wants one, and with which it is changed. */

import { announce, at } from "./dom.js";
import { currentKey, forgetKey, isKey, keepKey, onKeyRefused } from "./key.js";
import { call, Refusal } from "./service.js";
import { trouble } from "./trouble.js";
import { say } from "./words.js";

export function startLock() {
  onKeyRefused(() => open(currentKey() ? "key-unknown" : null));
  at("show-lock").addEventListener("click", () => open(null));
  at("leave-lock").addEventListener("click", () => at("lock").close());
  at("forget-key").addEventListener("click", () => { forgetKey(); location.reload(); });
  at("key").addEventListener("input", () => tell(null));
  at("unlocking").addEventListener("submit", (event) => { event.preventDefault(); unlock(); });
  at("show-lock").hidden = !currentKey();
}

function open(why) {
  at("show-lock").hidden = false;
  at("forget-key").hidden = !currentKey();
  if (at("lock").open) return;
  at("key").value = "";
  tell(why && say(why));
  at("lock").showModal();
}

/** Take the key that was typed in, if the service does. */
async function unlock() {
  const key = at("key").value.trim();
  if (!isKey(key)) return refuse(say("key-unknown"));
  at("use-key").disabled = true;
  try {
    await call("GET", "/v1/models", { key });
  } catch (error) {
    const known = error instanceof Refusal && error.status === 429; // only used too often
    if (!known) return refuse(error.status === 401 ? say("key-unknown") : trouble(error));
  } finally {
    at("use-key").disabled = false;
  }
  at("lock").close();
  keepKey(key);
  announce(say("key-accepted"));
}

function refuse(words) {
  tell(words);
  at("key").select();
  at("key").focus();
}

function tell(words) {
  at("key-trouble").textContent = words ?? "";
  at("key-trouble").hidden = !words;
  at("key").setAttribute("aria-invalid", String(Boolean(words)));
}
