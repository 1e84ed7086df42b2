/** A training run of a file, followed from its own parameters. */
import {
  add,
  backward,
  centerLoss,
  type CenterRule,
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
import { BARS, type Comparison, relativeError, type Result } from "./compare.ts";
import type { TrainingRun } from "./format.ts";
import { upload } from "./op_case.ts";

/** Compares the losses before each update, then features, logits and centers in evaluation mode. */
export async function compareRun(run: TrainingRun): Promise<Result> {
  const unknown = Object.keys(run.terms).filter((t) => t !== "crossEntropy" && t !== "center");
  if (unknown.length > 0) return { name: run.name, comparisons: [], skipped: "not yet" };
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
  const rule: CenterRule = run.terms.center?.rule ?? "autograd";

  const comparisons: Comparison[] = [];
  for (const [i, wanted] of run.steps.entries()) {
    using _step = scope();
    const { features, logits } = network.forward(images, { training: true });
    const crossEntropy = softmaxCrossEntropy(logits, labels);
    const center = centerLoss(features, centers, labels, { rule });
    const weighted = mul(crossEntropy, run.terms.crossEntropy ?? 0);
    const loss = run.terms.center ? add(weighted, mul(center, run.terms.center.weight)) : weighted;
    for (const [what, term] of Object.entries({ loss, crossEntropy, center })) {
      const error = relativeError(await term.read(), [wanted[what]]);
      comparisons.push({ what: `${what} ${i + 1}`, error, bar: BARS.loss });
    }
    if (wanted.features) {
      const error = relativeError(await features.read(), wanted.features.data);
      comparisons.push({ what: `features ${i + 1}`, error, bar: BARS.output });
    }
    backward(loss);
    optimizer.step();
  }
  const { features, logits } = noGrad(() => network.forward(images, { training: false }));
  for (const [what, t] of Object.entries({ features, logits, centers })) {
    const wanted = run.after[what as "features" | "logits" | "centers"];
    comparisons.push({
      what: `${what} after`,
      error: relativeError(await t.read(), wanted.data),
      bar: BARS.evaluation,
    });
  }
  const parameters = await withCenters(network, centers);
  for (const [name, wanted] of Object.entries(run.after.parameters ?? {})) {
    const error = relativeError(parameters.get(name)?.data ?? [], wanted.data);
    comparisons.push({ what: `${name} after`, error, bar: BARS.output });
  }
  return { name: run.name, comparisons };
}

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
