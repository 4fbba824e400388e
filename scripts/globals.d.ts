// What the scripts in theme/assets share, and what the engine's data files give them. For the type checker only.

interface Facet {
  /** The ids of its values; the other lists of a facet go by their positions. */
  ids: string[];
  labels: string[];
  /** Every other name and spelling a value is found by. */
  names: string[];
  /** Which values each fact has, as positions. Empty for the status, which follows from the ledger. */
  of: number[][];
}

interface Data {
  /** How many facts the archive has; here are the newest of them. */
  total: number;
  /** [id, whether it is contested] */
  statuses: [string, boolean][];
  /** The short names of the organizations of that facet. */
  organizations: string[];
  facets: Record<string, Facet>;
  /** The days of ledger entries (ISO), oldest first. */
  days: string[];
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
  claim: string;
  /** The language of the claim where it is not the page's. */
  language?: string;
  /** The id of a fact's status, which the page holds ready as <template id="status-…">. */
  status?: string | undefined;
  /** What stands after it. */
  about: string;
}

declare var factbook: Data;
/** What the list of all facts shows now: positions of facts, and for each fact its status and the day of it. */
declare var explored: { found: Uint32Array; entry: Int32Array };
declare var folding: {
  words(text: string): string[];
  written(text: string, word: string): string;
  nearest(word: string, among: Iterable<string>): string | undefined;
};
declare var results: {
  start(list: HTMLElement, more: HTMLButtonElement, box: HTMLInputElement): {
    set(rows: Row[], rest: boolean): void;
    add(rows: Row[], rest: boolean): void;
  };
  fill(text: string | undefined, values: Record<string, string | number>): string;
  number: Intl.NumberFormat;
};
