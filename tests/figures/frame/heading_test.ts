import { assert, assertEquals } from "@std/assert";
import { shortenTitle } from "../../../src/figures/frame/heading.ts";
import { textSize, textWidth } from "../../../src/figures/paint/text.ts";

Deno.test("shortenTitle() keeps the epoch of a long variant", () => {
  const short = "cent-mnist-2 · quick · epoch 2 of 4";
  assertEquals(shortenTitle(short, 600), short);
  const long = "cent-mnist-2 · weight-center=0.1, lr=0.02, train-size=2000 · quick · epoch 2 of 4";
  const cut = shortenTitle(long, 500);
  assert(cut.startsWith("cent-mnist-2 · weight") && cut.endsWith("… · epoch 2 of 4"), cut);
  assert(textWidth(cut, textSize.title) <= 500, cut);
});

Deno.test("shortenTitle() cuts the end of a title without dots, or with a long last part", () => {
  for (const title of ["a title without a dot, and long enough", "one · and a part that is long"]) {
    const cut = shortenTitle(title, 200);
    assert(cut.endsWith("…") && textWidth(cut, textSize.title) <= 200, cut);
  }
});
