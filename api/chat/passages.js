/** Why an answer is what it is: the ranked passages behind it, with the scores that ranked them. */

import { button, element } from "./dom.js";
import { clipped } from "./answer.js";
import { catalog } from "./catalog.js";
import { call, filterQuery } from "./service.js";
import { trouble } from "./trouble.js";
import { number, say } from "./words.js";

const SHOWN = 20;

/** Search the question of a turn again and list what is found. */
export async function showPassages(place, turn, open) {
  const question = turn.answer.understood_as ?? turn.question;
  place.replaceChildren(element("p", { class: "working" }, say("searching")));
  try {
    const query = [["q", question], ["limit", SHOWN], ...filterQuery(turn.filters ?? {})];
    const [found, titles] = await Promise.all([call("GET", "/v1/search", { query }), titlesById()]);
    place.replaceChildren(...listed(found.passages, titles, open));
    place.scrollIntoView({ block: "nearest" });
  } catch (error) {
    place.replaceChildren(element("p", {}, trouble(error)));
  }
}

/** Return what articles are called; those that the page does not know go by their id. */
async function titlesById() {
  const { articles } = await catalog().catch(() => ({ articles: [] }));
  return new Map(articles.map((article) => [article.id, article.title]));
}

function listed(passages, titles, open) {
  if (passages.length === 0) return [element("p", {}, say("no-passages"))];
  const best = passages[0].score;
  return [
    element("p", { class: "hint" }, say("scores-explained")),
    element("ol", { class: "passages", "aria-label": say("ranked-passages") }, passages.map((passage) => element(
      "li", {},
      element("div", { class: "scores" },
        element("meter", { min: 0, max: Math.max(best, 0.001), value: Math.max(passage.score, 0), "aria-label": say("score") }),
        element("span", {}, `${say("score")} ${number(passage.score, 2)}`),
        element("span", {}, `${say("meaning")} ${number(passage.dense, 2)}`),
        element("span", {}, `${say("wording")} ${number(passage.lexical, 1)}`)),
      element("p", { class: "passage", dir: "auto" }, clipped(passage.text)),
      button(titles.get(passage.article_id) ?? passage.article_id, (event) => open(passage, event.currentTarget), { class: "open" }),
    ))),
  ];
}
