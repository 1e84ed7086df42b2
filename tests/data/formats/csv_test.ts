import { assertEquals, assertRejects } from "@std/assert";
import { parseCsv } from "../../../data/formats/csv.ts";
import { type PixelShape, readCsvHeader } from "../../../data/formats/csv_header.ts";
import { csvText } from "../../../data/sets/csv_file.ts";
import { drawDigits } from "../../../data/drawn/digits.ts";
import { RunError } from "../../../src/base/errors.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string | Uint8Array<ArrayBuffer>, shape?: PixelShape) => {
  const file = typeof text === "string" ? bytes(text) : text;
  return parseCsv([file], "a.csv", file.length, shape);
};
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
  ["values in quotes", `${HEADER}\r\n"7","0",1,2,"3"\r\n2,"255",0,10,"9"\r\n`],
  ["zeros in front", `${HEADER}\n007,0,1,2,3\n2,0255,00000,10,9\n`],
];
for (const [what, text] of endings) {
  Deno.test(`parseCsv() reads lines with ${what}`, async () => {
    assertEquals(await parse(text), read);
  });
}

const shapes: [string, number, PixelShape, unknown[]][] = [
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
  Deno.test(`parseCsv() tells labels and shape by the columns: ${what}`, async () => {
    const line = Array.from({ length: columns }, (_, i) => i);
    const text = `${line.map((i) => `x${i}`)}\n${line}\n`;
    const { height, width, channels, labels, images } = await parse(text, shape);
    assertEquals([height, width, channels, labels !== undefined], expected);
    assertEquals([...labels ?? [], ...images], line);
  });
}

Deno.test("parseCsv() goes by the first name where there is one", async () => {
  const { labels, width } = await parse(`pixel0,b,c,d\n1,2,3,4`);
  assertEquals([labels, width], [undefined, 2]);
});

const sorted = `label,${Array.from({ length: 16 }, (_, i) => `pixel${i}`).sort()}\n`;
const order = "put the pixels into their order, row by row, the colors of a pixel side by side";
const refusals: [what: string, text: string | Uint8Array<ArrayBuffer>, message: string][] = [
  ["an empty file", "", "read a.csv: it is empty"],
  ["a header alone", `${HEADER}\n`, "use a.csv: it holds no images, only a header"],
  ["a header without end", HEADER, "use a.csv: it holds no images, only a header"],
  ["empty lines alone", "\n\n", "read a.csv: line 1 is empty: put a header there"],
  [
    "no header",
    "7,0,1,2,3\n7,0,1,2,3",
    "read a.csv: line 1 holds numbers: put a header there, label",
  ],
  [
    "a name beside pixels that is neither label nor id",
    "x1,x2,x3,x4,kind\n0,1,2,3,7",
    'its column 5 is called "kind", beside pixels such as "x1": call it label or id if it is that',
  ],
  [
    "two columns of labels",
    "label,pixel0,class\n0,1,2",
    'its column 1 is called "label" and its column 3 is called "class" may both be labels: take one',
  ],
  ["pixels sorted as text", sorted, `its column 10 is called "pixel2", after "pixel15": ${order}`],
  ["colors apart", "r0,r1,g0,g1,b0,b1\n", `its column 3 is called "g0", after "r1": ${order}`],
  [
    "names that say nothing of a label",
    "a,b,c,d,e\n1,2,3,4,5",
    "use a.csv: it has 5 columns, none of them called label, which are not those of a square " +
    "image: give a height and a width (--image-size)",
  ],
  [
    "semicolons",
    "label;pixel0\n1;2",
    "its values are separated by semicolons: separate them by commas",
  ],
  ["tabs", "label\tpixel0\n1\t2", "its values are separated by tabs: separate them by commas"],
  ["CR alone", "label,pixel0\r1,2\r3,4\r", "its lines end with CR alone; save it with LF or CRLF"],
  [
    "NUL bytes",
    "l\0a\0b\0e\0l\0",
    "it holds NUL bytes, as text in UTF-16 or a binary file does; save",
  ],
  ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x6c, 0), "it is text in UTF-16; save it as UTF-8"],
  ["UTF-16, big end first", Uint8Array.of(0xfe, 0xff, 0, 0x6c), "it is text in UTF-16; save it as"],
  [
    "ids in another encoding",
    Uint8Array.of(...bytes("id,pixel0\n"), 0x42, 0xe4, 0x72, ...bytes(",1\n")),
    "line 2 is no text in UTF-8; save it as UTF-8",
  ],
  [
    "a header in another encoding",
    Uint8Array.of(0xe4, 0x2c, 0x62, 10),
    "line 1 is no text in UTF-8",
  ],
  ["a web page", " <!DOCTYPE html>\n", "it is a web page, as sites send it to who is not"],
  ["spaces", "label pixel0\n1 2", "its values are separated by spaces: separate them by commas"],
  [
    "an image in the place of a header",
    "cat,0,9,0,0\n",
    "line 1 holds numbers: put a header there",
  ],
  ["a quote that does not end", `${HEADER}\n"7,0,1,2,3`, "line 2 is too short"],
  ["a quote that ends late", `${HEADER}\n"7"7,0,1,2,3`, 'line 2, column 1 is "\\"7\\"7", but a'],
  ["an archive", "PK\x03\x04", "read a.csv: it is a ZIP archive; unpack it"],
  ["an endless quote", 'id,pixel0\n"a,2', "line 2 is too short, 1 value where its header names 2"],
  ...[
    [
      "a short line",
      "7,0,1,2,3\n2,0,1,2\n",
      "line 3 is too short, 4 values where its header names 5",
    ],
    [
      "a file cut within a line",
      "7,0,1,2,3\n2",
      "line 3 is too short, 1 value where its header names",
    ],
    ["a long line", "7,0,1,2,3,4\n", "line 2 is too long, 6 values where its header names 5"],
    ["an empty line in between", "7,0,1,2,3\n\n2,0,1,2,3", "line 3 is empty"],
    [
      "a word",
      "7,0,x,2,3\r\n",
      'line 2, column 3 is "x", but a pixel is a whole number from 0 to 255',
    ],
    ["nothing", "7,0,,2,3", 'line 2, column 3 is "", but a pixel'],
    ["a fraction", "7,0,1.0,2,3", 'line 2, column 3 is "1.0", but a pixel'],
    ["a power", "7,0,1e2,2,3", 'line 2, column 3 is "1e2", but a pixel'],
    ["a space", "7, 0,1,2,3", 'line 2, column 2 is " 0", but a pixel'],
    ["what is below 0", "7,0,1,2,-3", "line 2, column 5 is -3, but a pixel"],
    ["what is above 255", "7,0,1,2,256", "line 2, column 5 is 256, but a pixel"],
    ["what is too long", `7,0,1,2,${"9".repeat(99)}`, `column 5 is "${"9".repeat(20)}...", but a`],
    ["a mark of UTF-8 within", "\uFEFF7,0,1,2,3", 'column 1 is "\\ufeff7", but a label is a whole'],
    [
      "a label of a million",
      "1000000,0,1,2,3",
      "column 1 is 1000000, but a label is a whole number",
    ],
  ].map(([what, lines, message]): typeof refusals[0] => [what, `${HEADER}\n${lines}`, message]),
];
for (const [what, text, message] of refusals) {
  Deno.test(`parseCsv() refuses ${what}`, async () => {
    await assertRejects(() => parse(text), RunError, message);
  });
}

Deno.test("parseCsv() refuses columns that do not fit the size", async () => {
  for (
    const [header, state] of [
      ["a,b,c,d,e,f", "it has 6 columns, none of them called label, which"],
      ["x0,x1,x2,x3,x4,x5", "it has 6 columns, which with or without a label"],
      ["label,a,b,c,d", "its 4 pixel columns"],
    ]
  ) {
    await assertRejects(
      () => parse(`${header}\n`, { height: 3, width: 3 }),
      RunError,
      `Cannot use a.csv: ${state} are not those of images of 3x3 pixels`,
    );
  }
  await assertRejects(
    () => parse("label,a,b,c\n", { channels: 1 }),
    RunError,
    "its 3 pixel columns are not those of a square image of 1 channel",
  );
});

Deno.test("csvText() writes what parseCsv() reads, with labels or without", async () => {
  const digits = drawDigits({ count: 5, seed: 1, split: "train" });
  const many = { ...digits, labels: Int32Array.of(0, 255, 256, 99_999, 999_999) };
  for (const set of [digits, many]) {
    for (const labelled of [true, false]) {
      const { images, labels, count } = await parse(csvText(set, labelled));
      assertEquals([count, labels, images], [5, labelled ? set.labels : undefined, set.images]);
    }
  }
});

const placed: [what: string, header: string, label?: number, id?: number, channels?: number][] = [
  ["a label that is last", "x1,x2,x3,x4,y", 4],
  ["a class that is last", "pixel1,pixel2,pixel3,pixel4,class", 4],
  ["an id, then a label", "id,label,pixel0,pixel1,pixel2,pixel3", 1, 0],
  ["an id alone", "ImageId,pixel0,pixel1,pixel2,pixel3", undefined, 0],
  ["an index without a name", ",0,1,2,3,Target", 5, 0],
  ["a label among the pixels", "p0,p1,label,p2,p3", 2],
  ["rows and columns", "label,1x1,1x2,2x1,2x2", 0],
  ["colors side by side", "r0,g0,b0,label", 3, undefined, 3],
  ["an id that is last", "label,f0,f1,f2,f3,sample_id", 0, 5],
];
for (const [what, header, label, id, channels = 1] of placed) {
  Deno.test(`parseCsv() finds ${what}`, async () => {
    const names = header.split(","), side = channels === 1 ? 2 : 1;
    const named = id === undefined ? undefined : { column: id, name: names[id] };
    const layout = { columns: names.length, label, id: named, height: side, width: side, channels };
    assertEquals(readCsvHeader(header, "a.csv"), layout);
    const line = names.map((_, i) => i === id ? "x y" : String(10 * i));
    const { images, labels, ids } = await parse(`${header}\n${line}\n`);
    const pixels = line.filter((_, i) => i !== label && i !== id).map(Number);
    assertEquals([...images], pixels);
    assertEquals(labels && [...labels], label === undefined ? undefined : [10 * label]);
    assertEquals(ids, named && { name: named.name, values: ["x y"] });
  });
}

Deno.test("parseCsv() keeps ids as text, with quotes undone", async () => {
  const { ids } = await parse('id,pixel0\n007,1\n"a,b",2\n"say ""x""",3\n');
  assertEquals(ids?.values, ["007", "a,b", 'say "x"']);
});

Deno.test("parseCsv() takes pieces of any size", async () => {
  for (const [, text] of endings) {
    for (const size of [1, 2, 3, 7, 100]) {
      const all = bytes(text), starts = Array.from({ length: all.length }, (_, i) => i * size);
      const pieces = starts.map((from) => all.slice(from, from + size));
      assertEquals(await parseCsv(pieces, "a.csv", all.length), read);
    }
  }
});

const endless: [what: string, header: string, piece: string, pieces: number, message: string][] = [
  ["a line without end", "", "a".repeat(1 << 20), 16, "read a.csv: line 1 is longer than 16 MiB"],
  [
    "images",
    "label,pixel0\n",
    "1,2\n".repeat(250_000),
    8,
    "use a.csv: it holds more than 2,000,000",
  ],
  ["ids", "id,pixel0\n", `${"a".repeat(1 << 20)},1\n`, 32, "more than 33,554,432 bytes of ids"],
];
for (const [what, header, piece, most, message] of endless) {
  Deno.test(`parseCsv() stops before ${what} would fill the memory`, async () => {
    let read = 0;
    const pieces = function* () {
      yield bytes(header);
      for (const part = bytes(piece);; read++) yield part;
    };
    await assertRejects(() => parseCsv(pieces(), "a.csv", 1 << 26), RunError, message);
    assertEquals(read, most);
  });
}
