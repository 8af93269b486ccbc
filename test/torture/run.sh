#!/bin/bash
# Runs the parts of the torture, some at once, and writes the report of what they found.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

# Those that are run beside others, the long ones first; another needs the kernel, the soak measures times.
beside=(codec kernels messages mutation faults emulation byteorder shim)
parts=(kernel "${beside[@]}" soak)

usage() {
	cat <<'USAGE'
usage: ./build_and_run.sh torture [--quick] [--again] [PART…]

Proves what CI has no time for, and renews docs/torture.md. Takes hours, with two parts at once where there
are processors for it, but for the first and the last; a part that has passed on this commit is not run
again, so what was interrupted goes on where it was.

  kernel     builds a kernel with sanitizers, once, and shows that each of them sees a fault
  messages   hostile messages to our modules under that kernel, and every allocation made to fail
  kernels    the modules and the Java tests on kernels from 5.10 to the newest
  emulation  boots and Java suites in a row: the virtual machine does not fail by itself
  faults     every call below the library fails in turn: the cause is named, nothing leaks, all goes on
  shim       the shim under sanitizers, valgrind, a fuzzer, and the checks of the JVM
  codec      what reads messages under a fuzzer
  mutation   the tests of codec and engine with the code changed behind them
  byteorder  the tests on processors of other byte order, and a kernel of one
  soak       millions of requests, dumps, subscriptions, threads, and reloads for minutes: nothing grows

  --quick    less of everything, under 12 minutes; leaves its report in target/torture/quick. It does
             not build the kernel: what needs it is then not run, unless it is there already
  --again    runs also what has passed on this commit
  --help     prints this

Each part is a script in test/torture, and leaves its figures in target/torture/PART.json. The exit status
is 1 if a part failed, 3 if one was not run, else 0.
USAGE
}

# passed PART: on this commit; what has passed a quick run has not passed a whole one, nor the other way round.
passed() {
	local file=$results/$1.json
	[ "$1" != kernel ] || kernel_speaks || return 1
	[ -e "$file" ] && python3 test/torture/report.py --passed "$(commit)" "$file"
}

# await: waits for one of the parts that run, and notes how it ended.
await() {
	local pid outcome=0
	wait -n -p pid "${!running[@]}" || outcome=$?
	case $outcome in
	0) outcomes+=("passed: ${running[$pid]}") ;;
	"$not_run")
		outcomes+=("NOT RUN: ${running[$pid]}")
		((status)) || status=$not_run
		;;
	*) outcomes+=("FAILED: ${running[$pid]}") status=1 ;;
	esac
	unset "running[$pid]"
}

# await_fewer_than NUMBER: until no more than that run.
await_fewer_than() {
	while ((${#running[@]} >= $1)); do
		await
	done
}

# shellcheck disable=SC2317 # a trap calls it
end() {
	local pid
	for pid in "${!running[@]}"; do
		kill -TERM -- "-$pid" 2>/dev/null || true
	done
	wait
	exit 130
}

quick=() again='' chosen=() results=target/torture
while (($#)); do
	case $1 in
	--quick) quick=(--quick) results=target/torture/quick ;;
	--again) again=yes ;;
	-h | --help) usage && exit ;;
	*)
		[[ " ${parts[*]} " == *" $1 "* ]] || { usage >&2 && die "unknown option or part '$1' of torture"; }
		chosen+=("$1")
		;;
	esac
	shift
done
[ ${#chosen[@]} != 0 ] || chosen=("${parts[@]}")
# A quick run does not build the kernel, so nothing waits for that part.
[ ${#quick[@]} = 0 ] || beside+=(kernel)

test/install.sh flex bison bc libelf-dev
hold
build_once
JGENL_TORTURE_BUILT=$(commit)
export JGENL_TORTURE_BUILT
at_once=$(($(nproc) > 1 ? 2 : 1))
outcomes=() status=0
declare -A running=()
# Each part is a process group of its own, which ends with all that it has started.
set -m
trap end INT TERM HUP
for part in "${parts[@]}"; do
	[[ " ${chosen[*]} " == *" $part "* ]] || continue
	if [ -z "$again" ] && passed "$part"; then
		outcomes+=("passed before: $part")
		continue
	fi
	limit=1
	[[ " ${beside[*]} " != *" $part "* ]] || limit=$at_once
	await_fewer_than "$limit"
	"test/torture/$part.sh" "${quick[@]}" </dev/null &
	running[$!]=$part
	((limit > 1)) || await_fewer_than 1
done
await_fewer_than 1
set +m
report=docs/torture.md
[ ${#quick[@]} = 0 ] || report=$results/torture.md
python3 test/torture/report.py --output "$report" "$results" "${parts[@]}"
say "Torture"
printf '%s\n' "${outcomes[@]}" "the report is in $report"
exit "$status"
