/** A file on its way to the service, whole or line by line, with how much of it has gone. */

import { currentKey, keyRefused, showing } from "./key.js";
import { patiently } from "./patience.js";
import { Lost, refusalOf } from "./service.js";
import { number, say } from "./words.js";

const PART_BYTES = 400_000; // of JSON Lines: some seconds of work for the service
const PART_LINES = 200; // of short ones: it takes a thousand in a call, unless it is told otherwise
const LINE_FEED = 10;
const LINES = /\.(jsonl|ndjson)$/i;

/**
 * Send a file and return `{ articles, unread }`. JSON Lines go in parts, so that any length of them
 * can be sent, and the progress is that of the articles that are stored.
 */
export async function upload(file, follow) {
  if (!LINES.test(file.name)) return sendPart(file.name, file, (share) => follow(...uploading(share)));
  const whole = { articles: [], unread: [] };
  let line = 0;
  let refused = null;
  for await (const part of parts(file)) {
    const stored = part.start / Math.max(file.size, 1);
    const waiting = (busy) => follow(stored, busy ? say("waiting", { n: busy.retryAfter }) : say("percent-stored", { percent: number(100 * stored) }));
    waiting(null);
    try {
      const { articles, unread } = await patiently(() => sendPart(file.name, part.blob, () => {}), { waiting });
      whole.articles.push(...articles);
      whole.unread.push(...unread.map((each) => ({ ...each, origin: renumbered(each.origin, line) })));
    } catch (error) {
      if (error.status !== 400) throw error; // 400: no line of this part can be read
      refused = error;
      whole.unread.push({ origin: `${file.name}:${line + 1}–${line + part.lines}`, detail: error.message });
    }
    line += part.lines;
  }
  if (refused && whole.articles.length === 0) throw refused;
  return whole;
}

function uploading(share) {
  return share < 1 ? [share, say("percent-sent", { percent: number(100 * share) })] : [null, say("storing")];
}

/** Yield parts of a file that end where a line ends; an empty file is one part, to be refused. */
async function* parts(file) {
  let start = 0;
  do {
    const end = await lineEnd(file, Math.min(start + PART_BYTES, file.size));
    const { length, lines } = firstLines(new Uint8Array(await file.slice(start, end).arrayBuffer()));
    yield { start, blob: file.slice(start, start + length), lines };
    start += length;
  } while (start < file.size);
}

/** Return how many bytes the lines take that one part may have, and how many lines these are. */
function firstLines(bytes) {
  let length = 0;
  let lines = 0;
  while (lines < PART_LINES && length < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, length);
    length = end < 0 ? bytes.length : end + 1;
    lines += 1;
  }
  return { length, lines };
}

async function lineEnd(file, from) {
  for (let at = from; at < file.size; at += PART_BYTES) {
    const bytes = new Uint8Array(await file.slice(at - 1, at - 1 + PART_BYTES).arrayBuffer());
    const found = bytes.indexOf(LINE_FEED);
    if (found >= 0) return at + found;
  }
  return file.size;
}

function renumbered(origin, before) {
  return origin.replace(/:(\d+)$/, (_, line) => `:${Number(line) + before}`);
}

/** `fetch` does not tell how much of a body has gone; the older request does. */
function sendPart(name, blob, onShare) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/v1/uploads?${new URLSearchParams({ name })}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    for (const [header, value] of Object.entries(showing(currentKey()))) request.setRequestHeader(header, value);
    request.upload.onprogress = (event) => onShare(event.loaded / event.total);
    request.upload.onload = () => onShare(1);
    request.onerror = () => reject(new Lost("the upload broke off"));
    request.onload = () => {
      if (request.status === 200) return resolve(JSON.parse(request.responseText));
      if (request.status === 401) keyRefused();
      reject(refusalOf(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    };
    request.send(blob);
  });
}
