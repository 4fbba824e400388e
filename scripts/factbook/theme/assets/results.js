// A list of what was found: its lines, the button that shows more of them, and the arrow keys that lead through it.
"use strict";

globalThis.results = (() => {
  /** @type {Record<string, SearchStatus>} statuses that the page does not hold ready */
  let known = {};

  /** What the page holds ready for a status. @param {string | undefined} id */
  const ready = (id) => {
    const held = id && document.getElementById(`status-${id}`);
    return held instanceof HTMLTemplateElement ? held : null;
  };

  /** A status as the page holds it ready, or as the index tells it: its sign and its word. @param {string | undefined} id @returns {Node | null} */
  const sign = (id) => {
    const held = ready(id);
    if (held) return document.importNode(held.content, true);
    const status = known[id ?? ""];
    if (!status?.[0]) return null;
    const [label, tone, icon] = status;
    const made = document.createElement("span");
    made.className = `status ${tone}`;
    if (icon) {
      made.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg>'; // the parser knows what an svg is
      made.querySelector("path")?.setAttribute("d", icon);
    }
    made.append(label);
    return made;
  };

  /** What leads a claim of a status, and its tone; an empty text where it may stand alone. @param {string | undefined} id */
  const lead = (id) => {
    const held = ready(id);
    const [, tone, , text] = known[id ?? ""] ?? ["", "", "", ""];
    return { text: held ? held.dataset.lead ?? "" : text, tone: held ? held.dataset.tone ?? "" : tone };
  };

  /** A text in parts of which every second one is marked. @param {string[]} parts @returns {(string | HTMLElement)[]} */
  const marks = (parts) =>
    parts.map((part, at) => {
      if (at % 2 === 0) return part;
      const mark = document.createElement("mark");
      mark.textContent = part;
      return mark;
    });

  /** Whether two rows have the same parts. @param {string[]} one @param {string[]} other */
  const same = (one, other) => one.length === other.length && one.every((part, at) => part === other[at]);

  /**
   * One line. `put` gives it a row and changes only what differs: painting takes a phone longest. Texts are never HTML.
   * @param {Row} row
   */
  const line = (row) => {
    const item = document.createElement("li");
    item.className = "fact";
    const link = document.createElement("a");
    const before = document.createElement("b");
    const text = document.createElement("bdi");
    link.append(before, text);
    const meta = document.createElement("span");
    meta.className = "meta";
    const about = document.createTextNode("");
    const shown = document.createElement("span");
    shown.className = "excerpt";
    shown.dir = "auto";
    item.append(link, meta);
    /** @type {Row} */
    let old = { address: "", claim: [], about: "" };
    /** @param {Row} next */
    const status = (next) => {
      const { text: verdict, tone } = lead(next.status);
      before.textContent = verdict ? `${verdict}: ` : "";
      before.className = verdict ? `led ${tone}` : "";
      const made = sign(next.status);
      const parts = [next.kind, made].flatMap((part) => part ? [part, " · "] : []);
      meta.replaceChildren(...(next.about ? parts : parts.slice(0, -1)), about);
    };
    /** @param {Row} next */
    const put = (next) => {
      if (next.address !== old.address) link.href = next.address;
      if (!same(next.claim, old.claim)) text.replaceChildren(...marks(next.claim));
      if (next.language) text.lang = next.language;
      else if (old.language) text.removeAttribute("lang");
      if (next.status !== old.status || next.kind !== old.kind || !next.about !== !old.about || !about.parentNode) status(next);
      if (next.about !== old.about) about.data = next.about;
      if (next.excerpt) {
        shown.replaceChildren(...marks(next.excerpt.parts));
        shown.lang = next.excerpt.language || document.documentElement.lang;
        item.append(shown);
      } else shown.remove();
      old = next;
    };
    put(row);
    return { item, put, address: () => old.address };
  };

  /**
   * Take over a list. `set` shows these rows alone, `add` puts rows at its end; `rest`: there are more.
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

  /**
   * What is said of the words of a search: which occur nowhere, what is shown for them, how many of n results have all.
   * @param {SearchAnswer} answer @param {Record<string, string>} texts @param {number} whole @param {number} n
   */
  const notes = (answer, texts, whole, n) => {
    if (!answer.asked) return texts.stop;
    const said = answer.notes.map(({ word, other, begins, few }) =>
      fill(begins ? texts.begins : few ? texts.few : other ? texts.instead : texts.nowhere, { word, other })
    );
    if (answer.known > 1 && whole < n) said.push(fill(whole ? texts.some : texts.none, { n: whole, m: n - whole }));
    return said.join(" ");
  };

  return {
    start,
    fill,
    number,
    marks,
    notes,
    sign,
    lead,
    know: (/** @type {Record<string, SearchStatus>} */ statuses) => {
      known = statuses;
    },
  };
})();
