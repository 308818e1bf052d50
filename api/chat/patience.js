/** A service that is only busy, or a key that was used too often: asked again when it says so. */

import { Refusal } from "./service.js";

const MOST_TRIES = 4;

/**
 * Return what `attempt` does, tried again as long as the service says when. `waiting` hears of the
 * refusal that is waited out, and null when the wait is over.
 */
export async function patiently(attempt, { signal = null, waiting }) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refusal) || error.retryAfter === null || tried === MOST_TRIES) throw error;
      waiting(error);
      await pause(error.retryAfter * 1_000, signal);
      waiting(null);
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      window.clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
