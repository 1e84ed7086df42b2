/** The doctor on the GPU. */
import { assert, assertEquals } from "@std/assert";
import { check, runChecks } from "../../../experiments/doctor/checks.ts";
import { examine } from "../../../experiments/doctor/report.ts";
import { reportText } from "../../../experiments/doctor/text.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { granted } from "../../permissions.ts";

Deno.test("runChecks() passes on this adapter", async () => {
  const checks = await runChecks();
  assertEquals(checks.filter((c) => !c.passed), []);
  assertEquals(checks.length, 3);
});

Deno.test("check() names the first element that differs", async () => {
  const found = await check("kernel", [1, 2, 3], () => Promise.resolve([1, 5, 6]));
  assertEquals(found, { name: "kernel", passed: false, problem: "element 1 is 5, should be 2" });
});

Deno.test("check() does not take NaN for an answer", async () => {
  const { passed } = await check("kernel", [1], () => Promise.resolve([NaN]));
  assert(!passed);
});

Deno.test("check() reports what a kernel throws, and the GPU stays usable", async () => {
  const run = () => Promise.reject(new Error("kernels/x.wgsl:1:1: odd"));
  const found = await check("kernel", [1], run);
  assertEquals(found.problem, "kernels/x.wgsl:1:1: odd");
  gpu().throwIfFailed();
});

Deno.test("examine() finds the adapter, its tiles, the data and right answers", async () => {
  if (!(await granted("read"))) return;
  const report = await examine("/no such folder");
  assertEquals(report.deno, Deno.version.deno);
  assertEquals(report.adapter, gpu().adapter);
  assertEquals(report.tiles, gpu().tiles);
  assertEquals(report.data.path, "/no such folder");
  assertEquals(report.data.sets.mnist.missing.length, 4);
  assertEquals(report.data.sets["fashion-mnist"].missing.length, 4);
  assertEquals(report.data.sets["cifar-10"].missing, ["cifar-10-binary.tar.gz"]);
  assertEquals(report.data.sets.digits.missing, []);
  assert(report.checks.every((c) => c.passed));
  assert(reportText(report).includes(gpu().adapter.description));
});
