#!/bin/bash
# Tests run.sh for real: every check looks at what a machine did that it booted.
# shellcheck disable=SC2016 # what is in single quotes, the guest expands
set -uo pipefail
if [[ ${1:-} == --help ]]; then
	cat <<'USAGE'
usage: test/vm/selftest.sh [--kernel IMAGE --kdir BUILD]

Tests run.sh for real: every check looks at what a machine did that it booted. The options are passed to
each run.
USAGE
	exit
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
options=("$@")
kdir=''
for ((number = 1; number < $#; number++)); do
	[[ ${options[number - 1]} != --kdir ]] || kdir=${options[number]}
done
passed=0 failed=0

check() { # NAME CONDITION…: a command that succeeds
	if "${@:2}"; then
		echo "ok    $1" && ((passed += 1))
	else
		echo "FAIL  $1" && ((failed += 1))
	fi
}

# Runs a machine; leaves its streams in $temp/NAME.out and .err, its exit status in NAME.status.
run() { # NAME [OPTION…] -- CMD…
	local name=$1
	"$here/run.sh" "${options[@]}" "${@:2}" >"$temp/$name.out" 2>"$temp/$name.err"
	echo $? >"$temp/$name.status"
}

ended() { # NAME STATUS
	local status
	status=$(cat "$temp/$1.status")
	((status == $2)) || { echo "      $1 ended with $status:" && cat "$temp/$1.err" && false; }
}

# run.sh keeps all that it writes meanwhile in one folder.
nothing_left() {
	! pgrep -f "qemu-system.*$temp/sigterm" >/dev/null && rmdir "$temp/sigterm"
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
	echo "loopback $(cat /sys/class/net/lo/flags)"
	ip netns add selftest && echo "netns $(ip netns list)"
	modprobe dummy && echo "modprobe dummy"
	touch /etc/jgenl-selftest "$HOME/jgenl-selftest" && echo "wrote to /etc"
	echo report >"$0/report" && mv "$0/report" "$0/renamed"
	date +%s
	sleep 1000 & echo "left a process"
' "$temp"
check 'exit status 0' ended guest 0
check 'the command is root' grep -qx 'uid 0' "$temp/guest.out"
check 'the current folder is kept' grep -qx "folder $temp/folder with 'quote" "$temp/guest.out"
check 'a variable is passed' grep -qxz '.*variable two.lines.*' "$temp/guest.out"
check 'stdin is empty' grep -qx 'stdin 0' "$temp/guest.out"
check '/dev/stdout may be opened again' grep -qx reopened "$temp/guest.out"
check 'loopback is up' grep -qx 'loopback 0x9' "$temp/guest.out"
check 'network namespaces can be made' grep -qx 'netns selftest' "$temp/guest.out"
check 'a process left behind does not hold the machine' grep -qx 'left a process' "$temp/guest.out"
check 'the guest may write to its /etc' grep -qx 'wrote to /etc' "$temp/guest.out"
check 'the host does not see it' test ! -e /etc/jgenl-selftest -a ! -e "$HOME/jgenl-selftest"
check 'the host sees what is written to a writable folder' grep -qsx report "$temp/renamed"
check 'the clock is right' test "$(($(date +%s) - $(tail -n 2 "$temp/guest.out" | grep -xE '[0-9]+')))" -lt 30
release=$(sed -n 's/^release //p' "$temp/guest.out")
[[ ! -e /lib/modules/$release ]] ||
	check 'modprobe finds the modules of the kernel' grep -qx 'modprobe dummy' "$temp/guest.out"

echo '-- arguments, streams, status; two machines at once'
head -c 3000000 /dev/urandom >"$temp/binary"
arguments=('' 'two words' "'" '"' "\$HOME \`x\` \\" $'line\nline\r\n' '*' -- -n 'é,=')
printf '<%s>' "${arguments[@]}" >"$temp/expected"
run arguments --no-modules -- printf '<%s>' "${arguments[@]}" &
run streams --no-modules -- sh -c 'cat "$0"; tac "$0" >&2; exit 3' "$temp/binary"
wait
check 'exit status 3' ended streams 3
check 'stdout is exact, 3 MB of any bytes' cmp -s "$temp/binary" "$temp/streams.out"
check 'stderr is exact and separate' cmp -s <(tac "$temp/binary") "$temp/streams.err"
check 'a second machine ran beside it' ended arguments 0
check 'arguments are exact' cmp -s "$temp/expected" "$temp/arguments.out"

echo '-- streaming, signals'
mkfifo "$temp/killed.out"
run missing --no-modules -- no-such-command &
{ run killed --no-modules -- sh -c 'echo first; sleep 5; kill -TERM $$' && date +%s >"$temp/end"; } &
head -n 1 "$temp/killed.out" >/dev/null && date +%s >"$temp/first"
wait
check 'killed by signal 15 is 143' ended killed 143
check 'output comes while the command runs' test "$(($(cat "$temp/end") - $(cat "$temp/first")))" -ge 4
check 'a command that is not there is 127' ended missing 127

echo '-- time'
run timeout --no-modules --timeout 40 -- sh -c 'echo before; sleep 1000' &
mkdir "$temp/sigterm"
TMPDIR=$temp/sigterm "$here/run.sh" "${options[@]}" --no-modules -- sleep 1000 2>/dev/null &
sleep 8
kill -TERM $!
wait $!
check 'ended by SIGTERM is 143' test $? = 143
check 'and nothing is left of it' nothing_left
wait
check 'a timeout is 124' ended timeout 124
check 'what came before it is kept' grep -qx before "$temp/timeout.out"

echo '-- trouble in the kernel'
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
make -C "${kdir:-/lib/modules/$release/build}" M="$temp/warn" modules >"$temp/warn/log" 2>&1 || cat "$temp/warn/log"
run warn --no-modules -- insmod "$temp/warn/warn.ko" &
run panic --no-modules -- sh -c 'echo before; sleep 1; echo c >/proc/sysrq-trigger; sleep 1000'
run off --no-modules -- sh -c 'echo o >/proc/sysrq-trigger; sleep 1000' &
wait
check 'a panic is 125' ended panic 125
check 'its log is shown' grep -q 'Kernel panic' "$temp/panic.err"
check 'what came before it is kept' grep -qx before "$temp/panic.out"
check 'a WARNING is 125, whatever the command returned' ended warn 125
check 'its log is shown' grep -q 'on purpose' "$temp/warn.err"
check 'a machine that goes without a status is 125' ended off 125

echo '-- our modules'
run ours --kernel-log -- sh -c 'for module in "$JGENL_MODULES"/*.ko; do
	name=$(basename "$module" .ko) && grep "^$name " /proc/modules || exit
done'
check 'all of them are loaded' ended ours 0
check 'their log is shown' grep -q 'gnl_foobar_xmpl' "$temp/ours.err"

echo '-- errors'
run usage
check 'no command is 125' ended usage 125
run image --kernel /nonexistent -- true
check 'a kernel that is not there is named' grep -q '/nonexistent' "$temp/image.err"

echo "$passed passed, $failed failed"
((failed == 0))
