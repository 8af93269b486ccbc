#!/bin/bash
# Part "kernels": the modules and the Java tests on kernels from 5.10 to the newest.
set -euo pipefail
PATH+=:/usr/sbin:/sbin # depmod
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh
# shellcheck source-path=SCRIPTDIR/../.. source=test/oracles/backports.sh
. test/oracles/backports.sh

usage() {
	cat <<'USAGE'
usage: test/torture/kernels.sh [--quick]

Builds the modules with W=1, and sparse where the headers know it, for Debian's kernels 5.10, 6.1, 6.12 and
the newest of trixie-backports, and runs the Java tests of the modules on each in the virtual machine. A test
that says that a kernel lacks what it needs has to be listed in test/torture/kernels.txt, and a line there
that nothing needs fails. The kernels come from Debian's archive, 100 MB each, and stay in ~/.cache/jgenl
(or that of XDG_CACHE_HOME).

With --quick the tests of three classes, on the oldest and the newest as they were fetched before.
USAGE
}

# Name, package of the image, package of the headers, suites to take them from.
kernels=(
	"5.10 linux-image-amd64 linux-headers-amd64 bullseye-security"
	"6.1 linux-image-amd64 linux-headers-amd64 bookworm-security"
	"6.12 linux-image-6.12-amd64 linux-headers-6.12-amd64 bookworm-security"
	"newest linux-image-amd64 linux-headers-amd64 trixie-backports trixie"
)

# needs PACKAGE…: these and what they depend on, of what apt sees.
needs() {
	apt-cache depends --recurse --important "$@" | grep '^[a-z]'
}

# Which of the programs that build modules this machine's C library is too old for.
too_new() {
	local program
	find "$1"/usr/lib/linux-kbuild-* -type f -perm -u+x | while read -r program; do
		! ldd "$program" 2>&1 | grep -q "version .GLIBC_.* not found" || echo "$program"
	done
}

unpack_into() {
	local package
	for package in "${@:2}"; do
		dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink --no-same-owner -C "$1"
	done
}

# What has been packed for /usr is used where it is, and by this machine's compiler. BTF, which no module
# needs, would take the pahole of that release; a compiler that lacks an option is spared it.
settle() {
	local root=$1 headers program libraries=$1/newer/usr/lib/x86_64-linux-gnu
	headers=$(echo "$root"/usr/src/linux-headers-*-amd64)
	sed -i "s|/usr/src/|$root/usr/src/|" "$headers/Makefile"
	sed -i 's/gcc-[0-9]*$/gcc/' "$headers/.kernelvariables"
	sed -i '/^CONFIG_DEBUG_INFO_BTF_MODULES=/d' "$headers/include/config/auto.conf"
	gcc -fmin-function-alignment=16 -E -x c /dev/null >/dev/null 2>&1 ||
		sed -i '/^CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=/d' "$headers/include/config/auto.conf"
	depmod -b "$root" "${headers##*/linux-headers-}"
	for program in $(too_new "$root"); do
		mv "$program" "$program.debian"
		printf '#!/bin/sh\nexec %s/ld-linux-x86-64.so.2 --library-path %s %s.debian "$@"\n' \
			"$libraries" "$libraries" "$program" >"$program"
		chmod +x "$program"
	done
}

# fetch NAME IMAGE HEADERS SUITE…: leaves it in a folder of that name, with its version, unless it is there.
fetch() (
	local name=$1 root=$cache/debian-$1 version packages=$work/$1 wanted=()
	! $quick || [ ! -e "$root/.jgenl" ] || return 0
	see_suites "$packages/apt" "${@:4}" || return
	version=$(apt-cache policy "$2" | sed -n 's/^ *Candidate: //p')
	[[ $version == [0-9]* ]] || { echo "${*:4} has no $2" >&2 && return 1; }
	[ "$(cat "$root/.jgenl" 2>/dev/null)" != "$version" ] || return 0
	progress "fetching $2 $version"
	mapfile -t wanted < <(needs "$2" "$3" | grep '^linux-.*[0-9]' | grep -vE -- '-unsigned$|^linux-compiler|-6.12-amd64$')
	cd "$packages"
	apt-get -qq download "${wanted[@]}" || return
	rm -rf "$root"
	mkdir -p "$root/usr/lib" "$root/newer"
	ln -s usr/lib "$root/lib"
	unpack_into "$root" ./*.deb || return
	if [ -n "$(too_new "$root")" ]; then
		mkdir libraries
		cd libraries
		mapfile -t wanted < <(needs "$(cd .. && echo linux-kbuild-*.deb | sed 's/_.*//')" | grep -E '^(lib|zlib)')
		apt-get -qq download "${wanted[@]}" || return
		unpack_into "$root/newer" ./*.deb || return
	fi
	settle "$root" || return
	echo "$version" >"$root/.jgenl"
)

# try NAME: builds for it, runs the tests; leaves lines of test/torture/junit.py.
try() {
	local name=$1 root=$cache/debian-$1 headers release image status=0
	headers=$(echo "$root"/usr/src/linux-headers-*-amd64)
	release=${headers##*/linux-headers-}
	for image in "$root"/boot/vmlinuz-* "$root/lib/modules/$release"/vmlinuz*; do
		[ ! -e "$image" ] || break
	done
	# What is not compiled has no warnings.
	rm -rf "target/torture/kernel-mod-$name"
	make -C kernel-mod sparse KDIR="$headers" OUT="$PWD/target/torture/kernel-mod-$name" \
		>"$results/kernels-$name-build.log" 2>&1 ||
		fail "the modules cannot be built for $release, see $results/kernels-$name-build.log"
	! grep -E '(genl_lab|gnl_foobar_xmpl)[a-z_.]*:[0-9:]* (warning|error)' "$results/kernels-$name-build.log" ||
		fail "the modules are not built without a warning for $release"
	rm -rf "${work:?}/reports"
	mkdir "$work/reports"
	test/vm/suite.sh --classes "$classes" --reports "$work/reports" --kernel "$image" --kdir "$headers" \
		--modules "$root" --timeout 3600 >"$results/kernels-$name.log" 2>&1 || status=$?
	((status <= 1)) || fail "the machine ended with $status on $release, see $results/kernels-$name.log"
	python3 test/torture/junit.py "$work/reports"/*/*.xml >"$work/$name.tests" ||
		fail "the tests did not end on $release, see $results/kernels-$name.log"
	printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$release" "$(outcome passed)" "$(outcome skipped)" "$(outcome failed)" >>"$work/kernels"
	awk -F '\t' -v OFS='\t' -v name="$name" '$1 == "skipped" { print name, $2, $3 }' "$work/$name.tests" |
		sort -u >>"$work/skipped"
	awk -F '\t' -v name="$name" '$1 == "failed" { print name ": " $2 ": " $3 }' "$work/$name.tests" >>"$work/failed"
}

outcome() {
	grep -c "^$1" "$work/$name.tests" || true
}

# What is not possible and not listed, and with "all" what is listed but possible.
unexpected() {
	awk -F '\t' -v all="${1:-}" '
		/^#/ { next }
		FNR == NR { reason[$1, $2] = $3; line[$1, $2] = $0; next }
		($1, $2) in reason && index($3, reason[$1, $2]) == 1 { needed[$1, $2]; next }
		{ print "not listed: " $0 }
		END { if (all) for (test in reason) if (!(test in needed)) print "not needed: " line[test] }' \
		test/torture/kernels.txt "$work/skipped"
}

begin kernels "The modules and the Java tests on other kernels" "$@"
[[ $PWD$cache != *' '* ]] || leave_out "kbuild cannot work in a folder with a space in its path"
[ "$(uname -m)" = x86_64 ] || leave_out "the kernels are those of x86_64"
make_work
classes='.*IT'
! $quick || classes='.*(Foobar|LabPolicy|LabError)IT' kernels=("${kernels[0]}" "${kernels[-1]}")
touch "$work"/{kernels,skipped,failed}
build_once
test/oracles/pyynl.sh
test/oracles/netdevsim.sh
for kernel in "${kernels[@]}"; do
	read -r name _ <<<"$kernel"
	# shellcheck disable=SC2086 # words
	fetch $kernel || fail "Debian's archive does not give the kernel $name"
	progress "$name: $(cat "$cache/debian-$name/.jgenl")"
	try "$name"
	tail -n 1 "$work/kernels"
done
table "Java tests of the modules; many that have one origin count as one where they are not possible" kernel release passed "not possible" failed <"$work/kernels"
table "Not possible on a kernel, as the test says" kernel test reason <"$work/skipped"
if [ -s "$work/failed" ]; then
	cat "$work/failed" >&2
	fail "$(wc -l <"$work/failed") tests failed"
fi
all=yes
! $quick || all=''
unexpected $all >"$work/unexpected"
if [ -s "$work/unexpected" ]; then
	cat "$work/unexpected" >&2
	fail "test/torture/kernels.txt does not tell what is possible"
fi
