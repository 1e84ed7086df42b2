/** What TensorBoard's hparams plugin compares runs by, by `tensorboard/plugins/hparams/{api,plugin_data}.proto`. */
import type { PbfWriter } from "npm:pbf@5.1.2";
import type { Plan } from "../plan/plan.ts";
import type { Value } from "./event.ts";
import { message } from "./message.ts";

type Leaf = string | number | boolean;

const TYPES = { string: 1, boolean: 2, number: 3 } as const;
const SUCCESS = 1;

/** What was decided of a run, by names such as `optimizer.lr`. */
function hparamsOf(
  { id, preset, dataset, epochs, seed, schedule, recipe }: Plan,
): Map<string, Leaf> {
  const { seed: _, ...decided } = recipe as typeof recipe & { seed?: number };
  return new Map(leavesOf({ row: id, preset, dataset, epochs, seed, schedule, ...decided }));
}

function* leavesOf(of: object, inside = ""): Generator<[name: string, value: Leaf]> {
  for (const [name, value] of Object.entries(of)) {
    if (value instanceof Object) yield* leavesOf(value, `${inside}${name}.`);
    else if (value !== undefined && value !== null) yield [inside + name, value];
  }
}

/** The plugin's two records of a run that begins: what is compared, and what this run has of it. */
export function hparamsAtStart(plan: Plan, metrics: readonly string[], time: number): Value[] {
  const all = hparamsOf(plan);
  return [
    record("experiment", 2, (experiment) => {
      experiment.writeDoubleField(3, time);
      for (const [name, value] of all) {
        message(experiment, 4, (info) => {
          info.writeStringField(1, name);
          info.writeVarintField(4, TYPES[typeof value as keyof typeof TYPES]);
        });
      }
      for (const tag of metrics) {
        message(experiment, 5, (info) => message(info, 1, (name) => name.writeStringField(2, tag)));
      }
    }),
    record("session_start_info", 3, (session) => {
      for (const [name, value] of all) {
        message(session, 1, (entry) => {
          entry.writeStringField(1, name);
          message(entry, 2, (field) => writeLeaf(value, field));
        });
      }
      session.writeDoubleField(5, time);
    }),
  ];
}

/** The plugin's record of a run that is finished. */
export function hparamsAtEnd(time: number): Value {
  return record("session_end_info", 4, (session) => {
    session.writeVarintField(1, SUCCESS);
    session.writeDoubleField(2, time);
  });
}

function record(kind: string, field: number, write: (of: PbfWriter) => void): Value {
  return {
    tag: `_hparams_/${kind}`,
    hparams: (content) => message(content, field, write),
  };
}

function writeLeaf(value: Leaf, field: PbfWriter): void {
  if (typeof value === "number") field.writeDoubleField(2, value);
  else if (typeof value === "string") field.writeStringField(3, value);
  else field.writeBooleanField(4, value);
}
