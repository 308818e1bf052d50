/** The articles that are in the index: listed, opened, removed, and the ways to add some. */

import { announce, at, button, element, notice, sign, SIGNS } from "./dom.js";
import { Adding } from "./adding.js";
import { tag } from "./answer.js";
import { catalog, refreshCatalog } from "./catalog.js";
import { closeArticle, openArticle, openArticleId } from "./reader.js";
import { articlePath, call } from "./service.js";
import { trouble } from "./trouble.js";
import { day, languageName, say } from "./words.js";

const SHOWN = 200; // rows; the rest is found by typing

/** The view of the articles. */
export class Library {
  #sought = "";
  #list = element("div", { class: "library" });
  #framed = null; // whether the frame that stands there is that of an empty index

  constructor() {
    this.adding = new Adding(() => this.refresh());
  }

  /** Draw the view; the queue of what is being added stays as it is. */
  async render() {
    this.#framed = null;
    try {
      this.#show(await catalog());
    } catch (error) {
      this.#trouble(error);
    }
  }

  async refresh() {
    try {
      this.#show(await refreshCatalog());
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** Draw what stands around the list, unless it stands there: somebody may be typing in it. */
  #frame(empty) {
    if (this.#framed === empty) return;
    this.#framed = empty;
    at("articles-view").replaceChildren(element("h1", {}, say("articles")), this.adding.place(empty), this.#list);
  }

  #show({ articles: unsorted, complete }) {
    const articles = [...unsorted].sort((a, b) => (b.published ?? "").localeCompare(a.published ?? "")); // no day: last
    this.#frame(articles.length === 0);
    if (articles.length === 0) {
      this.#list.replaceChildren(element("p", { class: "empty" }, say("no-articles")));
      return;
    }
    const rows = element("ul", { class: "rows", "aria-label": say("articles") });
    const told = element("p", { class: "hint", role: "status" });
    const fill = () => {
      const words = this.#sought.toLowerCase();
      const found = articles.filter((each) => [each.title, each.source, each.id].some((field) => field?.toLowerCase().includes(words)));
      rows.replaceChildren(...found.slice(0, SHOWN).map((each) => this.#row(each)));
      told.textContent = say("listed", { shown: Math.min(found.length, SHOWN), all: `${say("n-articles", { n: articles.length })}${complete ? "" : "+"}` });
    };
    const search = element("input", { type: "search", value: this.#sought, placeholder: say("find-article"), "aria-label": say("find-article"), oninput: (event) => { this.#sought = event.target.value; fill(); } });
    fill();
    this.#list.replaceChildren(search, told, rows);
  }

  #row(article) {
    const title = article.title ?? article.id;
    const about = [article.source, article.published && day(article.published), languageName(article.language), article.duplicate_of && say("near-copy")].filter(Boolean);
    return element(
      "li", {},
      element("div", {},
        button(element("span", { lang: tag(article.language), dir: "auto" }, title), (event) => openArticle({ article_id: article.id, link: null }, [], event.currentTarget), { class: "open" }),
        element("p", { class: "hint" }, about.join(" · "))),
      button([sign(SIGNS.remove)], (event) => this.#askFirst(article, event.currentTarget), { class: "plain", "aria-label": say("remove-article", { title }), title: say("remove") }),
    );
  }

  /** A removal is for good: the row asks once more before it happens. */
  #askFirst(article, asking) {
    const row = asking.closest("li");
    const back = () => { row.replaceWith(again); again.querySelector(".plain").focus(); };
    const again = this.#row(article);
    const sure = button(say("remove"), () => this.#remove(article), { class: "main" });
    row.replaceChildren(element("p", {}, say("remove-for-good", { title: article.title ?? article.id })),
      element("span", { class: "row-actions always" }, sure, button(say("keep"), back)));
    row.onkeydown = (event) => { if (event.key === "Escape") { event.preventDefault(); back(); } };
    sure.focus();
  }

  async #remove(article) {
    try {
      await call("DELETE", articlePath(article.id));
    } catch (error) {
      if (error.status !== 404) return this.#trouble(error); // 404: it is gone already
    }
    if (openArticleId() === article.id) closeArticle();
    notice(say("article-removed", { title: article.title ?? article.id }));
    await this.refresh();
    (this.#list.querySelector("input") ?? at("main")).focus();
  }

  #trouble(error) {
    if (!this.#list.isConnected) this.#frame(false);
    const words = trouble(error);
    this.#list.replaceChildren(element("p", { class: "trouble" }, words, " ", button(say("try-again"), () => this.refresh())));
    announce(words);
  }
}
