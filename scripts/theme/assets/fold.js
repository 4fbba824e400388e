// Words folded to plain Latin letters, so that one name in several spellings and alphabets is one word, and the nearest
// known word for one that is spelt wrong. The same folding stands in scripts/factbook/fold.py, which says more about it.
"use strict";

globalThis.folding = (() => {
  const CYRILLIC = "абвгғдеёжзийкқлмнңопрстуұүўфхһцчшщъыіьэюяәөїєøłđıß";
  const LATIN =
    "a b v g g d e e zh z i y k k l m n n o p r s t u u u u f kh h ts ch sh sh _ i i _ e yu ya a o yi ye o l d i ss";
  const parts = LATIN.replaceAll("_", "").split(" ");
  /** @type {Map<string, string>} letters that no decomposition takes apart, and what is written for them */
  const LETTERS = new Map([...CYRILLIC].map((letter, at) => [letter, parts[at] ?? ""]));
  /** @type {[RegExp, string][]} spellings that differ between ways of writing one sound, made the same, in this order */
  const SPELLINGS = [
    [/dzh|dj/g, "j"],
    [/zh/g, "j"],
    [/shch/g, "sh"],
    [/([kg])h/g, "$1"],
    [/q/g, "k"],
    [/w/g, "v"],
    [/x/g, "ks"],
    [/y(?=[aeiou])/g, ""],
    [/y/g, "i"],
    [/([a-z])\1+/g, "$1"],
  ];

  /** @type {Map<string, string>} */
  const known = new Map();

  /** One word, in small letters and without accents, folded. @param {string} word */
  const folded = (word) => {
    let found = known.get(word);
    if (found === undefined) {
      found = word;
      if (/[^a-z0-9]/.test(word)) {
        found = "";
        for (const letter of word) found += LETTERS.get(letter) ?? letter;
      }
      // Most words have nothing that any of the spellings changes.
      if (/[hqwxy]|dj|([a-z])\1/.test(found)) {
        for (const [pattern, instead] of SPELLINGS) found = found.replace(pattern, instead);
      }
      known.set(word, found);
    }
    return found;
  };

  /** The runs of letters and digits in a text, in small letters and without accents. @param {string} text */
  const plain = (text) => {
    // Most texts have no letter beyond ASCII, and those need no decomposing.
    // deno-lint-ignore no-control-regex
    const simple = /^[\x00-\x7f]*$/.test(text)
      ? text.toLowerCase()
      : text.normalize("NFKD").toLowerCase().replaceAll("и\u0306", "й").replace(/\p{M}/gu, "");
    return simple.match(/[\p{L}\p{N}]+/gu) ?? [];
  };

  /** The folded words of a text, in order; one that folds to nothing is left out. @param {string} text */
  const words = (text) => plain(text).map(folded).filter(Boolean);

  /** How a text writes a folded word; the word itself where it does not have it. @param {string} text @param {string} word */
  const written = (text, word) => plain(text).find((other) => folded(other) === word) ?? word;

  /**
   * Whether two words differ by one mistake: a letter wrong, missing or too many, or two that changed places.
   * @param {string} one @param {string} other
   */
  const close = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at++;
    const rest = one.slice(at + 1);
    return rest === other.slice(at + 1) || rest === other.slice(at) || one.slice(at) === other.slice(at + 1) ||
      (one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2));
  };

  /**
   * The first of the known words that a word is one mistake away from, or whose beginning is; undefined where there is
   * none, or where the word is so short that everything is near it.
   * @param {string} word @param {Iterable<string>} among
   */
  const nearest = (word, among) => {
    if (word.length < 4) return undefined;
    /** @type {string | undefined} */
    let beginning;
    for (const other of among) {
      if (other.length + 1 < word.length) continue;
      if (close(word, other)) return other;
      if (beginning === undefined && other.length > word.length && word.length > 5) {
        const length = [0, 1, -1].find((more) => close(word, other.slice(0, word.length + more)));
        if (length !== undefined) beginning = other;
      }
    }
    return beginning;
  };

  return { words, written, nearest };
})();
