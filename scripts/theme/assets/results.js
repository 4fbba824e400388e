// A list of found facts: its lines, the button that shows more of them, and the arrow keys that lead through it.
"use strict";

globalThis.results = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** One line. Texts are set as text, never as HTML. @param {Row} row */
  const line = (row) => {
    const item = document.createElement("li");
    item.className = "fact";
    const link = document.createElement("a");
    link.href = row.address;
    link.textContent = row.claim;
    if (row.language) link.lang = row.language;
    const meta = document.createElement("span");
    meta.className = "meta";
    if (row.status) {
      const status = document.createElement("span");
      status.className = `status ${row.status.tone}`;
      const sign = document.createElementNS(SVG, "svg");
      const use = document.createElementNS(SVG, "use");
      use.setAttribute("href", `#i-${row.status.id}`);
      sign.setAttribute("aria-hidden", "true");
      sign.append(use);
      status.append(sign, row.status.label);
      meta.append(status, " · ");
    }
    meta.append(row.about);
    item.append(link, meta);
    return item;
  };

  /**
   * Take over a list. `add` puts rows at its end and says whether there are more to show.
   * @param {HTMLElement} list @param {HTMLButtonElement} more @param {HTMLInputElement} box
   */
  const start = (list, more, box) => {
    addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const links = [...list.querySelectorAll("a")];
      const at = links.findIndex((link) => link === document.activeElement);
      if (at < 0 && document.activeElement !== box) return;
      const to = at + (event.key === "ArrowDown" ? 1 : -1);
      const target = to < 0 ? box : links[to];
      if (target) {
        event.preventDefault();
        target.focus();
      }
    });
    return {
      clear: () => {
        list.replaceChildren();
        more.hidden = true;
      },
      /** @param {Row[]} rows @param {boolean} rest */
      add: (rows, rest) => {
        const first = list.children.length;
        list.append(...rows.map(line));
        more.hidden = !rest;
        // Whoever asked for more goes on where the new lines begin.
        if (first) list.children[first]?.querySelector("a")?.focus();
      },
    };
  };

  /**
   * A text of the page with its holes filled: numbers as the page's language writes them.
   * @param {string | undefined} text @param {Record<string, string | number>} values
   */
  const fill = (text, values) =>
    (text ?? "").replace(/\{(\w+)\}/g, (hole, name) => {
      const value = values[name];
      if (value === undefined) return hole;
      return typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
    });

  return { start, fill };
})();
