// A filter on a long page: a box that leaves only what has every word typed. Its texts stand in the page.
"use strict";
(() => {
  /** A text without accents, in small letters. @param {string | null} text */
  const plain = (text) => (text || "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const ENTRIES = ".facts > li, .sources > li, ul.index > li, section.rule";

  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".filter"))) {
    const scope = place.closest(".record") || document;
    const entries = /** @type {HTMLElement[]} */ ([...scope.querySelectorAll(ENTRIES)]
      .filter((one) => place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING));
    /** @type {string[] | undefined} */
    let texts; // of a long page only when somebody asks
    const lists = new Set(entries.map((entry) => /** @type {HTMLElement} */ (entry.parentElement)).filter((list) => list.matches("ul, ol")));
    const label = document.createElement("label");
    const box = document.createElement("input");
    const said = document.createElement("p");
    box.type = "search";
    box.autocomplete = "off";
    label.append(place.dataset.filter || "", " ", box);
    said.className = "meta";
    said.setAttribute("role", "status");
    place.append(label, said);

    /** What stands above a list and belongs to it, up to its heading. @param {Element} list */
    const above = function* (list) {
      for (let at = list.previousElementSibling; at && !lists.has(/** @type {HTMLElement} */ (at)) && at !== place; at = at.previousElementSibling) {
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
      for (const list of lists) {
        list.hidden = !list.querySelector(":scope > :not([hidden])");
        for (const part of above(list)) part.hidden = list.hidden;
      }
      const shown = (place.dataset.shown || "").replace("{n}", number.format(n)).replace("{total}", number.format(entries.length));
      said.textContent = words.length ? shown : "";
    });
  }
})();
