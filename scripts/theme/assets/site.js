// The reader's choice of light or dark, kept on this device. Runs before the page is drawn, so that nothing flashes.
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
    const button = /** @type {HTMLButtonElement} */ (document.getElementById("scheme"));
    const name = () => {
      button.textContent = dark() ? "Light" : "Dark";
      button.setAttribute("aria-label", dark() ? "Switch to light colours" : "Switch to dark colours");
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
