/** What can be done with an answer: copy it, save it, share its question, see why it is so. */

import { button, element, notice } from "./dom.js";
import { copyText, saveFile } from "./handing.js";
import { FORMATS, footnote, withFootnotes } from "./formats.js";
import { shareAddress } from "./address.js";
import { showPassages } from "./passages.js";
import { say } from "./words.js";

/** Copy one quote with its source. */
export async function copyCitation(citation) {
  await copied(`${withMarks(citation)} — ${footnote(citation)}`);
}

/** Return the row of actions below an answer. `open(passage)` opens the article of a passage. */
export function answerActions(turn, open) {
  const { answer } = turn;
  const ranked = element("div", { class: "ranked", hidden: true });
  return [
    element(
      "div", { class: "actions" },
      answer.citations.length > 0 && button(say("copy-with-sources"), () => copied(withFootnotes(answer)), { class: "plain" }),
      answer.citations.length > 0 && saveMenu(answer),
      button(say("share"), () => copied(shareAddress(turn), "link-copied"), { class: "plain" }),
      passagesButton(turn, ranked, open),
    ),
    ranked,
  ];
}

function saveMenu(answer) {
  const menu = element("details", { class: "menu", onkeydown: closeOnEscape, onfocusout: closeOnLeaving },
    element("summary", {}, say("save-as")),
    element("ul", {}, FORMATS.map((format) => element("li", {}, button(format.name, () => {
      saveFile(format.file(answer), format.write([answer]), format.type);
      menu.open = false;
      menu.querySelector("summary").focus();
    }, { class: "plain" })))));
  return menu;
}

function passagesButton(turn, place, open) {
  const toggle = button(say("show-passages"), async () => {
    place.hidden = !place.hidden;
    toggle.setAttribute("aria-expanded", String(!place.hidden));
    if (!place.hidden && !place.hasChildNodes()) await showPassages(place, turn, open);
  }, { class: "plain", "aria-expanded": "false" });
  return toggle;
}

async function copied(text, key = "copied") {
  notice(say((await copyText(text)) ? key : "copy-failed"));
}

function withMarks(citation) {
  return citation.language === "fr" ? `« ${citation.text} »` : `“${citation.text}”`;
}

export function closeOnEscape(event) {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary").focus();
  event.stopPropagation();
}

export function closeOnLeaving(event) {
  if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
}
