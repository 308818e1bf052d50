/** The list of conversations: open, rename, delete, save. */

import { at, button, element, notice, sign, SIGNS } from "./dom.js";
import { markdown } from "./formats.js";
import { saveFile } from "./handing.js";
import { say } from "./words.js";

/** Shows conversations; `open(id)` is told which one is wanted, null for a new one. */
export class Sidebar {
  constructor(conversations, { open, current }) {
    this.conversations = conversations;
    this.open = open;
    this.current = current;
    this.renaming = null;
    at("show-conversations").addEventListener("click", () => this.reveal(!document.body.classList.contains("listing")));
    at("conversations").addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !document.body.classList.contains("listing")) return;
      event.preventDefault();
      this.reveal(false);
      at("show-conversations").focus();
    });
  }

  /** On a narrow screen, show or hide the list. */
  reveal(wanted) {
    document.body.classList.toggle("listing", wanted);
    at("show-conversations").setAttribute("aria-expanded", String(wanted));
    if (wanted) at("conversations").querySelector("button").focus();
  }

  render() {
    const all = this.conversations.all;
    at("conversation-list").replaceChildren(
      button([sign(SIGNS.add), say("new-conversation")], () => this.#choose(null), { class: "new" }),
      all.length ? element("ul", {}, all.map((each) => this.#row(each))) : element("p", { class: "hint" }, say("no-conversations")),
      element("p", { class: "hint" }, say("kept-here")),
    );
  }

  #row(entry) {
    if (this.renaming === entry.id) return element("li", {}, this.#field(entry));
    const chosen = entry.id === this.current();
    return element(
      "li", { class: chosen ? "chosen-one" : null },
      button(entry.title, () => this.#choose(entry.id), { class: "title", "aria-current": chosen ? "true" : null, dir: "auto" }),
      element("span", { class: "row-actions" },
        this.#small("rename", entry, () => { this.renaming = entry.id; this.render(); at("conversations").querySelector("input").select(); }),
        this.#small("save", entry, () => this.#save(entry)),
        this.#small("remove", entry, () => this.#remove(entry))),
    );
  }

  #small(what, entry, does) {
    const label = say(`${what}-conversation`, { title: entry.title });
    return button(sign(SIGNS[what]), does, { class: "plain", "aria-label": label, title: say(what) });
  }

  #field(entry) {
    const done = (keep) => {
      if (this.renaming !== entry.id) return;
      this.renaming = null;
      if (keep) this.conversations.rename(entry.id, field.value);
      this.render();
      at("conversations").querySelector("[aria-current]")?.focus();
    };
    const field = element("input", {
      value: entry.title, maxlength: 120, "aria-label": say("title"), onblur: () => done(true),
      onkeydown: (event) => {
        if (event.key === "Enter") done(true);
        if (event.key === "Escape") { event.stopPropagation(); done(false); }
      },
    });
    return field;
  }

  #choose(id) {
    this.reveal(false);
    this.open(id);
  }

  #save(entry) {
    const answers = this.conversations.turns(entry.id).map((turn) => turn.answer);
    saveFile(`${entry.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}.md`, `# ${entry.title}\n\n${markdown(answers)}`, "text/markdown");
  }

  #remove(entry) {
    const wasOpen = entry.id === this.current();
    const bringBack = this.conversations.remove(entry.id);
    if (wasOpen) this.open(null);
    notice(say("conversation-removed"), { words: say("undo"), do: () => { bringBack(); if (wasOpen) this.open(entry.id); } });
    at("conversations").querySelector("button").focus({ focusVisible: true });
  }
}
