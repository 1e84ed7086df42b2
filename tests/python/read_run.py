"""What Python finds in run folders; one line each, for `cli.ts` beside this file.

    read_run.py arrays RUN...       NumPy: tables, features and checkpoints
    read_run.py network RUN...      PyTorch: features and logits of the test images, beside those of the run
    read_run.py tensorboard RUN...  TensorBoard's own reader: the records and tags of the event file
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "python"))
from load_run import load_run  # noqa: E402


def arrays(run):
    last, tensors = run.last, run.tensors("last")
    dim, classes = run.plan["recipe"]["featureDim"], len(last["class_names"])
    epochs = run.plan["epochs"]
    assert len(run.metrics["epoch"]) == epochs
    assert last["features"].shape == (len(last["labels"]), dim), last["features"].shape
    assert last["centers"].shape == (classes, dim)
    test = last["features"][last["split"] == 1]
    assert (run.features(epochs)[-len(test) :] == test).all()
    assert tensors["centers"].shape == (classes, dim)
    if "logits" in last:
        assert last["logits"].shape == (len(test) + (last["split"] == 0).sum(), classes)
    rule = "logit" if run.plan["scoring"] == "logit" else "nearest_center"
    hits = (last["predictions"] == last["labels"])[last["split"] == 1].mean()
    assert abs(hits - run.metrics[f"test_accuracy_by_{rule}"][-1]) < 1e-9, hits
    return f"{len(last['labels'])} samples, {len(tensors)} tensors"


def network(run):
    """The test images as pixels stand beside the runs, in test_images.npy."""
    import numpy as np
    import torch

    last = run.last
    test = last["split"] == 1
    pixels = np.load(run.folder.parents[2] / "test_images.npy", allow_pickle=False)
    images = torch.from_numpy(pixels[last["index"][test]].transpose(0, 3, 1, 2).copy())
    with torch.no_grad():
        features, logits = run.network("last")(images)
    wanted = last["features"][test]
    off = np.abs(features.numpy() - wanted).max() / np.abs(wanted).max()
    assert off < 1e-5, f"features are off by {off:g}"
    if "logits" in last:
        wanted = last["logits"][test]
        off = max(off, np.abs(logits.numpy() - wanted).max() / np.abs(wanted).max())
        assert off < 1e-5, f"logits are off by {off:g}"
    return f"features and logits within {off:.1g} of the run's"


def tensorboard(run):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    (file,) = run.folder.glob("events.out.tfevents.*")
    records = sum(1 for _ in EventFileLoader(str(file)).Load())
    epochs, steps = len(run.metrics["epoch"]), len(run.table("steps")["step"])
    assert records == 3 + steps + epochs, records
    events = EventAccumulator(str(run.folder)).Reload()
    for split in ("train", "test"):
        for name in ("loss", "accuracy_by_nearest_center"):
            shown = [scalar.value for scalar in events.Scalars(f"{split}/{name}")]
            wanted = run.metrics[f"{split}_{name}"]
            assert all(abs(a - b) < 1e-5 * abs(b) + 1e-9 for a, b in zip(shown, wanted)), (shown, wanted)
            assert len(shown) == epochs
    assert len(events.Scalars("step/loss")) == steps
    assert {"maps/train", "maps/val"} <= set(events.Tags()["images"]), events.Tags()
    assert len(events.Images("maps/train")) == epochs
    assert {"norms/train", "norms/test"} <= set(events.Tags()["histograms"])
    kinds = {f"_hparams_/{kind}" for kind in ("experiment", "session_start_info", "session_end_info")}
    assert kinds <= set(events.Tags()["tensors"]), events.Tags()["tensors"]
    return f"{records} records"


def main():
    kind, *folders = sys.argv[1:]
    read = {"arrays": arrays, "network": network, "tensorboard": tensorboard}[kind]
    for folder in folders:
        run = load_run(folder)
        print(f"{run.plan['id']}: {read(run)}")


if __name__ == "__main__":
    main()
