#!/usr/bin/env bash
# Measures centerlab on this machine's adapter, in one go and without the network.
#
#   bench/gpu.sh OUT_DIR            everything
#   bench/gpu.sh OUT_DIR STEP...    only these of: doctor parity tune bench training profile overhead memory row torch
#
# Wants Deno 2.9 or newer (on PATH, or DENO=/path/to/deno), MNIST (CENTERLAB_DATA, the folder that holds mnist/) for
# the row, and the packages in Deno's cache (DENO_DIR); nothing is fetched. To fill the cache where there is a network:
#
#   deno install --entrypoint bench/cli.ts experiments/cli.ts experiments/doctor/cli.ts tests/parity/cli.ts
#
# Tables and logs go into OUT_DIR. A step that fails does not stop the others; the last line names it, and the exit
# code is 1. CENTERLAB_GPU_QUICK=1 makes everything tiny, to see that it runs.
set -uo pipefail

STEPS=(doctor parity tune bench training profile overhead memory row torch)
NETWORKS=(resnet lenetpp)

say() {
  printf 'gpu: %s\n' "$*"
}

misuse() {
  printf 'gpu: %s\n' "$*" >&2
  exit 2
}

case ${1:-} in
  "" | -*) misuse "usage: bench/gpu.sh OUT_DIR [STEP...]" ;;
esac
mkdir -p "$1" || misuse "cannot make the folder $1"
out=$(cd "$1" && pwd)
shift
for step in "$@"; do
  case " ${STEPS[*]} " in
    *" $step "*) ;;
    *) misuse "there is no step \"$step\"; there are: ${STEPS[*]}" ;;
  esac
done
wanted=("$@")
[ $# -gt 0 ] || wanted=("${STEPS[@]}")

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
deno=${DENO:-$(command -v deno)} || misuse "there is no deno on PATH: set DENO=/path/to/deno"
"$deno" --version > "$out/deno.txt" 2>&1 || misuse "cannot run $deno: set DENO=/path/to/deno"
export DENO_NO_UPDATE_CHECK=1

batch=128
preset=paper
only=()
steps=()
memory_steps=()
torch_options=()
if [ "${CENTERLAB_GPU_QUICK:-}" = 1 ]; then
  batch=2
  preset=smoke
  only=(--only SGD)
  steps=(--steps 2)
  memory_steps=(--steps 100)
  torch_options=(--samples 1 --sample-ms 20)
fi

# Runs a task of deno.json with its own permissions, from the cache alone.
task() {
  local name=$1 command
  shift
  command=$("$deno" eval 'const { tasks } = JSON.parse(Deno.readTextFileSync("deno.json"));
    console.log(tasks[Deno.args[0]]?.command ?? "");' "$name")
  case $command in
    "deno run "*"&"* | "deno run "*";"*) printf 'the task %s is more than one command\n' "$name" >&2 && return 1 ;;
    "deno run "*) ;;
    *) printf 'there is no task %s\n' "$name" >&2 && return 1 ;;
  esac
  local words
  read -r -a words <<< "$command"
  "$deno" run --cached-only "${words[@]:2}" "$@"
}

has_task() {
  "$deno" eval 'Deno.exit(JSON.parse(Deno.readTextFileSync("deno.json")).tasks[Deno.args[0]] ? 0 : 1);' "$1"
}

run_doctor() {
  task doctor --json > "$out/doctor.json" && task doctor
}

run_parity() {
  task parity tests/fixtures/*.json
}

run_tune() {
  if ! has_task tune; then
    echo "left out: this version has no tuner"
    return 0
  fi
  task tune cent-mnist-2 --preset "$preset" --bench --cache "$out/tuned.json" --write "$out/tiles.json"
}

# Later steps run with the tiles that the tuner wrote.
tiles=()
use_tiles() {
  [ -s "$out/tiles.json" ] && tiles=(--tiles "$out/tiles.json")
  return 0
}

run_bench() {
  task bench --json "$out/bench.json" --csv "$out/bench.csv" "${only[@]}" "${tiles[@]}"
}

run_training() {
  task bench --batch "$batch" --only "training step" --json "$out/training.json" --csv "$out/training.csv" "${tiles[@]}"
}

run_profile() {
  local network failed=0
  for network in "${NETWORKS[@]}"; do
    task bench --profile --network "$network" --batch "$batch" --csv "$out/profile-$network.csv" "${tiles[@]}" || failed=1
  done
  return "$failed"
}

run_overhead() {
  local network failed=0
  for network in "${NETWORKS[@]}"; do
    task bench --overhead --network "$network" --batch "$batch" "${steps[@]}" "${tiles[@]}" || failed=1
  done
  return "$failed"
}

run_memory() {
  task bench --memory "${memory_steps[@]}" "${tiles[@]}"
}

run_row() {
  task exp cent-mnist-2 --preset "$preset" --out "$out/runs" --overwrite "${tiles[@]}"
}

run_torch() {
  if ! python3 -c 'import torch' 2> /dev/null; then
    echo "left out: there is no python3 with torch"
    return 0
  fi
  python3 bench/torch_gpu.py --batch "$batch" --csv "$out/torch.csv" "${torch_options[@]}"
}

failed=()
printf 'step,seconds,exit_code\n' > "$out/steps.csv"
for step in "${wanted[@]}"; do
  say "$step"
  start=$SECONDS
  use_tiles
  "run_$step" 2>&1 | tee "$out/$step.log"
  code=${PIPESTATUS[0]}
  printf '%s,%s,%s\n' "$step" "$((SECONDS - start))" "$code" >> "$out/steps.csv"
  [ "$code" -eq 0 ] || failed+=("$step")
done
if [ ${#failed[@]} -gt 0 ]; then
  say "failed: ${failed[*]}; see the logs in $out"
  exit 1
fi
say "all done; everything is in $out"
