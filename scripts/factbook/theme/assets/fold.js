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
   * How many letters of a text are left after a word stands at its beginning with one mistake: a letter wrong, missing or
   * too many, or two that changed places; -1 where it does not. Nothing is cut out of either: this is asked of every
   * word that occurs.
   * @param {string} word @param {string} text
   */
  const left = (word, text) => {
    let at = 0;
    while (at < word.length && word[at] === text[at]) at++;
    if (at === word.length) return Math.max(text.length - at - 1, 0);
    if (rest(word, at, text, at + 1)) return text.length - word.length - 1;
    if (
      rest(word, at + 1, text, at + 1) ||
      (word[at] === text[at + 1] && word[at + 1] === text[at] && rest(word, at + 2, text, at + 2))
    ) return text.length - word.length;
    return rest(word, at + 1, text, at) ? text.length - word.length + 1 : -1;
  };

  /** Whether the rest of a word stands in a text. @param {string} word @param {number} from @param {string} text @param {number} at */
  const rest = (word, from, text, at) => {
    if (text.length - at < word.length - from) return false;
    for (; from < word.length; from++, at++) if (word[from] !== text[at]) return false;
    return true;
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
      const n = other.length + 1 < word.length ? -1 : left(word, other);
      if (n === 0) return other;
      if (n > 0 && word.length > 5 && other.length > word.length) beginning ??= other;
    }
    return beginning;
  };

  return { words, written, nearest };
})();
