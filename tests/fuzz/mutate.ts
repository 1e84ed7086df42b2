/** Inputs made by damaging good ones. */
import { philox4x32 } from "../../src/base/philox.ts";

/** The second word of the key keeps these draws apart from all others: "FUZZ". */
const PURPOSE = 0x46555a5a;

/** Whole numbers drawn by a seed. */
export class Dice {
  readonly #seed: number;
  readonly #stream: number;
  #count = 0;

  constructor(seed: number, stream: number) {
    this.#seed = seed;
    this.#stream = stream;
  }

  /** One of 0 to `sides - 1`. */
  roll(sides: number): number {
    const [word] = philox4x32([this.#count++, this.#stream, 0, 0], [this.#seed, PURPOSE]);
    return Math.floor(word / 2 ** 32 * sides);
  }

  /** One of them. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.roll(items.length)];
  }
}

/** What readers of text trip over. */
const WORDS = [
  ...["null", "true", "-1", "1.5", "1e999", "NaN", "99999999999999999999", "0", '""', "[]", "{}"],
  ...[
    '"__proto__"',
    "[[[[[[[[",
    "\\u0000",
    "\r",
    "\r\n",
    "\n\n",
    ",",
    ";",
    "\t",
    "\ufeff",
    "'",
    '"',
  ],
  ...["=1+1", "../../x", "\x1b[2J", "\u2028", "é", "\ud800", "-0", "+1", " ", "1,1"],
].map((word) => new TextEncoder().encode(word));

/** Bytes that headers trip over. */
const NUMBERS = [[0], [1], [0x7f], [0x80], [0xff]].flatMap(([byte]) =>
  [1, 2, 4, 8].map((length) => new Uint8Array(length).fill(byte))
);

/** No input gets longer. */
const LONGEST = 1 << 16;

type Bytes = Uint8Array<ArrayBuffer>;

function replaced(bytes: Bytes, from: number, to: number, middle: Uint8Array): Bytes {
  const made = new Uint8Array(from + middle.length + bytes.length - to);
  made.set(bytes.subarray(0, from));
  made.set(middle, from);
  made.set(bytes.subarray(to), from + middle.length);
  return made;
}

const CHANGES: readonly ((bytes: Bytes, dice: Dice, other: Bytes) => Bytes)[] = [
  (bytes, dice) => { // a bit
    const at = dice.roll(bytes.length);
    return replaced(bytes, at, at + 1, Uint8Array.of(bytes[at] ^ 1 << dice.roll(8)));
  },
  (bytes, dice) => { // a byte
    const at = dice.roll(bytes.length);
    return replaced(bytes, at, at + 1, Uint8Array.of(dice.roll(256)));
  },
  (bytes, dice) => { // a number of a header
    const number = dice.pick(NUMBERS), at = dice.roll(bytes.length);
    return replaced(bytes, at, Math.min(bytes.length, at + number.length), number);
  },
  (bytes, dice) => { // a word in between, or in place of some
    const at = dice.roll(bytes.length + 1);
    return replaced(bytes, at, Math.min(bytes.length, at + dice.roll(9)), dice.pick(WORDS));
  },
  (bytes, dice) => bytes.slice(0, dice.roll(bytes.length)), // cut short
  (bytes, dice) => { // a part left out
    const from = dice.roll(bytes.length);
    return replaced(
      bytes,
      from,
      Math.min(bytes.length, from + 1 + dice.roll(64)),
      new Uint8Array(0),
    );
  },
  (bytes, dice) => { // a part twice
    const from = dice.roll(bytes.length), part = bytes.slice(from, from + 1 + dice.roll(64));
    const at = dice.roll(bytes.length + 1);
    return replaced(bytes, at, at, part);
  },
  (bytes, dice, other) => { // the end of another input
    const at = dice.roll(bytes.length);
    return replaced(bytes, at, bytes.length, other.subarray(dice.roll(other.length)));
  },
];

/** A good input, damaged in one to four places. */
export function mutated(seeds: readonly Bytes[], dice: Dice): Bytes {
  let bytes = dice.pick(seeds);
  for (let changes = 1 + dice.roll(4); changes > 0 && bytes.length > 0; changes--) {
    bytes = dice.pick(CHANGES)(bytes, dice, dice.pick(seeds)).slice(0, LONGEST);
  }
  return bytes;
}
