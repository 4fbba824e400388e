// Writes young.json: the interfaces, methods and properties of browsers and of JavaScript that Chrome, Firefox or Safari
// did not have on a day. Run with: deno run -A tests/project/renew_young.mjs 2021-11-29 > tests/project/young.json
import bcd from "npm:@mdn/browser-compat-data@7.3.17" with { type: "json" };

const [day] = Deno.args;
const CORE = ["chrome", "firefox", "safari", "safari_ios"];

/** Whether a browser had a feature on the day, plainly: behind no flag and under no other name. */
const had = (browser, support) =>
  [support ?? []].flat().some(({ version_added, version_removed, flags, prefix, alternative_name }) => {
    const made = bcd.browsers[browser].releases[String(version_added).replace("≤", "")]?.release_date;
    return made && made <= day && !version_removed && !flags && !prefix && !alternative_name;
  });
const old = (feature) => CORE.every((browser) => had(browser, feature.__compat.support[browser]));

/** Names that are words of their own in our scripts too count only where their interface stands beside them. */
const telling = (name) => /^[A-Z]|^[a-z]\w*[A-Z]/.test(name);

/** @type {Map<string, Set<string>>} */
const young = new Map();
const known = new Set();
const look = (top, of, depth) => {
  for (const [key, feature] of Object.entries(top)) {
    const name = key.replace(/_static$/, "");
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name) || !feature.__compat) continue;
    if (old(feature)) known.add(name);
    else if (name !== of) young.set(name, (young.get(name) ?? new Set()).add(of));
    if (depth) look(feature, name, depth - 1);
  }
};
look(bcd.api, "", 1);
look(bcd.javascript.builtins, "", 2);
const names = [...young.keys()].filter((name) => telling(name) && !known.has(name)).sort();
const of = {};
for (const [name, interfaces] of [...young].sort()) {
  if (!names.includes(name)) for (const one of interfaces) if (one && known.has(one)) (of[one] ??= []).push(name);
}
const lines = (value) => JSON.stringify(value).replaceAll(",", ", ").replace(/(.{60,110},) /g, "$1\n    ");
console.log(`{
  "from": "@mdn/browser-compat-data ${bcd.__meta.version}, by renew_young.mjs",
  "day": "${day}",
  "names":
    ${lines(names)},
  "of":
    ${lines(Object.fromEntries(Object.entries(of).sort()))}
}`);
