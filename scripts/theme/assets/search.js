// The search page: Pagefind's index behind a form of our own. Nothing is fetched before the first search.
// The state is in the address (?q=…&status=…), so that a search can be shared.
"use strict";

const form = /** @type {HTMLFormElement} */ (document.getElementById("search-form"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("q"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
const list = /** @type {HTMLElement} */ (document.getElementById("results"));
const more = /** @type {HTMLButtonElement} */ (document.getElementById("more"));
const selects = [...form.querySelectorAll("select")];
const STEP = 10;
let engine = null;
let results = [];
let shown = 0;
let turn = 0;

/** Load Pagefind once. @returns {Promise<any>} */
const load = async () => {
  if (!engine) {
    engine = await import(new URL(form.dataset.index, location.href).href);
    // Whoever types a name of an organization means it, before any text that mentions it.
    // Addresses of results are relative to this page, wherever the site lies: see item().
    await engine.options({ baseUrl: "/", ranking: { metaWeights: { title: 5, names: 20, acronyms: 100 } } });
  }
  return engine;
};

/** Fill the filters with the values the index knows. @param {Record<string, Record<string, number>>} known */
const fill = (known, counts) => {
  for (const select of selects) {
    const values = Object.keys(known[select.name] || {}).sort();
    if (select.name === "year") values.reverse();
    const chosen = select.dataset.wanted || select.value;
    select.replaceChildren(new Option("any", ""), ...values.map((value) => {
      const n = ((counts || known)[select.name] || {})[value] || 0;
      const option = new Option(`${value} (${n})`, value);
      option.disabled = n === 0 && value !== chosen;
      return option;
    }));
    select.value = chosen;
    delete select.dataset.wanted;
  }
};

const remember = () => {
  const state = new URLSearchParams();
  if (box.value.trim()) state.set("q", box.value.trim());
  for (const select of selects) if (select.value) state.set(select.name, select.value);
  history.replaceState(null, "", state.size ? `?${state}` : location.pathname);
};

/** One result as a list item; texts are set as text, never as HTML. */
const item = (data) => {
  const line = document.createElement("li");
  line.className = "fact";
  const link = document.createElement("a");
  link.href = data.url.replace(/^\//, "");
  link.textContent = data.meta.title;
  const meta = document.createElement("span");
  meta.className = "meta";
  if (data.meta.status) {
    const word = data.filters.status[0];
    const sign = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#i-${data.meta.status}`);
    sign.setAttribute("aria-hidden", "true");
    sign.append(use);
    const status = document.createElement("span");
    status.className = "status";
    status.append(sign, word);
    meta.append(status, ` · ${data.meta.date}`);
  } else {
    meta.textContent = data.meta.about || "";
  }
  line.append(link, meta);
  return line;
};

const show = async (mine) => {
  const next = await Promise.all(results.slice(shown, shown + STEP).map((result) => result.data()));
  if (mine !== turn) return;
  const first = list.children.length;
  list.append(...next.map(item));
  shown += next.length;
  more.hidden = shown >= results.length;
  if (first) list.children[first]?.querySelector("a")?.focus();
};

const search = async () => {
  const mine = ++turn;
  const query = box.value.trim();
  remember();
  const chosen = Object.fromEntries(selects.map((s) => [s.name, s.dataset.wanted || s.value]).filter(([, value]) => value));
  if (!query && !Object.keys(chosen).length) {
    list.replaceChildren();
    said.textContent = "";
    more.hidden = true;
    return;
  }
  said.textContent = "Searching …";
  try {
    const pagefind = await load();
    // Before the search: Pagefind counts results only by filters that it has loaded.
    const known = await pagefind.filters();
    const found = await pagefind.search(query || null, { filters: chosen });
    if (mine !== turn) return;
    fill(known, found.filters);
    remember();
    results = found.results;
    shown = 0;
    list.replaceChildren();
    const n = results.length;
    said.textContent = n ? `${n.toLocaleString("en")} found` : "Nothing found. Try fewer words, or another spelling.";
    await show(mine);
  } catch (error) {
    said.textContent = "The search index could not be loaded.";
    if (location.protocol === "file:") {
      const link = document.createElement("a");
      link.href = `${form.dataset.folder}#q=${encodeURIComponent(query)}`;
      link.textContent = "Explore";
      said.replaceChildren("This copy was opened from a folder, where a browser does not let pages load the search index. ", link, " finds facts without it.");
    }
    console.error(error);
  }
};

let pause = 0;
box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, 150);
});
for (const select of selects) select.addEventListener("change", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  search();
});
more.addEventListener("click", () => show(turn));
/** The filters offer their values as soon as somebody turns to them; before that nothing is fetched. */
form.addEventListener("focusin", async (event) => {
  if (engine || location.protocol === "file:" || !(event.target instanceof HTMLSelectElement)) return;
  try {
    const pagefind = await load();
    fill(await pagefind.filters());
  } catch (error) {
    console.error(error);
  }
});
addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(/** @type {any} */ (document.activeElement));
  if (at < 0 && document.activeElement !== box) return;
  const to = at + (event.key === "ArrowDown" ? 1 : -1);
  const target = to < 0 ? box : links[to];
  if (target) {
    event.preventDefault();
    target.focus();
  }
});

const given = new URLSearchParams(location.search);
box.value = given.get("q") || "";
for (const select of selects) if (given.get(select.name)) select.dataset.wanted = given.get(select.name);
if (given.size) search();
