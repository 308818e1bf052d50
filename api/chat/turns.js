/** The questions of one conversation: asked, waited for, answered, failed, and asked again. */

import { announce, at, button, element } from "./dom.js";
import { showAnswer, spoken, tag } from "./answer.js";
import { answerActions, copyCitation } from "./actions.js";
import { say } from "./words.js";
import { ask, Lost, Refusal } from "./service.js";
import { onBack } from "./connection.js";
import { onKeyAccepted } from "./key.js";
import { patiently } from "./patience.js";
import { trouble } from "./trouble.js";

const MOST_TURNS = 50; // of a history, as the service takes it
const LONGEST_ANSWER = 100_000;

/** Asks questions and shows what comes of them. Answers are kept by whoever passes `keep`. */
export class Turns {
  #turns = [];
  #abort = null;

  constructor({ open, keep, busy }) {
    this.open = open;
    this.keep = keep;
    this.busy = busy;
    onBack(() => this.#askWaiting("lost"));
    onKeyAccepted(() => this.#askWaiting("locked"));
  }

  /** Show the turns of a conversation, or of a new one. */
  show(turns) {
    this.cancel();
    this.#turns = turns.map((turn) => ({ ...turn, state: "answered" }));
    this.render();
  }

  get answered() {
    return this.#turns.filter((turn) => turn.state === "answered");
  }

  get empty() {
    return this.#turns.length === 0;
  }

  /** Ask a question as the next turn of the conversation. */
  async ask(question, filters) {
    const turn = { question, filters, state: "asking", found: null, quotes: [] };
    this.#turns = [...this.#turns.filter((each) => each.state === "answered"), turn];
    this.render();
    turn.place.scrollIntoView({ block: "start" });
    await this.#answer(turn);
  }

  cancel() {
    this.#abort?.abort();
  }

  /** Draw everything anew: another conversation, or another language. */
  render() {
    at("turns").replaceChildren(...this.#turns.map((turn) => this.#draw(turn)));
  }

  async #answer(turn) {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.#change(turn, { state: "asking", failure: null });
    this.busy(true);
    announce(say("searching"));
    try {
      turn.answer = await this.#patiently(turn, abort.signal);
      this.#change(turn, { state: "answered" });
      announce(spoken(turn.answer));
      this.keep(this.answered);
    } catch (error) {
      this.#fail(turn, error, abort.signal.aborted);
    } finally {
      if (this.#abort === abort) {
        this.#abort = null;
        this.busy(false);
      }
    }
  }

  /** Ask, and ask a busy service again when it says so. */
  async #patiently(turn, signal) {
    const history = this.answered.slice(-MOST_TURNS).map(({ question, answer }) => ({ question, answer: answer.answer.slice(0, LONGEST_ANSWER) }));
    const body = { question: turn.question, history, filters: turn.filters };
    return patiently(() => ask(body, { signal, onStage: (name, value) => this.#stage(turn, name, value) }), {
      signal,
      waiting: (waiting) => this.#change(turn, { waiting }),
    });
  }

  #stage(turn, name, value) {
    if (name === "retrieved") this.#change(turn, { found: value });
    if (name === "quote") this.#change(turn, { quotes: [...turn.quotes, value] });
  }

  #fail(turn, error, aborted) {
    if (aborted) this.#change(turn, { state: "cancelled" });
    else if (error instanceof Lost) {
      this.#change(turn, { state: "lost" });
      trouble(error);
    } else if (error instanceof Refusal && error.status === 401) this.#change(turn, { state: "locked" });
    else if (error instanceof Refusal) this.#change(turn, { state: "failed", failure: trouble(error) });
    else {
      this.#change(turn, { state: "failed", failure: String(error) });
      throw error;
    }
    if (!aborted || this.#turns.includes(turn)) announce(turn.failure ?? say(turn.state));
  }

  /** Ask the last question again, if it had to wait for this. */
  #askWaiting(state) {
    const last = this.#turns.at(-1);
    if (last?.state === state) this.#answer(last);
  }

  #change(turn, changes) {
    Object.assign(turn, changes);
    if (turn.place?.isConnected) turn.place.replaceWith(this.#draw(turn));
  }

  #draw(turn) {
    turn.place = element(
      "article", { class: `turn ${turn.state}`, "aria-busy": turn.state === "asking" ? "true" : null },
      element("h2", { class: "question", dir: "auto", lang: turn.answer?.language ?? null }, turn.question),
      turn.state === "answered" ? this.#answered(turn) : this.#unanswered(turn),
    );
    return turn.place;
  }

  #answered(turn) {
    const inArticle = (citation) => turn.answer.citations.filter((each) => each.article_id === citation.article_id);
    return [
      ...showAnswer(turn.answer, {
        open: (citation, opener) => this.open(citation, inArticle(citation), opener),
        copy: copyCitation,
      }),
      answerActions(turn, (passage, opener) => this.open(passage, [], opener)),
    ];
  }

  #unanswered(turn) {
    if (turn.state === "asking") return progress(turn);
    return element(
      "div", { class: "trouble" },
      element("p", {}, turn.failure ?? say(turn.state)),
      button(say("ask-again"), () => this.#answer(turn)),
    );
  }
}

function progress(turn) {
  const words = turn.waiting ? say(turn.waiting.status === 429 ? "too-often-waiting" : "busy-waiting", { n: turn.waiting.retryAfter }) : turn.found ? reading(turn.found) : say("searching");
  return element(
    "div", { class: "progress" },
    element("p", { class: "working" }, words),
    turn.quotes.map((quote) => element("blockquote", { class: "arriving", dir: "auto", lang: tag(quote.citation.language) }, quote.citation.text)),
  );
}

function reading({ coverage: { passages_read, articles_matched } }) {
  return say("reading", { passages: say("passages", { n: passages_read }), matched: say("n-articles", { n: articles_matched }) });
}
