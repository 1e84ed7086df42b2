import { assertEquals } from "@std/assert";
import { CATALOG } from "../../../data/sets/catalog.ts";
import { FASHION_MNIST } from "../../../data/sets/fashion_mnist.ts";
import { SETS } from "../../../data/sets/facts.ts";
import { MNIST } from "../../../data/sets/mnist.ts";

Deno.test("what is known of a data set without its files agrees with its entry", () => {
  for (const [name, { classes }] of Object.entries(SETS)) {
    assertEquals(CATALOG[name].classNames.length, classes, name);
  }
  for (const source of [MNIST, FASHION_MNIST]) {
    const { title, height, width, channels } = SETS[source.name as keyof typeof SETS];
    assertEquals([title, height, width, channels], [source.title, source.side, source.side, 1]);
  }
});
