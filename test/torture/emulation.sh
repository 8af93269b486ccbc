#!/bin/bash
# Part "emulation": the virtual machine that the tests run in does not fail by itself.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/emulation.sh [--quick]

An emulator that runs each processor in a thread of its own may run code that another processor has just
patched as it was, or half of it: then a JVM dies of SIGILL, or a kernel of int3. Shows that test/vm/run.sh,
where one thread runs all processors in turn, does not: patches code while it runs, for a minute; boots 200
times; runs the Java tests of our modules 20 times. Any failure fails the part. For comparison it patches, and
runs these tests, with a thread each, too.

With --quick for 10 s, 5 times, once the tests of three classes.
USAGE
}

# patch_code OPTION…: leaves what test/torture/patch.c has counted. With a thread each the machine may hang.
patch_code() {
	test/vm/run.sh --no-modules --timeout $((seconds + 60)) "$@" -- "$work/patch" $seconds
}

# in_turn NUMBER NAME CMD…: runs it so many times, as many at once as there are processors, each with a log
# in the results; fails after the first that does.
in_turn() {
	local number=$1 name=$2
	shift 2
	rm -rf "${results:?}/$name"
	mkdir "$results/$name"
	# shellcheck disable=SC2016 # expanded by that shell
	seq "$number" | xargs -P "$(nproc)" -I {} bash -c '
		since=$(date +%s) status=0
		"${@:2}" >"$1.log" 2>&1 || status=$?
		printf "%s: ended with %s after %s s\n" "$1" $status $(($(date +%s) - since)) | tee "$1.outcome"
		((status == 0)) || { tail -n 30 "$1.log" >&2 && exit 255; }' in_turn "$results/$name/{}" "$@"
}

# spread NAME: how long they took.
spread() {
	sed 's/.* after //; s/ s$//' "$results/$1"/*.outcome | sort -n |
		awk '{ t[NR] = $1 } END { print t[1] " to " t[NR] " s each, median " t[int((NR + 1) / 2)] " s" }'
}

begin emulation "The virtual machine itself" "$@"
make_work
seconds=60 boots=200 suites=20 classes='.*[.](Lab|Foobar).*IT'
! $quick || seconds=10 boots=5 suites=1 classes='.*Lab(Dump|Reply|Subscription)IT'
cc -std=c11 -O2 -Wall -Wextra -Wconversion -Werror -pthread -o "$work/patch" test/torture/patch.c

progress "patching code while it runs"
alone=$(patch_code) || fail "the machine failed while code was patched"
figure "Code patched while it runs" "$alone"
figure "The same with a thread each" "$(patch_code --thread-each || echo "the machine failed")"
[[ $alone == 'versions '[1-9]*', calls '[1-9]*', stale 0, torn 0, illegal 0' ]] || fail "code was run as it was before, or half of it"

progress "$boots boots"
in_turn $boots boot test/vm/run.sh --no-modules -- true || fail "a boot failed"
figure "Boots in a row" "$boots, $(spread boot)"

progress "$suites runs of the Java tests in it"
build_once
in_turn $suites suite test/vm/suite.sh --classes "$classes" || fail "a run of the Java tests failed"
figure "Runs of the Java tests of the modules in a row" "$suites, $(spread suite)"
progress "one more with a thread each"
since=$SECONDS outcome="the machine or a test failed"
! test/vm/suite.sh --classes "$classes" --thread-each >"$results/suite/thread-each.log" 2>&1 ||
	outcome="$((SECONDS - since)) s, alone"
figure "One with a thread each" "$outcome"
figure_tests "Tests in each" "$results/suite/1.log"
