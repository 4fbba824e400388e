// The search page: Pagefind's index behind a form of our own. Nothing is fetched before the first search.
// The state is in the address (?q=…&status=…), so that a search can be shared.
"use strict";

(() => {
  const { words, nearest } = globalThis.folding;
  const { fill } = globalThis.results;
  /** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
  const part = (id, kind) => {
    const found = document.getElementById(id);
    if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
    return found;
  };
  const form = part("search-form", HTMLFormElement);
  const box = part("q", HTMLInputElement);
  const said = part("said", HTMLElement);
  const more = part("more", HTMLButtonElement);
  const fold = part("filters", HTMLDetailsElement);
  const list = globalThis.results.start(part("results", HTMLElement), more, box);
  const say = form.dataset;
  const selects = [...form.querySelectorAll("select")];
  const language = document.documentElement.lang;
  const STEP = 10;

  /**
   * What of Pagefind is used here.
   * @typedef {{ url: string, meta: Record<string, string>, filters: Record<string, string[]> }} Found
   * @typedef {{ data: () => Promise<Found> }} Result
   * @typedef {{ results: Result[], filters: Record<string, Record<string, number>> }} Answer
   * @typedef {{
   *   options: (options: object) => Promise<void>,
   *   filters: () => Promise<object>,
   *   search: (query: string | null, options: { filters: Record<string, string> }) => Promise<Answer>,
   * }} Engine
   */
  /** @type {Promise<Engine> | null} */
  let engine = null;
  /** @type {Promise<[string, string][]> | null} */
  let known = null;
  /** @type {Result[]} */
  let results = [];
  let shown = 0;
  let turn = 0;
  let counting = false;

  /** Pagefind, loaded once. */
  const load = () =>
    engine ??= (async () => {
      /** @type {Engine} */
      const loaded = await import(new URL(say.index ?? "", location.href).href);
      // Whoever types a name means what bears it, before any text that mentions it. Addresses of results are relative
      // to this page, wherever the site lies: see row(). A worker would be another file to fetch.
      await loaded.options({
        baseUrl: "/",
        noWorker: true,
        ranking: { metaWeights: { title: 5, names: 20, acronyms: 100 } },
      });
      return loaded;
    })();

  /** Every word that occurs, those that occur most often first, each with how it is folded; loaded once. */
  const loadWords = () =>
    known ??= (async () => {
      const answer = await fetch(say.words ?? "");
      if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
      return (await answer.text()).split("\n").map((word) => [words(word).join(" "), word]);
    })();

  /**
   * The words that were probably meant, folded and as they are written; null where no other are known.
   * @param {string[]} query
   */
  const meant = async (query) => {
    const all = await loadWords();
    const written = new Map(all);
    let changed = false;
    const folded = query.map((word) => {
      if (all.some(([other]) => other.startsWith(word))) return word;
      const other = nearest(word, written.keys());
      changed ||= other !== undefined;
      return other ?? word;
    });
    return changed ? { folded, written: folded.map((word) => written.get(word) ?? word) } : null;
  };

  /**
   * Say how many results each filter would leave, and close those that would leave none. Where one is chosen already,
   * the others beside it stay open and bear no number: Pagefind counts them only within the choice.
   * @param {Record<string, Record<string, number>>} counts
   */
  const count = (counts) => {
    for (const select of selects) {
      for (const option of [...select.options].slice(1)) {
        const n = (counts[select.name] ?? {})[option.value] ?? 0;
        option.label = select.value && !option.selected ? option.text : `${option.text} (${n.toLocaleString(language)})`;
        option.disabled = !select.value && n === 0;
      }
    }
  };

  const remember = () => {
    const state = new URLSearchParams();
    if (box.value.trim()) state.set("q", box.value.trim());
    const chosen = selects.filter(({ value }) => value);
    for (const { name, value } of chosen) state.set(name, value);
    const summary = fold.querySelector("summary span");
    if (summary) summary.textContent = chosen.length ? fill(say.chosen, { n: chosen.length }) : "";
    history.replaceState(null, "", state.size ? `?${state}` : location.pathname);
  };

  /** @param {Found} found @returns {Row} */
  const row = ({ url, meta }) => {
    const own = meta[`title-${language}`];
    const told = { address: url.replace(/^\//, ""), claim: own ?? meta.title, language: own || language === "en" ? "" : "en" };
    return { ...told, status: meta.status, about: meta[`about-${language}`] ?? meta.about ?? meta.date ?? "" };
  };

  /** @param {number} mine */
  const show = async (mine) => {
    const next = await Promise.all(results.slice(shown, shown + STEP).map((result) => result.data()));
    if (mine !== turn) return;
    shown += next.length;
    list.add(next.map(row), shown < results.length);
  };

  const search = async () => {
    const mine = ++turn;
    const typed = box.value.trim();
    const query = words(typed);
    remember();
    const filters = Object.fromEntries(selects.map((s) => [s.name, s.value]).filter(([, value]) => value));
    if (!typed && !Object.keys(filters).length) {
      list.set([], false);
      said.textContent = "";
      return;
    }
    said.textContent = say.searching ?? "";
    try {
      const pagefind = await load();
      // Counts cost as much as a search, so they wait until somebody filters. Pagefind counts only by filters it has
      // loaded.
      counting ||= Object.keys(filters).length > 0;
      if (counting) await pagefind.filters();
      let answer = await pagefind.search(typed ? query.join(" ") : null, { filters });
      // Where little is found, a word may be spelt wrong: Pagefind takes what is nearest to it in its own way.
      const other = query.length && answer.results.length <= STEP ? await meant(query) : null;
      if (other) answer = await pagefind.search(other.folded.join(" "), { filters });
      if (mine !== turn) return;
      if (counting) count(answer.filters);
      results = typed && !query.length ? [] : answer.results;
      shown = 0;
      list.set([], false);
      const n = results.length;
      const text = n ? (other ? say.showing : say.found) : say.nothing;
      said.textContent = fill(text, { n, words: typed, other: other?.written.join(" ") ?? "" });
      await show(mine);
    } catch (error) {
      said.textContent = say.failed ?? "";
      if (location.protocol === "file:") {
        const link = document.createElement("a");
        link.href = `${say.folder}#q=${encodeURIComponent(typed)}`;
        link.textContent = say.explore ?? "";
        said.replaceChildren(say.local ?? "", " ", link);
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

  // On a phone the results come first.
  if (matchMedia("(max-width: 40rem)").matches) fold.open = false;
  const given = new URLSearchParams(location.search);
  box.value = given.get("q") ?? "";
  for (const select of selects) select.value = given.get(select.name) ?? "";
  if (given.size) search();
})();
