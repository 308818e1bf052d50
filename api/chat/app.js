/** The page begins here: every part is made once, and told of the others. */

import { announce, at, button, element, notice } from "./dom.js";
import { forgetSharedQuestion, sharedQuestion } from "./address.js";
import { catalog, onCatalog } from "./catalog.js";
import { onBack, watchConnection } from "./connection.js";
import { Conversations } from "./conversations.js";
import { Filters } from "./filters.js";
import { keyRefused, onKeyAccepted } from "./key.js";
import { Library } from "./library.js";
import { startLock } from "./lock.js";
import { remember, remembered } from "./memory.js";
import { closeArticle, openArticle, startReader } from "./reader.js";
import { Lost } from "./service.js";
import { Sidebar } from "./sidebar.js";
import { trouble } from "./trouble.js";
import { Turns } from "./turns.js";
import { choose, fill, language, number, onLanguage, say } from "./words.js";

const EXAMPLES = ["example-1", "example-2", "example-3"];
let current = null; // id of the conversation that is open

const filters = new Filters();
const turns = new Turns({ open: openArticle, keep, busy });
const library = new Library();
const conversations = new Conversations(() => sidebar.render());
const sidebar = new Sidebar(conversations, { open: openConversation, current: () => current });

function keep(answered) {
  const { id, room } = conversations.keep(current, answered);
  current = id;
  sidebar.render();
  if (!room) notice(say("storage-full"));
}

function busy(is) {
  at("send").hidden = is;
  at("cancel").hidden = !is;
}

function openConversation(id) {
  closeArticle();
  current = id;
  turns.show(id === null ? [] : conversations.turns(id));
  location.hash = "#/";
  sidebar.render();
  welcome();
  at("turns").lastElementChild?.scrollIntoView({ block: "start" });
  at("question").focus();
}

async function ask(question, chosen) {
  const field = at("question");
  if (!question.trim()) return field.focus();
  field.value = "";
  grow();
  at("turns").classList.remove("welcoming");
  await turns.ask(question.trim(), chosen);
}

/** Before the first question: what this is, or, over an empty index, how to begin. */
async function welcome() {
  if (!turns.empty) return;
  const place = at("turns");
  place.classList.add("welcoming");
  let articles = [];
  try {
    ({ articles } = await catalog());
  } catch (error) {
    const words = trouble(error);
    if (!(error instanceof Lost) && turns.empty) place.replaceChildren(unwelcome(words, error.status === 401));
    return;
  }
  if (!turns.empty || !place.classList.contains("welcoming")) return;
  place.replaceChildren(articles.length ? greeting() : beginning());
}

function greeting() {
  return element("div", { class: "welcome" },
    element("p", { class: "motto" }, say("motto")),
    element("p", { class: "hint" }, say("motto-more")),
    element("ul", { class: "examples", "aria-label": say("examples") }, EXAMPLES.map((key) => element("li", {}, button(say(key), () => ask(say(key), filters.body))))));
}

/** Nothing can be asked yet: why, and the way to the key if one is wanted. */
function unwelcome(words, locked) {
  return element("div", { class: "welcome" },
    element("p", { class: "motto" }, words),
    locked && element("div", { class: "actions" }, button(say("enter-key"), keyRefused, { class: "main" })));
}

function beginning() {
  return element("div", { class: "welcome" },
    element("p", { class: "motto" }, say("empty-index")),
    element("p", { class: "hint" }, say("empty-index-more")),
    element("div", { class: "actions" },
      element("a", { class: "as-button main", href: "#/articles" }, say("add-articles")),
      element("span", { onclick: () => { location.hash = "#/articles"; } }, library.adding.samples())));
}

/** Show the view that the address names. */
function route() {
  const inArticles = location.hash === "#/articles";
  at("ask-view").hidden = inArticles;
  at("articles-view").hidden = !inArticles;
  for (const [id, here] of [["to-ask", !inArticles], ["to-articles", inArticles]]) {
    if (here) at(id).setAttribute("aria-current", "page");
    else at(id).removeAttribute("aria-current");
  }
  document.title = inArticles ? `${say("articles")} – Pullquote` : "Pullquote";
  if (inArticles) library.render();
  else welcome();
}

function count({ articles, complete }) {
  at("article-count").textContent = `${number(articles.length)}${complete ? "" : "+"}`;
}

/** The box grows with the question, up to a third of the window (page.css). */
function grow() {
  const field = at("question");
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function appear(wanted) {
  document.documentElement.dataset.appearance = wanted;
  remember("appearance", wanted);
}

function startComposer() {
  at("asking").addEventListener("submit", (event) => {
    event.preventDefault();
    ask(at("question").value, filters.body);
  });
  at("question").addEventListener("input", grow);
  at("question").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at("asking").requestSubmit();
  });
  at("cancel").addEventListener("click", () => { turns.cancel(); at("question").focus(); });
}

/** On a narrow screen the preferences stand below the conversations. */
function placePreferences(narrow) {
  (narrow ? at("drawer-foot") : document.querySelector(".top")).append(at("preferences"));
}

function startPreferences() {
  const narrow = matchMedia("(max-width: 40rem)"); // as in page.css
  narrow.addEventListener("change", (event) => placePreferences(event.matches));
  placePreferences(narrow.matches);
  at("language").value = language;
  at("language").addEventListener("change", (event) => choose(event.target.value));
  at("appearance").value = remembered("appearance") ?? "auto";
  at("appearance").addEventListener("change", (event) => appear(event.target.value));
  appear(at("appearance").value);
  onLanguage(() => {
    if (!turns.empty) turns.render();
    sidebar.render();
    route();
    announce(say("language-changed"));
  });
}

async function start() {
  fill();
  startPreferences();
  startComposer();
  startReader();
  filters.start();
  watchConnection();
  startLock();
  sidebar.render();
  onCatalog((read) => { count(read); welcome(); });
  for (const again of [onBack, onKeyAccepted]) again(() => { route(); catalog().then(count, () => {}); });
  window.addEventListener("hashchange", () => { closeArticle(); route(); at("main").focus(); });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address names the view, not a place in it
    (at("ask-view").hidden ? at("main") : at("question")).focus();
  });
  catalog().then(count, trouble);
  route();
  const shared = sharedQuestion();
  if (!shared) return;
  forgetSharedQuestion();
  filters.choose(shared.filters);
  await ask(shared.question, filters.body);
}

await start();
