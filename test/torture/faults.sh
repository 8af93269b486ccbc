#!/bin/bash
# Part "faults": every system call of the transport fails in turn, below the library.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/faults.sh [--quick]

Has a Java program do all that the library can, on the running kernel, with one call of the transport that
fails: the first, the second and so on until there are no more, of each kind of call, with each errno that it
can give, once or from then on. What the shim and libnl allocate fails, too. Each time the program must get
what it asked for, or an exception that names the cause; nothing may leak, no event be lost in silence, and
what is open must go on to serve. As root, without privilege, and as on a kernel that tells no cookies of
namespaces (before 5.14); and from virtual threads, on the newest JDK.

With --quick each call fails once only.
USAGE
}

# functions undefined | defined FILE: what it needs of other libraries, or has for them.
functions() {
	nm -D "--$1-only" "$2" | awk '$(NF - 1) ~ /[TU]/ { sub(/@.*/, "", $NF); print $NF }' | sort -u
}

# inject NAME [WORD…]: runs the program with what is preloaded, behind the words of ${prefix[@]}. It ends itself if a
# step hangs; which may keep it from that.
inject() {
	truncate -s 0 "$work/control" && truncate -s 4096 "$work/control"
	nice -n 10 timeout --foreground --kill-after=60 1800 "${prefix[@]}" env LD_PRELOAD="$work/faults.so" JGENL_FAULTS="$work/control" \
		"$java" -Xmx256m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
		-cp "test/target/test-classes:$(<test/target/class-path.txt)" dev.jgenl.test.Faults \
		"$work/control" "$work/$1" "${@:2}" 2>&1 | tee "$results/faults-$1.log" | grep -E '^(faults:|FINDING)'
}

# tell NAME TITLE: what it found.
tell() {
	figure "Faults $2" "$(awk '{ faults += $3; refused += $5; survived += $4 }
		END { print faults " times calls failed: " refused " times an exception named the cause, " survived " times all was well" }' "$work/$1")"
	table "Calls that fail $2" call calls "times that it failed" "was well" exception < <(awk -F '\t' '$2 > 0' "$work/$1")
}

# each_failed NAME CALL…: that each of these was made to.
each_failed() {
	local call
	for call in "${@:2}"; do
		grep -q -P "^$call\t\d+\t[1-9]" "$work/$1" || fail "$call never failed, see $results/faults-$1.log"
	done
}

begin faults "Faults below the library" "$@"
make_work
words=()
! $quick || words=(quick)
cc -std=c11 -O2 -fPIC -shared -Wall -Wextra -Wconversion -Werror -o "$work/faults.so" \
	test/torture/faults/faults.c -ldl
build_once

# What the shim calls of libc is either made to fail, or cannot, or may fail unheard.
cannot=(__errno_location __stack_chk_fail __tls_get_addr clock_gettime free memcpy memmove memset
	pthread_attr_destroy pthread_attr_init pthread_attr_setstacksize pthread_join pthread_sigmask
	sigfillset strlen syscall write)
called=$(functions undefined native/target/cmake/libjgenl.so)
untouched=$(grep -vE '^(_?_?(nl|genl|nlmsg)_|_ITM|__gmon|__cxa)' <<<"$called" |
	grep -vxFf <(functions defined "$work/faults.so"; printf '%s\n' "${cannot[@]}") | tr '\n' ' ') || (($? == 1))
[ -z "$untouched" ] || fail "the shim calls what is not made to fail: $untouched"

# libnl has sendmsg and recvmsg too, which the shim does without.
calls=(socket bind connect setsockopt getsockopt getsockname sendto recvfrom recvmmsg close allocate)
privileged=("${calls[@]}" ppoll eventfd read open setns thread)
prefix=() java=java
if ((EUID == 0)); then
	progress "as root"
	inject root "${words[@]}" || fail "see $results/faults-root.log"
	tell root "as root"
	each_failed root "${privileged[@]}" ioctl
	progress "as on a kernel that tells no cookies"
	inject old "${words[@]}" without-cookies || fail "see $results/faults-old.log"
	tell old "without cookies"
	each_failed old "${privileged[@]}"
	if java=$(newest_java); then
		progress "from virtual threads"
		inject virtual "${words[@]}" virtual || fail "see $results/faults-virtual.log"
		tell virtual "from virtual threads"
		each_failed virtual "${privileged[@]}" ioctl
	else
		figure "From virtual threads" "not tried: there is no JDK 21 or newer"
	fi
	java=java
	prefix=(setpriv "--bounding-set=-net_admin,-sys_admin")
else
	figure "As root" "not tried: run as root"
fi
progress "without privilege"
inject plain "${words[@]}" unprivileged || fail "see $results/faults-plain.log"
tell plain "without privilege"
each_failed plain "${calls[@]}" ioctl
