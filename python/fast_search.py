"""Trains a row of the published table in PyTorch, on few images, to choose settings of preset `fast` (docs/fast.md).

    python fast_search.py standalone-cifar-10-2 --lr 0.01 --batch-size 32 >> results/fast/search.csv

Prints a line of that table: what was set, and the accuracy on test images after each epoch, by the row's own rule. Layers, loss,
schedule and augmentation are the row's; random numbers are PyTorch's own. Data sets lie where `deno task data` leaves them. It takes
PyTorch and NumPy.
"""

import argparse
import csv
import gzip
import os
import sys
import tarfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


SETS = ("mnist", "fashion-mnist", "cifar-10")


class Block(nn.Module):
    """relu(bn), convolution, relu(bn), convolution, beside a skip of 1x1 where the size changes."""

    def __init__(self, channels, out, stride):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(channels), nn.BatchNorm2d(out)
        self.conv1 = nn.Conv2d(channels, out, 3, stride, 1)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1)
        self.skip = nn.Conv2d(channels, out, 1, stride) if channels != out or stride != 1 else None

    def forward(self, x):
        o = F.relu(self.bn1(x))
        return self.conv2(F.relu(self.bn2(self.conv1(o)))) + (x if self.skip is None else self.skip(o))


class ResNet(nn.Module):
    """The pre-activation ResNet of mo-vic/standalone-center-loss, with the centers of the losses."""

    def __init__(self, channels, width, features):
        super().__init__()
        widths = [round(w * width) for w in (32, 32, 64, 64, 128)]
        self.conv1 = nn.Conv2d(channels, 16, 3)
        self.blocks = nn.Sequential(*(Block(*of) for of in zip([16] + widths, widths, (1, 2, 1, 2, 1))))
        self.bn = nn.BatchNorm2d(widths[-1])
        self.fc1, self.fc2 = nn.Linear(widths[-1], features), nn.Linear(features, 10)
        for layer in self.modules():
            if isinstance(layer, (nn.Conv2d, nn.Linear)):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)
        self.centers = nn.Parameter(torch.randn(10, features))

    def forward(self, x):
        return self.fc1(F.relu(self.bn(self.blocks(self.conv1(x)))).mean((2, 3)))


def loss_of(kind, net, features, labels, weight):
    """The row's loss; `weight` is that of the center loss, or of the term over pairs."""
    pull = (features - net.centers[labels]).pow(2).sum(1).mean()
    if kind == "standalone":
        squared = (features[:, None] - features[None]).pow(2).sum(2)
        others = labels[:, None] != labels[None]
        return pull - weight * torch.log1p(squared)[others].sum() / len(labels)
    return F.cross_entropy(net.fc2(features), labels) + (weight * pull if kind == "cent" else 0)


def images_of(folder, name, split, count):
    """Images [n, channels, h, w] from 0 to 1 and labels, from the start of the set."""
    folder = Path(folder) / name
    if name == "cifar-10":
        files = [f"data_batch_{i}.bin" for i in range(1, 6)] if split == "train" else ["test_batch.bin"]
        raw = np.concatenate([np.frombuffer(batch(folder, it), np.uint8) for it in files])
        rows = raw.reshape(-1, 3073)[:count]
        labels, pixels = rows[:, 0], rows[:, 1:].reshape(-1, 3, 32, 32)
    else:
        part = "train" if split == "train" else "t10k"
        pixels = np.frombuffer(read(folder / f"{part}-images-idx3-ubyte"), np.uint8, offset=16)
        labels = np.frombuffer(read(folder / f"{part}-labels-idx1-ubyte"), np.uint8, offset=8)[:count]
        pixels = pixels.reshape(-1, 1, 28, 28)[:count]
    return torch.from_numpy(pixels.copy()).float() / 255, torch.from_numpy(labels.copy()).long()


def batch(folder, name):
    """A file of CIFAR-10, or what its archive has under that name."""
    name, archive = f"cifar-10-batches-bin/{name}", folder / "cifar-10-binary.tar.gz"
    if (folder / name).exists() or not archive.exists():
        return (folder / name).read_bytes()
    with tarfile.open(archive) as packed:
        return packed.extractfile(name).read()


def read(path):
    """A file, or its compressed twin."""
    return path.read_bytes() if path.exists() else gzip.open(f"{path}.gz").read()


def augmented(name, x):
    """As the row does: flipped, rotated by up to 5 degrees, or padded by 4 and cut."""
    n, _, height, width = x.shape
    if name != "mnist":
        flip = torch.rand(n) < 0.5
        x = torch.where(flip[:, None, None, None], x.flip(3), x)
    if name == "cifar-10":
        padded = F.pad(x, (4, 4, 4, 4))
        at = torch.randint(0, 9, (n, 2))
        return torch.stack([p[:, i : i + height, j : j + width] for p, (i, j) in zip(padded, at.tolist())])
    angle = (torch.rand(n) * 2 - 1) * np.pi / 36
    turn = torch.stack([angle.cos(), -angle.sin(), 0 * angle, angle.sin(), angle.cos(), 0 * angle], 1)
    grid = F.affine_grid(turn.view(-1, 2, 3), x.shape, align_corners=False)
    return F.grid_sample(x, grid, align_corners=False)


def accuracy_of(kind, net, images, labels):
    """By the row's rule: the nearest center, or the largest logit."""
    net.eval()
    right = 0
    with torch.no_grad():
        for x, y in zip(images.split(500), labels.split(500)):
            features = net(x)
            scores = -torch.cdist(features, net.centers) if kind == "standalone" else net.fc2(features)
            right += (scores.argmax(1) == y).sum().item()
    net.train()
    return right / len(labels)


def train(args):
    """Accuracies after each epoch."""
    kind, name, features = args.kind, args.set, args.features
    torch.manual_seed(args.seed)
    images, labels = images_of(args.data_dir, name, "train", args.train_size)
    args.train_size = len(labels)  # the set may have fewer
    test = images_of(args.data_dir, name, "test", args.test_size)
    net = ResNet(images.shape[1], args.width, features)
    optimizer = torch.optim.SGD(
        net.parameters(), args.lr, momentum=0.9, weight_decay=args.weight_decay, nesterov=args.nesterov
    )
    steps = len(labels) // args.batch_size
    total, step, accuracies = steps * args.epochs, 0, []
    for epoch in range(args.stop or args.epochs):
        order = torch.randperm(len(labels))
        for batch in order[: steps * args.batch_size].view(steps, -1):
            step += 1
            share = step / total
            rate = share / args.peak if share <= args.peak else (1 - share) / (1 - args.peak)
            for group in optimizer.param_groups:
                group["lr"] = args.lr * rate
            ramp = 1 if args.center_ramp is None else min(1, share / args.center_ramp)
            weight = 0.1 * 128 / args.batch_size if kind == "standalone" else ramp
            loss = loss_of(kind, net, net(augmented(name, images[batch])), labels[batch], weight)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        accuracies.append(accuracy_of(kind, net, *test))
        print(f"epoch {epoch + 1}/{args.epochs}: {accuracies[-1]:.4f}", file=sys.stderr)
    return accuracies


def check(args, parser):
    """Refuses what cannot be trained."""
    ranges = {
        "lr": (0, 100),
        "peak": (0, 1),
        "width": (1 / 32, 16),
        "weight_decay": (0, 1),
        "batch_size": (2, args.train_size),
        "epochs": (1, 999),
        "test_size": (1, 10000),
        "stop": (1, args.epochs),
        "center_ramp": (0, 1),
    }
    for name, (low, high) in ranges.items():
        value, flag = getattr(args, name), "--" + name.replace("_", "-")
        if value is not None and not low <= value <= high:
            parser.error(f"{flag} is {value:g}; it must be from {low:g} to {high:g}")
    if args.peak in (0, 1) or args.lr == 0 or args.center_ramp == 0:
        parser.error("--lr, --peak and --center-ramp must be above 0, and --peak below 1")
    if args.center_ramp is not None and args.kind != "cent":
        parser.error(f"--center-ramp does not fit {args.row}: it has no center loss beside cross-entropy")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("row", help="such as standalone-cifar-10-2")
    parser.add_argument("--lr", type=float, required=True, help="rate at the peak")
    for name, default in [("batch-size", 64), ("epochs", 3), ("train-size", 20000), ("test-size", 2000), ("seed", 1)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--stop", type=int, help="epochs that are run, of those of the cycle")
    for name, default in [("width", 0.5), ("weight-decay", 5e-4), ("peak", 0.2)]:
        parser.add_argument(f"--{name}", type=float, default=default)
    parser.add_argument("--center-ramp", type=float, help="share of the steps in which the center weight rises")
    parser.add_argument("--nesterov", action="store_true")
    place = os.environ.get("CENTERLAB_DATA") or Path(__file__).resolve().parents[1] / ".cache" / "data"
    parser.add_argument("--data-dir", default=place, help="folder of the data sets (default: $CENTERLAB_DATA, or .cache/data)")
    args = parser.parse_args()
    args.kind, _, rest = args.row.partition("-")
    args.set, _, features = rest.rpartition("-")
    if args.kind not in ("xent", "cent", "standalone") or args.set not in SETS or features not in ("2", "128"):
        parser.error(f"{args.row} is no row of the published table")
    args.features = int(features)
    check(args, parser)
    try:
        accuracies = train(args)
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read ({error.strerror}): `deno task data {args.set}` fetches the set")
    changed = [
        *([f"batch {args.batch_size}"] if args.batch_size != 64 else []),
        *([f"peak at {args.peak}"] if args.peak != 0.2 else []),
        *(["Nesterov momentum"] if args.nesterov else []),
        *([f"seed {args.seed}"] if args.seed != 1 else []),
    ]
    csv.writer(sys.stdout, lineterminator="\n").writerow([
        args.row, f"{args.width:g}", args.train_size, args.epochs, len(accuracies), f"{args.lr:g}",
        f"{args.weight_decay:g}", args.center_ramp or "", "; ".join(changed),
        ", ".join(f"{it:.4f}" for it in accuracies), f"PyTorch {'.'.join(torch.__version__.split('.')[:2])}",
    ])


if __name__ == "__main__":
    main()
