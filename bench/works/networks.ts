/** The networks whose training step is timed. */
import type { Initializer } from "../../src/model/init.ts";
import { LeNetPlusPlus } from "../../src/model/lenetpp.ts";
import type { Network, NetworkSizes } from "../../src/model/network.ts";
import { ResNet } from "../../src/model/resnet.ts";
import { lenetppLoss, type Loss64, resnetLoss } from "./cpu_networks.ts";

/** Side of the images they take. */
export const SIDE = 28;

/** A network that a step can be made of. */
export type NetworkName = "resnet" | "lenetpp";

interface TimedNetwork {
  /** As the tables have it. */
  title: string;
  make: (sizes: NetworkSizes, init: Initializer) => Network;
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
    loss: resnetLoss,
    distinct: 32,
  },
  lenetpp: {
    title: "LeNet++",
    make: (sizes, init) => new LeNetPlusPlus(sizes, init),
    loss: lenetppLoss,
    distinct: 8,
  },
};

/** Their names. */
export const NETWORK_NAMES = Object.keys(NETWORKS) as NetworkName[];
