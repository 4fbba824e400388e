// Asks the search of a built site, without a browser: the same scripts, run by Deno. Used by search.py.
//     deno run --allow-read bench/search.js SITE < QUESTIONS > ANSWERS
// QUESTIONS is a JSON list of [folder of the language, text]; ANSWERS one of { documents, notes, took }.
const site = Deno.args[0].replace(/\/?$/, "/");
const run = async (path) => (0, eval)(await Deno.readTextFile(site + path));
for (const name of ["fold.js", "vendor/snowball.js", "search.js"]) await run(`assets/${name}`);
const open = new Map();
const answers = [];
for (const [folder, text] of JSON.parse(await new Response(Deno.stdin.readable).text())) {
  if (!open.has(folder)) {
    const load = (address) => run(address.split("?")[0]);
    open.set(folder, globalThis.search.open("search/", `${folder}search/`, load));
  }
  const search = open.get(folder);
  const begun = performance.now();
  const answer = await search.find(text);
  const took = performance.now() - begun;
  const facts = await search.first("Facts");
  const next = await search.first("Organizations");
  const list = [...answer.documents];
  const rows = await search.rows(answer, list.slice(0, 10));
  const only = list.filter((n) => n >= facts && n < next);
  const found = await search.rows(answer, only.slice(0, 10));
  answers.push({ n: list.length, facts: only.length, notes: answer.notes, full: answer.all, took, rows, found });
}
console.log(JSON.stringify(answers));
