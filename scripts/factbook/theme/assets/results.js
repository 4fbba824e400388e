// A list of found facts: its lines, the button that shows more of them, and the arrow keys that lead through it.
"use strict";

globalThis.results = (() => {
  /** What the page holds ready for a status: its sign and its word, and what leads a claim. @param {Row["status"]} status */
  const ready = (status) => {
    const held = status && document.getElementById(`status-${status}`);
    return held instanceof HTMLTemplateElement ? held : null;
  };

  /**
   * One line. `put` gives it a row, and changes only what differs from its row before: to lay out and paint anew is what
   * takes a phone longest. Texts are set as text, never as HTML.
   * @param {Row} row
   */
  const line = (row) => {
    const item = document.createElement("li");
    item.className = "fact";
    const link = document.createElement("a");
    const lead = document.createElement("b");
    const text = document.createElement("span");
    const claim = document.createTextNode("");
    text.append(claim);
    link.append(lead, text);
    const meta = document.createElement("span");
    meta.className = "meta";
    const about = document.createTextNode("");
    meta.append(about);
    item.append(link, meta);
    /** @type {Row} */
    let before = { address: "", claim: "", about: "" };
    /** @param {Row} next */
    const put = (next) => {
      if (next.address !== before.address) link.href = next.address;
      if (next.claim !== before.claim) claim.data = next.claim;
      if (next.language) text.lang = next.language;
      else if (before.language) text.removeAttribute("lang");
      if (next.status !== before.status) {
        const held = ready(next.status);
        meta.replaceChildren(...(held ? [document.importNode(held.content, true), " · "] : []), about);
        lead.textContent = held?.dataset.lead ? `${held.dataset.lead}: ` : "";
        lead.className = `led ${held?.dataset.tone ?? ""}`;
      }
      if (next.about !== before.about) about.data = next.about;
      before = next;
    };
    put(row);
    return { item, put, address: () => before.address };
  };

  /**
   * Take over a list. `set` shows these rows and no others, `add` puts rows at its end; both say whether there are more.
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
    /** @type {ReturnType<typeof line>[]} */
    let lines = [];
    return {
      /** @param {Row[]} rows @param {boolean} rest */
      set: (rows, rest) => {
        // A line whose row is still wanted stays as it is; another takes a new row, or goes.
        const before = lines;
        const wanted = new Set(rows.map(({ address }) => address));
        let at = 0;
        lines = rows.map((row) => {
          const same = before.findIndex((other, i) => i >= at && other.address() === row.address);
          while (at < same) before[at++].item.remove();
          if (same < 0 && (at === before.length || wanted.has(before[at].address()))) {
            const made = line(row);
            list.insertBefore(made.item, before[at]?.item ?? null);
            return made;
          }
          before[at].put(row);
          return before[at++];
        });
        for (const { item } of before.slice(at)) item.remove();
        more.hidden = !rest;
      },
      /** @param {Row[]} rows @param {boolean} rest */
      add: (rows, rest) => {
        const first = lines.length;
        const made = rows.map(line);
        list.append(...made.map(({ item }) => item));
        lines.push(...made);
        more.hidden = !rest;
        // Whoever asked for more goes on where the new lines begin.
        if (first) lines[first]?.item.querySelector("a")?.focus();
      },
    };
  };

  /** Numbers as the page's language writes them. */
  const number = new Intl.NumberFormat(document.documentElement.lang);

  /**
   * A text of the page with its holes filled: numbers as the page's language writes them.
   * @param {string | undefined} text @param {Record<string, string | number>} values
   */
  const fill = (text, values) =>
    (text ?? "").replace(/\{(\w+)\}/g, (hole, name) => {
      const value = values[name];
      if (value === undefined) return hole;
      return typeof value === "number" ? number.format(value) : value;
    });

  return { start, fill, number };
})();
