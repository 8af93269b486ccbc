#!/bin/bash
# Part "kernel": one with sanitizers, for the other parts.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/kernel.sh [--quick]

Builds Debian's linux-source-6.12 as tinyconfig with test/torture/kernel.config, in 12 minutes on two idle
cores, and keeps it in ~/.cache/jgenl (or that of XDG_CACHE_HOME) for this configuration, whichever work
tree asks. Then boots it and makes each fault that it shall see on purpose: a detector that stays silent
fails the part.

With --quick a kernel that is not there is not built.
USAGE
}

# fail_kernel WORD…: no other part shall rely on it.
fail_kernel() {
	rm -f "$kernel/.jgenl-speaks"
	fail "$@"
}

package=linux-source-6.12 building=$kernel.building

# Leaves the source in the folder; apt has verified it, by its keys, as what its lists say.
unpack() {
	local version listed
	version=$(apt-cache policy $package 2>/dev/null | sed -n 's/^ *Candidate: //p')
	[[ $version == [0-9]* ]] || fail "apt knows no $package: Debian 12 has it in bookworm-security, Debian 13 in main"
	listed=$(apt-cache show "$package=$version" | sed -n 's/^SHA256: //p' | head -n 1)
	progress "fetching $package $version, 150 MB"
	rm -rf "$building"
	mkdir -p "$building"
	(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$package=$version")
	sha256sum --check --quiet --strict <<<"$listed  $(echo "$work"/*.deb)" || fail "$package is not what apt has listed"
	unpack_source "$work"/*.deb -C "$building" --strip-components=1
	printf '%s, sha256 %s\n' "$version" "$listed" >"$building"/.jgenl-source
}

# An option that the source does not have, or not like this, would be ignored.
configured() {
	local line missing=''
	while read -r line; do
		case $line in
		CONFIG_*=n) ! grep -q "^${line%=n}=" "$building"/.config || missing+=" $line" ;;
		CONFIG_*) grep -qxF "$line" "$building"/.config || missing+=" $line" ;;
		esac
	done <test/torture/kernel.config
	[ -z "$missing" ] || fail "$package cannot have:$missing"
}

build_kernel() {
	local log=target/torture/kernel.log
	[ -e "$building"/.jgenl-source ] || unpack
	cp test/torture/kernel.config "$building"/jgenl.config
	(
		cd "$building"
		make -s tinyconfig
		scripts/kconfig/merge_config.sh -m .config jgenl.config
		make -s olddefconfig
	) >$log 2>&1 || { tail -n 20 $log >&2; fail "it cannot be configured, see $log"; }
	configured
	progress "building, see $log"
	make -C "$building" -j"$(nproc)" bzImage modules >>$log 2>&1 ||
		{ tail -n 20 $log >&2; fail "it cannot be built, see $log"; }
	mv "$building" "$kernel"
	# What modules are built with, and the image, are a tenth of it.
	(cd "$kernel" && find . -name '*.[oa]' ! -path './tools/objtool/*' -delete &&
		rm -rf Documentation arch/[!x]* block certs crypto drivers fs io_uring ipc mm net samples security sound virt)
}

# What is made on purpose, and how the kernel tells it, in an order in which none switches off another: KASAN is seen once.
faults=(
	"sleep under a spinlock|sleep|BUG: sleeping function called from invalid context"
	"two locks in both orders|order|WARNING: possible circular locking dependency detected"
	"list entry deleted twice|list|list_del corruption"
	"index beyond an array|index|UBSAN: array-index-out-of-bounds"
	"write behind an allocation|overflow|BUG: KASAN: slab-out-of-bounds"
	"memory that nobody holds|leak|unreferenced object"
)

see_faults() {
	local fault name line which
	mapfile -t which < <(printf '%s\n' "${faults[@]}" | cut -d '|' -f 2)
	mkdir "$work/canary"
	cp test/torture/canary.c "$work/canary"
	echo 'obj-m := canary.o' >"$work/canary/Kbuild"
	make -s -C "$kernel" M="$work/canary" modules >"$work/log" 2>&1 ||
		{ cat "$work/log" >&2; fail "the module that is at fault cannot be built"; }
	# Its trouble is why run.sh fails.
	# shellcheck disable=SC2016 # the guest expands it
	in_kernel "$work" --no-modules -- sh -c '
		cd "$0"
		for fault; do insmod canary/canary.ko fault="$fault" 2>/dev/null; done
		sleep 6 # kmemleak looks at what is older than 5 s
		echo scan >/sys/kernel/debug/kmemleak
		echo scan >/sys/kernel/debug/kmemleak
		{ dmesg; cat /sys/kernel/debug/kmemleak; } >seen
		touch booted' "$work" "${which[@]}" >"$work/log" 2>&1 || true
	[ -e "$work/booted" ] || { cat "$work/log" >&2; fail_kernel "the kernel does not boot"; }
	for fault in "${faults[@]}"; do
		IFS='|' read -r name _ line <<<"$fault"
		if grep -qF "$line" "$work/seen"; then
			printf '%s\tyes\n' "$name"
		else
			printf '%s\tNO\n' "$name"
		fi
	done >"$work/table"
	table "Faults on purpose" fault seen <"$work/table"
	cp "$work/seen" "$results/kernel-faults.log"
	! grep -q NO "$work/table" || fail_kernel "a detector stays silent, see $results/kernel-faults.log"
}

begin kernel "A kernel with sanitizers" "$@"
if ! kernel_is_built; then
	! $quick || leave_out "the kernel is not built: ./build_and_run.sh torture kernel"
fi
make_work
if ! kernel_is_built; then
	since=$SECONDS
	mkdir -p "$cache"
	exec {lock}>"$building.lock" # another work tree may be at it
	flock "$lock"
	kernel_is_built || build_kernel
	exec {lock}>&-
	figure "Time to build" "$((SECONDS - since)) s"
fi
figure "Source" "Debian's $package $(cat "$kernel/.jgenl-source")"
figure "Configuration" "tinyconfig and $(grep -c ^CONFIG test/torture/kernel.config) options of test/torture/kernel.config"
since=$SECONDS
in_kernel "$work" --kernel-log -- uname -r >"$work/release" || fail_kernel "it does not boot with our modules"
figure "Release" "$(cat "$work/release")"
figure "Time to boot, with our modules" "$((SECONDS - since)) s"
see_faults
touch "$kernel/.jgenl-speaks"
