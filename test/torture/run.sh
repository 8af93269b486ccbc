#!/bin/bash
# Runs the parts of the torture, one after the other, and writes the report of what they found.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

parts=(kernel messages kernels emulation faults shim codec byteorder soak)

usage() {
	cat <<'USAGE'
usage: ./build_and_run.sh torture [--quick] [--again] [PART…]

Proves what CI has no time for, and renews docs/torture.md. Takes hours; a part that has passed on this
commit is not run again, so what was interrupted goes on where it was.

  kernel     builds a kernel with sanitizers, once, and shows that each of them sees a fault
  messages   hostile messages to our modules under that kernel, and every allocation made to fail
  kernels    the modules and the Java tests on kernels from 5.10 to the newest
  emulation  boots and Java suites in a row: the virtual machine does not fail by itself
  faults     every call below the library fails in turn: the cause is named, nothing leaks, all goes on
  shim       the shim under sanitizers, valgrind, a fuzzer, and the checks of the JVM
  codec      what reads messages under a fuzzer, and its tests with the code changed behind them
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

# passed PART: a whole run of it, or the quick one that is asked for, of this commit.
passed() {
	local file
	for file in "$results/$1.json" "target/torture/$1.json"; do
		[ ! -e "$file" ] || ! python3 test/torture/report.py --passed "$(commit)" "$file" || return 0
	done
	return 1
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

test/install.sh flex bison bc libelf-dev
outcomes=() status=0
for part in "${chosen[@]}"; do
	if [ -z "$again" ] && passed "$part"; then
		outcomes+=("passed before: $part")
		continue
	fi
	outcome=0
	"test/torture/$part.sh" "${quick[@]}" || outcome=$?
	case $outcome in
	0) outcomes+=("passed: $part") ;;
	"$not_run")
		outcomes+=("NOT RUN: $part")
		((status)) || status=$not_run
		;;
	130) exit 130 ;;
	*) outcomes+=("FAILED: $part") status=1 ;;
	esac
done
report=docs/torture.md
[ ${#quick[@]} = 0 ] || report=$results/torture.md
python3 test/torture/report.py --output "$report" "$results" "${parts[@]}"
say "Torture"
printf '%s\n' "${outcomes[@]}" "the report is in $report"
exit "$status"
