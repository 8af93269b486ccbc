#!/bin/bash
# Builds the clients of the comparison, measures them on two kernels, writes the report.
set -euo pipefail
caller=$PWD
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source-path=SCRIPTDIR/.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: bench/run.sh [--quick] [--only WHERE:OPERATION]... [--renew] [--json FILE]

Installs what is missing, builds all, and compares this library with others, on the running kernel and
in the virtual machine; renews bench/REPORT.md.

  --quick       less than 4 minutes, for a rough result; leaves its report in target/bench/quick
  --only WHERE:OPERATION
                nothing but this, such as host:getlink or vm:get-device (bench/README.md has all); may be
                repeated; leaves its report in target/bench/only
  --renew       puts what --only measures into bench/REPORT.md, in the place of what it was before
  --json FILE   writes the results to FILE as well
  --help        prints this
USAGE
}

# The clients that need a toolchain of their own. One that cannot be built is left out, and the
# comparison names it.
build_peers() {
	local java=$1
	say "Building the other clients: Rust, Go, Python, Java with FFM"
	mkdir -p target/bench
	local bindings=(--features bindings)
	[ ${#quick[@]} = 0 ] || bindings=()
	cargo build --manifest-path bench/clients/rust/Cargo.toml --target-dir target/cargo \
		--release --locked --quiet "${bindings[@]}" || rm -f target/cargo/release/bench-rust-*
	local peer
	for peer in genetlink vishvananda ethtool wgctrl; do
		(cd bench/clients/go && CGO_ENABLED=0 go build -trimpath -buildvcs=false \
			-o ../../../target/bench/bench-go-$peer ./$peer) || rm -f target/bench/bench-go-$peer
	done
	if ! { python3 -m venv target/bench/venv && target/bench/venv/bin/python -m pip --quiet \
		--disable-pip-version-check install --require-hashes -r bench/clients/python/requirements.txt; }; then
		rm -rf target/bench/venv
	fi
	# The foreign function API is final from JDK 22 on.
	"${java}c" --release 22 -d target/bench/ffm -cp bench/target/classes bench/clients/ffm/Ffm.java ||
		rm -rf target/bench/ffm
	# A source of 167 MB, and a minute.
	[ ${#quick[@]} != 0 ] || bench/libynl.sh || rm -f target/bench/bench-c-libynl
	# Without the kernel's specs there are no families, and nothing to compile it with.
	"${java}c" --release 17 -d target/bench/typed -cp 'bench/target/classes:bench/target/lib/*' \
		bench/clients/typed/TypedClient.java || rm -rf target/bench/typed
}

measured=target/bench/measured output=bench quick=() renew='' report=()
declare -A only=()
while (($#)); do
	case $1 in
	--quick) quick=(--quick) output=target/bench/quick ;;
	--only)
		[[ ${2:-} =~ ^(host|vm):([a-z-]+)$ ]] || die "--only needs WHERE:OPERATION, such as host:getlink"
		only[${BASH_REMATCH[1]}]+=" --only ${BASH_REMATCH[2]}"
		shift
		;;
	--renew) renew=yes ;;
	--json)
		(($# > 1)) || die "--json needs the name of a file"
		report+=(--json "$(cd "$caller" && realpath -m "$2")")
		shift
		;;
	-h | --help) usage && exit ;;
	*) usage >&2 && die "unknown option '$1' of bench" ;;
	esac
	shift
done
if [ -n "$renew" ]; then
	if [ ${#only[@]} = 0 ] || [ ${#quick[@]} != 0 ]; then
		die "--renew needs --only, and no --quick"
	fi
	report+=(--renew bench/results.json)
elif [ ${#only[@]} != 0 ]; then
	output=target/bench/only
fi
[ "$output" != bench ] || report+=(--readme README.md)

test/install.sh
build_native
say "Building the Java library and its clients"
mvn -B -q -ntp package -DskipTests --projects bench --also-make
# All clients in Java run on one JDK.
java=$(newest_java) || java=$(command -v java)
build_peers "$java"
bench=("$java" --enable-native-access=ALL-UNNAMED
	-XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow # for JMH 1.37
	-cp 'bench/target/classes:bench/target/lib/*' dev.jgenl.bench.Bench)
measure=("${bench[@]}" measure --commit "$(git describe --always --dirty 2>/dev/null || echo unknown)" "${quick[@]}")
rm -rf "$measured"
mkdir -p "$measured"

# wanted WHERE: whether anything is to be measured there, and what: all, or what --only says.
wanted() {
	read -ra operations <<<"${only[$1]:-}"
	[ ${#only[@]} = 0 ] || [ ${#operations[@]} != 0 ]
}

if wanted host; then
	say "Measuring on this machine's kernel, $(uname -r)"
	"${measure[@]}" host "$measured" "${operations[@]}"
fi
if wanted vm; then
	say "Measuring in a virtual machine"
	# One processor: where two run, QEMU may show one a method of the JVM that the other is just patching.
	test/vm/run.sh --cpus 1 --memory 4096 --timeout 3600 --writable "$measured" -- \
		"${measure[@]}" vm "$measured" "${operations[@]}"
fi
say "The result, on this machine's kernel"
[ -n "$renew" ] || rm -rf "${output:?}"/{plots,measurements}
"${bench[@]}" report "$measured" "$output" "${report[@]}"
