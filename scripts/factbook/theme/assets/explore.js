// The page All facts: its form, list and address. explore-clocks.js and explore-filter.js work out what it shows.
// What is chosen stands after the # of the address. The data: type Data in scripts/globals.d.ts.
"use strict";

(() => {
  const data = globalThis.factbook;
  const { fill, notes, number } = globalThis.results;
  /** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
  const part = (id, kind) => {
    const found = document.getElementById(id);
    if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
    return found;
  };
  const form = part("explore-form", HTMLFormElement);
  const box = part("explore-q", HTMLInputElement);
  const filters = part("explore-filters", HTMLDetailsElement);
  const said = part("explore-said", HTMLElement);
  const loosen = part("explore-loosen", HTMLElement);
  const propose = part("propose", HTMLElement);
  const more = part("explore-more", HTMLButtonElement);
  const list = globalThis.results.start(part("explore-list", HTMLElement), more, box);
  const say = form.dataset;
  const tracks = new RegExp(`^(${say.tracks})$`, "i");
  const small = matchMedia("(max-width: 40rem)").matches;
  /** Lines at a time: laying out is most of a key's cost on a phone. */
  const STEP = small ? 10 : 20;
  const CHOICES = 300;
  const COUNT = data.ids.length;
  const foreign = new Set(data.foreign);
  const { entries, holding } = globalThis.exploreClocks;
  const { ordered, wanted, passing, counted } = globalThis.exploreFilter;

  /** @param {string} name @returns {HTMLSelectElement | HTMLInputElement | undefined} */
  const field = (name) => {
    const found = form.elements.namedItem(name);
    return found instanceof HTMLSelectElement || found instanceof HTMLInputElement ? found : undefined;
  };

  // Words

  const open = () => globalThis.finder.open(say.own ?? "");

  /** @param {string} text @returns {Promise<ExploreMatch>} */
  const matching = async (text) => {
    const search = await open();
    texts = (await search.edition()).texts;
    const [answer, first] = await Promise.all([search.find(text), search.first("Facts")]);
    const places = new Int32Array(COUNT).fill(-1);
    let place = 0;
    for (const document of answer.documents) {
      const fact = document - first;
      if (fact >= 0 && fact < COUNT) places[fact] = place++;
    }
    return { text, places, found: place, first, answer };
  };

  /** A day in the pages' words: a browser may lack theirs. @param {string} day */
  const spoken = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    return fill(data.months[month - 1], { day: date, year: String(year) });
  };

  // Filtering

  /** What is found now, as positions in the order of the list. */
  let found = new Uint32Array(0);
  let entry = entries("");
  let entryDay = "";
  /** The entries on the day to compare with. @type {Int32Array | null} */
  let before = null;
  /** @type {number[]} */
  let held = [];
  let heldDay = "";
  let shown = 0;
  /** All facts in the order that was asked for last. */
  let order = new Uint32Array(0);
  let orderName = "";
  /** Count and fill the choices for what is found now. */
  let choices = () => {};

  /** What the words find. @type {ExploreMatch | null} */
  let match = null;
  /** @type {Record<string, string>} what the search says */
  let texts = {};
  let turn = 0;
  /** @type {Map<string, string>} what the address asks for and nobody knows; nothing passes it */
  const unknown = new Map();

  /** What stands in the form. @returns {Record<string, string>} */
  const chosen = () => ({
    ...Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, field(name)?.validity.valid ? String(value).trim() : ""]),
    ),
    ...Object.fromEntries(unknown),
  });

  /** Find what the form asks for; only its words are waited for. */
  const refresh = async () => {
    const mine = ++turn;
    const q = unknown.has("q") ? "" : chosen().q;
    if (q && match?.text !== q) {
      try {
        const found = await matching(q);
        if (mine !== turn) return;
        match = found;
        orderName = "";
      } catch (error) {
        if (mine === turn) said.textContent = say.failed ?? "";
        console.error(error);
        return;
      }
    } else if (!q && match) {
      match = null;
      orderName = "";
    }
    filter();
  };

  const filter = () => {
    const given = chosen();
    const [asof, day, since] = ["asof", "held", "since"].map((name) => unknown.has(name) ? "" : given[name] ?? "");
    if (entryDay !== asof) {
      entry = entries(entryDay = asof);
      orderName = "";
    }
    if (heldDay !== day) {
      heldDay = day;
      held = heldDay ? holding(heldDay) : [];
    }
    before = since ? entries(since) : null;
    if (orderName !== given.sort) order = ordered(orderName = given.sort, match, entry);
    const conditions = wanted(given, { asof, day, unknown, match, entry, held, before });
    found = passing(order, conditions);
    const n = found.length;
    globalThis.explored = { found, entry, before };

    shown = 0;
    list.set(next(), shown < n);
    tell(given);
    loosen.hidden = true;
    propose.hidden = n > 0;
    choices = () => {
      const { counts, without } = counted(conditions, entry);
      suggest(conditions, without, given);
      offer(counts);
    };
    later(() => {
      remember(conditions);
      // Folded away, nobody sees them: they are filled when opened.
      if (n === 0 || filters.open) choices();
    });
  };

  /**
   * What was found, in one line for eyes and ears.
   * @param {Record<string, string>} given
   */
  const tell = (given) => {
    const n = found.length;
    const parts = [
      fill(data.total > COUNT ? say.newest : say.found, { n, known: COUNT, total: data.total }),
    ];
    if (given.asof && !unknown.has("asof")) parts.push(fill(say.asof, { day: spoken(given.asof) }));
    if (before) parts.push(fill(say.since, { day: spoken(given.since) }));
    if (held.length) {
      const certain = found.reduce((sum, i) => sum + (held[i] === 2 ? 1 : 0), 0);
      parts.push(fill(say.held, { day: spoken(given.held), n: certain, m: n - certain }));
    }
    for (const [name, value] of unknown) parts.push(value.includes("\ufffd") ? say.damaged ?? "" : fill(say.unknown, { name, value }));
    if (given.to && +given.from > +given.to) parts.push(fill(say.reversed, given));
    if (match) {
      const { answer, first } = match;
      parts.push(notes(answer, texts, found.reduce((sum, fact) => sum + Number(answer.whole(first + fact)), 0), n));
    }
    said.textContent = parts.filter(Boolean).join(" · ");
  };

  /**
   * Where nothing is found: what to leave out to find something.
   * @param {ExploreCondition[]} conditions @param {Uint32Array} without @param {Record<string, string>} given
   */
  const suggest = (conditions, without, given) => {
    loosen.hidden = found.length > 0 || conditions.length === 0;
    if (loosen.hidden) return;
    const offers = conditions.map(({ name }, at) => ({ name, n: without[at] })).filter(({ n }) => n > 0);
    const [text, rows] = loosen.children;
    text.textContent = (offers.length ? say.loosen : say.hopeless) ?? "";
    rows.replaceChildren(...offers.map(({ name, n }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = fill(say.without, { what: described(name, given[name]), n });
      button.addEventListener("click", () => {
        const at = field(name);
        unknown.delete(name);
        if (at instanceof HTMLInputElement && at.type === "checkbox") at.checked = false;
        else if (at) at.value = "";
        refresh();
        box.focus({ preventScroll: true });
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
  };

  /** A condition as it was chosen. @param {string} name @param {string} value */
  const described = (name, value) => {
    if (name === "q") return `“${value}”`;
    const label = field(name)?.labels?.[0]?.querySelector("span")?.textContent ?? name;
    const facet = data.facets[name];
    if (name === "contested") return label;
    return `${label}: ${facet?.labels[facet.ids.indexOf(value)] ?? value}`;
  };

  /** The name of a status. @param {number} at its position among all */
  const statusOf = (at) => data.facets.status.labels[data.facets.status.ids.indexOf(data.statuses[at][0])];

  /** The next rows of what is found. @returns {Row[]} */
  const next = () => {
    const rows = [...found.subarray(shown, shown + STEP)].map((i) => {
      const about = [data.when[i] < 0 ? say.undated ?? "" : data.dates[data.when[i]]];
      if (held.length) about.push((held[i] === 2 ? say.certainly : say.possibly) ?? "");
      if (before) about.push(before[2 * i] < 0 ? say.fresh ?? "" : fill(say.before, { status: statusOf(before[2 * i]) }));
      const named = data.facets.organization?.of[i].map((o) => data.organizations[o]).join(`${say.comma} `);
      if (named) about.push(named);
      return {
        address: `facts/${data.ids[i]}.html`,
        claim: match?.answer.mark(data.claims[i]) ?? [data.claims[i]],
        language: foreign.has(i) ? data.language : "",
        status: data.statuses[Math.max(entry[2 * i], 0)][0],
        about: about.join(" · "),
      };
    });
    shown += rows.length;
    return rows;
  };

  // What can wait for the list: the choices and the address, which a browser refuses to change at every key.

  let timer = 0;
  /** @type {(() => void) | null} */
  let waiting = null;
  const now = () => {
    clearTimeout(timer);
    const work = waiting;
    waiting = null;
    work?.();
  };
  /** @param {() => void} work */
  const later = (work) => {
    clearTimeout(timer);
    waiting = work;
    timer = setTimeout(now, 200);
  };

  /**
   * Fill the choices of every facet with what there is, most first. A choice made since they were counted stays:
   * words typed before it may still be looked for.
   * @param {Map<string, Uint32Array>} counts
   */
  const offer = (counts) => {
    for (const [name, count] of counts) {
      const select = field(name);
      if (!(select instanceof HTMLSelectElement)) continue;
      const facet = data.facets[name];
      const { value } = select;
      const kept = facet.ids.indexOf(value);
      const present = [...count.keys()].filter((at) => count[at] > 0 || at === kept);
      if (name !== "status" && name !== "kind") present.sort((a, b) => count[b] - count[a] || a - b);
      const options = present.slice(0, CHOICES);
      if (kept >= 0 && !options.includes(kept)) options.unshift(kept);
      const texts = options.map((at) => choice(facet.labels[at], count[at]));
      // An open menu with the same choices is left alone.
      const before = [...select.options].slice(1).map((option) => option.text);
      if (before.length === texts.length && before.every((text, row) => text === texts[row])) continue;
      select.replaceChildren(
        select.options[0],
        ...options.map((at, row) => {
          const lang = facet.languages[at];
          return Object.assign(new Option(texts[row], facet.ids[at]), lang && { lang });
        }),
      );
      select.value = value;
    }
  };

  /** Say how much is chosen, and put what stands in the form into the address. @param {ExploreCondition[]} conditions */
  const remember = (conditions) => {
    const n = conditions.filter(({ name }) => name !== "q").length;
    const summary = filters.querySelector("summary span");
    if (summary) summary.textContent = n ? fill(say.chosen, { n }) : "";
    const state = new URLSearchParams();
    for (const [name, value] of Object.entries(chosen())) {
      if (value && !(name === "sort" && value === "best")) state.set(name, value);
    }
    history.replaceState(null, "", `#${state}`);
  };

  /** @param {string} label @param {number} n */
  const choice = (label, n) =>
    `${label.length > 60 ? `${label.slice(0, 59)}…` : label} (${number.format(n)})`;

  /** Set the form to what the address says. */
  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1) || location.search);
    form.reset();
    unknown.clear();
    for (const [name, value] of state) {
      const at = field(name);
      if (!value || !at && tracks.test(name)) continue;
      if (!at || value.includes("\ufffd")) { // what no browser could decode
        unknown.set(name, value);
        continue;
      }
      const facet = data.facets[name];
      if (at instanceof HTMLInputElement && at.type === "checkbox") at.checked = value === at.value;
      else if (facet) {
        const known = facet.ids.indexOf(value);
        if (known >= 0) at.append(new Option(facet.labels[known], value, false, true));
      } else at.value = value;
      // What a field does not take is said, and finds nothing.
      const taken = at.type === "checkbox" ? "checked" in at && at.checked : at.value === value && at.validity.valid;
      if (!taken) unknown.set(name, value);
    }
    refresh();
  };

  for (const select of form.querySelectorAll("select")) {
    // A facet that no fact has a value of is not offered.
    const label = select.closest("label");
    if (label && select.name !== "sort") label.hidden = !(select.name in data.facets);
  }
  // On a phone the results come first.
  if (small) filters.open = false;
  form.addEventListener("input", (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) unknown.delete(target.name);
    refresh();
  });
  form.addEventListener("focusin", now);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
  form.querySelector("[type=reset]")?.addEventListener("click", () => {
    unknown.clear();
    setTimeout(refresh);
  });
  filters.addEventListener("toggle", () => {
    if (filters.open) choices();
  });
  more.addEventListener("click", () => {
    const rows = next();
    list.add(rows, shown < found.length);
  });
  addEventListener("hashchange", restore);
  addEventListener("pagehide", now);
  restore();
  // What takes the list away is not needed to show it.
  void globalThis.finder.load("take.js").catch(() => {});
  // The index and its scripts are there before somebody types.
  const prepare = () => void matching(data.organizations[0] ?? "").catch(() => {});
  if ("requestIdleCallback" in globalThis) requestIdleCallback(prepare);
  else setTimeout(prepare, 200);
  // A keyboard on glass would cover what was found.
  if (matchMedia("(pointer: fine)").matches && !small) box.focus({ preventScroll: true });
})();
