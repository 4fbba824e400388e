// Words folded to plain Latin letters, so that one name in several spellings and alphabets is one word. The same folding
// stands in scripts/factbook/fold.py, which says more about it.
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

  /** The runs of letters and digits in a text, in small letters and without accents. @param {string} text @returns {string[]} */
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

  return { plain, folded, words };
})();
