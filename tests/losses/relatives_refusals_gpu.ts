/** Shapes, types and settings that the relatives of center loss refuse. */
import {
  adaCosScale,
  anchorLogits,
  angularMargin,
  arcFace,
  classAnchorTerms,
  contrastiveCenterLoss,
  cosFace,
  cosineSoftmax,
  gitSeparation,
  islandSeparation,
  largeMarginSoftmax,
  ones,
  proxyAnchorLoss,
  rangeTerms,
  ringLoss,
  simplexWeights,
  softTripleTerms,
  sphereFace,
  supConLoss,
  tripletCenterLoss,
} from "../../mod.ts";
import { integers } from "../on_gpu.ts";
import { testRefusals } from "../refusal.ts";

const t = (...shape: number[]) => ones(shape);
const labels = (count: number) => integers(Array(count).fill(0));
/** More than any adapter holds the pairs of. */
const MANY = 100_000;
const MANY_PAIRS = `of ${MANY} classes: their pairs take 40000000000 bytes`;
const FIVE = { scale: 1, margin: 0.1 };

testRefusals(TypeError, {
  "Cannot take the angular margin of [2, 3] with labels i32 [5]": () =>
    angularMargin(t(2, 3), labels(5), { form: "cosine", margin: 0.1 }),
  'Cannot take the angular margin in the form "multiple" with a margin f32 []: it must be a number':
    () => angularMargin(t(2, 3), labels(2), { form: "multiple", margin: ones([]) }),
  'in the form "angle" with a margin f32 [2]: it must be a number or an f32 scalar': () =>
    angularMargin(t(2, 3), labels(2), { form: "angle", margin: t(2) }),
  "Cannot take the ArcFace loss of [2, 3] with weights [4, 5]: they must be [3, classes]": () =>
    arcFace(t(2, 3), t(4, 5), labels(2), FIVE),
  "Cannot take the CosFace loss of [2, 3] with labels i32 [3]": () =>
    cosFace(t(2, 3), t(3, 5), labels(3), FIVE),
  "Cannot take the cosine softmax of [2, 3] with weights [3]": () =>
    cosineSoftmax(t(2, 3), t(3), labels(2), { scale: 1 }),
  "Cannot take the cosine softmax with scale undefined: it must be positive, and a number": () =>
    cosineSoftmax(t(2, 3), t(3, 5), labels(2), undefined as never),
  "Cannot take the cosine softmax with a scale f32 [5]: it must be a number or an f32 scalar": () =>
    cosineSoftmax(t(2, 3), t(3, 5), labels(2), { scale: t(5) }),
  "Cannot take the large-margin softmax of [2, 3] with weights [5, 3]": () =>
    largeMarginSoftmax(t(2, 3), t(5, 3), labels(2), { margin: 2 }),
  "Cannot take the SphereFace loss of [2, 3] with weights [5, 3]": () =>
    sphereFace(t(2, 3), t(5, 3), labels(2), { margin: 2 }),
  "Cannot take the scale of AdaCos of [2] with labels": () =>
    adaCosScale(t(2), labels(2), { scale: 1 }),
  "Cannot take the ring loss of [2, 3] with a radius [2]": () => ringLoss(t(2, 3), t(2)),
  "Cannot take the contrastive-center loss of [2, 3] with centers [5, 2]": () =>
    contrastiveCenterLoss(t(2, 3), t(5, 2), labels(2)),
  "Cannot take the triplet-center loss of [2, 3] with centers [5, 2]": () =>
    tripletCenterLoss(t(2, 3), t(5, 2), labels(2)),
  "Cannot take the island separation of [3]: it needs [classes, dim]": () => islandSeparation(t(3)),
  "Cannot take the Git loss of [2, 3] with centers [5, 2]": () =>
    gitSeparation(t(2, 3), t(5, 2), labels(2)),
  "Cannot take the range loss of [2, 3] with labels i32 [3]": () =>
    rangeTerms(t(2, 3), labels(3), { classes: 2, margin: 1 }),
  "Cannot take the class anchors of [3]: they need [rows, classes]": () => anchorLogits(t(3)),
  "Cannot take the class anchors of [2, 3] with labels i32 [3]": () =>
    classAnchorTerms(t(2, 3), labels(3)),
  "Cannot take the supervised contrastive loss of [2, 3] with labels i32 [3]": () =>
    supConLoss(t(2, 3), labels(3)),
  "Cannot take the proxy-anchor loss of [2, 3] with weights [5, 3]": () =>
    proxyAnchorLoss(t(2, 3), t(5, 3), labels(2)),
  "Cannot take the SoftTriple loss of [2, 3] with weights [3, 5]: they must be [3, classes times 2]":
    () => softTripleTerms(t(2, 3), t(3, 5), labels(2), { proxies: 2 }),
});

testRefusals(RangeError, {
  'Cannot take the angular margin in the form "sine": the forms are cosine, angle, multiple': () =>
    angularMargin(t(2, 3), labels(2), { form: "sine" as never, margin: 1 }),
  'in the form "angle" with margin 4: it must be from 0 to pi': () =>
    arcFace(t(2, 3), t(3, 5), labels(2), { scale: 1, margin: 4 }),
  'in the form "cosine" with margin Infinity: it must be a finite number': () =>
    cosFace(t(2, 3), t(3, 5), labels(2), { scale: 1, margin: Infinity }),
  'in the form "multiple" with margin 2.5: it must be a whole number from 1 to 8': () =>
    sphereFace(t(2, 3), t(3, 5), labels(2), { margin: 2.5 }),
  "Cannot take the cosine softmax with scale 0: it must be positive": () =>
    cosineSoftmax(t(2, 3), t(3, 5), labels(2), { scale: 0 }),
  "Cannot take the large-margin softmax with lambda -1: it must be 0 or more": () =>
    largeMarginSoftmax(t(2, 3), t(3, 5), labels(2), { margin: 2, lambda: -1 }),
  "Cannot take the SphereFace loss with lambda -3: it must be 0 or more": () =>
    sphereFace(t(2, 3), t(3, 5), labels(2), { margin: 2, lambda: -3 }),
  "Cannot take the proxy-anchor loss with margin NaN: it must be finite": () =>
    proxyAnchorLoss(t(2, 3), t(3, 5), labels(2), { margin: NaN }),
  "Cannot take the weights of a simplex with scale 1e+39: it must be positive": () =>
    simplexWeights(5, 3, { scale: 1e39 }),
  "Cannot take the contrastive-center loss with delta 0: it must be positive": () =>
    contrastiveCenterLoss(t(2, 3), t(5, 3), labels(2), { delta: 0 }),
  "Cannot take the triplet-center loss with margin -1: it must be 0 or more": () =>
    tripletCenterLoss(t(2, 3), t(5, 3), labels(2), { margin: -1 }),
  "Cannot take the range loss with the 0 largest: it must be a whole number from 1": () =>
    rangeTerms(t(2, 3), labels(2), { classes: 2, margin: 1, largest: 0 }),
  "Cannot take the class anchors with anchor 0: it must be positive": () =>
    anchorLogits(t(2, 3), { anchor: 0 }),
  "Cannot take the supervised contrastive loss with temperature 0: it must be positive": () =>
    supConLoss(t(2, 3), labels(2), { temperature: 0 }),
  "Cannot take the proxy-anchor loss with scale -1: it must be positive": () =>
    proxyAnchorLoss(t(2, 3), t(3, 5), labels(2), { scale: -1 }),
  "Cannot take the SoftTriple loss with 0 proxies a class: it must be a whole number from 1": () =>
    softTripleTerms(t(2, 3), t(3, 4), labels(2), { proxies: 0 }),
  [`Cannot allocate the class anchors ${MANY_PAIRS} ... ; take fewer classes, or another loss`]:
    () => anchorLogits(t(1, MANY)),
  [`Cannot allocate the island separation ${MANY_PAIRS} ... ; take fewer classes, or another loss`]:
    () => islandSeparation(t(MANY, 1)),
  [`Cannot allocate the SoftTriple loss of ${MANY} proxies: their pairs take ... ; take fewer classes or proxies`]:
    () => softTripleTerms(t(2, 1), t(1, MANY), labels(2)),
  "Cannot make a simplex of 1 classes": () => simplexWeights(5, 1),
  "Cannot make a simplex of 10 classes in 2 dimensions: it needs 9 at least": () =>
    simplexWeights(2, 10),
});
