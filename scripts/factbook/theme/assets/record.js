// On the page of a record: whether a version that was cited is the one shown, citations to copy, and what is overdue.
"use strict";
(() => {
  const VERSION = /^#v=([0-9a-f]{16})$/;

  /** Show the note on the version that the address names; nothing where it names none. */
  const follow = () => {
    const note = document.getElementById("cited");
    const asked = VERSION.exec(location.hash);
    if (!note || !asked) return;
    const when = asked[1] === note.dataset.version ? "same" : "differs";
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (note.querySelectorAll("[data-when]"))) {
      part.hidden = part.dataset.when !== when;
    }
    const kept = /** @type {HTMLElement | null} */ (note.querySelector("[data-kept]"));
    if (kept) {
      kept.hidden = !(note.dataset.earlier || "").split(" ").includes(asked[1]);
      const link = kept.querySelector("a");
      if (link) link.href = `${note.dataset.versions}${asked[1]}.html`;
    }
    note.classList.toggle("changed", when === "differs");
    note.hidden = false;
  };

  /** Put a citation into the clipboard; where the browser does not allow it, select it. @param {HTMLButtonElement} button */
  const copy = async (button) => {
    const text = button.previousElementSibling;
    const texts = button.closest("dl")?.dataset || {};
    const said = button.closest("details")?.querySelector(".said");
    if (!text || !said) return;
    let done = texts.copied;
    try {
      await navigator.clipboard.writeText(text.textContent || "");
    } catch {
      getSelection()?.selectAllChildren(text);
      done = texts.selected;
    }
    // A live region is silent about what it held before.
    said.textContent = "";
    setTimeout(() => {
      said.textContent = `${done || ""}: ${button.closest("dd")?.previousElementSibling?.textContent || ""}`;
    }, 50);
  };

  /** Whatever is past its day on the reader's calendar says so. */
  const late = () => {
    const today = new Date().toLocaleDateString("sv"); // Swedish writes a date as ISO 8601 does
    for (const due of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-due]"))) {
      if (today <= (due.dataset.due || "")) continue;
      const [quiet, loud] = /** @type {HTMLElement[]} */ ([...due.children]);
      [quiet.hidden, loud.hidden] = [true, false];
    }
  };

  for (const place of document.querySelectorAll(".cite dd")) {
    const name = place.previousElementSibling?.textContent || "";
    const label = /** @type {HTMLElement} */ (place.parentElement).dataset.copy || "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = label;
    button.setAttribute("aria-label", `${label} ${name}`);
    button.addEventListener("click", () => copy(button));
    place.append(" ", button);
  }
  addEventListener("hashchange", follow);
  follow();
  late();
})();
