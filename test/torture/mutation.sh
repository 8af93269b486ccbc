#!/bin/bash
# Part "mutation": the tests of codec and engine with the code changed behind them.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/mutation.sh [--quick]

Has PIT change the code of dev.jgenl.wire and of the core of dev.jgenl.engine, a bit at a time, and see whether
a test fails: a change that no test sees has to be explained in test/torture/mutation/survivors.txt.

With --quick one class is changed.
USAGE
}

begin mutation "Codec and engine, changed behind their tests" "$@"
sources=test/torture/mutation reports=java/testkit/target/mutation log=$results/mutation.log status=0
survivors=$sources/survivors.txt options=()
# That one leaves no survivor.
! $quick || survivors=/dev/null options=(-Dmutation.wire=MessageReader -Dmutation.wire-only=true)
make_work
progress "changing the code, see $log"
rm -rf "$reports"
maven -P mutation -pl java/testkit -am process-test-classes "-Dthreads=$(nproc)" "${options[@]}" \
	-Dverbosity=NO_SPINNER >"$log" 2>&1 ||
	{ tail -n 30 "$log" >&2; fail "the code cannot be changed, see $log"; }
python3 $sources/mutants.py $survivors "$work/counts" "$work/left" "$reports"/*/mutations.xml ||
	status=$?
table "Changes of the code, by package" package changes "seen by a test" "of these by its time" unseen classes <"$work/counts"
table "Changes that no test sees" where change status reason <"$work/left"
((status == 0)) || fail "a change that no test sees is not explained, or a reason is out of date"
