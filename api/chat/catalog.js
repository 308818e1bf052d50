/** What is in the index, as far as a page needs to know it: the list, read once and read again. */

import { call } from "./service.js";

const AT_ONCE = 500;
const MOST = 5_000; // of a larger index the first are counted, and the page says so

let known = null;
const listeners = [];

/** Call `tell` whenever articles came or went. */
export function onCatalog(tell) {
  listeners.push(tell);
}

/** Return `{ articles, complete }`; read from the service when it was not yet, or has changed. */
export async function catalog() {
  known ??= load();
  try {
    return await known;
  } catch (error) {
    known = null;
    throw error;
  }
}

/** Forget the list, because articles came or went. */
export async function refreshCatalog() {
  known = null;
  const read = await catalog();
  for (const tell of listeners) tell(read);
  return read;
}

/** Return how often each value of a field occurs, most first. */
export function counts(articles, field) {
  const found = new Map();
  for (const article of articles) if (article[field]) found.set(article[field], (found.get(article[field]) ?? 0) + 1);
  return [...found].sort(([a, many], [b, more]) => more - many || a.localeCompare(b));
}

async function load() {
  const articles = [];
  let cursor = null;
  do {
    const page = await call("GET", "/v1/articles", { query: [["limit", AT_ONCE], ...(cursor ? [["cursor", cursor]] : [])] });
    articles.push(...page.articles);
    cursor = page.next_cursor;
  } while (cursor && articles.length < MOST);
  return { articles, complete: cursor === null };
}
