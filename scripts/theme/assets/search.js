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
let counting = false;

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

/**
 * Say how many results each filter would leave, and close those that would leave none. Where one is chosen already, the
 * others beside it stay open and bear no number: Pagefind counts them only within the choice.
 * @param {Record<string, Record<string, number>>} counts
 */
const count = (counts) => {
  for (const select of selects) {
    for (const option of [...select.options].slice(1)) {
      const n = (counts[select.name] || {})[option.value] || 0;
      option.label = select.value && !option.selected ? option.value : `${option.value} (${n})`;
      option.disabled = !select.value && n === 0;
    }
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
  const chosen = Object.fromEntries(selects.map((s) => [s.name, s.value]).filter(([, value]) => value));
  if (!query && !Object.keys(chosen).length) {
    list.replaceChildren();
    said.textContent = "";
    more.hidden = true;
    return;
  }
  said.textContent = "Searching …";
  try {
    const pagefind = await load();
    // Counts cost as much as a search, so they wait until somebody filters. Pagefind counts only by filters it has loaded.
    counting ||= Object.keys(chosen).length > 0;
    if (counting) await pagefind.filters();
    const found = await pagefind.search(query || null, { filters: chosen });
    if (mine !== turn) return;
    if (counting) count(found.filters);
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
for (const select of selects) select.value = given.get(select.name) || "";
if (given.size) search();
