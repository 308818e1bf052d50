/** The conversations that this browser keeps: each under a key of its own, and a list of them. */

import { forget, onChangeElsewhere, remember, remembered } from "./memory.js";

const LIST = "conversations";
const LONGEST_TITLE = 120;

/** Titles and turns of all conversations; the newest change first. */
export class Conversations {
  #list = remembered(LIST) ?? [];
  #tell;

  constructor(tell) {
    this.#tell = tell;
    onChangeElsewhere((name) => {
      if (name !== LIST) return;
      this.#list = remembered(LIST) ?? [];
      tell();
    });
  }

  get all() {
    return [...this.#list].sort((a, b) => b.changed - a.changed);
  }

  turns(id) {
    return remembered(key(id)) ?? [];
  }

  /** Keep the turns of a conversation; return its id, and whether there was room for it. */
  keep(id, turns) {
    const kept = id ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
    const title = this.#find(id)?.title ?? turns[0].question.slice(0, LONGEST_TITLE);
    const plain = turns.map(({ question, filters, answer }) => ({ question, filters, answer }));
    const room = remember(key(kept), plain);
    if (room) this.#change([...this.#others(kept), { id: kept, title, changed: Date.now() }]);
    return { id: kept, room };
  }

  rename(id, title) {
    const words = title.trim().slice(0, LONGEST_TITLE);
    if (words) this.#change([...this.#others(id), { ...this.#find(id), title: words }]);
  }

  /** Delete a conversation; return what brings it back. */
  remove(id) {
    const entry = this.#find(id);
    const turns = this.turns(id);
    forget(key(id));
    this.#change(this.#others(id));
    return () => {
      remember(key(id), turns);
      this.#change([...this.#others(id), entry]);
    };
  }

  #find(id) {
    return this.#list.find((each) => each.id === id);
  }

  #others(id) {
    return (remembered(LIST) ?? []).filter((each) => each.id !== id); // another tab may have added some
  }

  #change(list) {
    this.#list = list;
    remember(LIST, list);
    this.#tell();
  }
}

function key(id) {
  return `conversation.${id}`;
}
