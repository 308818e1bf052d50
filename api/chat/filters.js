/** Which articles are asked: days, outlets and languages, each with how many there are. */

import { at, button, element, sign, SIGNS } from "./dom.js";
import { catalog, counts, onCatalog } from "./catalog.js";
import { trouble } from "./trouble.js";
import { day, languageName, onLanguage, say } from "./words.js";

const SHOWN_AT_FIRST = 12; // outlets; the rest is found by typing

/** The filters that the next question is asked with. */
export class Filters {
  chosen = {};
  #sought = "";

  start() {
    at("filter").addEventListener("click", () => this.#toggle());
    at("filters").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.#toggle(false);
      at("filter").focus();
    });
    onLanguage(() => this.render());
    onCatalog(() => this.render());
  }

  /** Take filters from a link or from an earlier question. */
  choose(chosen) {
    this.chosen = { ...chosen };
    this.render();
  }

  /** Return them as the service takes them; undefined when nothing is restricted. */
  get body() {
    const given = Object.entries(this.chosen).filter(([, value]) => value?.length);
    return given.length ? Object.fromEntries(given) : undefined;
  }

  render() {
    this.#chips();
    if (!at("filters").hidden) this.#panel();
  }

  async #toggle(wanted = at("filters").hidden) {
    at("filters").hidden = !wanted;
    at("filter").setAttribute("aria-expanded", String(wanted));
    if (wanted) await this.#panel();
  }

  #chips() {
    const { source = [], language = [], published_from: from, published_to: to } = this.chosen;
    const chips = [
      ...source.map((each) => [each, () => this.#flip("source", each)]),
      ...language.map((each) => [languageName(each), () => this.#flip("language", each)]),
      from && [say("since", { day: day(from) }), () => this.#set("published_from", "")],
      to && [say("until", { day: day(to) }), () => this.#set("published_to", "")],
    ].filter(Boolean);
    at("chosen").replaceChildren(...chips.map(([words, remove]) => button([words, sign(SIGNS.close)], remove, { class: "chip", "aria-label": say("remove-filter", { what: words }) })));
  }

  async #panel() {
    const place = at("filters");
    let articles;
    let complete;
    try {
      ({ articles, complete } = await catalog());
    } catch (error) {
      place.replaceChildren(element("p", {}, trouble(error)));
      return;
    }
    const focused = place.contains(document.activeElement) ? document.activeElement.id : null;
    place.replaceChildren(
      element("fieldset", {}, element("legend", {}, say("published")), this.#date("published_from", "from"), this.#date("published_to", "to")),
      this.#choices("language", counts(articles, "language"), languageName),
      this.#choices("source", counts(articles, "source"), (name) => name),
      complete ? null : element("p", { class: "hint" }, say("counts-of", { n: articles.length })),
    );
    if (focused) at(focused)?.focus();
  }

  #date(name, label) {
    return element("label", {}, say(label), " ", element("input", { type: "date", id: `filter-${name}`, value: this.chosen[name] ?? "", onchange: (event) => this.#set(name, event.target.value) }));
  }

  #choices(name, counted, label) {
    if (counted.length === 0) return null;
    const chosen = this.chosen[name] ?? [];
    const wanted = counted.filter(([value]) => chosen.includes(value) || label(value).toLowerCase().includes(this.#sought.toLowerCase()) || name !== "source");
    const shown = wanted.filter(([value], place) => place < SHOWN_AT_FIRST || chosen.includes(value) || name !== "source");
    return element(
      "fieldset", {},
      element("legend", {}, say(name === "source" ? "outlets" : "languages")),
      name === "source" && counted.length > SHOWN_AT_FIRST && element("input", { type: "search", id: "filter-sought", value: this.#sought, placeholder: say("find-outlet"), "aria-label": say("find-outlet"), oninput: (event) => { this.#sought = event.target.value; this.#panel(); } }),
      element("div", { class: "choices" }, shown.map(([value, many]) => element(
        "label", {},
        element("input", { type: "checkbox", id: `filter-${name}-${value}`, checked: chosen.includes(value), onchange: () => this.#flip(name, value) }),
        element("span", {}, label(value)), element("span", { class: "count" }, String(many)),
      ))),
      wanted.length > shown.length && element("p", { class: "hint" }, say("more-outlets", { n: wanted.length - shown.length })),
    );
  }

  #flip(name, value) {
    const chosen = this.chosen[name] ?? [];
    this.chosen = { ...this.chosen, [name]: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value] };
    this.render();
  }

  #set(name, value) {
    this.chosen = { ...this.chosen, [name]: value };
    this.render();
  }
}
