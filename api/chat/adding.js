/** Articles on their way in: files, pasted text, addresses; each with its progress or its error. */

import { announce, button, element, sign, SIGNS } from "./dom.js";
import { call } from "./service.js";
import { trouble } from "./trouble.js";
import { say } from "./words.js";
import { upload } from "./upload.js";

/** A queue of things to add, one after the other: the index has one writer. */
export class Adding {
  #queue = element("ul", { class: "queue" });
  #waiting = [];
  #working = false;

  /** `done` is called whenever something has been added. */
  constructor(done) {
    this.done = done;
    this.#followDrops();
  }

  /** Return the ways to add, above what is being added; to an empty index, the samples too. */
  place(empty) {
    this.#queue.setAttribute("aria-label", say("being-added"));
    return element("div", { class: "adding" }, this.#files(empty), this.#address(), this.#pasting(), this.#queue);
  }

  /** Return a button that adds the sample articles. */
  samples(classes = "") {
    return button(say("add-samples"), () => this.#add(say("samples"), (follow) => this.#call("/v1/samples", {}, follow)), { class: classes });
  }

  addFiles(files) {
    for (const file of files) this.#add(file.name, (follow) => upload(file, follow));
  }

  #files(empty) {
    const chooser = element("input", { type: "file", multiple: true, class: "unseen", tabindex: -1, "aria-label": say("choose-files"), onchange: () => { this.addFiles(chooser.files); chooser.value = ""; } });
    return element("div", { class: "drop" },
      element("p", {}, say("drop-here")),
      element("p", { class: "hint" }, say("what-is-read")),
      element("div", { class: "actions" }, button(say("choose-files"), () => chooser.click(), { class: "main" }), empty && this.samples(), chooser));
  }

  #address() {
    const field = element("input", { type: "url", required: true, placeholder: "https://", id: "add-address", inputmode: "url" });
    return element("form", {
      class: "line",
      onsubmit: (event) => {
        event.preventDefault();
        const url = field.value.trim();
        this.#add(url, (follow) => this.#call("/v1/fetch", { url }, follow));
        field.value = "";
      },
    }, element("label", { for: "add-address" }, say("by-address")), field, element("button", { type: "submit" }, say("add")));
  }

  #pasting() {
    const fields = [["text", "textarea"], ["title", "input"], ["source", "input"], ["published", "input"], ["url", "input"]];
    const inputs = Object.fromEntries(fields.map(([name, kind]) => [name, element(kind, { id: `add-${name}`, required: name === "text", rows: kind === "textarea" ? 6 : null, type: { published: "date", url: "url" }[name] })]));
    return element("details", { class: "pasting" },
      element("summary", {}, say("by-pasting")),
      element("form", {
        onsubmit: (event) => {
          event.preventDefault();
          const article = Object.fromEntries(Object.entries(inputs).map(([name, field]) => [name, field.value.trim()]).filter(([, value]) => value));
          this.#add(article.title ?? `${article.text.slice(0, 40)} …`, (follow) => this.#call("/v1/articles", { articles: [article] }, follow));
          event.target.reset();
        },
      }, fields.map(([name]) => element("label", { for: `add-${name}`, class: name }, element("span", {}, say(`field-${name}`)), inputs[name])),
      element("button", { type: "submit", class: "main" }, say("add"))));
  }

  #followDrops() {
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      document.body.classList.add("dropping");
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
    document.addEventListener("drop", (event) => {
      document.body.classList.remove("dropping");
      if (!carriesFiles(event)) return;
      event.preventDefault();
      location.hash = "#/articles";
      this.addFiles(event.dataTransfer.files);
    });
  }

  #add(name, work) {
    const told = element("span", { class: "told" }, say("in-line"));
    const bar = element("progress", { max: 1, value: 0, "aria-label": name });
    const row = element("li", {}, element("span", { class: "what", dir: "auto" }, name), bar, told);
    this.#queue.prepend(row);
    const job = { name, work, row, bar, told };
    this.#waiting.push(job);
    this.#next();
  }

  async #next() {
    if (this.#working) return;
    this.#working = true;
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) await this.#do(job);
    this.#working = false;
  }

  async #do(job) {
    try {
      const result = await job.work((share, words) => follow(job, share, words));
      this.#end(job, result.articles, result.unread ?? []);
      await this.done();
    } catch (error) {
      this.#fail(job, trouble(error));
    }
  }

  #end(job, articles, unread) {
    const some = (status) => articles.filter((each) => each.status === status).length;
    const words = ["added", "updated", "unchanged"].filter(some).map((status) => say(`n-${status}`, { n: some(status) })).join(", ");
    job.bar.remove();
    job.row.classList.add(unread.length ? "partly" : "done");
    job.told.textContent = [words, unread.length ? say("n-unread", { n: unread.length }) : ""].filter(Boolean).join(" · ");
    if (unread.length) job.row.append(element("ul", { class: "unread" }, unread.map((each) => element("li", {}, element("b", {}, each.origin), ` ${each.detail}`))));
    job.row.append(this.#dismiss(job));
    announce(`${job.name}: ${job.told.textContent}`);
  }

  #fail(job, words) {
    job.bar.remove();
    job.row.classList.add("failed");
    job.told.textContent = words;
    job.row.append(button(say("try-again"), () => { job.row.remove(); this.#add(job.name, job.work); }, { class: "small" }), this.#dismiss(job));
    announce(`${job.name}: ${words}`);
  }

  #dismiss(job) {
    return button(sign(SIGNS.close), () => job.row.remove(), { class: "plain", "aria-label": say("dismiss", { what: job.name }) });
  }

  async #call(path, body, tell) {
    tell(null, say("storing"));
    return call("POST", path, { body });
  }
}

/** Show how far a job is; a share of null is one that nobody knows. */
function follow({ bar, told }, share, words) {
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
  told.textContent = words;
}
