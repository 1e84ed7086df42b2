import { assertEquals } from "@std/assert";
import { discNames } from "../../lab/draw/disc_names.ts";

Deno.test("discNames() has two letters a class, and other ones where names begin alike", () => {
  assertEquals(discNames(["0", "cat", "dog", "Äpfel"]), ["0", "ca", "do", "Äp"]);
  assertEquals(discNames(["class-1", "class-2", "class-12", "other"]), ["1", "2", "12", "ot"]);
  assertEquals(discNames(["car", "cata", "catb", "ca"]), ["r", "ta", "tb", "ca"]);
  assertEquals(discNames(["same", "same"]), ["sa", "sa"]);
});
