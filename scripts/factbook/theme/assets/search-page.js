// The search page: one form over the search of the site. Nothing is fetched before the first search. The state is in the
// address (?q=…&status=…), so that a search can be shared.
"use strict";

(() => {
  const { fill, notes } = globalThis.results;
  /** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
  const part = (id, kind) => {
    const found = document.getElementById(id);
    if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
    return found;
  };
  const form = part("search-form", HTMLFormElement);
  const box = part("q", HTMLInputElement);
  const said = part("said", HTMLElement);
  const propose = part("propose", HTMLElement);
  const more = part("more", HTMLButtonElement);
  const fold = part("filters", HTMLDetailsElement);
  const list = globalThis.results.start(part("results", HTMLElement), more, box);
  const say = form.dataset;
  const selects = [...form.querySelectorAll("select")];
  const language = document.documentElement.lang;
  const tracks = new RegExp(`^(${say.tracks})$`, "i");
  const STEP = 10;
  const open = () => globalThis.finder.open(say.own ?? "");

  /** @type {SearchAnswer | null} */
  let answer = null;
  /** @type {number[]} */
  let found = [];
  let shown = 0;
  let turn = 0;
  /** @type {[string, string][]} what the address asks for and no filter offers */
  let unknown = [];

  /** @typedef {Record<string, Map<string, Set<number>>>} Filters */

  /**
   * Say how many of the documents each choice would leave, the other filters as they are, and close those that leave none.
   * @param {Iterable<number>} documents @param {Filters} every
   */
  const count = (documents, every) => {
    for (const select of selects) {
      const others = selects.filter((other) => other !== select && other.value);
      const left = [...documents].filter((n) => others.every((other) => every[other.name]?.get(other.value)?.has(n)));
      for (const option of [...select.options].slice(1)) {
        const having = every[select.name]?.get(option.value);
        const n = having ? left.reduce((sum, document) => sum + (having.has(document) ? 1 : 0), 0) : 0;
        option.label = `${option.text} (${n.toLocaleString(language)})`;
        option.disabled = !select.value && n === 0;
      }
    }
  };

  const remember = () => {
    const state = new URLSearchParams();
    if (box.value.trim()) state.set("q", box.value.trim());
    const chosen = selects.filter(({ value }) => value);
    for (const { name, value } of chosen) state.set(name, value);
    for (const [name, value] of unknown) state.set(name, value);
    const summary = fold.querySelector("summary span");
    if (summary) summary.textContent = chosen.length ? fill(say.chosen, { n: chosen.length }) : "";
    const text = state.toString();
    history.replaceState(null, "", text ? `?${text}` : location.pathname);
  };

  /** @param {number} mine */
  const show = async (mine) => {
    if (!answer) return;
    const rows = await (await open()).rows(answer, found.slice(shown, shown + STEP));
    if (mine !== turn) return;
    shown += rows.length;
    list.add(rows, shown < found.length);
  };

  const nothing = () => {
    found = [];
    list.set([], false);
  };

  const run = async () => {
    const mine = ++turn;
    const typed = box.value.trim();
    remember();
    const chosen = selects.filter(({ value }) => value);
    propose.hidden = true;
    if (!typed && !chosen.length && !unknown.length) {
      nothing();
      said.textContent = "";
      return;
    }
    said.textContent = say.searching ?? "";
    try {
      const search = await open();
      const { texts, statuses } = await search.edition();
      globalThis.results.know(statuses);
      const asked = await search.find(typed);
      const every = chosen.length ? await search.filters() : null;
      if (mine !== turn) return;
      answer = asked;
      let documents = [...asked.documents];
      if (every) {
        const all = typed ? documents : [...new Set([...every.type?.values() ?? []].flatMap((some) => [...some]))];
        count(all, every);
        documents = all.filter((n) => chosen.every(({ name, value }) => every[name]?.get(value)?.has(n)));
        if (!typed) documents.sort((a, b) => a - b);
      }
      if (unknown.length) documents = [];
      const parts = typed ? [notes(asked, texts, documents.filter(asked.whole).length, documents.length)] : [];
      for (const [name, value] of unknown) parts.push(fill(say.unknown, { name, value }));
      parts.push(documents.length ? fill(texts.found, { n: documents.length }) : texts.nothing);
      shown = 0;
      nothing();
      found = documents;
      said.textContent = parts.filter(Boolean).join(" ");
      propose.hidden = documents.length > 0;
      await show(mine);
    } catch (error) {
      if (mine === turn) said.textContent = say.failed ?? "";
      console.error(error);
    }
  };

  box.addEventListener("focus", () => open().catch(() => {}), { once: true });
  let pause = 0;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(run, 120);
  });
  for (const select of selects) {
    select.addEventListener("change", () => {
      unknown = unknown.filter(([name]) => name !== select.name);
      run();
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    run();
  });
  more.addEventListener("click", () => show(turn));

  // On a phone the results come first.
  if (matchMedia("(max-width: 40rem)").matches) fold.open = false;
  const given = new URLSearchParams(location.search);
  // What no browser could decode bears this sign. Nobody searched for it.
  if (given.toString().includes("%EF%BF%BD")) {
    said.textContent = say.damaged ?? "";
    return;
  }
  box.value = given.get("q") ?? "";
  for (const [name, value] of given) {
    if (value && name !== "q" && !tracks.test(name) && !selects.some((select) => select.name === name)) unknown.push([name, value]);
  }
  for (const select of selects) {
    select.value = given.get(select.name) ?? "";
    if (select.selectedIndex < 0) {
      unknown.push([select.name, given.get(select.name) ?? ""]);
      select.value = "";
    }
  }
  if (box.value || unknown.length || selects.some(({ value }) => value)) run();
})();
