// The Explore page: all facts in one list with a text filter and facets, from a server or from a folder.
// What is chosen stands after the # of the address, so that a view can be kept and shared.
"use strict";

(() => {
  /**
   * @typedef {{ id: string, claim: string, when: string, first: number | null, last: number | null, status: number,
   *   kind: number, organizations: number[], topics: number[], sources: number[], ledger: [string, number][],
   *   tokens: string[], order: number }} Fact
   */
  const data = /** @type {any} */ (window).factbook;
  const form = /** @type {HTMLFormElement} */ (document.getElementById("explore-form"));
  const box = /** @type {HTMLInputElement} */ (document.getElementById("explore-q"));
  const list = /** @type {HTMLElement} */ (document.getElementById("explore-list"));
  const said = /** @type {HTMLElement} */ (document.getElementById("explore-said"));
  const more = /** @type {HTMLButtonElement} */ (document.getElementById("explore-more"));
  const STEP = 50;
  const FACETS = /** @type {const} */ (["organization", "status", "kind", "topic", "source"]);

  const CYRILLIC = {
    а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ё: "e", ж: "zh", з: "z", и: "i", й: "i", к: "k", қ: "k",
    л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ұ: "u", ү: "u", ф: "f", х: "h",
    һ: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sh", ъ: "", ы: "i", і: "i", ь: "", э: "e", ю: "iu", я: "ia", ў: "u", ї: "i", є: "e",
  };

  /**
   * A text as its plain letters, so that Dostoyevsky and Достоевский are one word: case, accents and alphabet are folded,
   * and the spellings that differ between ways of writing Cyrillic in Latin letters are made the same.
   * @param {string} text
   */
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[а-яёәғқңөұүһіўїє]/g, (letter) => CYRILLIC[letter] ?? "")
      .replace(/q/g, "k").replace(/kh/g, "h").replace(/j|y(?=[aeiou])/g, (letter) => (letter === "j" ? "zh" : ""))
      .replace(/dzh/g, "zh").replace(/y/g, "i").replace(/w/g, "v").replace(/ia/g, "a").replace(/iu/g, "u").replace(/ii/g, "i");

  /** @param {string} text */
  const tokens = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  /**
   * Whether two words differ by at most one letter (one wrong, missing, extra, or two changed places).
   * @param {string} one @param {string} other
   */
  const close = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && at < other.length && one[at] === other[at]) at++;
    const rest = (/** @type {string} */ word, /** @type {number} */ skip) => word.slice(at + skip);
    return rest(one, 1) === rest(other, 1) || rest(one, 1) === rest(other, 0) || rest(one, 0) === rest(other, 1)
      || (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(one, 2) === rest(other, 2));
  };

  /** @type {Fact[]} */
  const facts = data.facts.map((row, order) => ({
    id: row[0], claim: row[1], when: row[2], first: row[3], last: row[4], status: row[5], kind: row[6],
    organizations: row[7], topics: row[8], sources: row[9], ledger: row[10], tokens: [], order,
  }));
  const namesOf = data.organizations.map((o) => tokens(`${o[1]} ${o[2]} ${o[3]}`));
  const publisherOf = data.sources.map((s) => tokens(`${s[1]} ${s[2]}`));

  /** Every word that occurs, with the facts it occurs in; made once, so that a keystroke only looks words up. */
  const index = new Map();
  const note = (word, order) => {
    const found = index.get(word);
    if (!found) index.set(word, [order]);
    else if (found[found.length - 1] !== order) found.push(order);
  };
  for (const fact of facts) {
    for (const word of tokens(fact.claim)) note(word, fact.order);
    for (const word of tokens(fact.id)) note(word, fact.order);
    for (const o of fact.organizations) for (const word of namesOf[o]) note(word, fact.order);
    for (const s of fact.sources) for (const word of publisherOf[s]) note(word, fact.order);
    for (const t of fact.topics) for (const word of tokens(data.topics[t])) note(word, fact.order);
  }

  /**
   * The facts that contain a word: as it is, as a beginning, or, where there is neither, with one letter wrong.
   * @param {string} word
   */
  const having = (word) => {
    const found = new Set();
    for (const [known, orders] of index) if (known.startsWith(word)) for (const order of orders) found.add(order);
    if (!found.size && word.length > 3) {
      for (const [known, orders] of index) if (close(word, known)) for (const order of orders) found.add(order);
    }
    return found;
  };

  /** The status a fact bore on a day, or -1 where the archive did not have it yet. @param {Fact} fact @param {string} day */
  const statusOn = (fact, day) => {
    if (!day) return fact.status;
    let status = -1;
    for (const [date, then] of fact.ledger) if (date <= day) status = then;
    return status;
  };

  /** What is chosen, read from the form. */
  const chosen = () => {
    const given = Object.fromEntries(new FormData(form).entries());
    return {
      words: tokens(String(given.q || "")),
      organization: given.organization, status: given.status, kind: given.kind, topic: given.topic, source: given.source,
      from: given.from ? Number(given.from) : null, to: given.to ? Number(given.to) : null,
      contested: given.contested === "yes", asof: String(given.asof || ""), sort: String(given.sort || "newest"),
    };
  };

  /** The values a fact has under a facet, as positions. @param {Fact} fact @param {string} facet @param {number} status */
  const values = (fact, facet, status) => ({
    organization: fact.organizations, status: [status], kind: [fact.kind], topic: fact.topics, source: fact.sources,
  })[facet];

  const labels = {
    organization: data.organizations.map((o) => o[1]), status: data.statuses.map((s) => s[1]), kind: data.kinds,
    topic: data.topics, source: data.sources.map((s) => s[1]),
  };
  const ids = { organization: data.organizations.map((o) => o[0]), status: data.statuses.map((s) => s[0]) };

  /** @type {[Fact, number][]} */
  let found = [];
  let shown = 0;

  const search = () => {
    const want = chosen();
    let allowed = null;
    for (const word of want.words) {
      const having_ = having(word);
      allowed = allowed === null ? having_ : new Set([...allowed].filter((order) => having_.has(order)));
    }
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    found = [];
    for (const fact of facts) {
      if (allowed && !allowed.has(fact.order)) continue;
      const status = statusOn(fact, want.asof);
      if (status < 0 || (want.contested && !data.statuses[status][3])) continue;
      const first = fact.first ?? fact.last;
      const last = fact.last ?? (fact.first === null ? null : 9999);
      if ((want.from !== null && (last === null || last < want.from)) || (want.to !== null && (first === null || first > want.to))) continue;
      let failing = "";
      let failures = 0;
      for (const facet of FACETS) {
        if (want[facet] && !values(fact, facet, status).includes(Number(want[facet]))) {
          failing = facet;
          failures++;
        }
      }
      // A facet counts what there would be if it alone were changed.
      for (const facet of FACETS) {
        if (failures === 0 || (failures === 1 && failing === facet)) {
          for (const value of values(fact, facet, status)) counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
        }
      }
      if (!failures) found.push([fact, status]);
    }
    if (want.sort === "oldest") found.reverse();
    else if (want.sort === "changed") found.sort(([a], [b]) => (b.ledger.at(-1)[0] < a.ledger.at(-1)[0] ? -1 : b.ledger.at(-1)[0] > a.ledger.at(-1)[0] ? 1 : a.order - b.order));
    else if (want.sort === "status") found.sort(([a, x], [b, y]) => x - y || a.order - b.order);
    offer(counts, want);
    remember();
    shown = 0;
    list.replaceChildren();
    show();
    const day = want.asof ? `, as the archive stood on ${want.asof}` : "";
    const newest = data.total > facts.length ? `the newest ${facts.length.toLocaleString("en")} of ` : "";
    said.textContent = `${found.length.toLocaleString("en")} of ${newest}${data.total.toLocaleString("en")} facts${day}`;
  };

  /** Fill the choices of every facet with what there is, most first. */
  const offer = (counts, want) => {
    for (const facet of FACETS) {
      const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(facet));
      const present = [...counts[facet]].sort((a, b) => (facet === "status" || facet === "kind" ? a[0] - b[0] : b[1] - a[1] || a[0] - b[0])).slice(0, 300);
      const at = want[facet];
      if (at && !counts[facet].has(Number(at))) present.unshift([Number(at), 0]);
      select.replaceChildren(new Option("any", ""), ...present.map(([value, n]) => {
        const label = labels[facet][value];
        return new Option(`${label.length > 60 ? `${label.slice(0, 59)}…` : label} (${n})`, String(value));
      }));
      select.value = at || "";
    }
  };

  const show = () => {
    const part = found.slice(shown, shown + STEP).map(([fact, status]) => {
      const line = document.createElement("li");
      line.className = "fact";
      const link = document.createElement("a");
      link.href = `facts/${fact.id}.html`;
      link.textContent = fact.claim;
      const meta = document.createElement("span");
      meta.className = "meta";
      const word = document.createElement("span");
      word.className = `status ${data.statuses[status][2]}`;
      const sign = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", `#i-${data.statuses[status][0]}`);
      sign.setAttribute("aria-hidden", "true");
      sign.append(use);
      word.append(sign, data.statuses[status][1]);
      meta.append(word, ` · ${fact.when} · ${fact.organizations.map((o) => data.organizations[o][2]).join(", ")}`);
      line.append(link, meta);
      return line;
    });
    const first = list.children.length;
    list.append(...part);
    shown += part.length;
    more.hidden = shown >= found.length;
    if (first) list.children[first]?.querySelector("a")?.focus();
  };

  /** Names rather than positions go into the address, so that it stays true when the archive grows. */
  const remember = () => {
    const state = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (!value || (name === "sort" && value === "newest")) continue;
      state.set(name, (FACETS.includes(/** @type {any} */ (name)) ? (ids[name] || labels[name])[Number(value)] : String(value)));
    }
    history.replaceState(null, "", `#${state}`);
  };

  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1) || location.search);
    form.reset();
    for (const [name, value] of state) {
      const field = /** @type {any} */ (form.elements.namedItem(name));
      if (!field) continue;
      if (FACETS.includes(/** @type {any} */ (name))) {
        const at = (ids[name] || labels[name]).indexOf(value);
        if (at >= 0) {
          field.replaceChildren(new Option(labels[name][at], String(at)));
          field.value = String(at);
        }
      } else if (field.type === "checkbox") field.checked = value === "yes";
      else field.value = value;
    }
    search();
  };

  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(search));
  more.addEventListener("click", show);
  addEventListener("hashchange", restore);
  restore();
  box.focus({ preventScroll: true });
})();
