import { assertEquals, assertThrows } from "@std/assert";
import {
  byKind,
  type Check,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  optional,
  orElse,
  parseJson,
  sortedJson,
  text,
  truth,
  whole,
} from "../../src/base/json.ts";

type Shape = { kind: "circle"; radius: number } | { kind: "line"; to: number[]; dashed?: boolean };
const shape = byKind<Shape>({
  circle: { radius: number(0, 9) },
  line: { to: listOf(whole()), dashed: optional(truth) },
});
const drawing = object<{ name: string; shapes: Record<string, Shape>; tool: string }>({
  name: text,
  shapes: mapOf(shape),
  tool: orElse(oneOf("pen", "brush"), "pen"),
});
const bytes = (json: string) => new TextEncoder().encode(json);

Deno.test("parseJson() gives values back, with what another version added", () => {
  const json = { name: "", shapes: { a: { kind: "line", to: [1], width: 2 } }, tool: "brush" };
  assertEquals(parseJson(bytes(JSON.stringify(json)), drawing) as unknown, json);
  assertEquals(parseJson(bytes('{"name":"x","shapes":{}}'), drawing).tool, "pen");
});

const wrong: [json: string, check: Check<unknown>, message: string][] = [
  ["", drawing, "it is empty"],
  ["{", drawing, "it is not JSON"],
  ["null", drawing, "it is null; it must be an object"],
  ["[]", drawing, "it is []; it must be an object"],
  ['{"shapes":{}}', drawing, "name is missing; it must be text"],
  ['{"name":1,"shapes":{}}', drawing, "name is 1; it must be text"],
  ['{"name":"","shapes":[]}', drawing, "shapes is []; it must be an object"],
  [
    '{"name":"","shapes":{"a":{"kind":"toString"}}}',
    drawing,
    'shapes["a"].kind is "toString"; it must be one of circle, line',
  ],
  [
    '{"name":"","shapes":{"a":{"kind":"circle","radius":1e999}}}',
    drawing,
    'shapes["a"].radius is Infinity; it must be a number from 0 to 9',
  ],
  [
    '{"name":"","shapes":{"a":{"kind":"line","to":[1,-1]}}}',
    drawing,
    'shapes["a"].to[1] is -1; it must be a whole number of at least 0',
  ],
  [
    '{"name":"","shapes":{},"tool":null}',
    drawing,
    "tool is null; it must be one of pen, brush",
  ],
  ['{"constructor":1}', drawing, "name is missing; it must be text"],
];
for (const [json, check, message] of wrong) {
  Deno.test(`parseJson() refuses ${json || "an empty file"}`, () => {
    assertThrows(() => parseJson(bytes(json), check), TypeError, message);
  });
}

Deno.test("parseJson() refuses bytes that are no UTF-8", () => {
  assertThrows(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22), text), TypeError, "it is not JSON");
});

Deno.test("sortedJson() is one text for one value", () => {
  assertEquals(sortedJson({ b: [{ d: 1, c: 2 }], a: null }), '{"a":null,"b":[{"c":2,"d":1}]}');
});
