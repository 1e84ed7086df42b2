#!/usr/bin/env python3
"""Times in PyTorch what `deno task bench` times here: training steps, a matrix product, a convolution.

    python3 bench/torch_gpu.py --csv torch.csv

The networks, their sizes and the loss are those of src/model/resnet.ts, src/model/lenetpp.ts and
bench/works/training_step.ts; a step is forward, backward and the update of SGD with momentum. Each runs eagerly, under
torch.compile and under torch.compile with CUDA graphs, in true float32 and with TF32. On a machine without CUDA everything runs on the CPU.

The CSV has the columns of `deno task bench --csv` and two more, `program` and `mode`; `error` says why a line is empty.
"""

import argparse
import csv
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

COLUMNS = ["program", "mode", "adapter", "work", "shape", "ms", "gflops", "gbs", "images_per_second", "error"]
CLASSES, FEATURES, SIDE = 10, 2, 28
COMPILERS = {
    "eager": lambda f: f,
    "compile": lambda f: torch.compile(f),
    "compile, graphs": lambda f: torch.compile(f, mode="reduce-overhead"),
}


class Block(nn.Module):
    """`o = relu(bn1(x))`, `z = conv2(relu(bn2(conv1(o))))`, plus `skip_conv(o)` where the size changes, else plus `x`."""

    def __init__(self, channels, out, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, out, 3, stride, 1)
        self.bn2 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1)
        changes = channels != out or stride != 1
        self.skip_conv = nn.Conv2d(channels, out, 1, stride) if changes else None

    def forward(self, x):
        o = F.relu(self.bn1(x))
        z = self.conv2(F.relu(self.bn2(self.conv1(o))))
        return z + (x if self.skip_conv is None else self.skip_conv(o))


class ResNet(nn.Module):
    """The pre-activation ResNet of mo-vic/standalone-center-loss, width 1."""

    def __init__(self):
        super().__init__()
        widths, strides = [32, 32, 64, 64, 128], [1, 2, 1, 2, 1]
        self.conv1 = nn.Conv2d(1, 16, 3)
        before = [16] + widths[:-1]
        self.blocks = nn.Sequential(*(Block(*sizes) for sizes in zip(before, widths, strides)))
        self.bn = nn.BatchNorm2d(widths[-1])
        self.fc1 = nn.Linear(widths[-1], FEATURES)
        self.fc2 = nn.Linear(FEATURES, CLASSES)

    def forward(self, x):
        pooled = F.relu(self.bn(self.blocks(self.conv1(x)))).mean((2, 3))
        features = self.fc1(pooled)
        return features, self.fc2(features)


class LeNetPlusPlus(nn.Module):
    """LeNet++ (Wen et al. 2016), as in KaiyangZhou/pytorch-center-loss."""

    def __init__(self):
        super().__init__()
        layers, channels = [], 1
        for out in (32, 64, 128):
            for inputs in (channels, out):
                layers += [nn.Conv2d(inputs, out, 5, padding=2), nn.PReLU()]
            layers.append(nn.MaxPool2d(2))
            channels = out
        self.convs = nn.Sequential(*layers)
        self.fc1 = nn.Linear(128 * 3 * 3, FEATURES)
        self.prelu_fc1 = nn.PReLU()
        self.fc2 = nn.Linear(FEATURES, CLASSES)

    def forward(self, x):
        features = self.prelu_fc1(self.fc1(self.convs(x).flatten(1)))
        return features, self.fc2(features)


def training_step(make_network, batch, device, compiler):
    """A step on a fixed batch of noise: cross-entropy plus center loss (rule autograd), backward, SGD."""
    torch.manual_seed(1)
    network = make_network().to(device)
    centers = nn.Parameter(torch.randn(CLASSES, FEATURES, device=device))
    optimizer = torch.optim.SGD([*network.parameters(), centers], lr=0.001, momentum=0.9)
    x = torch.rand(batch, 1, SIDE, SIDE, device=device)
    y = torch.arange(batch, device=device) % CLASSES

    def loss_of(x, y):
        features, logits = network(x)
        center = (features - centers[y]).square().sum(1).mean()
        return F.cross_entropy(logits, y) + center

    evaluate = compiler(loss_of)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = evaluate(x, y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def matmul(n, device, compiler):
    a, b = (torch.rand(n, n, device=device) * 2 - 1 for _ in range(2))
    product = compiler(lambda a, b: a @ b)
    return lambda: product(a, b)


def convolution(part, batch, device, compiler):
    """5x5, 32 to 32 channels, on 28x28: forward, or the gradient for the input or the weights alone."""
    x = torch.rand(batch, 32, SIDE, SIDE, device=device) * 2 - 1
    w = torch.rand(32, 32, 5, 5, device=device) * 2 - 1
    if part == "forward":
        run = compiler(lambda x, w: F.conv2d(x, w, padding=2))
    else:
        mask = [part == "input gradient", part == "weight gradient", False]
        backward = torch.ops.aten.convolution_backward
        run = compiler(lambda x, w: backward(x, x, w, [0], [1, 1], [2, 2], [1, 1], False, [0, 0], 1, mask))
    return lambda: run(x, w)


def flops_of_step(make_network, batch):
    """Operations of convolutions and linear layers: forward, input gradient (the first layer has none), weight gradient."""
    network, flops, first = make_network(), 0, True

    def count(module, inputs, output):
        nonlocal flops, first
        pixels = output.shape[2] * output.shape[3] if output.dim() == 4 else 1
        flops += 2 * batch * pixels * module.weight.numel() * (2 if first else 3)
        first = False

    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            module.register_forward_hook(count)
    with torch.no_grad():
        network(torch.zeros(2, 1, SIDE, SIDE))
    return flops


def works(batch):
    """What is timed: name, shape, operations, bytes, images, and what makes it."""
    for title, network in (("ResNet", ResNet), ("LeNet++", LeNetPlusPlus)):
        make = lambda device, compiler, network=network: training_step(network, batch, device, compiler)
        shape = f"{title}, center loss, {batch}x{SIDE}x{SIDE}x1"
        yield "training step", shape, flops_of_step(network, batch), None, batch, make
    n = 2048
    make = lambda device, compiler: matmul(n, device, compiler)
    yield "matmul", f"{n}x{n} by {n}x{n}", 2 * n**3, 12 * n**2, None, make
    pixels, weights = batch * SIDE * SIDE, 25 * 32 * 32
    for part in ("forward", "input gradient", "weight gradient"):
        make = lambda device, compiler, part=part: convolution(part, batch, device, compiler)
        shape = f"{batch}x{SIDE}x{SIDE}x32, 5x5 to 32"
        yield f"conv2d {part}", shape, 2 * pixels * weights, 4 * (2 * pixels * 32 + weights), None, make


def median_ms(run, device, samples, sample_ms):
    """The median time of one run, of samples that last `sample_ms` or more, each with one wait at its end."""

    def sample(runs):
        if device == "cuda":
            torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(runs):
            run()
        if device == "cuda":
            torch.cuda.synchronize()
        return 1000 * (time.perf_counter() - start)

    for _ in range(3):  # compiles, chooses algorithms, fills caches
        sample(1)
    runs = max(1, round(sample_ms / max(sample(1), 1e-3)))
    runs = max(1, round(runs * sample_ms / max(sample(runs), 1e-3)))
    return statistics.median(sample(runs) for _ in range(samples)) / runs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--csv", help="file for the results")
    parser.add_argument("--batch", type=int, default=128, help="images a step (128)")
    parser.add_argument("--samples", type=int, default=5, help="samples whose median counts (5)")
    parser.add_argument("--sample-ms", type=float, default=500, help="least duration of a sample (500)")
    parser.add_argument("--only", default="", help="only works whose name or shape holds it")
    options = parser.parse_args()
    if options.batch < 1 or options.samples < 1 or not options.sample_ms > 0:
        parser.error("--batch, --samples and --sample-ms must be above 0")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    adapter = torch.cuda.get_device_name() if device == "cuda" else "CPU"
    program = f"PyTorch {torch.__version__}"
    print(f"{program} on {adapter}")
    if device == "cpu":
        print("There is no CUDA here: these are times of the CPU, and TF32 is left out")
    torch.backends.cudnn.benchmark = True
    # Opened before the minutes of work, and written line by line: a kill leaves what was measured.
    try:
        file = open(options.csv or os.devnull, "w", newline="")
    except OSError as error:
        parser.error(f"--csv {options.csv} cannot be written: {error.strerror}")
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    timed = False
    for work, shape, flops, size, images, make in works(options.batch):
        if options.only.lower() not in f"{work} {shape}".lower():
            continue
        for tf32 in (False, True) if device == "cuda" else (False,):
            torch.backends.cuda.matmul.allow_tf32 = tf32
            torch.backends.cudnn.allow_tf32 = tf32
            for name, compiler in COMPILERS.items():
                if name == "compile, graphs" and device != "cuda":
                    continue
                mode = f"{name}, {'TF32' if tf32 else 'float32'}"
                row = dict.fromkeys(COLUMNS, "") | {
                    "program": program, "mode": mode, "adapter": adapter, "work": work, "shape": shape,
                }
                try:
                    ms = median_ms(make(device, compiler), device, options.samples, options.sample_ms)
                    row |= {"ms": ms, "gflops": flops / ms / 1e6}
                    row |= {"gbs": size / ms / 1e6} if size else {}
                    row |= {"images_per_second": 1000 * images / ms} if images else {}
                    print(f"{work:24} {shape:40} {mode:24} {ms:10.3f} ms {flops / ms / 1e6:10.1f} GFLOP/s", flush=True)
                except Exception as error:  # one that cannot run must not stop the others
                    row["error"] = (str(error) or type(error).__name__).strip().splitlines()[0]
                    print(f"{work:24} {shape:40} {mode:24} {row['error']}", flush=True)
                writer.writerow(row)
                file.flush()
                timed = timed or bool(row["ms"])
                if hasattr(torch, "_dynamo"):
                    torch._dynamo.reset()
    file.close()
    if not timed:
        sys.exit("Nothing could be timed")


if __name__ == "__main__":
    main()
