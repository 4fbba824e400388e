// The one search of the site, for the search page, the box in the header and Explore: it finds, ranks and marks, from a
// server or from a folder. Its data are the scripts that scripts/factbook/search/index.py writes, which says how they are
// laid out; each is fetched when it is first needed. What is typed becomes keys as in scripts/factbook/search/keys.py.
"use strict";

globalThis.search = (() => {
  const { plain, folded } = globalThis.folding;
  /** Words of a query beyond these are not looked for. */
  const MOST_WORDS = 40;
  /** A stem counts less than the form that was typed, less again where more than an inflection is gone; another word that
   * means the same less than its own. Two words side by side, or written as one, count more than each alone. */
  const STEM = 0.85, DERIVED = 0.6, ALIKE = 0.85, JOINED = 1.15, PHRASE = 0.95;
  /** How much of the best document's words one must have to be shown, and how much where MANY have all words. */
  const ENOUGH = 0.34, MOST = 0.6, MANY = 10;
  /** What counts for documents that have most of the words, and against those whose claim is contested. */
  const TOGETHER = 1.5, WEAK = 0.92;
  /** What counts for questions where the query has the small words of a sentence. */
  const ASKED = 1.3;
  /** What counts for a written page without a word of the query that is the whole name of a record: it is about the archive,
   * and the query about what is recorded. */
  const ASIDE = 0.5;
  /** The weight of a name of one word, and what it counts that a whole name was met. */
  const NAME = 15, WHOLE = 0.5;
  /** The shortest word that is completed, and the shortest in which a typo is forgiven. */
  const BEGUN = 3, MISSPELT = 5;
  /** A word in so few documents may be a slip for a name in so many times more. */
  const FEW = 3, MORE = 20;
  /** How finely scores are told apart. */
  const FINE = 1000;
  /** Letters around the words that an excerpt shows. */
  const EXCERPT = 170;

  // Files

  /** @typedef {{ version: string, data: unknown }} Arrived */
  /** @type {Map<string, Arrived>} what the scripts handed over, until it is taken */
  const arrived = new Map();
  globalThis.factbookSearch = (version, name, data) => void arrived.set(name, { version, data });

  /** Load a script of this site. @param {string} address @returns {Promise<void>} */
  const byElement = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => {
        script.remove();
        done();
      };
      script.onerror = () => failed(new Error(`${address} could not be loaded`));
      document.head.append(script);
    });

  /** The site was made anew while the page was open: nothing of what was loaded holds any more. */
  class Renewed extends Error {}

  /** One state of the index, and what has been loaded of it. */
  class Index {
    /** @param {string} shared @param {string} own @param {(address: string) => Promise<void>} load @param {string} stamp */
    constructor(shared, own, load, stamp) {
      this.shared = shared;
      this.own = own;
      this.load = load;
      this.stamp = stamp;
      /** @type {Map<string, Promise<unknown>>} */
      this.files = new Map();
      /** @type {Map<string, Posting | null>} */
      this.postings = new Map();
    }

    async open() {
      const entry = /** @type {SearchEntry} */ (await this.file("index"));
      this.entry = entry;
      this.shards = entry.shards.split(" ");
      this.stop = new Set(entry.stop.split(" "));
      this.endings = entry.endings.split(" ");
      this.edition = /** @type {SearchEdition} */ (await this.file("edition"));
      this.hidden = new Set(documents(this.edition.hidden));
      this.weak = new Set(documents(entry.weak));
      /** @type {Map<string, string[]>} the keys that mean the same as a key */
      this.alike = new Map();
      for (const group of entry.synonyms) {
        const all = group.split(" ");
        const keys = all.filter((key) => key[0] !== ".");
        for (const one of all) {
          const key = one.replace(".", "");
          this.alike.set(key, [...(this.alike.get(key) ?? []), ...keys]);
        }
      }
      return this;
    }

    /** A file by its name, loaded once. @param {string} name @returns {Promise<unknown>} */
    file(name) {
      let found = this.files.get(name);
      if (!found) {
        const place = name === "edition" || /^r[0-9]/.test(name) ? this.own : this.shared;
        const state = this.entry?.version ?? this.stamp;
        found = this.load(`${place}${name}.js${state && `?${state}`}`).then(() => {
          const { version, data } = arrived.get(name) ?? { version: "", data: null };
          arrived.delete(name);
          if (this.entry && version !== this.entry.version) throw new Renewed();
          if (name === "index") /** @type {SearchEntry} */ (data).version = version;
          return data;
        });
        this.files.set(name, found);
        found.catch(() => this.files.delete(name));
      }
      return found;
    }

    /** The number of the shard in which a key stands or would stand. @param {string} key */
    shard(key) {
      const shards = /** @type {string[]} */ (this.shards ?? []);
      let low = 0;
      for (let high = shards.length; low < high;) {
        const middle = (low + high) >> 1;
        if (shards[middle] <= key) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    }

    /** Load what some keys need. @param {Iterable<string>} keys @returns {Promise<void>} */
    async need(keys) {
      const missing = [...keys].filter((key) => !this.postings.has(key));
      const numbers = [...new Set(missing.map((key) => this.shard(key)))];
      const shards = new Map(await Promise.all(numbers.map(async (n) => /** @type {const} */ ([n, await this.lines(n)]))));
      for (const key of missing) this.postings.set(key, posting(key, shards.get(this.shard(key))?.get(key)));
    }

    /** A shard: what stands after each of its keys. @param {number} n @returns {Promise<Map<string, string>>} */
    lines(n) {
      if (n < 0) return Promise.resolve(new Map());
      const name = `lines${n}`;
      let found = /** @type {Promise<Map<string, string>> | undefined} */ (this.files.get(name));
      if (!found) {
        found = this.file(`t${n}`).then((text) => {
          const lines = new Map();
          for (const line of /** @type {string} */ (text).split("\n")) {
            const at = line.indexOf(" ");
            lines.set(line.slice(0, at), line.slice(at + 1));
          }
          return lines;
        });
        this.files.set(name, found);
        found.catch(() => this.files.delete(name));
      }
      return found;
    }
  }

  /**
   * The documents that have a key, rising, how much it counts in each, and how its words are written (Words.forms).
   * @typedef {{ documents: Int32Array, weights: Uint8Array, forms: string[] }} Posting
   */

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Uint8Array(128);
  [...DIGITS].forEach((digit, at) => VALUE[digit.charCodeAt(0)] = at);

  /** Numbers in base-64 digits, five bits each, the lowest first. @param {string} text */
  const numbers = (text) => {
    const found = [];
    let n = 0, shift = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = VALUE[text.charCodeAt(at)];
      n |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        found.push(n);
        n = shift = 0;
      }
    }
    return found;
  };

  /** A list of documents out of its distances. @param {string} text */
  const documents = (text) => {
    let last = 0;
    return numbers(text).map((distance) => last += distance);
  };

  /** @param {string} key @param {string | undefined} line what stands after it @returns {Posting | null} */
  const posting = (key, line) => {
    if (line === undefined) return null;
    let last = 0;
    const [text, ...forms] = line.split(" ");
    const found = numbers(text);
    return {
      forms: forms.length ? forms : [key, `.${key}`],
      documents: Int32Array.from(found, (n) => last += n >> 4),
      weights: Uint8Array.from(found, (n) => n & 15),
    };
  };

  // Keys

  /** @type {InstanceType<typeof EnglishStemmer> | undefined} */
  let english;
  /** @type {InstanceType<typeof RussianStemmer> | undefined} */
  let russian;

  /** The stems of a word of `plain`. @param {string} word @param {string[]} endings @param {boolean} ended @returns {string[]} */
  const stems = (word, endings, ended) => {
    if (word.length < 4) return [];
    if (/^[a-z]+$/.test(word)) return [(english ??= new EnglishStemmer()).stemWord(word).replace(/iz$/, "is")];
    if (!/[\u0400-\u04ff]/.test(word)) return [];
    if (/[әғқңөұүһі]/.test(word)) return shortened(word, endings);
    return [(russian ??= new RussianStemmer()).stemWord(word), ...(ended ? shortened(word, endings) : [])];
  };

  /** A word without its last ending, without the one before it, and so on. @param {string} word @param {string[]} endings */
  const shortened = (word, endings) => {
    const found = [];
    for (let round = 0; round < 4; round++) {
      let longest = "";
      for (const ending of endings) {
        if (ending.length > longest.length && word.endsWith(ending) && word.length - ending.length >= 4) longest = ending;
      }
      if (!longest) break;
      word = word.slice(0, -longest.length);
      found.push(word);
    }
    return found;
  };

  /** An English word without its inflection alone. @param {string} word */
  const light = (word) =>
    /^[a-z]+$/.test(word)
      ? word.replace(/^(..+)ie[sd]$/, "$1y").replace(/^(.{4,}?)(?:ings?|e?d|e?s|e)$/, "$1").replace(/^(.{3,})(.)\2$/, "$1$2")
        .replaceAll("iz", "is")
      : word;

  /** Whether nothing but the inflection of a word is gone from its stem. @param {string} word @param {string} stem */
  const inflection = (word, stem) => !/^[a-z]+$/.test(word) || folded(light(word)) === folded(light(stem));

  /** The keys of a word of `plain`, its own first. @param {string} word @param {string[]} endings @param {boolean} ended */
  const keysOf = (word, endings, ended) => {
    const own = folded(word);
    return own ? [...new Set([own, ...stems(word, endings, ended).map(folded).filter(Boolean)])] : [];
  };

  const DESIGNATION = /(^|[^\p{L}\p{N}_-])(\p{L}{1,3})([-\u2010\u2011])([0-9]+)(?![\p{L}\p{N}_-])/gu;

  /** A text whose numbers have no signs between their thousands, whose acronyms have no dots and whose designations (F-16)
   * have no hyphens. @param {string} text */
  const whole = (text) => {
    const grouped = /([0-9])[,\u00a0\u202f]([0-9]{3})(?![0-9])/g;
    return text.replace(grouped, "$1$2").replace(grouped, "$1$2")
      .replace(DESIGNATION, "$1$2$4")
      .replace(/(^|[^\p{L}\p{N}])((?:\p{L}\.){2,})/gu, (_, before, letters) => `${before}${letters.replaceAll(".", "")} `);
  };

  /** The words of a text written in capitals alone, in small letters. @param {string} text */
  const capitals = (text) =>
    new Set((whole(text).match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter((w) => w === w.toUpperCase() && w !== w.toLowerCase())
      .map((word) => word.toLowerCase()));

  /**
   * A word of a query: as `plain` gave it and as it was typed, whether it was all capitals, every key that may stand
   * for it with how much that counts, and its stems with nothing but an inflection gone.
   * @typedef {{ word: string, typed: string, acronym: boolean, keys: Map<string, number>, stems: string[] }} Unit
   */

  /** The keys of a word with how much each counts, and its inflections. @param {string} word @param {string[]} endings @param {boolean} ended */
  const weighted = (word, endings, ended) => {
    const own = stems(word, endings, ended);
    const inflected = own.filter((stem) => inflection(word, stem));
    const derived = own.filter((stem) => !inflected.includes(stem));
    /** @type {Map<string, number>} */
    const keys = new Map();
    for (const [some, counts] of /** @type {[string[], number][]} */ ([[[word], 1], [inflected, STEM], [derived, DERIVED]])) {
      for (const key of some.map(folded)) if (key && !keys.has(key)) keys.set(key, counts);
    }
    return { keys, stems: inflected };
  };

  /** The keys of what means the same as a word. @param {string} word @param {string[]} stems @param {Index} index */
  const others = (word, stems, index) =>
    [...new Set([word, light(word), ...stems].map(folded))].flatMap((key) => index.alike?.get(key) ?? []);

  /** The words of a query that say what is looked for. @param {string} text @param {Index} index @returns {Unit[]} */
  const analysed = (text, index) => {
    const { endings = [], stop, edition, entry } = index;
    const ended = edition?.language === "kk";
    const hyphened = new Map([...text.matchAll(DESIGNATION)].map(([, , type, sign, n]) => [type + n, type + sign + n]));
    const typed = (whole(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) => hyphened.get(word) ?? word);
    const words = plain(whole(text)).slice(0, MOST_WORDS);
    const shouted = capitals(text);
    // Of a query all in capitals nothing can be told, unless it is an acronym alone.
    const acronyms = shouted.size < new Set(words).size || words.length < 3 ? shouted : new Set();
    /** @type {(Unit | null)[]} */
    const units = words.map((word, at) => {
      if (stop?.has(word) && !acronyms.has(word)) return null;
      const { keys, stems } = weighted(word, endings, ended);
      // One letter held down is no spelling of that letter.
      if (word.length > 2 && folded(word).length < 2) keys.clear();
      return folded(word)
        ? { word, typed: typed.length === words.length ? typed[at] : word, acronym: acronyms.has(word), keys, stems }
        : null;
    });
    /** @param {Unit} unit @param {string[]} keys @param {number} counts */
    const add = (unit, keys, counts) => {
      for (const key of keys) unit.keys.set(key, Math.max(unit.keys.get(key) ?? 0, counts));
    };
    for (const unit of units) if (unit) add(unit, others(unit.word, unit.stems, index), ALIKE);
    // Neighbours may be one word, or a phrase that means the same as one.
    for (let first = 0; first < words.length - 1; first++) {
      let joined = words[first];
      for (let last = first + 1; last < words.length && last < first + (entry?.longest ?? 2); last++) {
        joined += words[last];
        const { keys, stems } = weighted(joined, endings, ended);
        const same = others(joined, stems, index);
        // More than two words are one only where something else means the same.
        if (last > first + 1 && !same.length) continue;
        for (const unit of units.slice(first, last + 1)) {
          if (!unit) continue;
          add(unit, [...keys.keys()], JOINED);
          add(unit, same, PHRASE);
        }
      }
    }
    const seen = new Set();
    return units.filter(/** @returns {unit is Unit} */ (unit) => {
      const fresh = unit !== null && !seen.has(unit.word);
      if (unit) seen.add(unit.word);
      return fresh;
    });
  };

  // Words that occur nowhere, or nowhere as they are written

  /** Whether two words are one mistake apart: a letter wrong, missing or too many, or two that changed places. @param {string} a @param {string} b */
  const near = (a, b) => {
    if (a.length > b.length) [a, b] = [b, a];
    if (b.length - a.length > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
    return a.slice(at + 1) === b.slice(at + 1) ||
      (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2));
  };

  /**
   * The most frequent word that occurs, is one mistake away and passes a test of its key, as it is written; one that begins
   * alike is taken before one that does not.
   * @param {string} word @param {Index} index @param {(key: string, word: string) => boolean} test @returns {Promise<string>}
   */
  const meant = async (word, index, test = () => true) => {
    const own = folded(word);
    if (own.length < MISSPELT || /[0-9]/.test(own)) return "";
    const lengths = index.entry?.lengths ?? [];
    const wanted = [own.length, own.length - 1, own.length + 1].filter((length) => lengths.includes(length));
    const lists = await Promise.all(wanted.map((length) => index.file(`w${length}`)));
    let other = "";
    for (const list of lists) {
      for (const line of /** @type {string} */ (list).split("\n")) {
        const space = line.indexOf(" ");
        const key = space < 0 ? line : line.slice(0, space);
        if (key === own || !near(own, key)) continue;
        const found = space < 0 ? line : line.slice(space + 1);
        if (!test(key, found)) continue;
        if (key[0] === own[0]) return found;
        other ||= found;
      }
    }
    return other;
  };

  /**
   * How a word that was found is written where it stands, if nowhere (or, `few`, seldom) as it was typed; "" otherwise.
   * Case, accents, the alphabet and inflections make no difference.
   * @param {Unit} unit @param {Index} index
   */
  const spelt = async ({ word, keys, stems: inflections }, index) => {
    const none = { other: "", few: false };
    if (folded(word).length < MISSPELT || /[0-9]/.test(word)) return none;
    const latin = /^[a-z]+$/.test(word);
    /** @param {string} form */
    const same = (form) => /^[.~]?[a-z]+$/.test(form) === latin;
    /** @param {string} key */
    const forms = (key) => index.postings.get(key)?.forms ?? [];
    const every = forms(folded(word)).filter((form) => form[0] !== ".");
    const words = every.filter(same);
    if (words.includes(word) || (every.length && !words.length)) return none;
    if (words.includes(`~${word}`)) return { other: words[0], few: true };
    const own = stems(word, index.endings ?? [], true).filter((stem) => stem !== word);
    /** @param {string} stem */
    const inflected = (stem) => forms(folded(stem)).some((form) => form.replace(".", "") === (latin ? light(word) : stem));
    if (own.some(inflected)) return none;
    const written = [...words, ...inflections.flatMap((stem) => forms(folded(stem)))].find((form) => same(form) && form[0] !== ".");
    if (written) return { other: written.replace("~", ""), few: false };
    // Its own key is what is left of other words, or it has only a stem with them in common.
    const left = index.postings.get(folded(word));
    if (!left && !own.some((stem) => index.postings.get(folded(stem)))) return none;
    /** @param {string} _ @param {string} other */
    const related = (_, other) => left !== null || keysOf(other, index.endings ?? [], false).some((key) => keys.has(key));
    return { other: await meant(word, index, related), few: false };
  };

  /** A name in many documents for which a word in few may be a slip; or "".
   * @param {Unit} unit @param {number} count @param {Index} index @returns {Promise<string>} */
  const name = async ({ word, keys }, count, index) => {
    const other = await meant(word, index, (key) => !keys.has(key));
    if (!other) return "";
    const key = folded(other);
    await index.need([key]);
    const { documents = [], weights = [] } = index.postings.get(key) ?? {};
    const kinds = index.entry?.kinds ?? [];
    /** @param {number} document */
    const named = (document) => kinds.some(([, , first, named], at) => named && first <= document && document < (kinds[at + 1]?.[2] ?? Infinity));
    return documents.length >= count * MORE && documents.some((document, at) => weights[at] > NAME / 2 && named(document)) ? other : "";
  };

  /** The keys that begin with a word, in at most three shards. @param {string} word @param {Index} index */
  const begun = async (word, index) => {
    const own = folded(word);
    const found = [];
    const first = index.shard(own);
    for (let n = Math.max(first, 0); n < first + 3 && n < (index.shards?.length ?? 0); n++) {
      if (n > first && !index.shards?.[n].startsWith(own)) break;
      for (const [key, line] of await index.lines(n)) if (key.startsWith(own) && line[0] !== " ") found.push(key);
    }
    return found.slice(0, 40);
  };

  // Finding

  /**
   * Put the best weight of a unit in each document; how many have it.
   * @param {Unit} unit @param {Index} index @param {Float32Array} best
   */
  const weigh = (unit, index, best) => {
    let count = 0;
    best.fill(0);
    for (const [key, counts] of unit.keys) {
      const found = index.postings.get(key);
      if (!found) continue;
      for (let at = 0; at < found.documents.length; at++) {
        const document = found.documents[at];
        const weight = found.weights[at] * counts;
        if (best[document] === 0) count++;
        if (weight > best[document]) best[document] = weight;
      }
    }
    return count;
  };

  /** Whether a word is the whole name of an organization, a person, a country or a topic. @param {Float32Array} best @param {Index} index */
  const nameOfRecord = (best, { entry }) => {
    const kinds = entry?.kinds ?? [];
    return kinds.some(([label, , first, named], at) =>
      named && label !== "Pages" && label !== "Questions" && best.subarray(first, kinds[at + 1]?.[2]).some((weight) => weight >= NAME)
    );
  };

  /**
   * What was found: documents by number, the best first; `notes` say which words occur nowhere and what stands for them;
   * `units` are the words that were looked for.
   * @type {(text: string, index: Index) => Promise<SearchAnswer>}
   */
  const answered = async (text, index) => {
    const entry = /** @type {SearchEntry} */ (index.entry);
    const units = analysed(text, index);
    await index.need(new Set(units.flatMap((unit) => [...unit.keys.keys()])));
    /** @type {SearchNote[]} */
    const notes = [];
    const score = new Float32Array(entry.count), covered = new Float32Array(entry.count);
    /** How many of the words each document has. */
    const having = new Uint8Array(entry.count);
    /** Each word of a name of n words has the weight NAME / √n: the squares of those that are met add up to how much of
     * the name that is. */
    const named = new Float32Array(entry.count);
    /** Where the word for a record is not met. */
    const aside = new Uint8Array(entry.count);
    let total = 0, known = 0;
    const sentence = plain(text).some((word) => index.stop?.has(word));
    for (const [at, unit] of units.entries()) {
      const best = new Float32Array(entry.count);
      let count = weigh(unit, index, best);
      /** Look for another word as well, or instead. @param {string} other @param {boolean} few */
      const instead = async (other, few) => {
        const { keys, stems } = weighted(other, index.endings ?? [], false);
        for (const key of others(other, stems, index)) if (!keys.has(key)) keys.set(key, ALIKE);
        for (const [key, counts] of keys) unit.keys.set(key, Math.max(counts, unit.keys.get(key) ?? 0));
        await index.need(unit.keys.keys());
        count = weigh(unit, index, best);
        const shown = unit.typed[0] === unit.word[0] ? other : other[0].toUpperCase() + other.slice(1);
        notes.push({ word: unit.typed, other: shown, begins: false, few });
      };
      if (!unit.acronym && count) {
        const { other, few } = await spelt(unit, index);
        const called = count <= FEW ? await name(unit, count, index) : "";
        if (called || other) await instead(called || other, few || !other);
      } else if (!unit.acronym) {
        const last = at === units.length - 1 && /[\p{L}\p{N}]$/u.test(text);
        const longer = last && folded(unit.word).length >= BEGUN ? await begun(unit.word, index) : [];
        const other = longer.length ? "" : await meant(unit.word, index);
        if (longer.length) {
          unit.keys = new Map(longer.map((key) => [key, 1]));
          await index.need(unit.keys.keys());
          count = weigh(unit, index, best);
          const called = count <= FEW ? await name(unit, count, index) : "";
          if (called) await instead(called, false);
          else notes.push({ word: unit.typed, other: "", begins: true, few: false });
        } else if (other) {
          unit.keys.clear();
          await instead(other, false);
        }
      }
      if (!count) {
        notes.push({ word: unit.typed, other: "", begins: false, few: false });
        unit.keys.clear();
        continue;
      }
      known++;
      const subject = nameOfRecord(best, index);
      const rare = Math.log(1 + (entry.count - count + 0.5) / (count + 0.5));
      total += rare;
      for (let document = 0; document < entry.count; document++) {
        if (best[document] > 0) {
          score[document] += rare * best[document];
          covered[document] += rare;
          having[document]++;
          named[document] += best[document] ** 2;
        } else if (subject) aside[document] = 1;
      }
    }
    let most = 0, all = 0;
    for (let document = 0; document < entry.count; document++) {
      if (covered[document] > most) most = covered[document];
      if (known && having[document] === known && !index.hidden?.has(document)) all++;
    }
    const least = most * (all < MANY ? ENOUGH : MOST);
    // Numbers are sorted much faster than by a function: a score and a document in one, the best score the lowest.
    const found = new Float64Array(entry.count);
    let n = 0;
    const kinds = entry.kinds;
    for (let kind = 0; kind < kinds.length; kind++) {
      const end = kinds[kind + 1]?.[2] ?? entry.count;
      for (let document = kinds[kind][2]; document < end; document++) {
        if (!covered[document] || covered[document] < least || index.hidden?.has(document)) continue;
        const whole = kinds[kind][3] ? 1 + WHOLE * Math.min(1, named[document] / NAME ** 2) : 1;
        const part = covered[document] / total;
        const factor = kinds[kind][1] * (aside[document] && kinds[kind][0] === "Pages" ? ASIDE : 1) *
          (sentence && kinds[kind][0] === "Questions" ? ASKED : 1);
        const value = score[document] * factor * whole * part ** TOGETHER * (index.weak?.has(document) ? WEAK : 1);
        found[n++] = document - Math.round(value * FINE) * entry.count;
      }
    }
    const sorted = found.subarray(0, n).sort();
    const keys = units.map(({ keys }) => keys);
    return {
      documents: Int32Array.from(sorted, (one) => ((one % entry.count) + entry.count) % entry.count),
      notes,
      asked: units.length,
      known,
      all,
      whole: (document) => having[document] === known,
      keys,
      mark: (text) => marked(text, keys, index).parts,
    };
  };

  /** What a document is: the label of its kind. @param {Index} index @param {number} document */
  const kindOf = (index, document) => {
    let found = "";
    for (const [label, , first] of index.entry?.kinds ?? []) if (first <= document) found = label;
    return found;
  };

  // Showing

  /**
   * A text in parts, every second one to be marked: its words that have one of the keys.
   * @param {string} text @param {Map<string, number>[]} keys @param {Index} index
   * @returns {{ parts: string[], words: Set<number> }} the parts, and which of the words looked for were met
   */
  const marked = (text, keys, index) => {
    const parts = [""];
    const met = new Set();
    const beginnings = new Set(keys.flatMap((unit) => [...unit.keys()].map((key) => key.slice(0, 2))));
    let end = 0;
    for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{N}\p{M}]+)*/gu)) {
      // A word with hyphens is marked as a whole, or each of its parts.
      const all = plain(found[0]);
      const known = (/** @type {string[]} */ words) => {
        let any = false;
        for (const word of words) {
          if (!beginnings.has(folded(word).slice(0, 2))) continue;
          const own = keysOf(word, index.endings ?? [], false);
          keys.forEach((unit, at) => {
            if (own.some((key) => unit.has(key))) {
              met.add(at);
              any = true;
            }
          });
        }
        return any;
      };
      if (!known(all.length > 1 ? [...all, all.join("")] : all)) continue;
      parts[parts.length - 1] += text.slice(end, found.index);
      parts.push(found[0], "");
      end = found.index + found[0].length;
    }
    parts[parts.length - 1] += text.slice(end);
    return { parts, words: met };
  };

  /** The parts of a marked text around its first mark. @param {string[]} parts */
  const excerpt = (parts) => {
    const before = parts[0];
    let from = Math.max(0, before.length - EXCERPT / 3);
    if (before.length + parts.slice(1).join("").length <= EXCERPT) from = 0;
    const start = from > 0 ? before.indexOf(" ", from) + 1 || from : 0;
    const shown = [`${start > 0 ? "… " : ""}${before.slice(start)}`];
    let room = EXCERPT - (before.length - start);
    for (let at = 1; at < parts.length && room > 0; at++) {
      const text = parts[at];
      const fits = text.length <= room ? text : `${text.slice(0, room).replace(/\s+\S*$/, "")} …`;
      shown.push(fits);
      room -= text.length;
    }
    return shown;
  };

  /**
   * A line of the results out of what the index has of a document.
   * @param {SearchRow} row @param {SearchAnswer} answer @param {number} document @param {Index} index @returns {Row}
   */
  const line = ([address, title, language, about, status, texts], answer, document, index) => {
    const edition = /** @type {SearchEdition} */ (index.edition);
    const kind = kindOf(index, document);
    const name = marked(title, answer.keys, index);
    /** @type {{ language: string, parts: string[], more: number } | null} */
    let best = null;
    for (const [spoken, text] of texts) {
      const found = marked(text, answer.keys, index);
      const more = [...found.words].filter((at) => !name.words.has(at)).length;
      if ((!best && (more || kind !== "Facts")) || (best && more > best.more)) {
        best = { language: spoken, parts: excerpt(found.parts), more };
      }
    }
    return {
      address,
      claim: name.parts,
      language,
      kind: edition.kinds[kind] ?? kind,
      status,
      about,
      excerpt: best ? { language: best.language, parts: best.parts } : null,
    };
  };

  /** @type {Map<string, ReturnType<typeof opened>>} */
  const known = new Map();

  /**
   * Open the index, once for all who ask on a page: `shared` and `own` are the folders of what all languages share and of
   * the page's language. `load` loads a script by its address; where there is no page, something else can.
   * @type {typeof globalThis.search.open}
   */
  const open = (shared, own, load) => {
    if (load) return opened(shared, own, load);
    const [one, other] = [shared, own].map((folder) => new URL(folder, location.href).href);
    const found = known.get(`${one} ${other}`) ?? opened(one, other, byElement);
    known.set(`${one} ${other}`, found);
    return found;
  };

  /** @param {string} shared @param {string} own @param {(address: string) => Promise<void>} load @returns {ReturnType<typeof globalThis.search.open>} */
  const opened = (shared, own, load) => {
    /** @type {Promise<Index> | null} */
    let index = null;
    const ready = (stamp = "") => index ??= new Index(shared, own, load, stamp).open();
    /** Do something with the index; once more with a new one where the site was made anew meanwhile.
     * @template T @param {(index: Index) => Promise<T>} work @returns {Promise<T>} */
    const using = async (work) => {
      try {
        return await work(await ready());
      } catch (error) {
        index = null;
        if (!(error instanceof Renewed)) throw error;
        return work(await ready(String(Date.now())));
      }
    };
    return {
      find: (text) => using((index) => answered(text, index)),
      rows: (answer, documents) =>
        using((index) =>
          Promise.all([...documents].map(async (document) => {
            const { block } = /** @type {SearchEntry} */ (index.entry);
            const rows = /** @type {SearchRow[]} */ (await index.file(`r${Math.floor(document / block)}`));
            return line(rows[document % block], answer, document, index);
          }))
        ),
      edition: () => using((index) => Promise.resolve(/** @type {SearchEdition} */ (index.edition))),
      first: (label) =>
        using((index) => Promise.resolve(index.entry?.kinds.find(([other]) => other === label)?.[2] ?? -1)),
      filters: () =>
        using(async (index) => {
          const file = /** @type {Record<string, [string, string][]>} */ (await index.file("filters"));
          return Object.fromEntries(
            Object.entries(file).map(([name, values]) => [
              name,
              new Map(values.map(([value, text]) => [
                value,
                new Set(documents(text).filter((document) => !index.hidden?.has(document))),
              ])),
            ]),
          );
        }),
    };
  };

  return { open, keysOf, whole, light };
})();
