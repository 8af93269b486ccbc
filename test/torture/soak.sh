#!/bin/bash
# Part "soak": millions of everything, and what the process holds meanwhile.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/soak.sh [--quick]

On the running kernel: 10,000,000 requests, 100,000 dumps, 100,000 subscriptions opened and closed, 2,000,000
requests of 64 threads, and as many of 1,000 virtual threads at a time on the newest JDK. In the virtual
machine: 1,000,000 events of a subscription to which more is sent than it can take, and 600 reloads of the
module in use, one a second. Looks 90 times in each at descriptors, threads, direct memory, the heap after a
collection, native memory as the JVM accounts for it and as the kernel does: from the middle third to the
last none may grow by more than what two measurements differ by anyway, which the report tells. Leaks that are
planted must be seen. Draws the curves.

With --quick a hundredth of each, and 20 reloads.
USAGE
}

# soak STAGE…: runs them with the words of ${java[@]}. A heap that is all there from the start: what the
# process grows by is then a leak.
soak() {
	"${java[@]}" -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC -XX:NativeMemoryTracking=summary \
		--enable-native-access=ALL-UNNAMED -cp "test/target/test-classes:$(<test/target/class-path.txt)" \
		dev.jgenl.test.Soak "$work" "$size" "$@" 2>&1 | tee -a "$results/soak.log" | grep --line-buffered -E '^(soak:|FINDING)' ||
		fail "see $results/soak.log"
}

# beside STAGE COLUMN: what was counted beside it.
beside() {
	awk -F '\t' -v stage="$1" -v column="$2" '$1 == stage { print $column }' "$work/beside"
}

begin soak "Soak" "$@"
make_work
size=whole timeout=3600
! $quick || size=quick timeout=600
rm -f "$results"/soak{.log,*.svg}
build_once

progress "planted leaks"
java=(nice -n 10 java)
soak LEAKS
figure "Planted leaks" "all seen: descriptors, threads, direct memory, heap, native memory, resident memory"
progress "on this kernel"
soak REQUESTS DUMPS SUBSCRIPTIONS THREADS
if newest=$(newest_java); then
	java=(nice -n 10 "$newest")
	figure "JDK of the virtual threads" "$("$newest" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')"
	soak VIRTUAL_THREADS
else
	figure "Virtual threads" "not tried: there is no JDK 21 or newer"
fi
progress "in the virtual machine"
java=(test/vm/run.sh --timeout "$timeout" --writable "$work" -- java -XX:TieredStopAtLevel=1)
soak FLOOD RELOADS

figure "Flood" "$(beside flood 2) bursts of 1,000 notifications; a loss was told $(beside flood 3) times"
(($(beside flood 3) > 0)) || fail "nothing was lost: that was no flood"
figure "Beside the reloads" "$(beside reloads 2) requests, dumps and subscriptions; the module was away for $(beside reloads 4) of them"
(($(beside reloads 4) > 0)) || fail "the module was never away"
table "Microseconds that each took" what times threads "seconds in all" p50 p99 p99.9 max <"$work/latencies"
table "Held, by the medians of the middle third and the last" what descriptors threads "direct kB" "heap kB" \
	"native kB" "resident kB" <"$work/held"
python3 test/torture/curves.py "$results" "$work"/*.tsv
figure "Curves" "$results/soak-*.svg"
