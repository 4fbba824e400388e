// Prints letters and signs in the order of the root of the Unicode CLDR, as the collator of the program that runs this
// knows it. What stands without a blank between has one place; letters that NFD takes apart have none of their own.
const places = new Intl.Collator("und", { sensitivity: "base" });
const within = new Intl.Collator("und", { sensitivity: "variant" });
const scripts =
  "Latn Grek Cyrl Geor Armn Hebr Arab Ethi Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Tibt Mymr Khmr Kana Hira";
const letter = new RegExp(`[${scripts.split(" ").map((name) => `\\p{sc=${name}}`).join("")}]`, "u");
/** @param {string} sign @param {number} code */
function belongs(sign, code) {
  if (sign !== sign.toLowerCase() || places.compare(sign, "") === 0) return false;
  const parts = sign.normalize("NFKD");
  if (parts !== sign) return parts === sign.normalize("NFD") && places.compare(sign, [...parts][0]) !== 0;
  if (letter.test(sign)) return code < 0x1ab0 || (code > 0x1e00 && code < 0x2000) || (code > 0x3040 && code < 0x30ff);
  return /[\p{P}\p{S}]/u.test(sign) ? code < 0xff || (code > 0x2009 && code < 0x2070) : /[0-9]/.test(sign);
}
const found = Array.from({ length: 0x3100 }, (_, code) => String.fromCodePoint(code)).filter(belongs);
found.sort((a, b) => places.compare(a, b) || within.compare(a, b) || (a < b ? -1 : 1));
let line = "";
for (let i = 0; i < found.length; i++) {
  const same = i > 0 && places.compare(found[i - 1], found[i]) === 0;
  if (!same && line.length > 110) {
    console.log(line);
    line = "";
  }
  line += (same || !line ? "" : " ") + found[i];
}
console.log(line);
