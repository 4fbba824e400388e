// What every page needs besides Material: the menu closes when the focus leaves it, and a search works from a folder too.
"use strict";
(() => {
  // A page opened from a folder cannot load the search index; Explore needs none.
  if (location.protocol === "file:") {
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form.find"))) {
      if (form.dataset.folder) form.action = form.dataset.folder;
    }
  }
  const menu = document.getElementById("menu");
  menu?.addEventListener("focusout", (event) => {
    const to = /** @type {FocusEvent} */ (event).relatedTarget;
    if (to instanceof Node && !menu.contains(to) && menu.matches(":popover-open")) menu.hidePopover();
  });
})();
