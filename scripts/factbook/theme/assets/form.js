// The page of forms: fills in what a record says now, checks the answers by the schemas of the archive, and makes an
// issue, a mail or a file of them. It works from a folder and sends nothing by itself.
"use strict";

(() => {
  const data = globalThis.factbookForm;
  const place = document.getElementById("forms");
  if (!place || !data) return;
  const say = place.dataset;
  /** @typedef {(string | number)[]} Path */
  /** @typedef {{ path: Path, word: string, limit?: number, rule?: string }} Flaw */
  /** @typedef {Map<string, string>} Problems what is wrong, by the id of the question */
  /** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

  /** @param {string | undefined} text @param {Record<string, string | number>} values */
  const fill = (text, values) =>
    Object.entries(values).reduce((made, [name, value]) => made.replaceAll(`{${name}}`, String(value)), text ?? "");

  // The schema

  /**
   * Whatever keeps a value from being what a JSON Schema without references describes: the words of the schemas alone.
   * @param {FormSchema} schema @param {unknown} value @param {Path} path @returns {Flaw[]}
   */
  const flaws = (schema, value, path = []) => {
    const kind = Array.isArray(value) ? "array" : typeof value;
    const types = schema.type === undefined ? [] : [schema.type].flat();
    if (types.length && !types.includes(kind)) return [{ path, word: "type" }];
    /** @type {Flaw[]} */
    const found = [];
    /** @param {boolean} wrong @param {string} word @param {number} [limit] */
    const add = (wrong, word, limit) => {
      if (wrong) found.push({ path, word, limit, rule: schema["x-rule"] });
    };
    /** @param {string} what @param {number} count */
    const between = (what, count) => {
      const [least, most] = [schema[`min${what}`], schema[`max${what}`]];
      add(typeof least === "number" && count < least, `min${what}`, Number(least));
      add(typeof most === "number" && count > most, `max${what}`, Number(most));
    };
    add(Boolean(schema.enum) && !schema.enum?.includes(String(value)), "enum");
    if (typeof value === "string") {
      between("Length", [...value].length);
      add(schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value), "pattern");
    } else if (Array.isArray(value)) {
      between("Items", value.length);
      add(Boolean(schema.uniqueItems) && new Set(value.map((v) => JSON.stringify(v))).size < value.length, "uniqueItems");
      if (schema.items) for (const [i, item] of value.entries()) found.push(...flaws(schema.items, item, [...path, i]));
    } else if (value !== null && typeof value === "object") {
      const names = Object.keys(value);
      between("Properties", names.length);
      for (const name of schema.required ?? []) {
        if (!names.includes(name)) found.push({ path: [...path, name], word: "required" });
      }
      for (const [name, item] of Object.entries(value)) {
        const below = Object.prototype.hasOwnProperty.call(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
        if (below) found.push(...flaws(below, item, [...path, name]));
        else if (schema.additionalProperties === false) found.push({ path: [...path, name], word: "additional" });
      }
    }
    return found;
  };

  // Dates: EDTF, levels 0 and 1, as scripts/factbook/model/edtf.py reads them

  const DATE = /^(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?$/;
  /** @type {Record<string, [number, number]>} */
  const SEASONS = { 21: [3, 5], 22: [6, 8], 23: [9, 11], 24: [12, 12] };
  /** @param {number} year @param {number} month */
  const daysOf = (year, month) =>
    month === 2
      ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28)
      : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;
  /** @param {number} n */
  const two = (n) => String(n).padStart(2, "0");

  /** The first and the last day that a date means, or what is wrong with it. @param {string} text */
  const span = (text) => {
    const match = DATE.exec(text);
    if (!match) return "date";
    const [, year, month, day] = match;
    if (month === undefined) return [`${year.replaceAll("X", "0")}-01-01`, `${year.replaceAll("X", "9")}-12-31`];
    if (year.includes("X")) return "date";
    if (month === "XX") return day === undefined || day === "XX" ? [`${year}-01-01`, `${year}-12-31`] : "date";
    if (SEASONS[month]) {
      const [first, last] = SEASONS[month];
      return day ? "date" : [`${year}-${two(first)}-01`, `${year}-${two(last)}-${daysOf(Number(year), last)}`];
    }
    const days = daysOf(Number(year), Number(month));
    if (Number(month) < 1 || Number(month) > 12) return "day";
    if (day === undefined || day === "XX") return [`${year}-${month}-01`, `${year}-${month}-${days}`];
    if (Number(day) < 1 || Number(day) > days) return "day";
    return [`${year}-${month}-${day}`, `${year}-${month}-${day}`];
  };

  /** What is wrong with a date: "date", "day", "reversed", or nothing. @param {string} text */
  const dated = (text) => {
    if (!text.includes("/")) {
      const found = span(text);
      return typeof found === "string" ? found : "";
    }
    const sides = text.split("/").map((side) => (side === "" || side === ".." ? null : span(side)));
    const wrong = sides.filter((side) => typeof side === "string");
    if (sides.length > 2 || sides.every((side) => side === null)) return "date";
    if (wrong.length) return String(wrong.includes("date") ? "date" : wrong[0]);
    const [first, last] = sides;
    return first && last && first[0] > last[1] ? "reversed" : "";
  };

  // Names

  const PAGE =
    /^(?:https?:\/\/[^/?#]+\/|facts\/|\.{0,2}\/)?(?:[^/?#\s]+\/)*([^/?#\s]+?)\.(?:html|yaml|json)(?:[?#]\S*)?$/i;

  /** The id that was written, or that of the page whose address was; empty where it is none. @param {string} text */
  const identifier = (text) => {
    const name = (PAGE.exec(text.trim())?.[1] ?? text).trim().toLowerCase().replace(/[\s_-]+/g, "-");
    const bare = name.replace(/^-+|-+$/g, "");
    return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(bare) && bare.length <= 100 ? bare : "";
  };

  /** The id of something that the archive knows, by its id or any of its names. @param {string} kind @param {string} text */
  const named = (kind, text) => {
    const known = data.known[kind];
    const id = identifier(text);
    if (!known) return id;
    if (id && Object.prototype.hasOwnProperty.call(known, id)) return id;
    const wanted = text.trim().toLowerCase();
    return Object.keys(known).find((one) => known[one].some((name) => name.toLowerCase() === wanted)) ?? "";
  };

  /** How many letters differ. @param {string} one @param {string} other */
  const distance = (one, other) => {
    let row = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[other.length];
  };

  /** @param {string} kind @param {string} text */
  const unknown = (kind, text) => {
    const written = identifier(text) || text.toLowerCase();
    const most = Math.max(2, Math.floor(written.length / 4));
    let best = "", least = most + 1;
    for (const id of Object.keys(data.known[kind] ?? {})) {
      if (Math.abs(id.length - written.length) > most) continue;
      const far = distance(written, id);
      if (far < least) [best, least] = [id, far];
    }
    const meant = best ? ` ${fill(say.meant, { value: best })}` : "";
    return fill(say.unknown, { value: text }) + meant;
  };

  // Present values

  /** @type {Record<string, Record<string, string>>} */
  const present = {};
  data.here = (part) => Object.assign(present, part);
  /** @type {Map<number, Promise<void>>} */
  const loaded = new Map();

  /** What a record says now; null where there is no such record. @param {string} page */
  const values = async (page) => {
    let sum = 0;
    for (const letter of new TextEncoder().encode(page)) sum = (31 * sum + letter) % 65536;
    const part = sum % data.parts;
    if (!loaded.has(part)) {
      loaded.set(part, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `${say.top}assets/values/${part}.js`;
        script.onload = script.onerror = () => done();
        document.head.append(script);
      }));
    }
    await loaded.get(part);
    return Object.prototype.hasOwnProperty.call(present, page) ? present[page] : null;
  };

  // The forms

  /** @type {Record<string, string>} the folder of the pages of the records that a form is about */
  const FOLDERS = {
    correction: "facts", dispute: "facts", "correct-organization": "organizations", "correct-source": "sources",
  };
  /** @type {Record<string, string>} questions that name records, and of which kind */
  const NAMING = {
    organizations: "organizations", part_of: "organizations", people: "people", countries: "countries",
  };
  /** What is asked of an organization that comes with the fact that names it. */
  const DESCRIBED = ["name", "kind", "description", "website"].map((part) => `organization_${part}`);
  const DATES = ["date", "founded", "dissolved", "published"];
  const WEIGHED = ["claim", "date", "kind", "speaker"];

  /** @param {string} text */
  const line = (text) => text.split(/\s+/).filter(Boolean).join(" ");
  /** @param {string} text */
  const items = (text) => [...new Set(text.split(/[,\n]/).map((part) => part.replace(/^[ \t\r*-]+|[ \t\r*-]+$/g, "")))].filter(Boolean);
  /** @param {string} text names with their language, one a line */
  const pairs = (text) =>
    text.split("\n").filter((part) => part.trim()).map((part) => {
      const at = part.indexOf(":");
      return { language: part.slice(0, at).trim(), text: line(part.slice(at + 1)), whole: at > 0 };
    });

  /** The page of the record that a form is about. @param {string} label @param {string} text */
  const pageOf = (label, text) => {
    if (FOLDERS[label]) return `${FOLDERS[label]}/${identifier(text)}`;
    const [folder, name] = text.trim().replace(/^.*\/(?=[^/]+\/[^/]+$)/, "").split("/");
    return `${folder}/${identifier(name ?? "")}`;
  };

  /**
   * Check the answers of a form. Ids are written as the archive has them.
   * @param {string} label @param {Record<string, string>} given @param {Record<string, string> | null} now
   * @returns {Problems}
   */
  const check = (label, given, now) => {
    /** @type {Problems} */
    const wrong = new Map();
    const asked = Object.keys(given);
    const described = DESCRIBED.map((part) => line(given[part] ?? ""));
    const brings = described.some(Boolean);
    /** @param {string} question @param {string | undefined} text */
    const mark = (question, text) => {
      if (asked.includes(question) && !wrong.has(question)) wrong.set(question, text ?? "");
    };
    for (const question of asked) {
      const text = given[question];
      if (must(label, question) && !text && !(brings && question === "organizations")) mark(question, say.required);
      if (/(^|\n)### /.test(text)) mark(question, say.heading);
      if (NAMING[question] && text) {
        const ids = items(text).map((part) => [part, named(NAMING[question], part)]);
        for (const [part, id] of ids) if (!id) mark(question, unknown(NAMING[question], part));
        given[question] = ids.map(([part, id]) => id || part).join(", ");
      }
    }
    if (given.record && FOLDERS[label]) {
      const id = identifier(given.record) || named(FOLDERS[label], given.record);
      if (id) given.record = id;
      if (!now) mark("record", unknown(FOLDERS[label], given.record));
    }

    /** @param {string} name of a schema @param {unknown} value @param {(path: Path) => string} whose */
    const apply = (name, value, whose) => {
      const properties = data.schemas[name];
      for (const { path, word, limit, rule } of flaws(properties, value)) {
        const question = whose(path);
        const text = path.reduce((held, step) => Reflect.get(Object(held), step), value);
        mark(question, told(word, limit, rule, text));
      }
    };

    // A source: one that is recorded, or one that is described
    const parts = ["title", "publisher", "url", "published"].filter((part) => given[`source_${part}`]);
    const known = given.source ? named("sources", given.source) : "";
    const changes = label === "correction" && WEIGHED.includes(given.field) && Boolean(now?.weighed);
    const needed = ["new-fact", "dispute", "new-organization"].includes(label) || changes;
    const cites = Boolean(given.source || parts.length);
    if (known) given.source = known;
    if (asked.includes("source")) {
      if (!cites && needed) mark("source", changes ? say.weighed : say.nosource);
      if (given.source && !known && !parts.length) mark("source", unknown("sources", given.source));
      if (cites && (!known || !data.known.sources) && parts.length) {
        const source = bare({
          title: line(given.source_title), publisher: line(given.source_publisher), url: given.source_url.trim(),
          published: given.source_published.trim(), language: given.source_language, kind: given.source_kind,
        });
        apply("source", source, ([field]) => `source_${field}`);
        if (!given.source_url) mark("source_url", say.required);
        date("source_published");
      }
    }
    /** @param {string} question */
    function date(question) {
      const text = given[question]?.trim();
      if (text && text !== "unknown" && dated(text)) mark(question, say[dated(text)]);
    }
    const reference = bare({ source: identifier(given.source ?? "") || "new", locator: line(given.locator ?? ""), note: line(given.source_note ?? "") });
    /** @param {Path} path @returns {string} */
    const ofReference = (path) => ({ note: "source_note", source: "source" })[String(path[2])] ?? String(path[2] ?? "");

    /** Check the organization that the fact brings, write it below the others, and return its id. */
    function describe() {
      const [name, kind, description, website] = described;
      const id = name && named("organizations", name);
      const organization = { names: [{ text: name, language: data.claims }], ...bare({ kind, description, website }), sources: [reference] };
      if (!name) mark(DESCRIBED[0], say.required);
      if (!id) apply("organization", organization, ([field]) => (field === "sources" ? "" : `organization_${field === "names" ? "name" : field}`));
      for (const [i, text] of described.entries()) if (text.includes("|")) mark(DESCRIBED[i], say.shape);
      for (const part of DESCRIBED) delete given[part];
      const told = id || described.filter(Boolean).join(" | ");
      given.organizations = [given.organizations, told].filter(Boolean).join("\n");
      return id || identifier(name) || "new";
    }

    if (label === "new-fact") {
      const organizations = items(given.organizations);
      if (brings) organizations.push(describe());
      const fact = bare({
        claim: line(given.claim), date: line(given.date), kind: given.kind, organizations,
        speaker: line(given.speaker), topics: items(given.topics), people: items(given.people),
        countries: items(given.countries), note: line(given.note), sources: [reference],
      });
      apply("fact", fact, (path) => (path[0] === "sources" ? ofReference(path) : String(path[0])));
    } else if (label === "new-organization") {
      for (const question of ["other_names", "acronyms"]) {
        if (pairs(given[question]).some((pair) => !pair.whole)) mark(question, say.pairs);
      }
      const [others, acronyms] = ["other_names", "acronyms"].map((question) =>
        pairs(given[question]).map(({ language, text }) => ({ language, text }))
      );
      const organization = bare({
        names: [{ text: line(given.name), language: given.language }, ...others], acronyms, kind: given.kind,
        founded: line(given.founded), part_of: items(given.part_of), website: given.website.trim(),
        description: line(given.description), note: line(given.note), sources: [reference],
      });
      apply("organization", organization, (path) => {
        if (path[0] === "names") return path[1] ? "other_names" : path[2] === "language" ? "language" : "name";
        return path[0] === "sources" ? ofReference(path) : String(path[0]);
      });
    } else if (cites && asked.includes("source")) {
      apply("fact", { sources: [reference] }, (path) => (path[0] === "sources" ? ofReference(path) : ""));
    }
    for (const question of DATES) date(question);
    if (asked.includes("field") && given.field && given.value) {
      const kind = { organizations: "organization", sources: "source", facts: "fact" }[FOLDERS[label]] ?? "fact";
      const value = line(given.value);
      apply(kind, { [given.field]: value }, (path) => (path[0] === given.field ? "value" : ""));
      if (DATES.includes(given.field)) date("value");
    }
    if (given.id && !identifier(given.id)) mark("id", say.id);
    return wrong;
  };

  /** Without what is empty: a record has no empty fields. @param {Record<string, string | unknown[]>} value */
  const bare = (value) => Object.fromEntries(Object.entries(value).filter(([, held]) => held.length));

  /** What is wrong, in words. @param {string} word @param {number | undefined} limit @param {string | undefined} rule @param {unknown} value */
  const told = (word, limit, rule, value) => {
    if (word === "required" || word === "minItems" || rule === "too-few") return say.required;
    if (word === "minLength") return fill(say.short, { n: limit ?? 0 });
    if (word === "maxLength") return fill(say.long, { n: limit ?? 0, m: [...String(value)].length });
    if (word === "enum") return fill(say.words, { value: String(value) });
    if (word === "uniqueItems") return say.twice;
    if (rule === "not-kebab-case") return say.id;
    return rule === "url-scheme" ? say.address : say.shape;
  };

  // The page

  const which = /** @type {HTMLSelectElement} */ (document.getElementById("form-which"));
  const ready = /** @type {HTMLElement} */ (document.getElementById("form-ready"));
  const forms = /** @type {HTMLFormElement[]} */ ([...place.querySelectorAll("form[data-form]")]);
  /** @param {string} id */
  const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @param {string} label */
  const formOf = (label) => forms.find((form) => form.dataset.form === label) ?? forms[0];
  /** @param {string} label @param {string} question */
  const must = (label, question) =>
    Boolean(formOf(label).querySelector(`[data-question="${question}"][data-must]`));
  /** @param {HTMLFormElement} form @param {string} name */
  const box = (form, name) => {
    const found = form.elements.namedItem(name);
    const one = found instanceof RadioNodeList ? found[0] : found;
    return one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement
      ? one
      : null;
  };

  /** @param {HTMLFormElement} form @returns {Record<string, string>} */
  const answers = (form) => {
    const held = new FormData(form);
    const asked = [...Object.keys(data.forms[form.dataset.form ?? ""].headings), ...DESCRIBED.filter((part) => box(form, part))];
    return Object.fromEntries(asked.map((name) => [name, held.getAll(name).join(", ").replaceAll("\r\n", "\n").trim()]));
  };

  /** Show what the record says now, and put it where it can be changed. @param {HTMLFormElement} form */
  const follow = async (form) => {
    const label = form.dataset.form ?? "";
    const record = box(form, "record");
    if (!record) return;
    const now = record.value.trim() ? await values(pageOf(label, record.value)) : null;
    const told = /** @type {HTMLElement} */ (form.querySelector(".now"));
    told.hidden = !now;
    told.textContent = now ? `${say.now} ${now.title}` : "";
    const field = box(form, "field");
    put(box(form, "says"), now?.title ?? "");
    if (field) put(box(form, "value"), now?.[field.value] ?? "");
  };

  /** Fill in a box, unless somebody has written into it. @param {Field | null} field @param {string} text */
  const put = (field, text) => {
    if (!field || (field.value && field.value !== field.dataset.put)) return;
    field.value = field.dataset.put = text;
  };

  /** @param {HTMLFormElement} form @param {Problems} wrong */
  const show = (form, wrong) => {
    const label = form.dataset.form ?? "";
    const list = document.createElement("ul");
    for (const held of form.querySelectorAll("[data-question]")) {
      const question = /** @type {HTMLElement} */ (held).dataset.question ?? "";
      const id = `${label}-${question}`;
      const text = wrong.get(question) ?? "";
      const message = part(`${id}-wrong`), field = part(id);
      message.hidden = !text;
      message.textContent = text;
      const about = document.getElementById(`${id}-about`) ? [`${id}-about`] : [];
      const described = text ? [...about, `${id}-wrong`] : about;
      if (described.length) field.setAttribute("aria-describedby", described.join(" "));
      else field.removeAttribute("aria-describedby");
      if (!(field instanceof HTMLFieldSetElement)) field.toggleAttribute("aria-invalid", Boolean(text));
      if (field.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
      if (!text) continue;
      held.closest("details")?.toggleAttribute("open", true);
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `#${id}`;
      link.textContent = held.querySelector("label, legend")?.firstChild?.textContent?.trim() ?? question;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        field.focus();
        field.scrollIntoView({ block: "center" });
      });
      item.append(link, `: ${text}`);
      list.append(item);
    }
    const box = /** @type {HTMLElement} */ (form.querySelector(".problems"));
    box.replaceChildren();
    box.hidden = !wrong.size;
    if (wrong.size) {
      const head = document.createElement("p");
      head.textContent = say.wrong ?? "";
      box.append(head, list);
      box.focus();
      box.scrollIntoView({ block: "center" });
    }
  };

  /** @param {string} id @param {string} address what a link leads to; without one it is not shown */
  const lead = (id, address) => {
    const link = /** @type {HTMLAnchorElement} */ (part(id));
    if (address) link.href = address;
    /** @type {HTMLElement} */ (link.parentElement).hidden = !address;
  };

  const MOST = 7000;
  /** Longer addresses are refused by hosts and mail programs. @param {string} address @param {Record<string, string>} values */
  const address = (address, values) => {
    const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    return address && query.length < MOST ? `${address}?${query}` : "";
  };

  /** Offer what was answered as an issue, a mail and a file. @param {string} label @param {Record<string, string>} given */
  const offer = (label, given) => {
    const { headings, title, template } = data.forms[label];
    const { host, issues, contact } = data.send;
    const body = `${Object.entries(headings).map(([id, heading]) => `### ${heading}\n\n${given[id] || "_No response_"}`).join("\n\n")}\n`;
    const head = title + (given.record || given.claim || given.name || "").slice(0, 80);
    const filled = Object.fromEntries(Object.entries(given).filter(([, text]) => text));
    /** @type {Record<string, string>} */
    const query = template
      ? { template, title: head, ...filled }
      : host === "gitlab"
      ? { "issue[title]": head, "issue[description]": body }
      : { title: head, body };
    const mail = contact.startsWith("mailto:") ? contact : "";
    const issue = address(issues, query);
    lead("form-issue", issue);
    lead("form-mail", address(mail, { subject: head, body }));
    lead("form-contact", mail || !contact ? "" : contact.includes(":") ? contact : `${say.top}${contact}`);
    const long = part("form-long");
    long.hidden = !issues || Boolean(issue);
    long.textContent = say.toolong ?? "";
    /** @type {HTMLTextAreaElement} */ (part("form-text")).value = body;
    part("form-save").onclick = () => {
      const saved = { form: label, labels: [{ name: label }], body };
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${JSON.stringify(saved, null, 1)}\n`], { type: "application/json" }));
      link.download = `${label}-${identifier((given.id || given.record || given.claim || given.name || "").slice(0, 60).replace(/[^A-Za-z0-9]+/g, "-")) || "form"}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    };
    ready.hidden = false;
    part("form-ready-title").focus();
    ready.scrollIntoView({ block: "start" });
  };

  const choose = () => {
    for (const form of forms) form.hidden = form.dataset.form !== which.value;
    ready.hidden = true;
  };

  for (const form of forms) {
    const label = form.dataset.form ?? "";
    form.addEventListener("input", () => (ready.hidden = true));
    for (const name of ["record", "field"]) box(form, name)?.addEventListener("change", () => follow(form));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      ready.hidden = true;
      const given = answers(form);
      const now = given.record ? await values(pageOf(label, given.record)) : null;
      const wrong = check(label, given, now);
      show(form, wrong);
      if (!wrong.size) offer(label, given);
    });
  }
  which.addEventListener("change", () => {
    choose();
    history.replaceState(null, "", `?form=${which.value}`);
  });

  const asked = new URLSearchParams(location.search);
  if (forms.some((form) => form.dataset.form === asked.get("form"))) which.value = asked.get("form") ?? "";
  choose();
  const form = formOf(which.value);
  for (const [name, text] of asked) {
    const field = name === "form" ? null : box(form, name);
    if (field && field.type !== "checkbox") field.value = text;
  }
  place.hidden = false;
  follow(form);
  globalThis.formChecks = { flaws, dated };
})();
