#!/bin/sh
# Four hosts on this machine, for tests: a network namespace each, with its own Docker engine and sshd, on one bridge.
# Three are for nodes, the fourth for the client.
#
#   sh src/testing/hosts-bed.sh up FOLDER      makes them, and FOLDER/hosts.yml, which names them
#   sh src/testing/hosts-bed.sh down FOLDER    removes them and FOLDER
#   sh src/testing/hosts-bed.sh kill FOLDER N  kills the engine of host N with its containers; `start` starts it again
set -eu
folder=$2
net=10.99.77
hosts='1 2 3 4'

engine() {
  rm -f "$folder/h$1/docker.pid"
  # nsenter, not `ip netns exec`, which mounts /sys anew and so loses the control groups; and no function of this shell,
  # which would stay beside it and keep the output of this script open
  nsenter --net="/run/netns/dr-h$1" setsid dockerd --data-root "$folder/h$1/data" --exec-root "$folder/h$1/exec" \
    --pidfile "$folder/h$1/docker.pid" -H "unix://$folder/h$1/docker.sock" \
    --bridge none --iptables=false >"$folder/h$1/log" 2>&1 </dev/null &
  for _ in $(seq 100); do
    docker -H "unix://$folder/h$1/docker.sock" version >/dev/null 2>&1 && return
    sleep 0.2
  done
  echo "the engine of host $1 does not answer:" >&2
  tail -5 "$folder/h$1/log" >&2
  exit 1
}

up() {
  mkdir -p "$folder" /run/sshd
  ssh-keygen -q -t ed25519 -N '' -f "$folder/user"
  ssh-keygen -q -t ed25519 -N '' -f "$folder/hostkey"
  ip link add dr-br type bridge
  ip addr add "$net.1/24" dev dr-br
  ip link set dr-br up
  # where another engine lets bridged packets pass its own FORWARD chain, it would drop these
  iptables -w -I FORWARD -i dr-br -o dr-br -j ACCEPT
  echo 'hosts:' >"$folder/hosts.yml"
  for n in $hosts; do
    mkdir -p "$folder/h$n"
    ip netns add "dr-h$n"
    ip link add "dr-v$n" type veth peer name eth0 netns "dr-h$n"
    ip link set "dr-v$n" master dr-br up
    ip -n "dr-h$n" addr add "$net.1$n/24" dev eth0
    ip -n "dr-h$n" link set lo up
    ip -n "dr-h$n" link set eth0 up
    nsenter --net="/run/netns/dr-h$n" /usr/sbin/sshd -f /dev/null -o HostKey="$folder/hostkey" -o AuthorizedKeysFile="$folder/user.pub" \
      -o StrictModes=no -o UsePAM=no -o PidFile="$folder/h$n/sshd.pid" -o ListenAddress="$net.1$n"
    role=node
    [ "$n" != 4 ] || role=client
    printf -- '- {name: h%s, ssh: h%s, socket: %s, address: %s, role: %s}\n' \
      "$n" "$n" "$folder/h$n/docker.sock" "$net.1$n" "$role" >>"$folder/hosts.yml"
    printf 'Host h%s\n  HostName %s\n' "$n" "$net.1$n" >>"$folder/ssh_config"
  done
  printf 'ssh_config: %s\n' "$folder/ssh_config" >>"$folder/hosts.yml"
  printf 'Host *\n  User root\n  IdentityFile %s\n  UserKnownHostsFile %s\n  StrictHostKeyChecking accept-new\n  LogLevel ERROR\n' \
    "$folder/user" "$folder/known" >>"$folder/ssh_config"
  for n in $hosts; do engine "$n"; done
}

stop() {
  pid=$(cat "$folder/h$1/docker.pid" 2>/dev/null) || return 0
  kill "-$2" "$pid" 2>/dev/null || true
  for _ in $(seq 100); do [ -d "/proc/$pid" ] || return 0; sleep 0.1; done
}

# as a host that dies: what the engine had started ends with it
kill_host() {
  docker -H "unix://$folder/h$1/docker.sock" ps -q --no-trunc >"$folder/h$1/running"
  stop "$1" KILL
  while read -r id; do
    for pid in $(pgrep -f "containerd-shim.*$id" || true); do kill -KILL "$pid" $(pgrep -P "$pid") 2>/dev/null || true; done
  done <"$folder/h$1/running"
  # its containerd goes, too
  [ ! -f "$folder/h$1/exec/containerd/containerd.pid" ] || kill -KILL "$(cat "$folder/h$1/exec/containerd/containerd.pid")" 2>/dev/null || true
}

down() {
  for n in $hosts; do
    sock="unix://$folder/h$n/docker.sock"
    timeout 30 sh -c "docker -H $sock ps -aq | xargs -r docker -H $sock rm -f" >/dev/null 2>&1 || true
    stop "$n" TERM
    kill "$(cat "$folder/h$n/sshd.pid")" 2>/dev/null || true
    ip netns del "dr-h$n" 2>/dev/null || true
    ip link del "dr-v$n" 2>/dev/null || true
  done
  ip link del dr-br 2>/dev/null || true
  iptables -w -D FORWARD -i dr-br -o dr-br -j ACCEPT 2>/dev/null || true
  for mount in $(awk -v f="$folder/" 'index($2, f) == 1 {print $2}' /proc/mounts | sort -r); do umount "$mount" || true; done
  rm -rf "$folder"
}

case $1 in
up) up ;;
down) down ;;
kill) kill_host "$3" ;;
start) engine "$3" ;;
esac
