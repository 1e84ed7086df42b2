import { assertEquals } from "@std/assert";
import { commandOf } from "../../../experiments/report_page/command.ts";
import { parseOptions } from "../parse_options.ts";
import type { Config } from "../../../experiments/run_folder/config.ts";
import { differences } from "../../../experiments/plan/flag_differences.ts";

for (
  const args of [
    ["cent-digits-2"],
    ["cent-mnist-2", "--preset", "quick", "--seed", "3", "--weight-center", "0.1", "--lr", "0.02"],
    ["xent-mnist-128", "--schedule", "step", "--step-size", "3", "--feat-dim", "16"],
    ["kz-center", "--preset", "smoke", "--name", "my-own", "--epochs", "3"],
    ["cent-digits-2", "--data", "folder:my pictures", "--image-size", "20x28"],
  ]
) {
  Deno.test(`commandOf() repeats exp ${args.join(" ")}`, () => {
    const { plan } = parseOptions(args)!;
    const command = commandOf({ plan } as Config);
    const words = command.match(/'[^']*'|"[^"]*"|\S+/g)!.map((word) =>
      word.replaceAll(/['"]/g, "")
    );
    assertEquals(words.slice(0, 3), ["deno", "task", "exp"]);
    const again = parseOptions(words.slice(3))!.plan;
    assertEquals([differences(plan, again), again.name], [[], plan.name]);
  });
}
