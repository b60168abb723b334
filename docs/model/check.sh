#!/usr/bin/env bash
# Checks the model of the order protocol exhaustively, then checks that the check can fail: each deliberate mistake must be found.
# Needs spin and a C compiler (Debian: apt-get install spin gcc libc6-dev). One line per run; exit status 1 if anything is not as
# it must be. KEEP=1 leaves the folder with the traces of what was found; replay one there with: spin -t -p -g -D... order.pml
set -euo pipefail

model=$(cd "$(dirname "$0")" && pwd)/order.pml
for tool in spin gcc; do
  command -v "$tool" >/dev/null || { echo "check.sh: $tool is missing" >&2; exit 2; }
done

folder=$(mktemp -d)
if [ -n "${KEEP:-}" ]; then echo "traces stay in $folder"; else trap 'rm -rf "$folder"' EXIT; fi

memory_mb_max=2000
depth_max=1000000
bad=0

# run must name [-DSWITCH...]: must is "pass" or "fail".
run() {
  local must=$1 name=$2 begun=$SECONDS compile=(-DSAFETY) search=() got states memory found line
  shift 2
  case " $* " in *' -DLIVENESS '*) compile=() search=(-a -f) ;; esac
  mkdir "$folder/$name"
  cd "$folder/$name"
  cp "$model" order.pml
  spin -a "$@" order.pml >spin.out 2>&1 || { cat spin.out; exit 2; }
  gcc -w -O1 "${compile[@]}" -DMEMLIM=$memory_mb_max -o pan pan.c
  # pan's exit status does not tell errors from a search that was cut short; its report does.
  ./pan "${search[@]}" "-m$depth_max" -w24 >pan.out 2>&1 || true
  if grep -q 'max search depth too small\|Search not completed' pan.out && ! grep -q 'errors: [1-9]' pan.out; then
    got='cut short'
  elif grep -q 'errors: 0$' pan.out; then
    got=pass
  elif grep -q 'assertion violated\|acceptance cycle' pan.out; then
    got=fail
  else
    got='no result'
  fi
  states=$(awk '/states, stored/ { print $1; exit }' pan.out)
  memory=$(awk '/total actual memory usage/ { printf "%d", $1; exit }' pan.out)
  found=''
  if grep -q 'acceptance cycle' pan.out; then found='broken: every signal comes to its end'; fi
  # The assertion's line in the model says what was promised.
  line=$(spin -t "$@" order.pml 2>/dev/null | sed -n 's/.*order.pml:\([0-9]*\), Error: assertion violated.*/\1/p' | head -1) || true
  if [ -n "$line" ]; then found="broken: $(sed -n "${line}s/.*\/\* \(.*\) \*\/.*/\1/p" order.pml)"; fi
  local verdict=ok
  if [ "$got" != "$must" ]; then
    verdict=WRONG
    bad=1
  fi
  printf '%-5s %-28s must %s: %-9s %8s states %5s MB %4d s  %s\n' \
    "$verdict" "$name" "$must" "$got" "${states:-?}" "${memory:-?}" $((SECONDS - begun)) "$found"
}

run pass safety
run pass liveness -DLIVENESS
for mistake in SEND_BEFORE_COMMIT RESEND_ON_TIMEOUT RESEND_AFTER_REBUILD REFUSED_ON_TIMEOUT NO_DEADLINE NO_FENCING \
  CONCLUDE_BEFORE_DEADLINE CONCLUDE_FROM_ONE_EMPTY_READ READ_CLOSED_BEFORE_OPEN; do
  run fail "$mistake" "-D$mistake"
done
run fail NEVER_GIVE_UP -DLIVENESS -DNEVER_GIVE_UP

if [ "$bad" -ne 0 ]; then
  echo 'the order protocol or its check is broken, see above'
  exit 1
fi
echo 'the order protocol holds, and every deliberate mistake is found'
