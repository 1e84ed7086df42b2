import { assertEquals, assertThrows } from "@std/assert";
import { CsvReader, parseCsv } from "../../../data/formats/csv.ts";
import { GrowingArray } from "../../../data/formats/growing_array.ts";
import { type CsvLayout, readCsvHeader } from "../../../data/formats/csv_layout.ts";
import { csvPieces } from "../../../data/sets/csv_file.ts";
import { drawDigits } from "../../../data/drawn/digits.ts";
import { RunError } from "../../../src/base/errors.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const HEADER = "label,pixel0,pixel1,pixel2,pixel3";
const two = { count: 2, height: 2, width: 2, channels: 1 };
const read = {
  ...two,
  images: Uint8Array.of(0, 1, 2, 3, 255, 0, 10, 9),
  labels: Uint8Array.of(7, 2),
};

const endings: [string, string][] = [
  ["LF", `${HEADER}\n7,0,1,2,3\n2,255,0,10,9\n`],
  ["CRLF", `${HEADER}\r\n7,0,1,2,3\r\n2,255,0,10,9\r\n`],
  ["no last newline", `${HEADER}\n7,0,1,2,3\n2,255,0,10,9`],
  ["a return at the very end", `${HEADER}\n7,0,1,2,3\n2,255,0,10,9\r`],
  ["empty lines at the end", `${HEADER}\n7,0,1,2,3\n2,255,0,10,9\n\n\r\n\n`],
  [
    "a mark of UTF-8, quotes and capitals in its header",
    `\uFEFF"Label",a,b,c,d\n7,0,1,2,3\n2,255,0,10,9`,
  ],
  ["zeros in front", `${HEADER}\n007,0,1,2,3\n2,0255,00000,10,9\n`],
];
for (const [what, text] of endings) {
  Deno.test(`parseCsv() reads lines with ${what}`, () => {
    assertEquals(parseCsv(bytes(text), "a.csv"), read);
  });
}

const shapes: [string, number, Parameters<typeof parseCsv>[2], unknown[]][] = [
  ["pixels alone", 4, {}, [2, 2, 1, false]],
  ["one column more than a square", 5, {}, [2, 2, 1, true]],
  ["three times a square", 12, {}, [2, 2, 3, false]],
  ["that and a label", 13, {}, [2, 2, 3, true]],
  ["a size that is given", 6, { height: 2, width: 3 }, [2, 3, 1, false]],
  ["a size that is given, and a label", 7, { height: 2, width: 3 }, [2, 3, 1, true]],
  ["channels that are given", 12, { channels: 3 }, [2, 2, 3, false]],
  ["size and channels", 19, { height: 2, width: 3, channels: 3 }, [2, 3, 3, true]],
];
for (const [what, columns, shape, expected] of shapes) {
  Deno.test(`parseCsv() tells labels and shape by the columns: ${what}`, () => {
    const line = Array.from({ length: columns }, (_, i) => i);
    const text = `${line.map((i) => `x${i}`)}\n${line}\n`;
    const { height, width, channels, labels, images } = parseCsv(bytes(text), "a.csv", shape);
    assertEquals([height, width, channels, labels !== undefined], expected);
    assertEquals([...labels ?? [], ...images], line);
  });
}

Deno.test("parseCsv() goes by the first name where there is one", () => {
  const { labels, width } = parseCsv(bytes(`pixel0,b,c,d\n1,2,3,4`), "a.csv");
  assertEquals([labels, width], [undefined, 2]);
});

const wrong = "but a pixel is a whole number from 0 to 255";
const refusals: [string, string, string][] = [
  ["an empty file", "", "Cannot read a.csv: it is empty"],
  ["a header alone", `${HEADER}\n`, "Cannot use a.csv: it holds no images, only a header"],
  ["a header without end", HEADER, "Cannot use a.csv: it holds no images, only a header"],
  ["empty lines alone", "\n\n", "Cannot read a.csv: line 1 is empty: put a header there"],
  [
    "a file without header",
    "7,0,1,2,3\n7,0,1,2,3",
    "Cannot read a.csv: line 1 holds numbers: put a header there, label,pixel0,pixel1 and so on",
  ],
  [
    "a name beside pixels that is neither label nor id",
    "x1,x2,x3,x4,kind\n0,1,2,3,7",
    'Cannot use a.csv: its column 5 is called "kind", beside pixels such as "x1": call it label or id ' +
    "if it is that, or take it out",
  ],
  [
    "two columns of labels",
    "label,pixel0,class\n0,1,2",
    'Cannot use a.csv: its column 1 is called "label" and its column 3 is called "class" may both be labels: ' +
    "take one out, or call it another name",
  ],
  [
    "pixels sorted as text",
    `label,${Array.from({ length: 16 }, (_, i) => `pixel${i}`).sort()}\n`,
    'Cannot use a.csv: its column 10 is called "pixel2", after "pixel15": put the pixels into their order, ' +
    "row by row, the colours of a pixel side by side",
  ],
  [
    "colours one after the other",
    "r0,r1,g0,g1,b0,b1\n",
    'Cannot use a.csv: its column 3 is called "g0", after "r1": put the pixels into their order, ' +
    "row by row, the colours of a pixel side by side",
  ],
  [
    "names that say nothing of a label",
    "a,b,c,d,e\n1,2,3,4,5",
    "Cannot use a.csv: it has 5 columns, none of them called label, which are not those of a square image: " +
    "give a height and a width (--image-size)",
  ],
  [
    "a mark of UTF-8 within",
    `${HEADER}\n\uFEFF7,0,1,2,3`,
    'Cannot read a.csv: line 2, column 1 is "\\ufeff7", but a label is a whole number from 0 to 999999',
  ],
  [
    "semicolons",
    "label;pixel0\n1;2",
    "Cannot read a.csv: its values are separated by semicolons: separate them by commas",
  ],
  [
    "tabs",
    "label\tpixel0\n1\t2",
    "Cannot read a.csv: its values are separated by tabs: separate them by commas",
  ],
  [
    "lines that end with CR alone",
    "label,pixel0\r1,2\r3,4\r",
    "Cannot read a.csv: its lines end with CR alone; save it with LF or CRLF",
  ],
  [
    "NUL bytes",
    "l\0a\0b\0e\0l\0",
    "Cannot read a.csv: it holds NUL bytes, as text in UTF-16 or a binary file does; save it as UTF-8",
  ],
  [
    "a quote in an id that does not end",
    'id,pixel0\n"a,2',
    "Cannot read a.csv: line 2 is too short, 1 value where its header names 2",
  ],
  ["an archive", "PK\x03\x04", "Cannot read a.csv: it is a ZIP archive; unpack it"],
  [
    "a short line",
    `${HEADER}\n7,0,1,2,3\n2,0,1,2\n`,
    "Cannot read a.csv: line 3 is too short, 4 values where its header names 5",
  ],
  [
    "a file cut within a line",
    `${HEADER}\n7,0,1,2,3\n2`,
    "Cannot read a.csv: line 3 is too short, 1 value where its header names 5",
  ],
  [
    "a long line",
    `${HEADER}\n7,0,1,2,3,4\n2,0,1,2,3\n`,
    "Cannot read a.csv: line 2 is too long, 6 values where its header names 5",
  ],
  [
    "an empty line in between",
    `${HEADER}\n7,0,1,2,3\n\n2,0,1,2,3`,
    "Cannot read a.csv: line 3 is empty",
  ],
  ["a word", `${HEADER}\r\n7,0,x,2,3\r\n`, `Cannot read a.csv: line 2, column 3 is "x", ${wrong}`],
  ["nothing", `${HEADER}\n7,0,,2,3`, `Cannot read a.csv: line 2, column 3 is "", ${wrong}`],
  [
    "a fraction",
    `${HEADER}\n7,0,1.0,2,3`,
    `Cannot read a.csv: line 2, column 3 is "1.0", ${wrong}`,
  ],
  ["a power", `${HEADER}\n7,0,1e2,2,3`, `Cannot read a.csv: line 2, column 3 is "1e2", ${wrong}`],
  ["a space", `${HEADER}\n7, 0,1,2,3`, `Cannot read a.csv: line 2, column 2 is " 0", ${wrong}`],
  [
    "what is below 0",
    `${HEADER}\n7,0,1,2,-3`,
    `Cannot read a.csv: line 2, column 5 is -3, ${wrong}`,
  ],
  [
    "what is above 255",
    `${HEADER}\n7,0,1,2,256`,
    `Cannot read a.csv: line 2, column 5 is 256, ${wrong}`,
  ],
  [
    "what is much too long",
    `${HEADER}\n7,0,1,2,${"9".repeat(99)}`,
    `Cannot read a.csv: line 2, column 5 is "${"9".repeat(20)}...", ${wrong}`,
  ],
  [
    "a label of a million",
    `${HEADER}\n7,0,1,2,3\n1000000,0,1,2,3`,
    "Cannot read a.csv: line 3, column 1 is 1000000, but a label is a whole number from 0 to 999999",
  ],
  [
    "pixels that make no square",
    "label,a,b,c\n1,2,3,4",
    "Cannot use a.csv: its 3 pixel columns are not those of a square image: give a height and a width (--image-size)",
  ],
];
for (const [what, text, message] of refusals) {
  Deno.test(`parseCsv() refuses ${what}`, () => {
    const shape = what === "pixels that make no square" ? { channels: 1 } : {};
    const expected = shape.channels ? message.replace("image:", "image of 1 channel:") : message;
    assertEquals(
      assertThrows(() => parseCsv(bytes(text), "a.csv", shape), RunError).message,
      expected,
    );
  });
}

Deno.test("parseCsv() refuses columns that do not fit the size", () => {
  for (
    const [header, state] of [
      ["a,b,c,d,e,f", "it has 6 columns, none of them called label, which"],
      ["x0,x1,x2,x3,x4,x5", "it has 6 columns, which with or without a label"],
      ["label,a,b,c,d", "its 4 pixel columns"],
    ]
  ) {
    assertThrows(
      () => parseCsv(bytes(`${header}\n`), "a.csv", { height: 3, width: 3 }),
      RunError,
      `Cannot use a.csv: ${state} are not those of images of 3x3 pixels`,
    );
  }
});

for (const labelled of [true, false]) {
  Deno.test(`csvPieces() writes what parseCsv() reads, ${labelled ? "with" : "without"} labels`, async () => {
    const set = drawDigits({ count: 700, seed: 1, split: "train" });
    const text = await new Response(ReadableStream.from(
      csvPieces(set, labelled).map((piece) => piece.slice()),
    )).bytes();
    const { images, labels, count } = parseCsv(text, "a.csv");
    assertEquals([count, labels], [700, labelled ? set.labels : undefined]);
    assertEquals(images, set.images);
  });
}

Deno.test("csvPieces() and parseCsv() keep labels above 255", async () => {
  const labels = Int32Array.of(0, 255, 256, 99_999, 999_999);
  const five = { ...drawDigits({ count: 5, seed: 1, split: "train" }), labels };
  const text = await new Response(ReadableStream.from(
    csvPieces(five, true).map((piece) => piece.slice()),
  )).bytes();
  const read = parseCsv(text, "a.csv");
  assertEquals(read.labels, labels);
  assertEquals(read.images, five.images);
});

const pixels = (name: (i: number) => string, count = 4) =>
  Array.from({ length: count }, (_, i) => name(i));
const placed: [string, string[], Partial<CsvLayout>][] = [
  ["a label that is last", [...pixels((i) => `x${i + 1}`), "y"], { label: 4 }],
  ["a class that is last", [...pixels((i) => `pixel${i + 1}`), "class"], { label: 4 }],
  ["an id, then a label", ["id", "label", ...pixels((i) => `pixel${i}`)], {
    label: 1,
    id: at(0, "id"),
  }],
  ["an id alone", ["ImageId", ...pixels((i) => `pixel${i}`)], { id: at(0, "ImageId") }],
  ["an index without a name", ["", ...pixels((i) => `${i}`), "Target"], {
    label: 5,
    id: at(0, ""),
  }],
  ["a label among the pixels", ["p0", "p1", "label", "p2", "p3"], { label: 2 }],
  ["rows and columns", ["label", "1x1", "1x2", "2x1", "2x2"], { label: 0 }],
  ["colours side by side", ["r0", "g0", "b0", "label"], {
    label: 3,
    height: 1,
    width: 1,
    channels: 3,
  }],
  ["an id that is last", ["label", ...pixels((i) => `f${i}`), "sample_id"], {
    label: 0,
    id: at(5, "sample_id"),
  }],
];
function at(column: number, name: string) {
  return { column, name };
}
for (const [what, names, wanted] of placed) {
  Deno.test(`parseCsv() finds ${what}`, () => {
    const layout = { height: 2, width: 2, channels: 1, id: undefined, label: undefined, ...wanted };
    assertEquals(readCsvHeader(names.join(","), "a.csv"), { ...layout, columns: names.length });
    const line = names.map((_, i) => i === layout.id?.column ? "x y" : String(10 * i));
    const read = parseCsv(bytes(`${names}\n${line}\n`), "a.csv");
    const others = names.flatMap((_, i) =>
      i === layout.label || i === layout.id?.column ? [] : [10 * i]
    );
    assertEquals([...read.images], others);
    assertEquals(
      read.labels && [...read.labels],
      layout.label && [10 * layout.label] || read.labels && [0],
    );
    assertEquals(read.ids, layout.id && { name: layout.id.name, values: ["x y"] });
  });
}

Deno.test("parseCsv() keeps ids as text, with quotes undone", () => {
  const { ids } = parseCsv(bytes('id,pixel0\n007,1\n"a,b",2\n"say ""x""",3\n'), "a.csv");
  assertEquals(ids?.values, ["007", "a,b", 'say "x"']);
});

for (const [what, start] of [["little", [0xff, 0xfe]], ["big", [0xfe, 0xff]]] as const) {
  Deno.test(`parseCsv() names UTF-16, ${what} end first`, () => {
    assertThrows(
      () => parseCsv(Uint8Array.of(...start, 0x6c, 0), "a.csv"),
      RunError,
      "Cannot read a.csv: it is text in UTF-16; save it as UTF-8",
    );
  });
}

Deno.test("CsvReader takes pieces of any size", () => {
  for (const [, text] of endings) {
    for (const size of [1, 2, 3, 7, 100]) {
      const reader = new CsvReader("a.csv"), all = bytes(text);
      for (let from = 0; from < all.length; from += size) reader.push(all.slice(from, from + size));
      assertEquals(reader.finish(), read);
    }
  }
});

Deno.test("CsvReader refuses a line without end before it fills the memory", () => {
  const reader = new CsvReader("a.csv"), piece = new Uint8Array(1 << 20).fill(0x61);
  let pushed = 0;
  assertThrows(
    () => {
      for (; pushed < 100; pushed++) reader.push(piece);
    },
    RunError,
    "Cannot read a.csv: line 1 is longer than 16 MiB",
  );
  assertEquals(pushed, 16);
});

Deno.test("CsvReader refuses more images than it may keep", () => {
  const reader = new CsvReader("a.csv"), lines = bytes("1,2\n".repeat(250_000));
  reader.push(bytes("label,pixel0\n"));
  for (let i = 0; i < 8; i++) reader.push(lines);
  assertThrows(
    () => reader.push(lines),
    RunError,
    "Cannot use a.csv: it holds more than 2,000,000 images, which are the most; use fewer lines",
  );
});

Deno.test("CsvReader refuses ids that fill the memory", () => {
  const reader = new CsvReader("a.csv"), line = bytes(`${"a".repeat(1 << 20)},1\n`);
  reader.push(bytes("id,pixel0\n"));
  for (let i = 0; i < 32; i++) reader.push(line);
  assertThrows(() => reader.push(line), RunError, "more than 33,554,432 bytes of ids");
});

Deno.test("GrowingArray does not move what it has room for", () => {
  const numbers = new GrowingArray(Uint8Array, 1 << 20);
  const { buffer } = numbers.add(1);
  assertEquals(numbers.add(1_000_000).buffer, buffer);
  assertEquals(numbers.finish().buffer, buffer);
  const growing = new GrowingArray(Int32Array);
  growing.add(1)[0] = 7;
  growing.add(1_000_000)[999_999] = 8;
  const all = growing.finish();
  assertEquals([all.length, all[0], all[1_000_000]], [1_000_001, 7, 8]);
});
