/** A training run of a file, followed from its own parameters. */
import {
  add,
  backward,
  centerLoss,
  interClassSeparation,
  loadStateDict,
  mul,
  type Network,
  noGrad,
  parametersOf,
  scope,
  softmaxCrossEntropy,
  stateDict,
  type Stored,
  type Tensor,
  transpose,
  unscoped,
} from "../../mod.ts";
import { kaimingNormal } from "../../src/model/init.ts";
import { LENETPP } from "../../src/model/lenetpp.ts";
import { networkOf, type NetworkRecipe } from "../../src/model/networks.ts";
import { Random } from "../../src/model/random.ts";
import { optimizerOf, type Trained } from "../../src/optim/recipe.ts";
import type { LossInputs } from "../../src/losses/objective.ts";
import {
  BARS,
  type Check,
  compared,
  type Comparison,
  comparison,
  computed,
  type Result,
} from "./compare.ts";
import type { TrainingRun } from "./format.ts";
import { upload } from "./op_case.ts";

/** Compares the losses before each update, then features, logits and centers in evaluation mode. */
export async function compareRun(run: TrainingRun): Promise<Result> {
  return await computed(run.name, () => comparisonsOf(run));
}

async function comparisonsOf(run: TrainingRun): Promise<Comparison[]> {
  const terms = termsOf(run);
  using _ = scope();
  const [channels, height, width] = run.model.inputShape;
  const { featureDim, classes, width: widthFactor } = run.model;
  const network = networkOf(
    recipeOf(run),
    { height, width, channels, featureDim, classes, widthFactor },
    kaimingNormal(new Random(0, "weights")),
  );
  const stored = Object.entries(run.parameters).map(([name, t]) =>
    [name, { shape: t.shape, data: Float32Array.from(t.data) }] as const
  );
  loadStateDict(network.entries(), new Map(stored), run.name);
  const images = transpose(upload(run.images), [0, 2, 3, 1]);
  const labels = upload(run.labels);
  const centers = upload(run.centers, true);
  const trained = { network: parametersOf(network), centers: new Map([["centers", centers]]) };
  const optimizer = unscoped(() => optimizerFor(run, trained));

  const comparisons: Comparison[] = [];
  for (const [i, wanted] of run.steps.entries()) {
    using _step = scope();
    const { features, logits } = network.forward(images, { training: true });
    const values = terms.map(({ name, weight, evaluate }) => ({
      name,
      weight,
      value: evaluate({ features, logits, centers, labels, head: network.head, training: true }),
    }));
    const loss = values.map(({ value, weight }) => mul(value, weight)).reduce((a, b) => add(a, b));
    const checks: Check[] = [{ name: "loss", value: loss }, ...values].map(({ name, value }) => (
      { what: `${name} ${i + 1}`, found: value, wanted: [wanted[name]], bar: BARS.loss }
    ));
    if (wanted.features) {
      const { data } = wanted.features;
      checks.push({ what: `features ${i + 1}`, found: features, wanted: data, bar: BARS.output });
    }
    comparisons.push(...await compared(checks));
    backward(loss);
    optimizer.step();
  }
  const { features, logits } = noGrad(() => network.forward(images, { training: false }));
  const after = Object.entries({ features, logits, centers }).map(([name, found]) => {
    const { data } = run.after[name as "features" | "logits" | "centers"];
    return { what: `${name} after`, found, wanted: data, bar: BARS.evaluation };
  });
  comparisons.push(...await compared(after));
  const parameters = await withCenters(network, centers);
  for (const [name, wanted] of Object.entries(run.after.parameters ?? {})) {
    const { data = [] } = parameters.get(name) ?? {};
    comparisons.push(comparison(`${name} after`, data, wanted.data, BARS.output));
  }
  return comparisons;
}

/** A term of the loss; those of weight 0 are compared alone. */
interface Term {
  name: string;
  weight: number;
  evaluate(judged: LossInputs): Tensor;
}

/**
 * The terms of a run: those of its loss, and cross-entropy and center loss where its steps have them besides. The separation
 * of classes is a gain, so it is subtracted, whatever the sign that its weight is written with.
 */
function termsOf({ terms, steps }: TrainingRun): Term[] {
  const unknown = Object.keys(terms).find((name) => !TERMS.includes(name));
  if (unknown) {
    throw new TypeError(`its loss has the term ${unknown}; parity knows ${TERMS.join(", ")}`);
  }
  const { rule = "autograd" } = terms.center ?? {}, { form } = terms.inter ?? {};
  const weightOf = (name: string) => {
    const weight = terms[name]?.weight ?? terms[name] ?? 0;
    if (typeof weight === "number") return weight;
    throw new TypeError(`the weight of ${name} is ${JSON.stringify(weight)}; it must be a number`);
  };
  const all: Term[] = [
    {
      name: "crossEntropy",
      weight: weightOf("crossEntropy"),
      evaluate: ({ logits, labels }) => softmaxCrossEntropy(logits, labels),
    },
    {
      name: "center",
      weight: weightOf("center"),
      evaluate: ({ features, centers, labels }) => centerLoss(features, centers, labels, { rule }),
    },
    {
      name: "inter",
      weight: -Math.abs(weightOf("inter")),
      evaluate: ({ features, labels }) => interClassSeparation(features, labels, { form }),
    },
  ];
  return all.filter(({ name }) => name in terms || (steps.length > 0 && name in steps[0]));
}

const TERMS = ["crossEntropy", "center", "inter"];

/** The state dict, and the centers beside it. */
async function withCenters(network: Network, centers: Tensor): Promise<Map<string, Stored>> {
  const data = await centers.read() as Float32Array<ArrayBuffer>;
  return (await stateDict(network.entries())).set("centers", { shape: centers.shape, data });
}

/**
 * The network as recipes write it. What a file does not say of its LeNet++ is read off its state dict: slopes that are not
 * there are those of a leaky ReLU, and a bias that is not there is none.
 */
function recipeOf({ model, parameters }: TrainingRun): NetworkRecipe {
  if (model.architecture.startsWith("resnet")) return "resnet";
  const slopes = parameters["prelu1_1.weight"]?.data.length;
  const { activation = slopes ? "prelu" : "leaky", slope = LEAKY_SLOPE, ...rest } = model;
  const leaky = !/^prelu$/i.test(activation);
  return {
    kind: "lenetpp",
    activation: leaky
      ? { kind: "leaky", slope }
      : { kind: "prelu", perChannel: slopes !== undefined && slopes > 1 },
    featureActivation: rest.featureActivation ?? "prelu_fc1.weight" in parameters,
    outputBias: rest.outputBias ?? "fc2.bias" in parameters,
    lastPool: rest.lastPool ?? LENETPP.lastPool,
  };
}

/** That of wangx404/Center_Loss_in_MXNet, and PyTorch's default. */
const LEAKY_SLOPE = 0.01;

/** The optimiser as the rows build theirs: one SGD for all, or groups. */
function optimizerFor(run: TrainingRun, trained: Trained) {
  if (!("optimizers" in run)) return optimizerOf(run, undefined, trained, 1);
  const { network, biases, centers } = run.optimizers;
  const own = { init: "normal", scheduled: false, ...centers } as const;
  return optimizerOf({ ...network, biases }, own, trained, run.terms.center?.weight ?? 1);
}
