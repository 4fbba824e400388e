// A filter on a long page: a box that leaves only what has every word typed. Its texts stand in the page.
"use strict";
(() => {
  /** A text without accents, in small letters. @param {string | null} text */
  const plain = (text) => (text || "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const ENTRIES = ":is(.facts, .sources, .index, .years, .questions, article > .searches) > li, section:is(.rule, .pair), .numbers tbody > tr";

  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".filter"))) {
    const entries = /** @type {HTMLElement[]} */ ([...(place.closest(".record") || document).querySelectorAll(ENTRIES)]
      .filter((one) => place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING));
    /** @type {string[] | undefined} */
    let texts; // of a long page only when somebody asks
    /** @type {Map<Element, HTMLElement[]>} */
    const lists = new Map();
    for (const one of entries) {
      const list = one.closest("ul, ol, .pairs, .wide");
      if (list) lists.get(list)?.push(one) ?? lists.set(list, [one]);
    }
    const label = document.createElement("label");
    const box = document.createElement("input");
    const said = document.createElement("p");
    box.type = "search";
    box.autocomplete = "off";
    label.append(place.dataset.filter || "", " ", box);
    said.className = "meta";
    said.setAttribute("role", "status");
    place.append(label, said);

    /** Up to its heading. @param {Element} list */
    const above = function* (list) {
      for (let at = list.previousElementSibling; at && !lists.has(at) && at !== place; at = at.previousElementSibling) {
        yield /** @type {HTMLElement} */ (at);
        if (/^H[23]$/.test(at.tagName)) return;
      }
    };
    box.addEventListener("input", () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      const all = texts ??= entries.map((entry) => plain(entry.textContent));
      let n = 0;
      entries.forEach((entry, i) => {
        entry.hidden = !words.every((word) => all[i].includes(word));
        n += entry.hidden ? 0 : 1;
      });
      for (const [list, inside] of lists) {
        const hidden = inside.every((one) => one.hidden);
        for (const part of [/** @type {HTMLElement} */ (list), ...above(list)]) part.hidden = hidden;
      }
      const shown = (place.dataset.shown || "").replace("{n}", number.format(n)).replace("{total}", number.format(entries.length));
      said.textContent = words.length ? shown : "";
    });
  }
})();
