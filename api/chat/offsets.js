/** Places in a text. The service counts code points, JavaScript counts UTF-16 units: 🕊 is 1 and 2. */

/** Return the UTF-16 place of each code point place, in one pass over the text. */
export function unitsOf(text, places) {
  const wanted = [...new Set(places)].sort((a, b) => a - b);
  const found = new Map();
  let points = 0;
  let units = 0;
  for (const place of wanted) {
    while (points < place && units < text.length) {
      units += text.codePointAt(units) > 0xffff ? 2 : 1;
      points += 1;
    }
    found.set(place, units);
  }
  return places.map((place) => found.get(place));
}

/** Cut [start, end) where marks begin and end: pieces with the marks that cover each. */
export function pieces(start, end, marks) {
  const inside = marks.flatMap((mark) => [mark.start, mark.end]).filter((cut) => cut > start && cut < end);
  const cuts = [...new Set([start, ...inside, end])].sort((a, b) => a - b);
  return cuts.slice(1).map((to, place) => ({
    start: cuts[place],
    end: to,
    marks: marks.filter((mark) => mark.start <= cuts[place] && mark.end >= to),
  }));
}
