/** State dicts of networks on the GPU. */
import { assertEquals, assertThrows } from "@std/assert";
import { loadStateDict, stateDict } from "../../src/train/checkpoint.ts";
import { RunError } from "../../src/base/errors.ts";
import { torchDefault } from "../../src/model/init.ts";
import { LeNetPlusPlus } from "../../src/model/lenetpp.ts";
import { Random } from "../../src/model/random.ts";
import { ResNet } from "../../src/model/resnet.ts";
import { decodeSafetensors, encodeSafetensors, type Stored } from "../../src/base/safetensors.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import lenet from "../fixtures/lenetpp-xent.json" with { type: "json" };
import resnet from "../fixtures/resnet-cent.json" with { type: "json" };

const networks = { ResNet: [ResNet, resnet], LeNetPlusPlus: [LeNetPlusPlus, lenet] } as const;
type Name = keyof typeof networks;

/** A network of the size of its fixture. */
function networkOf(name: Name, seed = 1) {
  const [Network, { model, parameters }] = networks[name];
  const [featureDim] = parameters["fc1.weight"].shape;
  const sizes = { height: 28, width: 28, channels: 1, classes: 10, featureDim };
  const init = torchDefault(new Random(seed, "weights"));
  return new Network({ ...sizes, widthFactor: model.width }, init).entries();
}

/** The fixture's parameters, with the running statistics that PyTorch starts from. */
function torchDict(name: Name): Map<string, Stored> {
  const [, { parameters }] = networks[name];
  return new Map(
    Object.entries(parameters).map(([key, { shape, data }]) => [
      key,
      { shape, data: Float32Array.from(data) },
    ]),
  );
}

for (const name of Object.keys(networks) as Name[]) {
  Deno.test(`stateDict() of ${name} has the names and shapes of PyTorch's`, async () => {
    using _ = scope();
    const shapesOf = (dict: Map<string, Stored>) =>
      Object.fromEntries(
        [...dict].filter(([key]) => !/running_(mean|var)$/.test(key))
          .map(([key, { shape }]) => [key, [...shape]]),
      );
    assertEquals(shapesOf(await stateDict(networkOf(name))), shapesOf(torchDict(name)));
  });

  Deno.test(`loadStateDict() takes PyTorch's parameters into ${name}, and stateDict() gives the same back`, async () => {
    using _ = scope();
    const entries = networkOf(name);
    const dict = new Map([...await stateDict(entries), ...torchDict(name)]);
    const counted = { shape: [], data: Float32Array.of(3) };
    loadStateDict(entries, new Map([...dict, ["bn.num_batches_tracked", counted]]), "torch");
    assertEquals(await stateDict(entries), dict);
  });
}

Deno.test("a state dict keeps whole numbers through a file", async () => {
  using _ = scope();
  const torch = { kind: "same" } as const;
  const entry = (values: number[]) => ({
    name: "steps",
    tensor: tensor(values, { dtype: "i32" }),
    trainable: false,
    torch,
  });
  const [saved, other] = [entry([1, -7, 2 ** 30 + 1]), entry([0, 0, 0])];
  const file = encodeSafetensors({ tensors: await stateDict([saved]), metadata: {} });
  const { tensors } = decodeSafetensors(file, "memory");
  loadStateDict([other], tensors, "memory");
  assertEquals(await other.tensor.read(), await saved.tensor.read());
  assertEquals(await stateDict([other]), tensors);
});

Deno.test("loadStateDict() refuses what does not fit, and then has written nothing", async () => {
  using _ = scope();
  const entries = networkOf("ResNet");
  const before = await stateDict(entries);
  const other = await stateDict(networkOf("ResNet", 2));
  const refuse = (change: (dict: Map<string, Stored>) => void, message: string) => {
    const dict = new Map(other);
    change(dict);
    assertThrows(() => loadStateDict(entries, dict, "a.safetensors"), RunError, message);
  };
  const fits = "a.safetensors does not fit this network: ";
  refuse((d) => d.delete("fc2.bias"), `${fits}it lacks fc2.bias`);
  refuse((d) => d.set("fc3.bias", before.get("fc2.bias")!), `${fits}the network lacks fc3.bias`);
  refuse(
    (d) => {
      for (const key of ["a", "b", "c", "e"]) d.set(key, before.get("fc2.bias")!);
      d.delete("fc2.bias");
    },
    `${fits}it lacks fc2.bias; the network lacks a, b, c, ...`,
  );
  const { shape, data } = before.get("fc2.weight")!;
  refuse(
    (d) => d.set("fc2.weight", { shape: [...shape].reverse(), data }),
    `${fits}fc2.weight is [2, 10]; the network's would be [10, 2]`,
  );
  refuse(
    (d) => d.set("conv1.weight", { shape: [144], data: before.get("conv1.weight")!.data }),
    `${fits}conv1.weight is [144]; the network's would be [16, 1, 3, 3]`,
  );
  assertEquals(await stateDict(entries), before);
  loadStateDict(entries, other, "a.safetensors");
  assertEquals(await stateDict(entries), other);
});

Deno.test("loadStateDict() leaves out integers that nobody asks for, and refuses them by name where it does", async () => {
  using _ = scope();
  const entries = networkOf("ResNet");
  const before = await stateDict(entries);
  const counter = (name: string): Stored => ({
    shape: before.get(name)?.shape ?? [],
    dtype: "I64",
    get data(): never {
      throw new RunError(`Cannot use ${name} of torch: it is I64`);
    },
  });
  const others = ["bn.num_batches_tracked", "position_ids"].map((n) => [n, counter(n)] as const);
  loadStateDict(entries, new Map([...before, ...others]), "torch");
  assertEquals(await stateDict(entries), before);
  const asked = await stateDict(networkOf("ResNet", 2));
  asked.set("fc2.bias", counter("fc2.bias"));
  assertThrows(
    () => loadStateDict(entries, asked, "torch"),
    RunError,
    "Cannot use fc2.bias of torch",
  );
  assertEquals(await stateDict(entries), before);
});

Deno.test("loadStateDict() refuses data that is not as long as its shape, by name, and then has written nothing", async () => {
  using _ = scope();
  const entries = networkOf("ResNet");
  const before = await stateDict(entries);
  const other = await stateDict(networkOf("ResNet", 2));
  for (
    const [name, length] of [["fc2.bias", 11], ["fc2.weight", 19], ["conv1.weight", 0]] as const
  ) {
    const { shape } = other.get(name)!;
    const dict = new Map(other).set(name, { shape, data: new Float32Array(length) });
    assertThrows(
      () => loadStateDict(entries, dict, "a.safetensors"),
      RunError,
      `Cannot use ${name} of a.safetensors: its data has ${length} numbers`,
    );
    assertEquals(await stateDict(entries), before);
  }
  const data = new Float64Array(10) as unknown as Float32Array<ArrayBuffer>;
  const wide = new Map(other).set("fc2.bias", { shape: [10], data });
  assertThrows(() => loadStateDict(entries, wide, "a"), RunError, "data is no Float32Array");
  assertEquals(await stateDict(entries), before);
});

Deno.test("loadStateDict() refuses what is no Map, such as a whole file", async () => {
  using _ = scope();
  const entries = networkOf("ResNet"), dict = await stateDict(entries);
  for (const wrong of [{ tensors: dict, metadata: {} }, Object.fromEntries(dict), undefined]) {
    const found = wrong ? "an Object" : "undefined";
    assertThrows(
      () => loadStateDict(entries, wrong as never, "a.safetensors"),
      TypeError,
      `Cannot load the tensors of a.safetensors: they are ${found}; give a Map by name, such as `,
    );
  }
});

Deno.test("loadStateDict() refuses whole numbers that are stored as another type", async () => {
  using _ = scope();
  const steps = tensor([7], { dtype: "i32" });
  const entry = {
    name: "steps",
    tensor: steps,
    trainable: false,
    torch: { kind: "same" },
  } as const;
  for (const dtype of ["F16", "F64", "I32"]) {
    const stored = { shape: [1], dtype, data: Float32Array.of(3) };
    assertThrows(
      () => loadStateDict([entry], new Map([["steps", stored]]), "a.safetensors"),
      RunError,
      `Cannot use steps of a.safetensors: it is ${dtype}`,
    );
    assertEquals([...await steps.read()], [7]);
  }
});
