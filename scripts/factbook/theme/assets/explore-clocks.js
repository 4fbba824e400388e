// The two clocks of the Explore page: how each fact stood on a day by its ledger, and whether what it says held on a day.
// The data: type Data in scripts/globals.d.ts.
"use strict";

(() => {
  const data = globalThis.factbook;
  const COUNT = data.ids.length;

  /** Two positions a fact: its last ledger entry up to a day, as status and day; -1 before the first. @param {string} day */
  const entries = (day) => {
    const found = new Int32Array(2 * COUNT).fill(-1);
    const after = day ? data.days.findIndex((other) => other > day) : -1;
    const until = after < 0 ? data.days.length : after;
    for (let i = 0; i < COUNT; i++) {
      const ledger = data.ledgers[i];
      for (let at = 0; at < ledger.length && ledger[at] < until; at += 2) {
        found[2 * i] = ledger[at + 1];
        found[2 * i + 1] = ledger[at];
      }
    }
    return found;
  };

  /** The days each date means, and those it is certain of, as four texts; empty where there is no bound. */
  const spans = data.spans.map((span) => {
    const [possible, certain] = span.includes("/") ? span.split(" ") : [`${span}/${span}`, `${span}/${span}`];
    const [first, last] = possible.split("/");
    const [from, to] = certain ? certain.split("/") : ["9999-99", ""];
    return { known: span !== "", first, last: last || "9999-12-31", from, to };
  });

  /** For each fact whether it held on a day: 0 no or not known, 1 possibly, 2 for certain. @param {string} day */
  const holding = (day) => {
    const dates = spans.map((s) =>
      !s.known || day < s.first || day > s.last ? 0 : s.from <= day && day <= s.to ? 2 : 1
    );
    return data.when.map((at) => (at < 0 ? 0 : dates[at]));
  };

  globalThis.exploreClocks = { entries, spans, holding };
})();
