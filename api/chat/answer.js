/** An answer as people read it: its verdict, its points as pull quotes, and what was searched. */

import { button, element } from "./dom.js";
import { day, language, languageName, number, say } from "./words.js";

/** Return the parts of an answer. `open(citation)` opens an article, `copy(citation)` copies a quote. */
export function showAnswer(answer, { open, copy }) {
  const cited = new Map(answer.citations.map((each) => [each.number, each]));
  return [
    understood(answer),
    verdict(answer),
    answer.points.length > 0 && points(answer, cited, { open, copy }),
    answer.nearest.length > 0 && nearest(answer, open),
    element("p", { class: "coverage" }, coverage(answer)),
  ];
}

/** Return in words how much was looked at. */
export function coverage({ coverage: { passages_read, articles_matched, articles_in_scope } }) {
  if (articles_in_scope === 0) return say("nothing-in-scope");
  return say("coverage", { passages: say("passages", { n: passages_read }), matched: say("n-articles", { n: articles_matched }), scope: articles_in_scope });
}

/** Return what a screen reader is told of an answer that came. */
export function spoken(answer) {
  if (answer.status === "no_answer") return `${say("no_answer")} ${coverage(answer)}`;
  return `${say(answer.status)}. ${say("n-points", { n: answer.points.length })}. ${say(confidenceKey(answer.confidence))}.`;
}

/** Return what is known of where a quote comes from: outlet, day, language. */
export function origin(citation) {
  return [
    citation.source && element("span", { class: "source" }, citation.source),
    citation.published && element("time", { datetime: citation.published }, day(citation.published)),
    element("span", {}, languageName(citation.language)),
  ].filter(Boolean);
}

function understood(answer) {
  const said = answer.understood_as;
  if (!said || said === answer.question) return null;
  return element("p", { class: "understood" }, `${say("understood-as")} `, element("q", { dir: "auto" }, said));
}

function verdict(answer) {
  const sure = say(confidenceKey(answer.confidence));
  const n = Math.min(9, Math.max(1, Math.round(answer.confidence * 10))); // never all, never none
  const tenths = say("calibrated", { n, percent: number(answer.confidence * 100) });
  return element(
    "div", { class: `verdict ${answer.status}` },
    element("strong", {}, element("span", { class: "dot", "aria-hidden": "true" }), say(answer.status)),
    answer.status !== "no_answer" && element("span", { class: "sure" }, sure, element("span", { class: "tenths" }, ` · ${tenths}`)),
    answer.status !== "answered" && element("p", {}, say(answer.status === "weak" ? "weak-why" : "no-answer-why")),
  );
}

// The service calls nothing an answer below the second line (its setting `answered_at`).
function confidenceKey(confidence) {
  if (confidence >= 0.75) return "high-confidence";
  return confidence >= 0.4 ? "fair-confidence" : "low-confidence";
}

function points(answer, cited, actions) {
  return element("ol", { class: "points", "aria-label": say("points") }, answer.points.map((point) => element(
    "li", { class: "point" },
    point.short && element("p", { class: "short", dir: "auto", lang: cited.get(point.quotes[0].citation).language }, point.short),
    point.quotes.map((quote, place) => pullQuote(cited.get(quote.citation), place ? null : point.short, actions)),
    point.independent_sources > 1 && element("p", { class: "sources" }, say("sources", { n: point.independent_sources })),
  )));
}

function pullQuote(citation, short, { open, copy }) {
  return element(
    "figure", { class: "pull-quote" },
    element("blockquote", { lang: tag(citation.language), dir: "auto", cite: citation.url }, ...marked(citation.text, short)),
    element(
      "figcaption", {},
      element("span", { class: "origin" }, origin(citation)),
      button([element("span", { class: "number" }, `[${citation.number}]`), " ", element("span", { lang: tag(citation.language) }, citation.title ?? citation.article_id)],
        (event) => open(citation, event.currentTarget),
        { class: "open", "data-citation": citation.number, title: say("open-article") }),
      element("span", { class: "small-actions" },
        button(say("copy"), () => copy(citation), { class: "plain small", "aria-label": say("copy-quote", { n: citation.number }) }),
        citation.link && element("a", { class: "small", href: citation.link, target: "_blank", rel: "noopener noreferrer" }, say("original"))),
    ),
  );
}

/** Return the quote with its answering words marked, where they stand in it. */
function marked(text, short) {
  const at = short ? text.indexOf(short) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), element("strong", { class: "answering" }, short), text.slice(at + short.length)];
}

function nearest(answer, open) {
  return element(
    "details", { class: "nearest", open: answer.status === "no_answer" },
    element("summary", {}, say("nearest", { n: answer.nearest.length })),
    element("ul", {}, answer.nearest.map((passage) => element(
      "li", {},
      element("p", { class: "passage", lang: tag(passage.language), dir: "auto" }, clipped(passage.text)),
      element("p", { class: "about" }, element("span", { class: "origin" }, origin(passage)),
        button(element("span", { lang: tag(passage.language) }, passage.title ?? passage.article_id), (event) => open(passage, event.currentTarget), { class: "open" })),
    ))),
  );
}

/** Return a passage short enough to be looked over; the article holds the rest. */
export function clipped(text, most = 320) {
  const plain = text.replace(/\s+/g, " ");
  if (plain.length <= most) return plain;
  return `${plain.slice(0, plain.lastIndexOf(" ", most))} …`;
}

/** Return the value of a `lang` attribute; none for a language that nobody knows. */
export function tag(code) {
  return code === "und" || code === language ? null : code;
}
