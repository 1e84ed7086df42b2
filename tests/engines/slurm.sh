#!/bin/bash
# One host as a whole Slurm cluster, for a test: munged, slurmctld and slurmd with all their files in a folder.
#
#   tests/engines/slurm.sh start DIR    starts them (root only); SLURM_CONF=DIR/slurm.conf then reaches them
#   tests/engines/slurm.sh stop DIR     ends them and what they run
#
# Debian: apt-get install slurm-wlm munge. There are no cgroups in most containers, so no plugin uses them.
set -euo pipefail
dir=$2
export SLURM_CONF=$dir/slurm.conf PATH=$PATH:/usr/sbin:/sbin

# Waits up to a minute until a command succeeds.
until_done() {
  for _ in $(seq 300); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.2
  done
  echo "tests/engines/slurm.sh: waited in vain for: $*" >&2
  tail -n 5 "$dir"/*.log >&2
  return 1
}

idle() {
  [ "$(sinfo --noheader --format=%T)" = idle ]
}

ended() {
  ! kill -0 "$1"
}

start() {
  mkdir -p "$dir"/{munge,state,spool}
  chmod 755 "$dir"
  chmod 700 "$dir/munge"
  head -c 1024 /dev/urandom >"$dir/munge/key"
  chmod 600 "$dir/munge/key"
  # Two free ports: what this process's number makes of a range that systems do not hand out.
  local port=$((20000 + $$ % 5000 * 2)) host
  host=$(hostname -s)
  cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket,cred_expire=5
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0
JobRequeue=1
KillWait=1
MinJobAge=3600
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
    --log-file="$dir/munged.log" --seed-file="$dir/munge/seed"
  slurmctld -c
  slurmd
  until_done idle
}

stop() {
  scancel --user=root >/dev/null 2>&1 || true
  for name in slurmd slurmctld munged; do
    [ -s "$dir/$name.pid" ] || continue
    local pid
    pid=$(cat "$dir/$name.pid")
    kill "$pid" 2>/dev/null || continue
    until_done ended "$pid"
  done
}

"$1"
