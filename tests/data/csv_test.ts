import { assertEquals, assertThrows } from "@std/assert";
import { parseCsv } from "../../data/csv.ts";
import { csvPieces } from "../../data/csv_file.ts";
import { drawDigits } from "../../data/digits.ts";
import { RunError } from "../../src/errors.ts";

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
    "a label in another place",
    "pixel0,pixel1,pixel2,pixel3,label\n0,1,2,3,7",
    "Cannot read a.csv: its column 5 is called label: put the labels into the first",
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
      ["a,b,c,d,e,f", "it has 6 columns, which with or without a label"],
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
