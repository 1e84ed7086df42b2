/** Every row that can be run. A row is added by its file and two lines here. */
import centCifar10128 from "./rows/cent-cifar-10-128.ts";
import centCifar102 from "./rows/cent-cifar-10-2.ts";
import centDigits2 from "./rows/cent-digits-2.ts";
import centFashionMnist128 from "./rows/cent-fashion-mnist-128.ts";
import centFashionMnist2 from "./rows/cent-fashion-mnist-2.ts";
import centMnist128 from "./rows/cent-mnist-128.ts";
import centMnist2 from "./rows/cent-mnist-2.ts";
import standaloneCifar10128 from "./rows/standalone-cifar-10-128.ts";
import standaloneCifar102 from "./rows/standalone-cifar-10-2.ts";
import standaloneFashionMnist128 from "./rows/standalone-fashion-mnist-128.ts";
import standaloneFashionMnist2 from "./rows/standalone-fashion-mnist-2.ts";
import standaloneMnist128 from "./rows/standalone-mnist-128.ts";
import standaloneMnist2 from "./rows/standalone-mnist-2.ts";
import xentCifar10128 from "./rows/xent-cifar-10-128.ts";
import xentCifar102 from "./rows/xent-cifar-10-2.ts";
import xentFashionMnist128 from "./rows/xent-fashion-mnist-128.ts";
import xentFashionMnist2 from "./rows/xent-fashion-mnist-2.ts";
import xentMnist128 from "./rows/xent-mnist-128.ts";
import xentMnist2 from "./rows/xent-mnist-2.ts";
import kzSoftmax from "./rows/kz-softmax.ts";
import kzCenter from "./rows/kz-center.ts";
import jxSoftmax from "./rows/jx-softmax.ts";
import jxCenter from "./rows/jx-center.ts";
import jxCenterCaffe from "./rows/jx-center-caffe.ts";
import centerRulesAutograd from "./rows/center-rules-autograd.ts";
import centerRulesBalanced from "./rows/center-rules-balanced.ts";
import mxSoftmax from "./rows/mx-softmax.ts";
import mxCenter from "./rows/mx-center.ts";
import mxCenterSecond from "./rows/mx-center-second.ts";
import mx1030 from "./rows/mx-10-30.ts";
import kerasLambda0 from "./rows/keras-lambda-0.ts";
import kerasLambda05 from "./rows/keras-lambda-0.5.ts";
import densityMax from "./rows/density-max.ts";
import densityMin from "./rows/density-min.ts";
import density3d from "./rows/density-3d.ts";
import densityCorrelation from "./rows/density-correlation.ts";
import densitySoftmax from "./rows/density-softmax.ts";
import densityTied from "./rows/density-tied.ts";
import wenMnist from "./rows/wen-mnist.ts";
import lambdaSweep0001 from "./rows/lambda-sweep-0.001.ts";
import lambdaSweep01 from "./rows/lambda-sweep-0.1.ts";
import lambdaSweep1 from "./rows/lambda-sweep-1.ts";
import centerRepulsionMnist2 from "./rows/center-repulsion-mnist-2.ts";
import centerRepulsionFashionMnist2 from "./rows/center-repulsion-fashion-mnist-2.ts";
import centerRepulsionCifar102 from "./rows/center-repulsion-cifar-10-2.ts";
import centerSoftmaxMnist2 from "./rows/center-softmax-mnist-2.ts";
import centerSoftmaxFashionMnist2 from "./rows/center-softmax-fashion-mnist-2.ts";
import centerSoftmaxCifar102 from "./rows/center-softmax-cifar-10-2.ts";
import type { Experiment } from "./experiment.ts";

/** All rows by id, in the order of the published table, then our own. */
export const CATALOG: ReadonlyMap<string, Experiment> = new Map(
  [
    xentMnist2,
    centMnist2,
    standaloneMnist2,
    xentMnist128,
    centMnist128,
    standaloneMnist128,
    xentFashionMnist2,
    centFashionMnist2,
    standaloneFashionMnist2,
    xentFashionMnist128,
    centFashionMnist128,
    standaloneFashionMnist128,
    xentCifar102,
    centCifar102,
    standaloneCifar102,
    xentCifar10128,
    centCifar10128,
    standaloneCifar10128,
    kzSoftmax,
    kzCenter,
    jxSoftmax,
    jxCenter,
    jxCenterCaffe,
    centerRulesAutograd,
    centerRulesBalanced,
    mxSoftmax,
    mxCenter,
    mxCenterSecond,
    mx1030,
    kerasLambda0,
    kerasLambda05,
    densityMax,
    densityMin,
    density3d,
    densityCorrelation,
    densitySoftmax,
    densityTied,
    centerRepulsionMnist2,
    centerRepulsionFashionMnist2,
    centerRepulsionCifar102,
    centerSoftmaxMnist2,
    centerSoftmaxFashionMnist2,
    centerSoftmaxCifar102,
    wenMnist,
    lambdaSweep0001,
    lambdaSweep01,
    lambdaSweep1,
    centDigits2,
  ].map((row) => [row.id, row]),
);
