import { assertEquals, assertNotEquals } from "@std/assert";
import { imagesChanged, imagesDigest } from "../../../experiments/plan/images_digest.ts";
import { noise } from "../../image_set.ts";

const sets = () => ({
  train: noise({ count: 5, height: 3, width: 2 }),
  test: noise({ count: 4, height: 3, width: 2, seed: 2 }),
});

Deno.test("imagesDigest() tells pixels, labels, names and the place of images apart", async () => {
  const digest = await imagesDigest(sets());
  assertEquals(await imagesDigest(sets()), digest);
  const changes = [
    ({ train, test }: ReturnType<typeof sets>) => (train.images[7] ^= 1, { train, test }),
    ({ train, test }: ReturnType<typeof sets>) => (test.labels[0] ^= 1, { train, test }),
    ({ train, test }: ReturnType<typeof sets>) => (train.classNames.reverse(), { train, test }),
    ({ train, test }: ReturnType<typeof sets>) => ({ train: test, test: train }),
    ({ train, test }: ReturnType<typeof sets>) => ({
      train: { ...train, height: 2, width: 3 },
      test,
    }),
  ];
  const others = await Promise.all(changes.map((change) => imagesDigest(change(sets()))));
  assertEquals(new Set([digest, ...others]).size, 1 + changes.length);
  for (const other of others) assertNotEquals(other, digest);
});

Deno.test("imagesChanged() takes the word of a run that does not say what its images were", async () => {
  assertEquals(await imagesChanged({}, sets()), false);
  assertEquals(await imagesChanged({ images: await imagesDigest(sets()) }, sets()), false);
  assertEquals(await imagesChanged({ images: "0" }, sets()), true);
});
