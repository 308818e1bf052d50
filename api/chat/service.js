/** Calls to the service that the page came from, and what can go wrong with them. */

import { events } from "./events.js";
import { currentKey, keyRefused, showing } from "./key.js";

/** The service refused, or failed; `detail` is what it says should be done. */
export class Refusal extends Error {
  constructor(status, title, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.title = title;
    this.retryAfter = retryAfter; // seconds, null unless the service is only busy
  }
}

/** Nothing answered: no network, or no service. */
export class Lost extends Error {}

/** Return what a call answers, as JSON; null where it answers with nothing. `key` is one to try. */
export async function call(method, path, { body, query, signal, key } = {}) {
  const response = await send(method, path, { body, query, signal, key, accept: "application/json" });
  return response.status === 204 ? null : read(response, signal);
}

/**
 * Ask a question and return the answer. Where the service streams, `onStage(name, value)` hears of
 * each stage before; where it does not, the answer comes in one piece.
 */
export async function ask(body, { signal, onStage }) {
  const accept = "text/event-stream, application/json;q=0.9";
  const response = await send("POST", "/v1/ask", { body, signal, accept });
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return read(response, signal);
  for await (const { name, value } of events(response.body, signal)) {
    if (name === "answer") return value;
    if (name === "error") throw refusal(value.status ?? 500, value, null);
    onStage(name, value);
  }
  throw new Lost("the stream ended before the answer");
}

/** Return the address of an article, whatever characters its id is made of. */
export function articlePath(id) {
  const encoded = encodeURIComponent(id);
  return `/v1/articles/${/^\.+$/.test(encoded) ? encoded.replaceAll(".", "%2E") : encoded}`;
}

/** Return filters as the query parameters of a list or a search. */
export function filterQuery(filters) {
  const pairs = [];
  for (const name of ["source", "language"]) for (const each of filters[name] ?? []) pairs.push([name, each]);
  for (const name of ["published_from", "published_to"]) if (filters[name]) pairs.push([name, filters[name]]);
  return pairs;
}

/** Return the problem in a response that is an error; `after` is its Retry-After, if it has one. */
export function refusalOf(status, text, after) {
  const wait = Number.parseInt(after ?? "", 10);
  const retryAfter = Number.isNaN(wait) ? null : wait;
  try {
    return refusal(status, JSON.parse(text), retryAfter);
  } catch {
    return refusal(status, {}, retryAfter);
  }
}

async function send(method, path, { body, query, signal, key, accept }) {
  const address = query?.length ? `${path}?${new URLSearchParams(query)}` : path;
  const headers = { Accept: accept, ...showing(key ?? currentKey()) };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(address, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    throw signal?.aborted ? error : new Lost(String(error));
  }
  if (response.ok) return response;
  if (response.status === 401 && !key) keyRefused(); // one that is tried is told to who tries it
  throw refusalOf(response.status, await response.text().catch(() => ""), response.headers.get("Retry-After"));
}

async function read(response, signal) {
  try {
    return await response.json();
  } catch (error) {
    throw signal?.aborted ? error : new Lost(String(error)); // it broke off in the middle
  }
}

function refusal(status, problem, retryAfter) {
  return new Refusal(status, problem.title ?? "", problem.detail ?? `HTTP ${status}`, retryAfter);
}
