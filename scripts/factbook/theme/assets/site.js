// What every page needs besides Material: the choice of colours, a menu that closes when the focus leaves it.
"use strict";
(() => {
  // Material itself styles the whole page anew twice for this while it loads, and keeps a choice nobody has made.
  const choices = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".palette button")]);
  const light = matchMedia("(prefers-color-scheme: light)");
  const kept = __md_get("__palette")?.index ?? choices.findIndex((one) => matchMedia(one.dataset.mdColorMedia || "").matches);
  let chosen = Math.min(Math.max(kept, 0), choices.length - 1);
  const colour = () => {
    const media = choices[chosen].dataset.mdColorMedia;
    const system = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`;
    const used = (media === "(prefers-color-scheme)" && choices.find((one) => one.dataset.mdColorMedia === system)) || choices[chosen];
    const color = Object.fromEntries(["scheme", "primary", "accent"].map((part) => [part, used.getAttribute(`data-md-color-${part}`)]));
    for (const part in color) document.body.setAttribute(`data-md-color-${part}`, color[part] || "");
    choices.forEach((one, i) => one.hidden = i !== chosen || !one.title);
    return { media, ...color };
  };
  choices.forEach((one, i) => one.addEventListener("click", () => {
    chosen = (i + 1) % choices.length;
    __md_set("__palette", { index: chosen, color: colour() });
    choices[chosen].focus();
  }));
  if (choices.length) {
    colour();
    light.addEventListener("change", colour);
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
    if (to instanceof Node && !menu.contains(to)) menu.hidePopover?.();
  });
})();
