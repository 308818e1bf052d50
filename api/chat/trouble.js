/** What went wrong with a call, in the words of the page, and what the page does about it. */

import { connectionLost } from "./connection.js";
import { Lost, Refusal } from "./service.js";
import { say } from "./words.js";

/** Return what to tell of an error; a lost connection is looked for from now on. */
export function trouble(error) {
  if (error instanceof Lost) {
    connectionLost();
    return say("lost-call");
  }
  if (!(error instanceof Refusal)) return error.message;
  if (error.status === 401) return say("key-wanted");
  if (error.status === 403) return say("key-reads-only");
  if (error.status === 429 && error.retryAfter !== null) return say("key-too-often", { n: error.retryAfter });
  return error.message;
}
