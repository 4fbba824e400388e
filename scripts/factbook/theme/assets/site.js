// What every page needs: the reader's choice of light or dark, kept on this device and set before the page is drawn, so
// that nothing flashes; and a search form that works from a folder too.
"use strict";
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  /** @returns {string} the choice kept, or an empty string; storage may be closed, as for some file: pages */
  const kept = () => {
    try {
      return localStorage.getItem("scheme") || "";
    } catch {
      return "";
    }
  };
  const dark = () => (root.dataset.scheme || (system.matches ? "dark" : "light")) === "dark";
  if (kept()) root.dataset.scheme = kept();
  addEventListener("DOMContentLoaded", () => {
    // A page opened from a folder cannot load the search index; Explore needs none.
    const find = /** @type {HTMLFormElement | null} */ (document.querySelector("form.find"));
    if (find?.dataset.folder && location.protocol === "file:") find.action = find.dataset.folder;
    // An open menu lies over the page: Escape, a click beside it, or the focus leaving it closes it.
    const menu = () => /** @type {HTMLDetailsElement | null} */ (document.querySelector(".top details[open]"));
    const beside = (/** @type {Event} */ event) => {
      const open = menu();
      if (open && !open.contains(/** @type {Node} */ (event.target))) open.open = false;
    };
    addEventListener("click", beside);
    addEventListener("focusin", beside);
    addEventListener("keydown", (event) => {
      const open = event.key === "Escape" && menu();
      if (!open) return;
      open.open = false;
      open.querySelector("summary")?.focus();
    });
    const button = /** @type {HTMLButtonElement} */ (document.getElementById("scheme"));
    const name = () => {
      button.textContent = (dark() ? button.dataset.light : button.dataset.dark) || "";
      button.title = (dark() ? button.dataset.toLight : button.dataset.toDark) || "";
    };
    button.hidden = false;
    name();
    system.addEventListener("change", name);
    button.addEventListener("click", () => {
      root.dataset.scheme = dark() ? "light" : "dark";
      try {
        localStorage.setItem("scheme", root.dataset.scheme);
      } catch {
        // Without storage the choice holds for this page only.
      }
      name();
    });
  });
})();
