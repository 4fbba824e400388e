// What every page needs besides Material: a button for the colours that keys reach, a menu that closes when the focus leaves
// it, and a search that works from a folder too.
"use strict";
(() => {
  // A page opened from a folder cannot load the search index; Explore needs none.
  if (location.protocol === "file:") {
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form.find"))) {
      if (form.dataset.folder) form.action = form.dataset.folder;
    }
  }
  // Material shows one button, for the choice in force; the next takes its place, and the focus.
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-choice]"))) {
    button.addEventListener("click", () => {
      const choice = document.getElementById(button.dataset.choice || "");
      choice?.click();
      /** @type {HTMLElement | null | undefined} */ (choice?.nextElementSibling)?.focus();
    });
  }
  const menu = document.getElementById("menu");
  menu?.addEventListener("focusout", (event) => {
    const to = /** @type {FocusEvent} */ (event).relatedTarget;
    if (to instanceof Node && !menu.contains(to) && menu.matches(":popover-open")) menu.hidePopover();
  });
})();
