/** The networks whose training step is timed, and what counts their operations. */
import type { Initializer } from "../../src/model/init.ts";
import { LeNetPlusPlus } from "../../src/model/lenetpp.ts";
import type { Network, NetworkSizes } from "../../src/model/network.ts";
import { ResNet } from "../../src/model/resnet.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { lenetppLoss, type Loss64, resnetLoss } from "./cpu_networks.ts";

/** Side of the images they take. */
export const SIDE = 28;

/** A network that a step can be made of. */
export type NetworkName = "resnet" | "lenetpp";

interface TimedNetwork {
  /** As the tables have it. */
  title: string;
  make: (sizes: NetworkSizes, init: Initializer) => Network;
  /** Side of the image that comes out of each part of the network. */
  sides: Record<string, number>;
  /** Its first weights, which hand no gradient to the images. */
  first: string;
  /** Its loss in float64 on the CPU. */
  loss: Loss64;
  /** Images that differ from each other in a batch: as many as float64 on the CPU does in seconds. */
  distinct: number;
}

/** All of them. */
export const NETWORKS: Record<NetworkName, TimedNetwork> = {
  resnet: {
    title: "ResNet",
    make: (sizes, init) => new ResNet(sizes, init),
    sides: { conv1: 26, group1: 26, group2: 13, group3: 13, group4: 7, group5: 7, fc1: 1, fc2: 1 },
    first: "conv1.weight",
    loss: resnetLoss,
    distinct: 32,
  },
  lenetpp: {
    title: "LeNet++",
    make: (sizes, init) => new LeNetPlusPlus(sizes, init),
    sides: {
      ...{ conv1_1: 28, conv1_2: 28, conv2_1: 14, conv2_2: 14, conv3_1: 7, conv3_2: 7 },
      ...{ fc1: 1, fc2: 1 },
    },
    first: "conv1_1.weight",
    loss: lenetppLoss,
    distinct: 8,
  },
};

/** Their names. */
export const NETWORK_NAMES = Object.keys(NETWORKS) as NetworkName[];

/** Operations of all convolutions and linear layers: forward, input gradient (the first layer has none), weight gradient. */
export function trainingFlops(
  network: NetworkName,
  parameters: ReadonlyMap<string, Tensor>,
  batch: number,
): number {
  const { sides, first } = NETWORKS[network];
  let flops = 0;
  for (const [name, { shape, size }] of parameters) {
    const side = sides[name.split(".")[0]];
    if (!name.endsWith(".weight") || shape.length === 1 || side === undefined) continue;
    flops += 2 * batch * side ** 2 * size * (name === first ? 2 : 3);
  }
  return flops;
}
