// The page of figures: the rows of one unit by number or by day, up and down. Without it the largest number stands first.
"use strict";
(() => {
  for (const table of document.querySelectorAll("table.numbers")) {
    const body = /** @type {HTMLTableSectionElement} */ (table.querySelector("tbody"));
    if (body.rows.length < 2) continue;
    const heads = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("th[data-by]")]);
    /** What shows in a heading which way its column is sorted. @type {(() => void)[]} */
    const arrows = [];
    for (const head of heads) {
      const by = head.dataset.by || "";
      const show = () => { arrow.textContent = { ascending: " ↑", descending: " ↓" }[head.getAttribute("aria-sort") || ""] || ""; };
      /** What a row is sorted by: a number, or a day as it is written. @param {HTMLTableRowElement} row */
      const key = (row) => row.dataset[by] || "";
      /** @param {HTMLTableRowElement} a @param {HTMLTableRowElement} b */
      const order = (a, b) => by === "number" ? Number(key(a)) - Number(key(b)) : key(a) < key(b) ? -1 : Number(key(a) > key(b));
      const button = document.createElement("button");
      const arrow = document.createElement("span");
      arrow.setAttribute("aria-hidden", "true"); // the heading says it by aria-sort
      arrows.push(show);
      button.type = "button";
      button.append(...head.childNodes, arrow);
      head.append(button);
      show();
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "descending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        for (const shown of arrows) shown();
        body.append(...[...body.rows].sort((a, b) => up ? order(a, b) : order(b, a)));
      });
    }
  }
})();
