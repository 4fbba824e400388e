// In a preview alone: loads the page again when something changed, and shows what is wrong with the records over it.
"use strict";

(() => {
  /** @typedef {{path: string, line: number, column: number, severity: string, message: string, value: string,
   *    allowed: string, hint: string, rule: string}} Problem */
  /** @typedef {{version: number, failure: string, problems: Problem[]}} State */

  const bar = document.createElement("aside");
  bar.className = "preview-bar";
  bar.setAttribute("aria-label", "Preview");

  /** @param {string} kind @param {string} text */
  const element = (kind, text) => {
    const made = document.createElement(kind);
    made.textContent = text;
    return made;
  };

  /** @param {Problem} problem */
  const item = (problem) => {
    const made = element("li", `${problem.path}:${problem.line}:${problem.column}: ${problem.message} [${problem.rule}]`);
    made.className = problem.severity;
    for (const [name, text] of [["found", problem.value], ["allowed", problem.allowed], ["hint", problem.hint]]) {
      if (text) made.append(element("div", `${name}: ${text}`));
    }
    return made;
  };

  /** @param {State} state */
  const show = (state) => {
    bar.replaceChildren(element("p", "Preview: search and data are not made."));
    if (state.failure) bar.append(element("pre", state.failure));
    if (state.problems.length) {
      const list = document.createElement("ul");
      list.append(...state.problems.map(item));
      bar.append(list);
    }
    bar.classList.toggle("wrong", Boolean(state.failure) || state.problems.some((p) => p.severity === "error"));
    if (!bar.isConnected) document.body.append(bar);
  };

  /** @param {number} known */
  const follow = async (known) => {
    try {
      const answer = await fetch(`/_preview/state.json?since=${known}`);
      /** @type {State} */
      const state = await answer.json();
      if (known >= 0 && state.version !== known && !state.failure && !state.problems.some((p) => p.severity === "error")) {
        location.reload();
        return;
      }
      show(state);
      follow(state.version);
    } catch {
      setTimeout(() => follow(known), 1000); // the preview was stopped; it may come back
    }
  };

  addEventListener("DOMContentLoaded", () => follow(-1));
})();
