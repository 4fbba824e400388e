// What every page needs to search: it loads the search when somebody is about to use it, leads from a box to the search page,
// and goes to a box at "/". A form is never sent: a browser that opened the page from a folder may refuse that.
"use strict";

globalThis.finder = (() => {
  const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;

  /** @type {Map<string, Promise<void>>} */
  const loaded = new Map();
  /** Load a script beside this one, once. @param {string} name @returns {Promise<void>} */
  const load = (name) => {
    let found = loaded.get(name);
    if (!found) {
      found = new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = new URL(name, own).href;
        script.onload = () => done();
        script.onerror = () => failed(new Error(`${script.src} could not be loaded`));
        document.head.append(script);
      });
      loaded.set(name, found);
      found.catch(() => loaded.delete(name));
    }
    return found;
  };

  /** The search over an index: `folder` is that of the page's language. @param {string} folder */
  const open = async (folder) => {
    await Promise.all([load("fold.js"), load("vendor/snowball.js")]);
    await load("search.js");
    return globalThis.search.open(new URL("../search/", own).href, new URL(folder, document.baseURI).href);
  };

  /** The search page with the words of a box. @param {HTMLFormElement} form @param {string} words */
  const page = (form, words) => {
    const to = new URL(form.getAttribute("action") ?? "", document.baseURI);
    to.search = new URLSearchParams({ q: words.trim() }).toString();
    return to.href;
  };

  const start = () => {
    for (const form of document.querySelectorAll("form.find")) {
      const box = form.querySelector("input[type=search]");
      if (!(form instanceof HTMLFormElement) || !(box instanceof HTMLInputElement)) continue;
      form.addEventListener("submit", (event) => {
        if (event.defaultPrevented) return;
        event.preventDefault();
        location.assign(page(form, box.value));
      });
      let begun = false;
      const begin = () => {
        if (begun) return;
        begun = true;
        // Without it the box still leads to the search page.
        load("search-suggestions.js").then(() => globalThis.suggest(form, box), () => {});
      };
      // The focus may have come before this script.
      box.addEventListener("focus", begin);
      box.addEventListener("input", begin);
    }
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      const at = document.activeElement;
      if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
      // The box of the page itself comes before that of the header, which may be a sign.
      const box = document.querySelector("main form input[type=search]") ?? document.querySelector(".md-search input");
      if (!(box instanceof HTMLInputElement)) return;
      event.preventDefault();
      if (!box.getClientRects().length) box.form?.requestSubmit?.();
      box.focus();
      box.select();
    });
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();

  return { load, open, page };
})();
