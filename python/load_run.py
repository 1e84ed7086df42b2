"""Read a run of centerlab in Python: one file, to copy. NumPy is needed, PyTorch for `network()` alone.

    run = load_run("runs/cent-mnist-2/quick/seed-1")
    run.metrics["test_accuracy_by_logit"][-1]      # a number an epoch
    run.features(3)                                # float32 [samples, dim] after epoch 3
    run.last["features"], run.last["logits"]       # the arrays of features.npz
    run.tensors("best")["fc1.weight"]              # a checkpoint, in PyTorch's layouts
    features, logits = run.network("best")(pixels) # pixels: float32 [n, channels, height, width], 0 to 255

From the command line, `python load_run.py RUN` says what a folder holds.
"""

import csv
import json
import struct
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np


OTHER_HEADS = {
    *("arcface", "cosface", "normface", "coco", "adacos", "proxy-anchor", "supcon"),  # cosines
    *("sphereface", "soft-triple", "cac"),
}


def load_run(folder):
    """The run in a folder, such as `runs/cent-mnist-2/quick/seed-1`."""
    return Run(folder)


class Run:
    """A run's folder: files are read when they are asked for."""

    def __init__(self, folder):
        self.folder = Path(folder)
        if not (self.folder / "config.json").is_file():
            raise FileNotFoundError(f"{self.folder} has no config.json: name the folder of a run")
        try:
            self.config = json.loads((self.folder / "config.json").read_text(encoding="utf-8"))
            self.plan = self.config["plan"]
            self.plan.keys()
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(f"{self.folder / 'config.json'} is no config of a run") from None

    def table(self, name):
        """A CSV file as a dict of columns; numbers are float64, empty fields NaN, words strings."""
        path = self.folder / f"{name}.csv"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is not there: the run has no finished epoch, or keeps no such table")
        with _reading(path), open(path, newline="", encoding="utf-8") as file:
            header, *lines = list(csv.reader(file)) or [[]]
            if not header:
                raise ValueError("it is empty")
            for number, line in enumerate(lines, 2):
                if len(line) != len(header):
                    raise ValueError(f"line {number} has {len(line)} fields, not {len(header)}")
        columns = zip(*lines) if lines else [()] * len(header)
        return {name: _column(fields) for name, fields in zip(header, columns)}

    @property
    def metrics(self):
        """`metrics.csv`: rate, loss terms and accuracies, a number an epoch."""
        return self.table("metrics")

    def features(self, epoch):
        """Features after an epoch, training samples first: float32 `[samples, dim]`; NaN where the epoch left one out."""
        path = self.folder / "features" / f"epoch-{epoch:03d}.npy"
        with _reading(path, NO_ARRAYS):
            return np.load(path, allow_pickle=False)

    @property
    def last(self):
        """The arrays of `features.npz`, by name."""
        path = self.folder / "features.npz"
        with _reading(path, NO_ARRAYS), np.load(path, allow_pickle=False) as arrays:
            return dict(arrays)

    def tensors(self, which="last"):
        """The arrays of a checkpoint, `last` or `best`, by name: network, `centers`, `optimizer.*`."""
        return read_safetensors(self.folder / f"{which}.safetensors")

    def network(self, which="last"):
        """The network of a checkpoint as a PyTorch module in evaluation mode: pixels from 0 to 255 to `(features, logits)`."""
        import torch

        tensors = {
            name: torch.from_numpy(array.copy())
            for name, array in self.tensors(which).items()
            if name != "centers" and not name.startswith(("optimizer.", "loss."))
        }
        module = _modules()[_kind(self.plan["recipe"]["network"])](tensors, self.plan["recipe"])
        missing, unexpected = module.load_state_dict(tensors, strict=False)
        missing = [name for name in missing if not name.endswith("num_batches_tracked")]
        if missing or unexpected:
            raise ValueError(f"{self.folder}: the checkpoint lacks {missing} and has {unexpected} besides")
        return _modules()["pixels"](module, self.plan["recipe"].get("normalization", {})).eval()


def read_safetensors(path):
    """The float32 arrays of a safetensors file, by name."""
    data = Path(path).read_bytes()
    arrays = {}
    with _reading(path):
        (length,) = struct.unpack("<Q", data[:8])
        if length > len(data) - 8:
            raise ValueError(f"its header has {length} bytes")
        header = json.loads(data[8 : 8 + length])
        if not isinstance(header, dict):
            raise ValueError("its header is no object")
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            if entry["dtype"] != "F32":
                raise ValueError(f"{name} is {entry['dtype']}, not F32")
            start, end = entry["data_offsets"]
            part = np.frombuffer(data[8 + length + start : 8 + length + end], "<f4")
            arrays[name] = part.reshape(entry["shape"])
    return arrays


NO_ARRAYS = "it holds no arrays of NumPy, or is cut short"


@contextmanager
def _reading(path, why=None):
    """Names the file that cannot be read, whatever its reader raises."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise ValueError(f"{path} is damaged: {why or error}") from error


def _column(fields):
    try:
        return np.array([float(field) if field else np.nan for field in fields])
    except ValueError:
        return np.array(fields)


def _kind(network):
    kind = network if isinstance(network, str) else network["kind"]
    if kind not in ("resnet", "lenetpp", "four-convs"):
        raise ValueError(f"load_run.py has no module for the network {kind}")
    return kind


def _modules():
    """The modules, made when PyTorch is asked for. Layers are as wide as the checkpoint's tensors."""
    import torch
    import torch.nn.functional as F
    from torch import nn

    def conv(tensors, name, **options):
        out, channels, side, _ = tensors[f"{name}.weight"].shape
        return nn.Conv2d(channels, out, side, bias=f"{name}.bias" in tensors, **options)

    def linear(tensors, name):
        out, inputs = tensors[f"{name}.weight"].shape
        return nn.Linear(inputs, out, bias=f"{name}.bias" in tensors)

    def norm(tensors, name):
        return nn.BatchNorm2d(len(tensors[f"{name}.weight"]))

    class Head(nn.Module):
        """The last layer of a loss that makes its logits otherwise than by products and a bias."""

        def __init__(self, tensors, loss):
            super().__init__()
            self.loss = loss
            self.weight = nn.Parameter(tensors["fc2.weight"])
            if "fc2.scale" in tensors:
                self.register_buffer("scale", tensors["fc2.scale"])

        def forward(self, x):
            kind, unit = self.loss["kind"], F.normalize(self.weight, dim=1)
            if kind == "cac":
                anchors = self.loss["anchor"] * torch.eye(len(self.weight))
                return -((x @ self.weight.T)[:, None] - anchors).norm(dim=2)
            if kind == "sphereface":
                return x @ unit.T
            cosines = F.normalize(x, dim=1) @ unit.T
            if kind == "soft-triple":
                cosines = cosines.unflatten(1, (-1, self.loss["proxies"]))
                cosines = (F.softmax(cosines / self.loss["temperature"], dim=2) * cosines).sum(2)
            if kind == "supcon":
                return cosines / self.loss["temperature"]
            return cosines * (self.scale if kind == "adacos" else self.loss["scale"])

    def head(tensors, recipe):
        loss = recipe["loss"]
        return Head(tensors, loss) if loss["kind"] in OTHER_HEADS else linear(tensors, "fc2")

    class Block(nn.Module):
        def __init__(self, tensors, name, stride):
            super().__init__()
            self.bn1 = norm(tensors, f"{name}.bn1")
            self.conv1 = conv(tensors, f"{name}.conv1", stride=stride, padding=1)
            self.bn2 = norm(tensors, f"{name}.bn2")
            self.conv2 = conv(tensors, f"{name}.conv2", padding=1)
            skips = f"{name}.skip_conv.weight" in tensors
            self.skip_conv = conv(tensors, f"{name}.skip_conv", stride=stride) if skips else None

        def forward(self, x):
            o = F.relu(self.bn1(x))
            z = self.conv2(F.relu(self.bn2(self.conv1(o))))
            return z + (x if self.skip_conv is None else self.skip_conv(o))

    class ResNet(nn.Module):
        """The pre-activation ResNet of mo-vic/standalone-center-loss."""

        def __init__(self, tensors, recipe):
            super().__init__()
            self.conv1 = conv(tensors, "conv1")
            for group, stride in enumerate([1, 2, 1, 2, 1], 1):
                blocks = sorted({int(n.split(".")[1]) for n in tensors if n.startswith(f"group{group}.")})
                names = [f"group{group}.{block}" for block in blocks]
                strides = [stride] + [1] * len(names)
                setattr(self, f"group{group}", nn.Sequential(*(Block(tensors, *of) for of in zip(names, strides))))
            self.bn = norm(tensors, "bn")
            self.fc1, self.fc2 = linear(tensors, "fc1"), head(tensors, recipe)

        def forward(self, x):
            y = self.conv1(x)
            for group in range(1, 6):
                y = getattr(self, f"group{group}")(y)
            features = self.fc1(F.relu(self.bn(y)).mean((2, 3)))
            return features, self.fc2(features)

    class LeNetPlusPlus(nn.Module):
        """LeNet++ (Wen et al. 2016) as its published variants build it."""

        def __init__(self, tensors, recipe):
            super().__init__()
            variant = recipe["network"] if isinstance(recipe["network"], dict) else {}
            self.pool = variant.get("lastPool", {"kernel": 2, "stride": 2})
            activation = variant.get("activation", {"kind": "prelu"})
            self.slope = activation.get("slope")
            self.activates_features = variant.get("featureActivation", True)
            for name in [f"{pair}_{half}" for pair in (1, 2, 3) for half in (1, 2)]:
                setattr(self, f"conv{name}", conv(tensors, f"conv{name}", padding=2))
                if self.slope is None:
                    setattr(self, f"prelu{name}", nn.PReLU(len(tensors[f"prelu{name}.weight"])))
            self.fc1, self.fc2 = linear(tensors, "fc1"), head(tensors, recipe)
            if "prelu_fc1.weight" in tensors:
                self.prelu_fc1 = nn.PReLU(len(tensors["prelu_fc1.weight"]))

        def activated(self, x, name):
            return getattr(self, name)(x) if self.slope is None else F.leaky_relu(x, self.slope)

        def forward(self, x):
            for pair in (1, 2, 3):
                for half in (1, 2):
                    name = f"{pair}_{half}"
                    x = self.activated(getattr(self, f"conv{name}")(x), f"prelu{name}")
                last = pair == 3
                x = F.max_pool2d(x, self.pool["kernel"] if last else 2, self.pool["stride"] if last else 2)
            features = self.fc1(x.flatten(1))
            if self.activates_features:
                features = self.activated(features, "prelu_fc1")
            return features, self.fc2(features)

    class Slopes(nn.Module):
        """A PReLU with a slope an element; the file has those of an image as [height, width, channels]."""

        def __init__(self, tensors, name):
            super().__init__()
            self.weight = nn.Parameter(tensors[f"{name}.weight"])

        def forward(self, x):
            slopes = self.weight.permute(2, 0, 1) if self.weight.dim() == 3 else self.weight
            return F.relu(x) - slopes * F.relu(-x)

    class FourConvs(nn.Module):
        """The last network of machineCYC/SideProjects, 01-CenterLossVisualization."""

        def __init__(self, tensors, recipe):
            super().__init__()
            for i in (1, 2, 3, 4):
                setattr(self, f"conv{i}", conv(tensors, f"conv{i}"))
                setattr(self, f"prelu{i}", Slopes(tensors, f"prelu{i}"))
            self.fc1, self.fc2 = linear(tensors, "fc1"), head(tensors, recipe)
            self.prelu_fc1 = Slopes(tensors, "prelu_fc1")

        def forward(self, x):
            for i in (1, 2, 3, 4):
                x = getattr(self, f"prelu{i}")(getattr(self, f"conv{i}")(x))
            features = self.prelu_fc1(self.fc1(x.flatten(1)))
            return features, self.fc2(features)

    class Pixels(nn.Module):
        """A network behind the normalization of its training."""

        def __init__(self, network, normalization):
            super().__init__()
            self.network = network
            self.mean, self.deviation = normalization.get("mean", 0), normalization.get("deviation", 1)

        def forward(self, pixels):
            return self.network((pixels / 255 - self.mean) / self.deviation)

    return {"resnet": ResNet, "lenetpp": LeNetPlusPlus, "four-convs": FourConvs, "pixels": Pixels}


def tell(run):
    """What a run's folder holds, on standard output."""
    epochs = len(run.metrics["epoch"])
    print(f"{run.plan['id']}, preset {run.plan['preset']}, seed {run.plan['seed']}: {epochs} epochs")
    for name, column in run.metrics.items() if epochs else ():
        print(f"  {name}: {column[-1]:g}" if column.dtype.kind == "f" else f"  {name}: {column[-1]}")
    if (run.folder / "features.npz").is_file():
        for name, array in run.last.items():
            print(f"  features.npz {name}: {array.dtype} {list(array.shape)}")


def main():
    usage = "Usage: python load_run.py RUN, the folder of a run"
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(usage)
    elif len(sys.argv) != 2:
        print(usage, file=sys.stderr)
        sys.exit(2)
    else:
        try:
            tell(load_run(sys.argv[1]))
        except (OSError, ValueError, KeyError) as error:
            sys.exit(f"{sys.argv[1]}: the column {error} is missing" if isinstance(error, KeyError) else str(error))


if __name__ == "__main__":
    main()
