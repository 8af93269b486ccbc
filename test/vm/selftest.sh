#!/bin/bash
# Tests run.sh for real: every check looks at what a machine did that it booted.
# The options given are passed to each run (--kernel IMAGE --kdir BUILD).
# shellcheck disable=SC2016 # what is in single quotes, the guest expands
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
options=("$@")
passed=0 failed=0

check() { # NAME CONDITION…: a command that succeeds
	if "${@:2}"; then
		echo "ok    $1" && ((passed += 1))
	else
		echo "FAIL  $1" && ((failed += 1))
	fi
}

# Runs a machine; leaves its streams in $temp/NAME.out and .err, its exit status in $status.
run() { # NAME [OPTION…] -- CMD…
	local name=$1
	shift
	"$here/run.sh" "${options[@]}" "$@" >"$temp/$name.out" 2>"$temp/$name.err"
	status=$?
	(($# == 0 || status != 125)) || sed "s/^/      $name: /" "$temp/$name.err" | head -n 5
}

absent() { # PATTERN FILE
	! grep -q "$1" "$2"
}

no_machine_left() {
	! pgrep -f "qemu-system.*$temp" >/dev/null
}

echo '-- the guest'
mkdir "$temp/folder with 'quote"
cd "$temp/folder with 'quote" || exit
export JGENL_SELFTEST=$'two\nlines'
run guest --no-modules --env JGENL_SELFTEST --writable "$temp" -- sh -c '
	echo "uid $(id -u)"
	echo "release $(uname -r)"
	echo "folder $PWD"
	echo "variable $JGENL_SELFTEST"
	echo "stdin $(wc -c)"
	echo "reopened" >/dev/stdout
	echo "loopback $(ping -c 1 -W 5 127.0.0.1 >/dev/null 2>&1 || ip -br link show lo | grep -c UP)"
	ip netns add selftest && echo "netns $(ip netns list)"
	modprobe dummy && echo "modprobe dummy"
	touch /etc/jgenl-selftest "$HOME/jgenl-selftest" && echo "wrote to /etc"
	echo report >"$0/report" && mv "$0/report" "$0/renamed"
	date +%s
	sleep 1000 & echo "left a process"
' "$temp"
check 'exit status 0' test "$status" = 0
check 'the command is root' grep -qx 'uid 0' "$temp/guest.out"
check 'the current folder is kept' grep -qx "folder $temp/folder with 'quote" "$temp/guest.out"
check 'a variable is passed' grep -qxz '.*variable two.lines.*' "$temp/guest.out"
check 'stdin is empty' grep -qx 'stdin 0' "$temp/guest.out"
check '/dev/stdout may be opened again' grep -qx reopened "$temp/guest.out"
check 'loopback is up' grep -qxE 'loopback 1?' "$temp/guest.out"
check 'network namespaces can be made' grep -qx 'netns selftest' "$temp/guest.out"
check 'modprobe finds the modules of the kernel' grep -qx 'modprobe dummy' "$temp/guest.out"
check 'a process left behind does not hold the machine' grep -qx 'left a process' "$temp/guest.out"
check 'the guest may write to its /etc' grep -qx 'wrote to /etc' "$temp/guest.out"
check 'the host does not see it' test ! -e /etc/jgenl-selftest -a ! -e "$HOME/jgenl-selftest"
check 'the host sees what is written to a writable folder' grep -qsx report "$temp/renamed"
check 'the clock is right' test "$(($(date +%s) - $(tail -n 2 "$temp/guest.out" | grep -xE '[0-9]+')))" -lt 30
release=$(sed -n 's/^release //p' "$temp/guest.out")

echo '-- arguments, streams, status; two machines at once'
head -c 3000000 /dev/urandom >"$temp/binary"
arguments=('' 'two words' "'" '"' "\$HOME \`x\` \\" $'line\nline\r\n' '*' -- -n 'é,=')
printf '<%s>' "${arguments[@]}" >"$temp/expected"
(
	run arguments --no-modules -- printf '<%s>' "${arguments[@]}"
	exit $status
) &
run streams --no-modules -- sh -c 'cat "$0"; tac "$0" >&2; exit 3' "$temp/binary"
check 'exit status 3' test "$status" = 3
check 'stdout is exact, 3 MB of any bytes' cmp -s "$temp/binary" "$temp/streams.out"
check 'stderr is exact and separate' cmp -s <(tac "$temp/binary") "$temp/streams.err"
wait $!
check 'a second machine ran beside it' test $? = 0
check 'arguments are exact' cmp -s "$temp/expected" "$temp/arguments.out"

echo '-- signals, streaming'
"$here/run.sh" "${options[@]}" --no-modules -- sh -c 'echo first; sleep 4; kill -TERM $$' 2>/dev/null |
	while read -r line; do echo "$SECONDS $line"; done >"$temp/stream.out"
status=${PIPESTATUS[0]} end=$SECONDS
check 'killed by signal 15 is 143' test "$status" = 143
check 'output comes while the command runs' test "$((end - $(cut -d ' ' -f 1 "$temp/stream.out")))" -ge 3
run missing --no-modules -- no-such-command
check 'a command that is not there is 127' test "$status" = 127

echo '-- time'
run timeout --no-modules --timeout 10 -- sh -c 'echo before; sleep 1000'
check 'a timeout is 124' test "$status" = 124
check 'what came before it is kept' grep -qx before "$temp/timeout.out"
TMPDIR=$temp "$here/run.sh" "${options[@]}" --no-modules -- sleep 1000 2>/dev/null &
sleep 4
kill -TERM $!
wait $!
check 'ended by SIGTERM is 143' test $? = 143
check 'no machine is left' no_machine_left
check 'no temporary file is left' test -z "$(find "$temp" -maxdepth 1 -name 'tmp.*')"

echo '-- trouble in the kernel'
run panic --no-modules -- sh -c 'echo before; sleep 1; echo c >/proc/sysrq-trigger; sleep 1000' 2>/dev/null
check 'a panic is 125' test "$status" = 125
check 'its log is shown' grep -q 'Kernel panic' "$temp/panic.err"
check 'what came before it is kept' grep -qx before "$temp/panic.out"
mkdir "$temp/warn"
cat >"$temp/warn/warn.c" <<'C'
#include <linux/module.h>

static int __init warn_init(void)
{
	WARN(1, "on purpose");
	return 0;
}
module_init(warn_init);
MODULE_LICENSE("GPL");
C
echo 'obj-m := warn.o' >"$temp/warn/Kbuild"
make -C "/lib/modules/$release/build" M="$temp/warn" modules >"$temp/warn/log" 2>&1 || cat "$temp/warn/log"
run warn --no-modules -- insmod "$temp/warn/warn.ko"
check 'a WARNING is 125, whatever the command returned' test "$status" = 125
check 'its log is shown' grep -q 'on purpose' "$temp/warn.err"
run power --no-modules -- sh -c 'echo o >/proc/sysrq-trigger; sleep 1000'
check 'a machine that goes without a status is 125' test "$status" = 125

echo '-- our modules'
run ours --kernel-log -- sh -c 'for module in "$JGENL_MODULES"/*.ko; do
	name=$(basename "$module" .ko) && grep "^$name " /proc/modules || exit
done'
check 'all of them are loaded' test "$status" = 0
check 'their log is shown' grep -q 'gnl_foobar_xmpl' "$temp/ours.err"

echo '-- errors'
run usage
check 'no command is 125' test "$status" = 125
run image --kernel /nonexistent -- true
check 'a kernel that is not there is named' grep -q '/nonexistent' "$temp/image.err"

echo "$passed passed, $failed failed"
((failed == 0))
