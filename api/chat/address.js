/** The address bar: a link to a question with its filters, and the view that is shown. */

const MANY = ["source", "language"];
const ONE = ["published_from", "published_to"];

/** Return a link that asks the same question, with the same filters. */
export function shareAddress({ question, filters }) {
  const query = new URLSearchParams({ q: question });
  for (const name of MANY) for (const each of filters?.[name] ?? []) query.append(name, each);
  for (const name of ONE) if (filters?.[name]) query.set(name, filters[name]);
  return `${location.origin}/?${query}`;
}

/** Return the question and filters that the page was opened with; null without a question. */
export function sharedQuestion() {
  const query = new URLSearchParams(location.search);
  const question = query.get("q")?.trim();
  if (!question) return null;
  const filters = {};
  for (const name of MANY) if (query.has(name)) filters[name] = query.getAll(name);
  for (const name of ONE) if (query.get(name)) filters[name] = query.get(name);
  return { question, filters };
}

/** Take the question out of the address, so that a reload does not ask it again. */
export function forgetSharedQuestion() {
  history.replaceState(null, "", location.pathname + location.hash);
}
