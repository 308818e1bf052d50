/** An article beside the conversation, with the quotes of an answer marked in their place. */

import { announce, at, button, element, sign, SIGNS } from "./dom.js";
import { origin, tag } from "./answer.js";
import { pieces, unitsOf } from "./offsets.js";
import { paragraphs } from "./paragraphs.js";
import { articlePath, call } from "./service.js";
import { trouble } from "./trouble.js";
import { onLanguage, say } from "./words.js";

const NARROW = "(max-width: 60rem)"; // as in page.css: there it lies over everything else
let shown = null; // { id, focus, citations, opener, article }
let asked = 0;

/** Open the article of a citation at its place; mark `citations`, the answer's others in it, too. */
export async function openArticle(focus, citations, opener) {
  const place = at("reader");
  const mine = (asked += 1);
  shown = { id: focus.article_id, focus, citations, opener, article: null };
  place.hidden = false;
  document.body.classList.add("reading");
  isolate(matchMedia(NARROW).matches);
  place.replaceChildren(head(), element("p", { class: "working" }, say("opening")));
  place.focus();
  try {
    const article = await call("GET", articlePath(focus.article_id));
    const marks = await standing(article, citations.length ? citations : [focus]);
    if (mine !== asked) return;
    shown = { ...shown, article, marks };
    draw();
    toQuote();
  } catch (error) {
    if (mine !== asked) return;
    const words = trouble(error);
    place.replaceChildren(head(), element("p", { class: "trouble" }, words));
    announce(words);
  }
}

/** Close the article and go back to what opened it. */
export function closeArticle() {
  if (!shown) return;
  const { opener } = shown;
  shown = null;
  asked += 1;
  at("reader").hidden = true;
  document.body.classList.remove("reading");
  isolate(false);
  (opener?.isConnected ? opener : at("question")).focus();
}

export function openArticleId() {
  return shown?.id ?? null;
}

/** Close on Escape, and follow the language and the width of the window. */
export function startReader() {
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) closeArticle(); });
  onLanguage(() => { if (shown?.article) draw(); });
  matchMedia(NARROW).addEventListener("change", (event) => isolate(event.matches && shown !== null));
}

/** Where the article covers the page, nothing behind it can be reached. */
function isolate(covered) {
  for (const each of [document.querySelector(".top"), at("conversations"), at("main")]) each.inert = covered;
  const place = at("reader");
  place.setAttribute("role", covered ? "dialog" : "complementary");
  place.ariaModal = covered ? "true" : null;
}

/** Return where each citation stands now: an article may have changed since it was cited. */
async function standing(article, citations) {
  if (citations.every((each) => !each.sha256 || each.sha256 === article.sha256)) return citations.filter(isPlace);
  const { citations: verdicts } = await call("POST", "/v1/citations/verify", { body: { citations } });
  return citations
    .map((each, place) => ({ ...each, start: verdicts[place].start, end: verdicts[place].end, verdict: verdicts[place].verdict }))
    .filter(isPlace);
}

function isPlace(citation) {
  return Number.isInteger(citation.start) && citation.end > citation.start;
}

function draw() {
  const { article, marks, focus } = shown;
  const about = { ...article, published: article.published };
  const link = focus.link ?? article.url;
  const lost = isPlace(focus) && !marks.some((each) => same(each, focus));
  at("reader").replaceChildren(
    head(),
    element(
      "div", { class: "article" },
      element("h2", { lang: tag(article.language), dir: "auto" }, article.title ?? article.id),
      element("p", { class: "origin" }, origin(about)),
      link && element("p", {}, element("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, say(focus.link ? "original-at-passage" : "original"))),
      article.duplicate_of && element("p", { class: "hint" }, say("copy-of", { id: article.duplicate_of })),
      lost && element("p", { class: "trouble" }, say("quote-changed")),
      element("div", { class: "text", lang: article.language === "und" ? null : article.language, dir: "auto" }, text(article.text, marks, focus)),
    ),
  );
  at("reader").setAttribute("aria-label", article.title ?? article.id);
}

function head() {
  const close = say("close-article");
  return element("div", { class: "reader-head" }, element("span", {}, say("article")),
    button([sign(SIGNS.close), element("span", { class: "unseen" }, close)], closeArticle, { class: "plain", title: close }));
}

/** Return the paragraphs of a text with its marks, and the white space that stands between them. */
function text(whole, marks, focus) {
  const units = unitsOf(whole, marks.flatMap((each) => [each.start, each.end]));
  const placed = marks.map((each, place) => ({ start: units[2 * place], end: units[2 * place + 1], citation: each }));
  const parts = [];
  let before = 0;
  for (const [start, end] of paragraphs(whole)) {
    parts.push(whole.slice(before, start), element("p", {}, pieces(start, end, placed).map((piece) => inked(whole, piece, focus))));
    before = end;
  }
  return [...parts, whole.slice(before)];
}

function inked(whole, { start, end, marks }, focus) {
  const words = whole.slice(start, end);
  if (marks.length === 0) return words;
  const sought = marks.find((each) => same(each.citation, focus)) ?? marks[0];
  const number = sought.citation.number || null;
  return element("mark", { class: same(sought.citation, focus) ? "sought" : null, "data-citation": number }, words);
}

function same(one, other) {
  return one.number ? one.number === other.number : one.text === other.text;
}

function toQuote() {
  const quote = at("reader").querySelector("mark.sought") ?? at("reader").querySelector("mark");
  if (!quote) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  quote.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  announce(say("at-quote", { title: shown.article.title ?? shown.article.id }));
}
