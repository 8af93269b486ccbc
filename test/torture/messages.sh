#!/bin/bash
# Part "messages": hostile messages to our modules, under the kernel with sanitizers.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/messages.sh [--quick]

Sends 1,000,000 hostile messages to the families of our modules, under the kernel of kernel.sh: any bytes;
messages that pass the policies, with one thing bent, of which the kernel counts how many reach a handler;
from an unprivileged user; from two processes while the modules are loaded and unloaded. Then has every
allocation fail, one after the other, of each command and of loading the modules, but for those of dynamic
debug, of which the kernel warns. Looks for leaks before and after they go. Fails if the kernel has anything
to say.

With --quick 20,000, and every ninth allocation of loading a module.
USAGE
}

# command_names FAMILY-PREFIX HEADER FAMILY: lines "family number name", from the enum of the header.
command_names() {
	awk -v prefix="$1" -v family="$3" '
		$1 ~ "^" prefix "[A-Z_]*,$" { gsub(prefix "|,", "", $1); print family "\t" number++ "\t" tolower($1) }' "include/$2"
}

names() {
	local family
	command_names GNL_FOOBAR_XMPL_C_ gnl_foobar_xmpl.h gnl_foobar_xmpl
	for family in genl_lab genl_lab_hdr genl_lab_init; do
		command_names GENL_LAB_C_ genl_lab.h $family
	done
}

# The lines of a file that start with family and number, with a name in their place.
named() {
	awk -F '\t' -v OFS='\t' 'FNR == NR { name[$1, $2] = $3; next }
		{ $2 = $1 " " name[$1, $2]; sub(/^[^\t]*\t/, ""); print }' <(names) "$1"
}

# The commands whose handlers allocate nothing: there no fault can fire within.
without_allocation=(
	"gnl_foobar_xmpl reply_with_nlmsg_err" # refuses
	"genl_lab check"                       # the policy has spoken already
	"genl_lab admin"                       # and so have
	"genl_lab ns_admin"                    # the permissions
	"genl_lab dump"                        # fills what the core has allocated
	"genl_lab fail"                        # refuses
	"genl_lab burst"                       # leaves it to a job
	"genl_lab register"                    # has places
	"genl_lab deregister"
)

sum() { # COLUMN FILE
	awk -F '\t' -v column="$1" '{ sum += $column } END { print sum + 0 }' "$2"
}

begin messages "Hostile messages to the kernel modules" "$@"
kernel_speaks || leave_out "it needs the kernel that the part kernel builds, and has heard tell of faults"
make_work
seed=$(date +%s) messages=1000000 variants=8 step=1 timeout=10000
! $quick || messages=20000 variants=3 step=9 timeout=1800
cc -std=c11 -O2 -Wall -Wextra -Wconversion -Werror -o "$work/hostile" test/torture/hostile/*.c
cp test/torture/messages-guest.sh "$work"
# In this function the kernel warns of an allocation that failed, which taints it: where it and the next one start.
read -r -a spared < <(sort "$kernel/System.map" | awk '
	start { print start, "0x" $1; exit }
	$3 == "ddebug_module_notify" { start = "0x" $1 }')
progress "$messages messages, seed $seed"
status=0
in_kernel "$work" --timeout $timeout -- "$work/messages-guest.sh" "$work" "$seed" $messages $variants $step \
	"$(names | awk '$1 == "genl_lab" && $3 == "register" { print $2 }')" "${spared[@]}" || status=$?
cp "$work/log" "$results/messages.log" 2>/dev/null || cp target/vm/kernel.log "$results/messages.log"
((status == 0)) || fail "it ended with $status, see $results/messages.log"

figure "Messages" "$messages, seed $seed"
figure "Modules loaded and unloaded meanwhile" "$(cut -f 1 "$work/reloads") times; $(cut -f 2 "$work/reloads") refused, a dump was open"
figure "Reached a handler" "$((100 * $(sum 4 "$work/commands") / $(sum 3 "$work/commands"))) of 100 that follow a policy"
figure "Allocations that failed" "$(sum 3 "$work/faults-in-all") of commands; $(sum 3 "$work/faults-within") of their handlers, in a run of its own; $(cat "$work/faults-of-jobs") at random; $(sum 2 "$work/faults-of-loading") while a module was loaded"
table "Messages that follow a policy, with one thing bent" command sent handled share "µs each" \
	< <(named "$work/commands" | awk -F '\t' -v OFS='\t' '{ print $1, $2, $3, int(100 * $3 / $2) " %", $4 }')
paste "$work/faults-in-all" <(cut -f 3 "$work/faults-within") >"$work/both"
printf '%s\n' "${without_allocation[@]}" >"$work/without"
named "$work/both" | awk -F '\t' -v OFS='\t' 'FNR == NR { without[$1]; next }
	$1 in without && $3 == 0 { $3 = "it makes none" } { print }' "$work/without" - >"$work/told"
table "Allocations made to fail, one at a time" command "in all" "in its handler" <"$work/told"
table "Allocations made to fail while a module is loaded" module failed refused <"$work/faults-of-loading"

# What the detectors say; that allocations fail, also of kmemleak itself, is our doing.
trouble='BUG|WARNING|UBSAN|KASAN|Oops|Kernel panic|INFO: |corruption|kmemleak: [^K]'
sed -E -n "/kmemleak: Cannot allocate a scan area/d; /$trouble/p" "$work/log" >"$work/findings"
cat "$work/leaks" >>"$work/findings"
figure "Findings of KASAN, UBSAN, lockdep, kmemleak" "$(grep -c . "$work/findings" || true)"
[ ! -s "$work/findings" ] || { cat "$work/findings" >&2; fail "the kernel has something to say, see $results/messages.log"; }
awk -F '\t' '$4 == 0 { exit 1 }' "$work/commands" || fail "a command's handler was never reached"
awk -F '\t' '{ sent += $3; handled += $4 } END { exit handled * 2 <= sent }' "$work/commands" ||
	fail "not half of the messages reached a handler"
awk -F '\t' '$3 == 0 { exit 1 }' "$work/faults-in-all" || fail "a command saw no allocation fail"
[ "$(cut -f 1 "$work/reloads")" -gt 0 ] || fail "no module was unloaded"
[ "$(cat "$work/faults-of-jobs")" -gt 0 ] || fail "no allocation failed at random"
awk -F '\t' '$2 == 0 { exit 1 }' "$work/faults-of-loading" || fail "a module saw no allocation fail while it was loaded"
! grep -P '\t0$' "$work/told" || fail "a handler saw no allocation fail"
[ "$(grep -c 'it makes none' "$work/told")" = ${#without_allocation[@]} ] ||
	fail "a handler allocates that is listed as one that does not"
