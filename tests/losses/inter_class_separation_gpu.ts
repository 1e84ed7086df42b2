/** Inter-class separation, in all forms. */
import { assert, assertEquals } from "@std/assert";
import {
  interClassSeparation,
  SEPARATION_FORMS,
  type SeparationForm,
} from "../../src/losses/inter_class_separation.ts";
import { backward, mul } from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { download, integers, rounded, upload } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";
import { scalar } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import * as twin from "../../src/reference/inter_class_separation.ts";
import { uniform } from "../../src/reference/uniform.ts";

/** Classes 1 and 3 are absent from a batch of seven. */
const LABELS = [0, 2, 2, 4, 0, 2, 5];
const BATCHES: [string, number[], number][] = [
  ["absent classes", LABELS, 2],
  ["features of one number", LABELS, 1],
  ["features of 128 numbers", LABELS, 128],
  ["a batch of one", [3], 2],
  ["a batch of one class", [1, 1, 1], 3],
  ["a batch of as many classes", [3, 1, 2, 0], 3],
  ["a long batch", Array.from({ length: 131 }, (_, i) => i * i % 6), 2],
];

/** Some pairs of numbers from -1 to 1 lie beyond it, and some do not. */
const MARGIN = 0.7;
const optionsFor = (form: SeparationForm) =>
  form === "margin" ? { form, margin: MARGIN } : { form };
const twinForm = (form: SeparationForm) => form === "margin" ? MARGIN : form;

for (const form of SEPARATION_FORMS) {
  const options = optionsFor(form), ofTwin = twinForm(form);
  for (const [name, labels, dim] of BATCHES) {
    testOp("interClassSeparation", {
      name: `takes ${name}, in the form ${form}`,
      inputs: [uniform([labels.length, dim])],
      gpu: (x) => interClassSeparation(x, integers(labels), options),
      twin: (x) => twin.interClassSeparation(x, labels, ofTwin),
      backward: (g, x) => [twin.interClassSeparationBackward(g, x, labels, ofTwin)],
    });
  }

  Deno.test(`interClassSeparation() scales the gradient by its weight, in the form ${form}`, async () => {
    using _ = scope();
    const x = rounded(uniform([7, 2]));
    const features = upload(x, true);
    backward(mul(-0.25, interClassSeparation(features, integers(LABELS), options)));
    const [gradient] = await download([features.grad!]);
    const expected = twin.interClassSeparationBackward(scalar(-0.25), x, LABELS, ofTwin);
    assertClose(gradient, expected, 1e-5, "gradient");
  });

  Deno.test(`interClassSeparation() is NaN for a feature that is NaN, in the form ${form}`, async () => {
    using _ = scope();
    const features = tensor([[1, NaN], [2, 3], [0, 1]]);
    const separation = interClassSeparation(features, integers([0, 1, 1]), options);
    assert(Number.isNaN(await separation.item()));
  });
}

Deno.test("interClassSeparation() adds the 1 when no form is named", async () => {
  using _ = scope();
  const x = rounded(uniform([7, 2]));
  const [found] = await download([interClassSeparation(upload(x), integers(LABELS))]);
  assertClose(found, twin.interClassSeparation(x, LABELS, "log1p"), 1e-5, "output");
});

Deno.test("interClassSeparation() of points that coincide is 0, or -Infinity in the form log", async () => {
  using _ = scope();
  const all = SEPARATION_FORMS.map((form) => {
    const features = tensor([[1, 2], [1, 2]], { requiresGrad: true });
    const separation = interClassSeparation(features, integers([0, 1]), optionsFor(form));
    backward(separation);
    return [separation, features.grad!];
  });
  const [added, bare, truncated] = await Promise.all(all.map(download));
  assertEquals(added.map(({ data }) => [...data]), [[0], [0, 0, 0, 0]]);
  assertEquals(bare.map(({ data }) => [...data]), [[-Infinity], [NaN, NaN, NaN, NaN]]);
  assertEquals(truncated.map(({ data }) => [...data]), [[0], [0, 0, 0, 0]]);
});

Deno.test("interClassSeparation() in the form margin pulls at a pair up to the margin, and not beyond", async () => {
  using _ = scope();
  for (const [margin, value, pull] of [[25, 25, 6], [24.5, 24.5, 0], [26, 25, 6]]) {
    const features = tensor([[0, 0], [3, 4]], { requiresGrad: true });
    const separation = interClassSeparation(features, integers([0, 1]), { form: "margin", margin });
    backward(separation);
    const [found, gradient] = await download([separation, features.grad!]);
    assertEquals([...found.data], [value]);
    assertEquals([...gradient.data], [-pull, -pull * 4 / 3, pull, pull * 4 / 3].map((v) => v + 0));
  }
});
