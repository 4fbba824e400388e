// What every page needs besides Material: a button for the colours that keys reach, a menu that closes when the focus leaves
// it.
"use strict";
(() => {
  // Material shows one button, for the choice in force; the next takes its place, and the focus.
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-choice]"))) {
    button.addEventListener("keydown", (event) => event.stopPropagation()); // Enter is a click, not Material's own key
    button.addEventListener("click", () => {
      const choice = document.getElementById(button.dataset.choice || "");
      const next = /** @type {HTMLElement | null | undefined} */ (choice?.nextElementSibling);
      choice?.click();
      if (!next) return;
      // Material does the same a moment later, when the focus would be lost already.
      [button.hidden, next.hidden] = [true, false];
      next.focus();
    });
  }
  // Material makes each box of buttons beside code a landmark without a name; it is none.
  const article = document.querySelector("article");
  if (article?.querySelector("pre")) {
    const demote = () => article.querySelectorAll("nav.md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "none"));
    new MutationObserver(demote).observe(article, { childList: true, subtree: true });
    demote();
  }
  const menu = document.getElementById("menu");
  menu?.addEventListener("focusout", (event) => {
    const to = /** @type {FocusEvent} */ (event).relatedTarget;
    if (to instanceof Node && !menu.contains(to) && menu.matches(":popover-open")) menu.hidePopover();
  });
})();
