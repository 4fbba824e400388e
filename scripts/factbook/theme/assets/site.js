// What every page needs besides Material: the choice of colours, what a status means, a menu that closes when the focus leaves it.
"use strict";
(() => {
  // Material itself styles the whole page anew twice for this while it loads, and keeps a choice nobody has made.
  const choices = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".palette button")]);
  if (choices.length) {
    let chosen = __palette();
    const show = () => choices.forEach((one, i) => one.hidden = i !== chosen || !one.getAttribute("aria-label"));
    choices.forEach((one, i) => one.addEventListener("click", () => {
      chosen = __palette((i + 1) % choices.length);
      try {
        localStorage[__palette.key] = JSON.stringify({ index: chosen });
      } catch { /* a browser that keeps nothing */ }
      show();
      choices[chosen].focus();
    }));
    show();
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => __palette(chosen));
  }

  // What a status means, where it is touched: only who points at it sees its title.
  const meant = document.createElement("span");
  meant.className = "note";
  document.addEventListener("click", (event) => {
    const status = event.target instanceof Element && event.target.closest(".status[title]");
    const shown = status && meant.previousSibling === status && meant.isConnected;
    meant.remove();
    if (!(status instanceof HTMLElement) || shown || status.closest("a, label, summary")) return;
    meant.textContent = ` ${status.title} `;
    status.after(meant);
  });
  // Material makes each box of buttons beside code a landmark without a name; it is none.
  const article = document.querySelector("article");
  if (article?.querySelector("pre")) {
    const demote = () => article.querySelectorAll("nav.md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "none"));
    new MutationObserver(demote).observe(article, { childList: true, subtree: true });
    demote();
  }
  const contents = document.querySelector(".md-nav--secondary details");
  if (contents instanceof HTMLDetailsElement) contents.open = matchMedia("(min-width: 60em)").matches;
  // In a narrow header the search is a sign. Pressed, it lays its box over the header, until the focus goes elsewhere.
  const search = document.querySelector("form.md-search");
  const box = search?.querySelector("input");
  search?.addEventListener("submit", (event) => {
    if (!box || box.getClientRects().length) return;
    event.preventDefault();
    search.classList.add("open");
    box.focus();
  });
  search?.addEventListener("focusout", (event) => {
    const to = /** @type {FocusEvent} */ (event).relatedTarget;
    if (!(to instanceof Node && search.contains(to))) search.classList.remove("open");
  });
  search?.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key !== "Escape" || !search.classList.contains("open")) return;
    search.classList.remove("open");
    search.querySelector("button")?.focus();
  });
  const menu = document.getElementById("menu");
  menu?.addEventListener("focusout", (event) => {
    const to = /** @type {FocusEvent} */ (event).relatedTarget;
    if (to instanceof Node && !menu.contains(to)) menu.hidePopover?.();
  });
})();
