// What test_access.py asks a page, as a reader's eyes would.
"use strict";
window.access = (() => {
  /** Red, green, blue of 0 to 255 and, where there is one, the opacity; mixed colours come in parts of one. */
  const channels = (colour) => {
    const found = (colour.match(/[\d.]+/g) || []).map(Number);
    return colour.startsWith("color(") ? found.map((part, i) => (i < 3 ? part * 255 : part)) : found;
  };

  /** The relative luminance of a colour, WCAG 2.2. */
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  /** Whether a colour is seen at all. */
  const seen = (colour) => /^(rgb|color\()/.test(colour) && channels(colour)[3] !== 0;

  /** The colour behind an element. */
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (seen(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  const unlike = (found) => [...new Set(found)];

  return {
    /** Break rules of WCAG 2.2 A and AA, or of good practice; and what axe could not decide. ``again``: of another size or colour. */
    async axe(again) {
      const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const drawn = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"];
      const runOnly = again ? { type: "rule", values: drawn } : { type: "tag", values: everything };
      const rules = again ? {} : { "label-content-name-mismatch": { enabled: true } };
      const found = await axe.run({ runOnly, rules, resultTypes: ["violations", "incomplete"] });
      const places = (results) => results.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`));
      return { passed: found.passes.length, broken: places(found.violations), unsure: places(found.incomplete) };
    },

    /** Open all that is folded away in the text. */
    unfold() {
      for (const one of document.querySelectorAll("article details")) one.open = true;
    },

    /** Texts under 4.5:1 and shapes of pictures under 3:1 on their ground, but for what only guides the eye. */
    faint() {
      const found = [];
      const weigh = (one, inks, least) => {
        const behind = ground(one);
        const best = Math.max(...inks.filter(seen).map((ink) => contrast(ink, behind)));
        if (best < least && best > 0) found.push(`${one.tagName}.${one.getAttribute("class")}: ${best.toFixed(2)}`);
      };
      for (const one of document.querySelectorAll("body *")) {
        if (one.closest("defs, symbol, pattern, [hidden], :disabled") || !one.getClientRects().length) continue;
        const style = getComputedStyle(one);
        const words = [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
        if (one.closest("svg") === null) {
          if (words) weigh(one, [style.color], 4.5);
        } else if (words) weigh(one.closest("text") || one, [style.fill], 4.5);
        else if (one.matches("rect, circle, path, line") && !one.closest(".decor, .axis, .blank")) weigh(one, [style.fill, style.stroke], 3);
      }
      return unlike(found);
    },

    /** What makes the page run sideways, and what hides a part of itself; a region that keys can scroll hides nothing. */
    lost() {
      const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
      const found = wide > innerWidth ? [`${wide} pixels wide`] : [];
      for (const one of document.querySelectorAll("body *")) {
        if (one.closest("svg, [role=region][tabindex='0']") || ["INPUT", "SELECT"].includes(one.tagName)) continue;
        if (one.matches(".hidden, #menu:popover-open")) continue; // for ears only; scrolled by the keys that go through it
        const style = getComputedStyle(one);
        const table = style.webkitLineClamp !== "none" && one.closest("figure")?.querySelector("table");
        if (table && table.textContent.includes(one.textContent)) continue; // shortened, and in full in the table below
        // Letters may reach a little over their own line.
        const cut = (how, over) => one.clientWidth && how !== "visible" && over > parseFloat(style.fontSize) / 4;
        if (cut(style.overflowX, one.scrollWidth - one.clientWidth) || cut(style.overflowY, one.scrollHeight - one.clientHeight)) {
          found.push(`${one.tagName.toLowerCase()}.${one.className} is cut off`);
        }
      }
      return unlike(found);
    },

    /** "seen" where what has the focus shows it and is not covered; nothing where the page has been left. */
    focus() {
      const one = document.activeElement;
      if (one === document.body) return "";
      const style = getComputedStyle(one);
      const name = `${one.tagName.toLowerCase()} ${(one.textContent || one.id).trim().slice(0, 40)}`;
      const box = [...one.getClientRects()].find((r) => r.width && r.height) || one.getBoundingClientRect();
      // The middle of what is in sight: a table may be longer than the screen.
      const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
      const at = document.elementFromPoint(box.x + Math.min(box.width, 8) / 2, middle);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `${name}: no ring`;
      if (contrast(style.outlineColor, ground(one)) < 3) return `${name}: a faint ring`;
      if (box.bottom <= 0 || box.top >= innerHeight) return `${name}: out of sight`;
      return at && (one.contains(at) || at.contains(one)) ? "seen" : `${name}: covered`;
    },

    /** What focus() says after each Tab from now on. */
    watched: [],

    /** Begin at the top of the page to note what has the focus, each time the key Tab has been let go. */
    watch() {
      document.activeElement.blur();
      this.watched = [];
      document.addEventListener("keyup", (event) => event.key === "Tab" && this.watched.push(this.focus()), true);
    },

    /** What is animated, fades or scrolls smoothly. */
    moving() {
      return [document.documentElement, ...document.querySelectorAll("body *")].filter((one) => {
        const style = getComputedStyle(one);
        const moves = style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
        return one.getClientRects().length && (moves || style.scrollBehavior !== "auto");
      }).map((one) => `${one.tagName.toLowerCase()}.${one.getAttribute("class")}`);
    },

    /** What is folded away and would not be printed, and regions that would be cut off where they cannot be scrolled. */
    unprinted() {
      const folded = [...document.querySelectorAll("article :not(form) > details:not([open]) > :not(summary)")];
      const regions = [...document.querySelectorAll("article [role=region]")];
      const lost = [...folded.filter((one) => !one.checkVisibility()), ...regions.filter((one) => one.scrollWidth > innerWidth)];
      return lost.map((one) => one.textContent.trim().slice(0, 60));
    },
  };
})();
