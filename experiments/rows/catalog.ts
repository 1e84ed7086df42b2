/** Every row that can be run. A row is added by its file and two lines here. */
import centCifar10128 from "./cent-cifar-10-128.ts";
import centCifar102 from "./cent-cifar-10-2.ts";
import centDigits2 from "./cent-digits-2.ts";
import centFashionMnist128 from "./cent-fashion-mnist-128.ts";
import centFashionMnist2 from "./cent-fashion-mnist-2.ts";
import centMnist128 from "./cent-mnist-128.ts";
import centMnist2 from "./cent-mnist-2.ts";
import standaloneCifar10128 from "./standalone-cifar-10-128.ts";
import standaloneCifar102 from "./standalone-cifar-10-2.ts";
import standaloneFashionMnist128 from "./standalone-fashion-mnist-128.ts";
import standaloneFashionMnist2 from "./standalone-fashion-mnist-2.ts";
import standaloneMnist128 from "./standalone-mnist-128.ts";
import standaloneMnist2 from "./standalone-mnist-2.ts";
import xentCifar10128 from "./xent-cifar-10-128.ts";
import xentCifar102 from "./xent-cifar-10-2.ts";
import xentFashionMnist128 from "./xent-fashion-mnist-128.ts";
import xentFashionMnist2 from "./xent-fashion-mnist-2.ts";
import xentMnist128 from "./xent-mnist-128.ts";
import xentMnist2 from "./xent-mnist-2.ts";
import kzSoftmax from "./kz-softmax.ts";
import kzCenter from "./kz-center.ts";
import jxSoftmax from "./jx-softmax.ts";
import jxCenter from "./jx-center.ts";
import jxCenterCaffe from "./jx-center-caffe.ts";
import centerRulesAutograd from "./center-rules-autograd.ts";
import centerRulesBalanced from "./center-rules-balanced.ts";
import mxSoftmax from "./mx-softmax.ts";
import mxCenter from "./mx-center.ts";
import mxCenterSecond from "./mx-center-second.ts";
import mx1030 from "./mx-10-30.ts";
import kerasLambda0 from "./keras-lambda-0.ts";
import kerasLambda05 from "./keras-lambda-0.5.ts";
import density from "./density.ts";
import densityCorrelation from "./density-correlation.ts";
import densitySoftmax from "./density-softmax.ts";
import densityTied from "./density-tied.ts";
import wenMnist from "./wen-mnist.ts";
import lambdaSweep0001 from "./lambda-sweep-0.001.ts";
import lambdaSweep01 from "./lambda-sweep-0.1.ts";
import lambdaSweep1 from "./lambda-sweep-1.ts";
import centerRepulsionMnist2 from "./center-repulsion-mnist-2.ts";
import centerRepulsionFashionMnist2 from "./center-repulsion-fashion-mnist-2.ts";
import centerRepulsionCifar102 from "./center-repulsion-cifar-10-2.ts";
import centerSoftmaxMnist2 from "./center-softmax-mnist-2.ts";
import centerSoftmaxFashionMnist2 from "./center-softmax-fashion-mnist-2.ts";
import centerSoftmaxCifar102 from "./center-softmax-cifar-10-2.ts";
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
    density,
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
