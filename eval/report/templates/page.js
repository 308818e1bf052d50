// Filters the failures: no network, no library. Without it, all of them are shown.
const form = document.querySelector(".filters");
const failures = [...document.querySelectorAll(".failure")];
const words = new Map(failures.map((each) => [each, each.textContent.toLowerCase()]));
function filter() {
  const wanted = new FormData(form);
  const text = wanted.get("text").trim().toLowerCase();
  let shown = 0;
  for (const each of failures) {
    const fits = ["outcome", "language", "kind"].every((name) => {
      const value = wanted.get(name);
      return !value || each.dataset[name].split("|").includes(value);
    });
    each.hidden = !(fits && words.get(each).includes(text));
    shown += !each.hidden;
  }
  form.querySelector("output").textContent = `${shown} of ${failures.length} shown`;
}
if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
