/** The second stage of wangx404/Center_Loss_in_MXNet beside its control: as many more epochs of joint training. */
import { comparison } from "./comparison.ts";

/** Both start from the same checkpoint, at the same rate; only the loss of the second stage differs. */
export const MX_CONTROL_STUDY = comparison({
  id: "mx-control",
  summary: "the second stage beside as many more epochs of joint training",
  rows: ["mx-center-second", "mx-second-joint"],
  title: "second stage: center loss alone, or joint training",
  nameOf: ({ secondStage }) =>
    secondStage?.loss.kind === "center-alone" ? "center loss alone" : "joint",
  split: "test",
});
