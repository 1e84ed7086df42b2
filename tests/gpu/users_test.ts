import { assertEquals } from "@std/assert";
import { Users } from "../../src/gpu/users.ts";

Deno.test("Users are done with a device when the last one leaves, and stay so", () => {
  const users = new Users();
  for (let user = 0; user < 3; user++) users.join();
  assertEquals([users.leave(false), users.leave(false), users.leave(false)], [false, false, true]);
  assertEquals(users.leave(false), true); // once too often
  users.join();
  assertEquals(users.leave(false), true);
});

Deno.test("a device that was lost is of no use to any, when the first one leaves", () => {
  const users = new Users();
  for (let user = 0; user < 3; user++) users.join();
  assertEquals(users.leave(true), true);
});
