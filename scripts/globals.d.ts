// What the scripts in theme/assets share, and what the engine's data files give them. For the type checker only.

interface Facet {
  /** The ids of its values; the other lists of a facet go by their positions. */
  ids: string[];
  labels: string[];
  /** The language of each label that is not in the page's; empty in a facet of words. */
  languages: string[];
  /** Every other name and spelling a value is found by. */
  names: string[];
  /** Which values each fact has, as positions. Empty for the status, which follows from the ledger. */
  of: number[][];
}

interface Data {
  /** How many facts the archive has; here are the newest of them. */
  total: number;
  /** [id, whether it is contested, whether it denies the claim] */
  statuses: [string, boolean, boolean][];
  /** The short names of the organizations of that facet. */
  organizations: string[];
  facets: Record<string, Facet>;
  /** The days of ledger entries (ISO), oldest first. */
  days: string[];
  /** A day of each month in words, with {day} and {year}. */
  months: string[];
  /** Dates in words. */
  dates: string[];
  /** The days each of them means: "first/last", then after a space those it is certain of; or one certain day. */
  spans: string[];
  ids: string[];
  claims: string[];
  /** The language claims are recorded in, and which facts' claims stand in it although the page is in another. */
  language: string;
  foreign: number[];
  /** The date of each fact as a position in `dates`; -1 where none is recorded. */
  when: number[];
  /** day, status, day, status …, oldest first, as positions. */
  ledgers: number[][];
}

interface Row {
  address: string;
  /** The claim or title in parts, every second one to be marked. */
  claim: string[];
  /** The language of the claim where it is not the page's. */
  language?: string;
  /** What kind of thing it is, where that is to be said. */
  kind?: string;
  /** The id of a fact's status, which the page holds ready as <template id="status-…">, or search as an entry. */
  status?: string | undefined;
  /** What stands after it. */
  about: string;
  /** A text of the record around the words that were looked for, in parts as the claim. */
  excerpt?: { language: string; parts: string[] } | null;
}

/** The file search/index.js: scripts/factbook/search/index.py says how it is made. */
interface SearchEntry {
  version: string;
  /** How many documents there are. */
  count: number;
  /** How many lines a file has. */
  block: number;
  /** [label, how its score counts, its first document, whether it is looked for by its name] */
  kinds: [string, number, number, boolean][];
  /** The first key of each shard, rising. */
  shards: string;
  /** Lengths of words for which there is a file of those that occur. */
  lengths: number[];
  /** Documents that give way to others, as distances. */
  weak: string;
  /** How many neighbouring words may be one. */
  longest: number;
  stop: string;
  endings: string;
  /** Groups of keys that mean the same. */
  synonyms: string[];
}

/** [label, tone, icon, what leads a claim that bears it]; without a label nothing but the lead is shown. */
type SearchStatus = [string, string, string, string];

/** The file search/edition.js of a language. */
interface SearchEdition {
  language: string;
  /** Documents that are not shown in this language, as distances. */
  hidden: string;
  kinds: Record<string, string>;
  statuses: Record<string, SearchStatus>;
  texts: Record<string, string>;
}

/** [address, title, its language or "", what stands after it, a key of `statuses` or "", texts as [language or "", text]] */
type SearchRow = [string, string, string, string, string, [string, string][]];

/** A word that occurs nowhere (`few`: on few pages): what stands for it, a word (`other`) or those that begin with it
 * (`begins`); or nothing. */
interface SearchNote {
  word: string;
  other: string;
  begins: boolean;
  few: boolean;
}

interface SearchAnswer {
  /** The best first. */
  documents: Int32Array;
  notes: SearchNote[];
  /** How many words were looked for; 0 where all were stop words. */
  asked: number;
  /** How many of them were found. */
  known: number;
  /** How many of the documents have all of these; and whether one has. */
  all: number;
  whole(document: number): boolean;
  /** The keys of each word. */
  keys: Map<string, number>[];
  /** A text in parts, every second one of which is a word that was looked for. */
  mark(text: string): string[];
}

/** A JSON Schema without references: the words that form.js applies. */
interface FormSchema {
  type?: string | string[];
  enum?: string[];
  pattern?: string;
  required?: string[];
  properties?: Record<string, FormSchema>;
  additionalProperties?: boolean;
  items?: FormSchema;
  uniqueItems?: boolean;
  "x-rule"?: string;
  [bound: `min${string}` | `max${string}`]: number | undefined;
}

/** The file assets/form-data.js: scripts/factbook/pages/form.py says how it is made. */
interface FormAnswers {
  /** How many scripts hold the present values of records. */
  parts: number;
  /** The language of the claims. */
  claims: string;
  /** Names by id, of each kind of thing that can be named; null where there are too many. */
  known: Record<string, Record<string, string[]> | null>;
  schemas: Record<string, FormSchema>;
  /** How the title of an issue begins, the file by which the host shows the form, and the heading of each question. */
  forms: Record<string, { title: string; template: string; headings: Record<string, string> }>;
  send: { host: string; issues: string; contact: string };
  /** Called by each script with present values, by the pages of the records. */
  here(part: Record<string, Record<string, string>>): void;
}
declare var factbookForm: FormAnswers;
/** For tests alone: what the page checks by. */
declare var formChecks: { flaws(schema: FormSchema, value: unknown): unknown[]; dated(text: string): string };

interface Stemmer {
  stemWord(word: string): string;
}
declare var EnglishStemmer: { new (): Stemmer };
declare var RussianStemmer: { new (): Stemmer };
declare var factbookSearch: (version: string, name: string, data: unknown) => void;
declare var factbook: Data;
/** What the list of all facts shows now: positions of facts; for each fact its status and the day of it, and the same
 * for the day that it is compared with. */
declare var explored: { found: Uint32Array; entry: Int32Array; before: Int32Array | null };
declare var folding: {
  plain(text: string): string[];
  folded(word: string): string;
  words(text: string): string[];
};
interface Search {
  find(text: string): Promise<SearchAnswer>;
  rows(answer: SearchAnswer, documents: Iterable<number>): Promise<Row[]>;
  edition(): Promise<SearchEdition>;
  /** The first document of a kind, by its label; -1 where there is none. */
  first(label: string): Promise<number>;
  /** Every filter with its values and the documents that have each. */
  filters(): Promise<Record<string, Map<string, Set<number>>>>;
}
declare var finder: {
  load(name: string): Promise<void>;
  open(folder: string): Promise<Search>;
  page(form: HTMLFormElement, words: string): string;
};
declare var suggest: { (form: HTMLFormElement, box: HTMLInputElement): void; count: number };
declare var search: {
  open(shared: string, own: string, load?: (address: string) => Promise<void>): Search;
  keysOf(word: string, endings: string[], ended: boolean): string[];
  whole(text: string): string;
  light(word: string): string;
};
declare var results: {
  start(list: HTMLElement, more: HTMLButtonElement, box: HTMLInputElement): {
    set(rows: Row[], rest: boolean): void;
    add(rows: Row[], rest: boolean): void;
  };
  fill(text: string | undefined, values: Record<string, string | number>): string;
  number: Intl.NumberFormat;
  marks(parts: string[]): (string | HTMLElement)[];
  notes(answer: SearchAnswer, texts: Record<string, string>, whole: number, n: number): string;
  sign(status: string | undefined): Node | null;
  lead(status: string | undefined): { text: string; tone: string };
  know(statuses: Record<string, SearchStatus>): void;
};

/** The days a date means, and those it is certain of, as ISO days or years; empty where there is no bound. */
interface ExploreSpan {
  known: boolean;
  first: string;
  last: string;
  from: string;
  to: string;
}
/** What the search of the site says to a text: the place of each fact among those it found, the best first, or -1. */
interface ExploreMatch {
  text: string;
  places: Int32Array;
  found: number;
  /** The number of the first fact in the index. */
  first: number;
  answer: SearchAnswer;
}
interface ExploreCondition {
  name: string;
  passes: (fact: number) => boolean;
}
/** The clocks and words that conditions go by. */
interface ExploreState {
  /** The day as of which the ledgers are read, and the day on which what is said has to hold; or "". */
  asof: string;
  day: string;
  /** What the address asks for and the page does not know. */
  unknown: Map<string, string>;
  match: ExploreMatch | null;
  /** status, day of each fact's last entry, as positions; -1 before the first. */
  entry: Int32Array;
  /** The same on the day since which facts have to have changed; null where none is asked for. */
  before: Int32Array | null;
  /** For each fact whether it held on the day: 0 no or not known, 1 possibly, 2 for certain. */
  held: number[];
}
declare var exploreClocks: {
  entries(day: string): Int32Array;
  spans: ExploreSpan[];
  holding(day: string): number[];
};
declare var exploreFilter: {
  ordered(name: string, match: ExploreMatch | null, entry: Int32Array): Uint32Array<ArrayBuffer>;
  wanted(given: Record<string, string>, state: ExploreState): ExploreCondition[];
  passing(order: Uint32Array, conditions: ExploreCondition[]): Uint32Array<ArrayBuffer>;
  counted(conditions: ExploreCondition[], entry: Int32Array): { counts: Map<string, Uint32Array>; without: Uint32Array };
};
/** partials/javascripts/palette.html: puts a choice of colours into force, and says which one that is. */
declare var __palette: { (chosen?: number): number; key: string };
