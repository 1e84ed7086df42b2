import { assertEquals } from "@std/assert";
import { classAtOf } from "../../../experiments/draw/class_at.ts";
import type { Plan } from "../../../experiments/plan/plan.ts";
import { diskTest } from "../../on_disk.ts";
import { put } from "../../data/pictures.ts";

const planOf = (scoring: Plan["scoring"]) => ({ scoring }) as Plan;

diskTest(
  "classAtOf() goes by the last layer of an epoch, or by the nearest center",
  async (path) => {
    const centers = Float32Array.of(0, 0, 4, 0, 0, 4);
    const nearest = await classAtOf(planOf("nearest-center"), { path }, 1, centers);
    const places = [[1, 1.5], [3, 1], [1, 3], [-9, -9], [9, 8], [8, 9]];
    assertEquals(places.map(([x, y]) => nearest!(x, y)), [0, 1, 2, 0, 1, 2]);
    assertEquals(await classAtOf(planOf("nearest-center"), { path }, 1, undefined), undefined);
    assertEquals(await classAtOf(planOf("logit"), { path }, 1, centers), undefined);
    const lines = ["epoch,class,x0,x1,bias", "1,0,1,0,0", "1,1,-1,0,0", "2,0,0,1,0", "2,1,0,-1,1"];
    await put(`${path}/classifier.csv`, `${lines.join("\n")}\n`);
    const [first, second] = await Promise.all(
      [1, 2].map((epoch) => classAtOf(planOf("logit"), { path }, epoch, centers)),
    );
    assertEquals([first!(1, 9), first!(-1, 9), second!(9, 0.4), second!(9, 0.6)], [0, 1, 1, 0]);
    assertEquals(await classAtOf(planOf("logit"), { path }, 3, centers), undefined);
  },
);
