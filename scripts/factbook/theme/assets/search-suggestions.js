// Results while somebody types into a box that leads to the search page: arrows choose, Enter opens, Escape closes.
"use strict";

/** Give a box its list of results. @param {HTMLFormElement} form @param {HTMLInputElement} box */
globalThis.suggest = (form, box) => {
  const { load, open, page } = globalThis.finder;
  const MOST = 6;
  const base = new URL(form.getAttribute("action") ?? "", document.baseURI);
  const shown = document.createElement("div");
  shown.className = "suggested";
  shown.hidden = true;
  const said = document.createElement("p");
  said.className = "meta";
  said.setAttribute("role", "status");
  const list = document.createElement("ul");
  list.id = `suggested-${globalThis.suggest.count++}`;
  list.setAttribute("role", "listbox");
  shown.append(said, list);
  form.append(shown);
  for (
    const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], [
      "aria-controls",
      list.id,
    ]]
  ) box.setAttribute(name, value);
  /** @type {Search | null} */
  let search = null;
  /** @type {string[]} the addresses of what is listed */
  let addresses = [];
  let at = -1;
  let turn = 0;

  /** @param {boolean} open */
  const show = (open) => {
    shown.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (open) return;
    said.textContent = "";
    choose(-1);
  };

  /** @param {number} to */
  const choose = (to) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to;
    const chosen = list.children[at];
    if (chosen) {
      chosen.setAttribute("aria-selected", "true");
      chosen.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", chosen.id);
    } else box.removeAttribute("aria-activedescendant");
  };

  /** @param {(Node | string)[]} content @param {string} address @param {string} kind */
  const option = (content, address, kind) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${addresses.length}`;
    item.className = kind;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(...content);
    const number = addresses.push(address) - 1;
    // A press must not take the focus from the box before it is a click.
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => location.assign(addresses[number]));
    return item;
  };

  const run = async () => {
    const mine = ++turn;
    const typed = box.value.trim();
    if (!typed) {
      show(false);
      return;
    }
    try {
      if (!("results" in globalThis)) await load("results.js");
      search ??= await open(new URL("search/", base).href);
      const { texts, statuses } = await search.edition();
      const answer = await search.find(typed);
      const rows = await search.rows(answer, answer.documents.slice(0, MOST));
      if (mine !== turn) return;
      const { fill, marks, notes, lead, know } = globalThis.results;
      know(statuses);
      list.setAttribute("aria-label", texts.results);
      addresses = [];
      at = -1;
      const items = rows.map((row) => {
        const title = document.createElement("div");
        const { text, tone } = lead(row.status);
        const before = document.createElement("b");
        before.className = `led ${tone}`;
        before.textContent = text && `${text}: `;
        const claim = document.createElement("bdi");
        claim.append(...marks(row.claim));
        if (row.language) claim.lang = row.language;
        title.append(...(text ? [before] : []), claim);
        const meta = document.createElement("div");
        meta.className = "meta";
        meta.append([row.kind, row.about].filter(Boolean).join(" · "));
        return option([title, meta], new URL(row.address, base).href, "");
      });
      items.push(option(
        [answer.documents.length ? fill(texts.all, { n: answer.documents.length }) : texts.nothing],
        page(form, box.value),
        "all",
      ));
      list.replaceChildren(...items);
      show(true);
      said.textContent = notes(answer, texts, answer.all, answer.documents.length);
    } catch (error) {
      // Without the index the box still leads to the search page, which says what is wrong.
      show(false);
      console.error(error);
    }
  };

  let pause = 0;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(run, 80);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !shown.hidden) {
      event.preventDefault();
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !shown.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((at + step + 1 + addresses.length + 1) % (addresses.length + 1) - 1);
    }
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(pause);
    if (at < 0) return;
    event.preventDefault();
    location.assign(addresses[at]);
  }, { capture: true });
  form.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) {
      show(false);
    }
  });

  if (box.value) run();
};
globalThis.suggest.count = 0;
