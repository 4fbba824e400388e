// What the list of all facts shows, to take away: as CSV, as JSON, or as a link that leads to the same list.
"use strict";

(() => {
  const place = document.getElementById("take");
  const data = globalThis.factbook;
  if (!place || !data) return;
  const said = document.createElement("span");
  said.className = "meta";
  said.setAttribute("role", "status");

  /** Every fact that is found now, not only those in view. */
  const rows = () => {
    const { found, entry, before: then } = globalThis.explored;
    return [...found].map((i) => {
      const status = data.statuses[Math.max(entry[2 * i], 0)][0];
      const before = globalThis.results.lead(status).text;
      const span = (data.when[i] < 0 ? "" : data.spans[data.when[i]]).split(" ")[0];
      const [first, last] = span.includes("/") ? span.split("/") : [span, span];
      return {
        id: data.ids[i],
        title: before ? `${before}: ${data.claims[i]}` : data.claims[i],
        status,
        ...(then ? { before: data.statuses[then[2 * i]]?.[0] ?? "" } : {}),
        date: data.when[i] < 0 ? "" : data.dates[data.when[i]],
        first,
        last,
        organizations: (data.facets.organization?.of[i] ?? []).map((o) => data.facets.organization.ids[o]).join("|"),
        page: new URL(`facts/${data.ids[i]}.html`, location.href).href,
      };
    });
  };

  /** A cell that no spreadsheet takes for a formula. @param {string} text */
  const cell = (text) => {
    const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  const csv = () => {
    const all = rows();
    const head = Object.keys(all[0] ?? { id: "" });
    const lines = all.map((row) => Object.values(row).map(cell).join(","));
    return [head.join(","), ...lines, ""].join("\r\n");
  };

  /** @param {string} text @param {string} type @param {string} name */
  const save = (text, type, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** @param {string} label @param {() => void} act */
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    place.append(made, " ");
  };

  button("CSV", () => save(csv(), "text/csv;charset=utf-8", "facts.csv"));
  button("JSON", () => save(`${JSON.stringify(rows(), null, 1)}\n`, "application/json", "facts.json"));
  button(place.dataset.link ?? "", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = place.dataset.copied ?? "";
    } catch {
      said.textContent = location.href; // a page from a folder may not write to the clipboard everywhere
    }
  });
  place.append(said);
  place.hidden = false;
})();
