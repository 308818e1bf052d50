/** An answer in the formats of other programs. Quotes stay as they are, letter for letter. */

import { day, languageName, say } from "./words.js";
import { coverage } from "./answer.js";

/** Return where a quote comes from, as a footnote has it. */
export function footnote(citation) {
  const parts = [citation.source, citation.title && `“${citation.title}”`, citation.published && day(citation.published), citation.url];
  return `${parts.filter(Boolean).join(", ") || citation.article_id}.`;
}

/** Return an answer as plain text with numbered sources below it. */
export function withFootnotes(answer) {
  const notes = answer.citations.map((each) => `[${each.number}] ${footnote(each)}`);
  return `${answer.question}\n\n${answer.answer}\n\n${notes.join("\n")}\n`;
}

/** Return answers as Markdown with footnotes, numbered through. */
export function markdown(answers) {
  let before = 0;
  return answers.map((answer) => {
    const text = markdownOf(answer, before);
    before += answer.citations.length;
    return text;
  }).join("\n");
}

function markdownOf(answer, before) {
  const cited = new Map(answer.citations.map((each) => [each.number, each]));
  const points = answer.points.map((point) => point.quotes.map((quote) => `> ${cited.get(quote.citation).text.replace(/\n/g, "\n> ")} [^${before + quote.citation}]`).join("\n>\n"));
  const notes = answer.citations.map((each) => `[^${before + each.number}]: ${footnote(each)} (${languageName(each.language)})`);
  return [`## ${answer.question}`, `*${say(answer.status)}. ${coverage(answer)}*`, ...points, notes.join("\n")].filter(Boolean).join("\n\n") + "\n";
}

const COLUMNS = ["question", "status", "confidence", "number", "text", "source", "title", "published", "language", "url", "link", "article_id", "sha256", "start", "end"];

function csv(answers) {
  const rows = answers.flatMap((answer) => answer.citations.map((citation) => COLUMNS.map((name) => cell(citation[name] ?? answer[name]))));
  return `\ufeff${[COLUMNS, ...rows].map((row) => row.join(",")).join("\r\n")}\r\n`; // the mark: Excel
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP). */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== "number" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function bibtex(answers) {
  return numbered(answers).map(({ citation, key }) => {
    const fields = [["title", citation.title], ["organization", citation.source], ["date", citation.published], ["url", citation.url], ["langid", citation.language], ["note", `“${citation.text}”`]];
    return `@online{${key},\n${fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${name === "url" ? value : escaped(value)}}`).join(",\n")}\n}\n`;
  }).join("\n");
}

const SPECIAL = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

function escaped(text) {
  return text.replace(/\s+/g, " ").replace(/[\\{}&%$#_~^]/g, (sign) => SPECIAL[sign]);
}

function cslJson(answers) {
  const items = numbered(answers).map(({ citation, key }) => ({
    id: key,
    type: "article-newspaper",
    title: citation.title ?? undefined,
    "container-title": citation.source ?? undefined,
    issued: citation.published ? { "date-parts": [citation.published.split("-").map(Number)] } : undefined,
    URL: citation.url ?? undefined,
    language: citation.language,
    note: `“${citation.text}”`,
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}

/** Return all citations with a key each that no other one has. */
function numbered(answers) {
  return answers.flatMap((answer) => answer.citations).map((citation, place) => ({
    citation,
    key: `${(citation.source ?? "article").normalize("NFKD").replace(/[^A-Za-z]/g, "").toLowerCase() || "article"}${citation.published?.slice(0, 4) ?? ""}-${place + 1}`,
  }));
}

const named = (ending) => (answer) => `${answer.question.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-|-$/g, "").slice(0, 60).toLowerCase() || "pullquote"}.${ending}`;

export const FORMATS = [
  { name: "Markdown", type: "text/markdown", file: named("md"), write: markdown },
  { name: "CSV", type: "text/csv", file: named("csv"), write: csv },
  { name: "BibTeX", type: "application/x-bibtex", file: named("bib"), write: bibtex },
  { name: "CSL-JSON", type: "application/json", file: named("json"), write: cslJson },
];
