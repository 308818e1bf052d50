/** Lines to paragraphs, as `index/paragraphs.py` has it: which line ends are the writer's own. */

const CONTINUING = /^[,;:.!?)\]}»”%…，。、；：！？）」』،؛؟]/u;
const STOPPED = /[.!?…:。！？：؟۔।"»”]$/u;
const BULLET = /^(?:[-*•‣▪■●◦·–—]\s|\(?\d{1,3}[.)]\s)/u;
const NARROWEST_WRAP = 30; // a shorter line was ended by its writer
const WRAP_WIDTHS = [40, 120];

/** Return the paragraphs of a text as [start, end), without the white space between them. */
export function paragraphs(text) {
  const found = [];
  for (const block of blocks(text)) {
    const width = wrapWidth(block);
    let [{ start }] = block;
    block.forEach((line, place) => {
      const next = block[place + 1];
      if (next && runsOn(line.words, next.words, width)) return;
      found.push([start, line.end]);
      start = next?.start;
    });
  }
  return found;
}

/** Yield the runs of lines that no blank line interrupts. */
function* blocks(text) {
  let block = [];
  let ended = false; // a line end was seen since the last line that is not blank
  for (const match of text.matchAll(/[^\r\n]+|\r\n?|\n/g)) {
    const words = match[0].trim();
    if (words) {
      const start = match.index + match[0].indexOf(words);
      block.push({ start, end: start + words.length, words });
      ended = false;
    } else if (/[\r\n]/.test(match[0])) {
      if (ended && block.length) {
        yield block;
        block = [];
      }
      ended = true;
    }
  }
  if (block.length) yield block;
}

/** Return the width to which the lines were filled, null when they were not. */
function wrapWidth(block) {
  if (block.length < 3) return null;
  const width = Math.max(...block.map((line) => line.words.length));
  if (width < WRAP_WIDTHS[0] || width > WRAP_WIDTHS[1]) return null;
  const filled = block.slice(1).filter((next, place) => isFull(block[place].words, next.words, width)).length;
  return filled >= 0.8 * (block.length - 1) ? width : null;
}

/** A line is full when the first word of the next one had no room in it. */
function isFull(words, next, width) {
  return words.length + 1 + next.split(/\s/, 1)[0].length > width;
}

function runsOn(words, next, width) {
  if (width !== null && isFull(words, next, width)) return !(STOPPED.test(words) && BULLET.test(next));
  if (STOPPED.test(words) || BULLET.test(next)) return false;
  if (CONTINUING.test(next)) return true;
  return /^\p{Ll}/u.test(next) && words.length >= NARROWEST_WRAP;
}
