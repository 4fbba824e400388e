// What the Explore page filters and counts: the conditions of what was asked for, the facts that pass them, in an order,
// and how many there would be with one condition changed. No page is touched here.
"use strict";

(() => {
  const data = globalThis.factbook;
  const { spans } = globalThis.exploreClocks;
  const COUNT = data.ids.length;
  const FACETS = Object.keys(data.facets);
  const status = data.facets.status;
  /** The position of "low" among the weights: such facts come last unless another order is asked for. */
  const LOW = data.facets.weight?.ids.indexOf("low") ?? -1;
  /** The position of each status in its facet. */
  const statusAt = data.statuses.map(([id]) => status?.ids.indexOf(id) ?? -1);

  /**
   * All facts in an order; newest first within it. Without words the best are those of full weight.
   * @param {string} name @param {ExploreMatch | null} match what the words find @param {Int32Array} entry as of exploreClocks
   */
  const ordered = (name, match, entry) => {
    const all = new Uint32Array(COUNT);
    for (let at = 0; at < COUNT; at++) all[at] = at;
    if (name === "best" && match) {
      // What is not found at all comes last, where nobody sees it.
      const { places } = match;
      let rest = match.found;
      for (let at = 0; at < COUNT; at++) all[places[at] < 0 ? rest++ : places[at]] = at;
    } else if (name === "best" && LOW >= 0) {
      const last = data.facets.weight.of.map((weights) => Number(weights.includes(LOW)));
      all.sort((a, b) => last[a] - last[b] || a - b);
    }
    if (name === "oldest") all.reverse();
    else if (name === "changed") all.sort((a, b) => entry[2 * b + 1] - entry[2 * a + 1] || a - b);
    else if (name === "status") all.sort((a, b) => entry[2 * a] - entry[2 * b] || a - b);
    return all;
  };

  /** Whether the date of a fact passes a test of its span. @param {(span: ExploreSpan) => boolean} test */
  const inTime = (test) => {
    const dates = spans.map((s) => s.known && test(s));
    return (/** @type {number} */ i) => data.when[i] >= 0 && dates[data.when[i]];
  };

  /**
   * The conditions of what was asked for. Nothing passes the name of a field whose value the page does not know.
   * @param {Record<string, string>} given @param {ExploreState} state @returns {ExploreCondition[]}
   */
  const wanted = (given, { asof, day, unknown, match, entry, held, before }) => {
    const places = match?.places;
    /** @type {ExploreCondition[]} */
    const conditions = [];
    /** @param {string} name @param {(fact: number) => boolean} passes */
    const want = (name, passes) => conditions.push({ name, passes });
    if (places) want("q", (i) => places[i] >= 0);
    for (const name of unknown.keys()) want(name, () => false);
    if (asof) want("asof", (i) => entry[2 * i] >= 0);
    if (before) want("since", (i) => entry[2 * i + 1] > before[2 * i + 1]);
    if (day) want("held", (i) => held[i] > 0 && !(entry[2 * i] >= 0 && data.statuses[entry[2 * i]][2]));
    if (given.contested) want("contested", (i) => entry[2 * i] >= 0 && data.statuses[entry[2 * i]][1]);
    if (given.from) want("from", inTime((s) => parseInt(s.last) >= Number(given.from)));
    const last = Number(given.to) < Number(given.from) ? -Infinity : Number(given.to);
    if (given.to) want("to", inTime((s) => (parseInt(s.first) || 0) <= last));
    for (const name of FACETS) {
      if (!given[name] || unknown.has(name)) continue;
      const value = data.facets[name].ids.indexOf(given[name]);
      if (name === "status") want(name, (i) => statusAt[entry[2 * i]] === value);
      else want(name, (i) => data.facets[name].of[i].includes(value));
    }
    return conditions;
  };

  /** The facts that pass all conditions, in the given order. @param {Uint32Array} order @param {ExploreCondition[]} conditions */
  const passing = (order, conditions) => {
    const passed = new Uint32Array(COUNT);
    let n = 0;
    for (let at = 0; at < COUNT; at++) {
      const i = order[at];
      let failing = 0;
      while (failing < conditions.length && conditions[failing].passes(i)) failing++;
      if (failing === conditions.length) passed[n++] = i;
    }
    return passed.subarray(0, n);
  };

  /**
   * A facet counts what there would be if it alone were changed; a condition, what there would be without it.
   * @param {ExploreCondition[]} conditions @param {Int32Array} entry as of exploreClocks
   */
  const counted = (conditions, entry) => {
    const counts = new Map(FACETS.map((name) => [name, new Uint32Array(data.facets[name].ids.length)]));
    const without = new Uint32Array(conditions.length);
    for (let i = 0; i < COUNT; i++) {
      let failing = -1;
      let failures = 0;
      for (let at = 0; at < conditions.length && failures < 2; at++) {
        if (!conditions[at].passes(i)) {
          failures++;
          failing = at;
        }
      }
      if (failures > 1) continue;
      if (failures) without[failing]++;
      for (const [name, count] of counts) {
        if (failures && conditions[failing].name !== name) continue;
        if (name === "status") {
          if (entry[2 * i] >= 0) count[statusAt[entry[2 * i]]]++;
        } else for (const value of data.facets[name].of[i]) count[value]++;
      }
    }
    return { counts, without };
  };

  globalThis.exploreFilter = { ordered, wanted, passing, counted };
})();
