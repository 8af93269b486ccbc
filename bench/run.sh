#!/bin/bash
# Builds the clients of the comparison, measures them on two kernels, writes the report.
set -euo pipefail
caller=$PWD
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source-path=SCRIPTDIR/.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: bench/run.sh [--quick] [--json FILE]

Installs what is missing, builds all, and compares this library with others, on the running kernel and
in the virtual machine; renews bench/REPORT.md.

  --quick      less than 4 minutes, for a rough result; leaves its report in target/bench/quick
  --json FILE  writes the results to FILE as well
  --help       prints this
USAGE
}

# The clients that need a toolchain of their own. One that cannot be built is left out, and the
# comparison names it.
build_peers() {
	local java=$1
	say "Building the other clients: Rust, Go, Python, Java with FFM"
	mkdir -p target/bench
	cargo build --manifest-path bench/clients/rust/Cargo.toml --target-dir target/cargo \
		--release --locked --quiet || rm -f target/cargo/release/bench-rust-neli
	local peer
	for peer in genetlink vishvananda; do
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
}

measured=target/bench/measured output=bench quick=() report=()
while (($#)); do
	case $1 in
	--quick) quick=(--quick) output=target/bench/quick ;;
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

say "Measuring on this machine's kernel, $(uname -r)"
"${measure[@]}" host "$measured"
say "Measuring in a virtual machine"
# One processor: where two run, QEMU may show one a method of the JVM that the other is just patching.
test/vm/run.sh --cpus 1 --memory 4096 --timeout 2400 --writable "$measured" -- \
	"${measure[@]}" vm "$measured"
say "The result, on this machine's kernel"
rm -rf "${output:?}"/{plots,measurements}
"${bench[@]}" report "$measured" "$output" "${report[@]}"
