/** The relatives of center loss, as their cases call them: those of several terms with the terms' weights. */
import { add, mul, type Tensor } from "../../mod.ts";
import {
  adaCosScale,
  arcFace,
  classAnchorTerms,
  contrastiveCenterLoss,
  cosFace,
  cosineSoftmax,
  gitSeparation,
  islandSeparation,
  largeMarginSoftmax,
  proxyAnchorLoss,
  rangeTerms,
  ringLoss,
  softTripleTerms,
  sphereFace,
  supConLoss,
  tripletCenterLoss,
} from "../../mod.ts";
import type { OpCase } from "./format.ts";

type LossOp = (inputs: Record<string, Tensor>, attrs: OpCase["attrs"]) => Tensor;

/** By the names of the cases. */
export const LOSS_OPS: Readonly<Record<string, LossOp>> = {
  largeMarginSoftmax: ({ features, weight, labels }, { margin, lam }) =>
    largeMarginSoftmax(features, weight, labels, { margin, lambda: lam }),
  sphereFace: ({ features, weight, labels }, { margin, lam }) =>
    sphereFace(features, weight, labels, { margin, lambda: lam }),
  cosineSoftmax: ({ features, weight, labels }, attrs) =>
    cosineSoftmax(features, weight, labels, attrs),
  cosFace: ({ features, weight, labels }, attrs) => cosFace(features, weight, labels, attrs),
  arcFace: ({ features, weight, labels }, attrs) => arcFace(features, weight, labels, attrs),
  adaCosScale: ({ cosines, labels }, attrs) => adaCosScale(cosines, labels, attrs),
  ringLoss: ({ features, radius }) => ringLoss(features, radius),
  contrastiveCenterLoss: ({ features, centers, labels }, attrs) =>
    contrastiveCenterLoss(features, centers, labels, attrs),
  tripletCenterLoss: ({ features, centers, labels }, attrs) =>
    tripletCenterLoss(features, centers, labels, attrs),
  islandSeparation: ({ centers }) => islandSeparation(centers),
  gitSeparation: ({ features, centers, labels }) => gitSeparation(features, centers, labels),
  rangeTerms: ({ features, labels }, { weightInter, ...options }) => {
    const { within, between } = rangeTerms(features, labels, options);
    return add(within, mul(between, weightInter));
  },
  classAnchorTerms: ({ scores, labels }, { anchor, weight }) => {
    const terms = classAnchorTerms(scores, labels, { anchor });
    return add(terms.tuplet, mul(terms.anchor, weight));
  },
  supConLoss: ({ features, labels }, attrs) => supConLoss(features, labels, attrs),
  proxyAnchorLoss: ({ features, weight, labels }, attrs) =>
    proxyAnchorLoss(features, weight, labels, attrs),
  softTripleTerms: ({ features, weight, labels }, { weight: tau, ...options }) => {
    const { classification, spread } = softTripleTerms(features, weight, labels, options);
    return add(classification, mul(spread, tau));
  },
};
