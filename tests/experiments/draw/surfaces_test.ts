import { assertEquals } from "@std/assert";
import { subtitleOf } from "../../../experiments/draw/surfaces.ts";

Deno.test("A surface of a part of the images says so, and that its accuracy is that of all", () => {
  const height = "as high as the probability of their own class";
  assertEquals(subtitleOf(40, 40, 0.1), `40 training images, ${height} · 10.00 % by logit`);
  assertEquals(
    subtitleOf(4000, 60_000, 0.9984),
    `4,000 of 60,000 training images, ${height} · of all: 99.84 % by logit`,
  );
});
