#!/bin/bash
# The front door: each verb calls the tool that does the work.
set -euo pipefail
caller=$PWD
cd "$(dirname "$(readlink -f "$0")")"

usage() {
	cat <<'USAGE'
usage: ./build_and_run.sh [VERB]

  (none)       installs what is missing, builds all, boots a virtual machine with the kernel module
               and runs every userland program in it; shows the kernel's log at the end
  --host       the same on this machine's own kernel: insmod, and rmmod at the end
  test         all tests: unit tests, tests on the running kernel, tests in the virtual machine
  test --packages
               makes the packages and tests them: in clean roots of Debian and Ubuntu, as a Maven
               dependency, in emulation of aarch64, and that two builds are the same (needs root)
  package      leaves all jars, .deb and .rpm in target/dist, with a list of checksums
  bench [--quick] [--json FILE]
               compares this library with others, on the running kernel and in the virtual machine;
               renews bench/REPORT.md. --quick takes less than 5 minutes, shows a rough result and
               leaves its report in target/bench/quick; --json writes the results to FILE as well
  vm [OPTION…] -- CMD…
               runs CMD in the virtual machine with the modules loaded; options: test/vm/run.sh --help
  clean        removes all that was built
  --help       prints this

Packages are installed with apt, after saying so; on other systems install by hand what README.md
lists. Set JGENL_NO_INSTALL=1 to have nothing installed.
USAGE
}

say() {
	printf '\n\033[1m== %s\033[0m\n' "$*"
}

die() {
	printf 'build_and_run.sh: %s\n' "$@" >&2
	exit 1
}

# The packages without which nothing can be built or run, by their name on Debian and Ubuntu.
packages() {
	command -v javac >/dev/null || echo openjdk-17-jdk-headless
	echo maven cmake make gcc libc6-dev pkg-config libnl-3-dev libnl-genl-3-dev libnl-utils \
		qemu-system-x86 busybox-static cpio kmod iproute2 ethtool wireguard-tools sparse \
		shellcheck file xz-utils strace python3-venv fontconfig fonts-dejavu-core
	# cargo from rustup will do as well; that of Debian 12 itself is too old, the one for browsers not.
	command -v cargo >/dev/null ||
		if apt-cache show cargo-web >/dev/null 2>&1; then echo cargo-web; else echo cargo; fi
	case $(. /etc/os-release && echo "$ID") in
	ubuntu) echo linux-image-generic linux-headers-generic ;;
	*)
		if apt-cache show linux-image-6.12-amd64 >/dev/null 2>&1; then
			echo linux-image-6.12-amd64 linux-headers-6.12-amd64
		else
			echo linux-image-amd64
		fi
		# A second kernel's headers, against which the modules must build too.
		echo linux-headers-amd64
		;;
	esac
}

# With arguments: these too.
missing_packages() {
	local package
	for package in $(packages) "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
			echo "$package"
	done
}

install_missing() {
	local missing=() sudo=()
	[ -z "${JGENL_NO_INSTALL:-}" ] || return 0
	command -v apt-get >/dev/null || {
		say "This is no Debian or Ubuntu: nothing is installed; README.md lists what is needed"
		return 0
	}
	# A new machine has no lists, and without them a package of bookworm-security is not known.
	[ -n "$(missing_packages "$@")" ] || return 0
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || die "missing packages: $(missing_packages "$@" | xargs)" \
			"become root, or install sudo, to have them installed"
		sudo=(sudo)
	fi
	"${sudo[@]}" apt-get -qq update
	mapfile -t missing < <(missing_packages "$@")
	say "Installing with apt: ${missing[*]}"
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
}

build_native() {
	say "Building the shim and the C programs"
	cmake -S . -B target/cmake >target/cmake-configure.log || {
		cat target/cmake-configure.log
		return 1
	}
	cmake --build target/cmake --parallel "$(nproc)"
}

build_java() {
	say "Building the Java library and programs"
	mvn -B -q -ntp package -DskipTests
}

# Returns 1, and says so, where the toolchain is missing.
build_rust() {
	say "Building the Rust program"
	if ! command -v cargo >/dev/null; then
		echo "SKIPPED: the Rust program: cargo is missing (https://rustup.rs)"
		return 1
	fi
	if ! cargo build --manifest-path examples/rust/Cargo.toml --target-dir target/cargo \
		--release --locked --quiet; then
		echo "SKIPPED: the Rust program: $(cargo --version) cannot build it (https://rustup.rs)"
		return 1
	fi
}

build() {
	mkdir -p target
	build_native
	build_java
	build_rust || rm -rf target/cargo/release/xmpl-rust
}

# Every verb but vm, clean and --help starts with this.
prepare() {
	install_missing
	build
}

# The machine's own kernel: with insmod, which needs privilege, instead of a virtual machine.
run_on_host() {
	local sudo=() modules
	modules=target/kernel-mod/$(uname -r)
	[ "$(id -u)" = 0 ] || sudo=(sudo)
	say "Building the kernel module for this machine's kernel, $(uname -r)"
	make -C kernel-mod OUT="$PWD/$modules"
	say "Loading it"
	"${sudo[@]}" insmod "$modules/gnl_foobar_xmpl.ko" || die "insmod failed: it needs the right" \
		"CAP_SYS_MODULE (root, not in a container), and with Secure Boot a signed module;" \
		"./build_and_run.sh runs all in a virtual machine instead"
	# shellcheck disable=SC2064 # expanded now: the array is local
	trap "${sudo[*]} rmmod gnl_foobar_xmpl" EXIT
	echo 'module gnl_foobar_xmpl +p' |
		"${sudo[@]}" tee /proc/dynamic_debug/control >/dev/null 2>&1 ||
		echo "(this kernel has no dynamic debug: the module logs no requests)"
	say "Running the programs"
	local status=0
	examples/run.sh || status=$?
	say "The kernel's log"
	"${sudo[@]}" dmesg | grep gnl_foobar_xmpl | tail -n 40
	return $status
}

run_in_vm() {
	say "Booting a virtual machine and running the programs in it"
	test/vm/run.sh --kernel-log -- examples/run.sh
}

console_launcher() {
	echo org.junit.platform.console.ConsoleLauncher execute --disable-banner --details tree \
		--disable-ansi-colors --fail-if-no-tests --include-classname '.*IT' \
		--scan-classpath test/target/test-classes "$@"
}

# A heap that is all there from the start: what the process grows by is then a leak. One compiler,
# because the emulated processor is slow.
test_in_vm() {
	# shellcheck disable=SC2046 # words
	test/vm/run.sh --timeout 1200 --env CI -- java --enable-native-access=ALL-UNNAMED -Xcheck:jni \
		-Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1 \
		-cp "test/target/test-classes:$(<test/target/class-path.txt)" \
		$(console_launcher --include-tag vm)
}

# The java of the newest JDK, from 21 on. Returns 1, and says so, if there is none.
newest_java() {
	local release newest='' version highest=20
	for release in /usr/lib/jvm/*/release; do
		version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
		if [ "${version:-0}" -gt "$highest" ] && [ -x "${release%/*}/bin/javac" ]; then
			newest=${release%/*}/bin/java highest=$version
		fi
	done
	if [ -z "$newest" ]; then
		echo "SKIPPED: there is no JDK 21 or newer in /usr/lib/jvm" >&2
		return 1
	fi
	echo "$newest"
}

# Virtual threads, and the warnings of newer JDKs, show on one of those only.
test_on_newest_jdk() {
	local java
	java=$(newest_java) || {
		[ -z "${CI:-}" ]
		return
	}
	# shellcheck disable=SC2046 # words
	"$java" --enable-native-access=ALL-UNNAMED \
		-cp "test/target/test-classes:$(<test/target/class-path.txt)" \
		$(console_launcher --exclude-tag vm)
}

# Debian has checkpatch only within the kernel's source, of which three files are wanted.
fetch_checkpatch() {
	local package
	[ ! -e target/checkpatch/checkpatch.pl ] || return 0
	package=$(apt-cache depends linux-source 2>/dev/null | sed -n 's/.*Depends: //p' | head -n 1)
	[ -n "$package" ] || return 0
	mkdir -p target/checkpatch
	(
		cd target/checkpatch
		apt-get -qq download "$package"
		dpkg-deb --fsys-tarfile "$package"_*.deb | tar -xO --wildcards '*/linux-source-*.tar.xz' |
			xz -dc --threads=0 | tar -x --strip-components=2 --wildcards \
			'*/scripts/checkpatch.pl' '*/scripts/spelling.txt' \
			'*/scripts/const_structs.checkpatch'
		rm -f "$package"_*.deb
	)
}

check_modules() {
	local kdir checkpatch=()
	[ -n "${JGENL_NO_INSTALL:-}" ] || fetch_checkpatch
	[ ! -e target/checkpatch/checkpatch.pl ] ||
		checkpatch=(CHECKPATCH="$PWD/target/checkpatch/checkpatch.pl")
	for kdir in /lib/modules/*/build; do
		make -C kernel-mod check KDIR="$kdir" "${checkpatch[@]}" \
			OUT="$PWD/target/kernel-mod-check/$(basename "$(dirname "$kdir")")" || return 1
	done
}

# A peer may be skipped, but not in CI.
test_rust() {
	build_rust || [ -z "${CI:-}" ]
}

check_scripts() {
	git ls-files -z '*.sh' .ci/run | xargs -0 shellcheck -x &&
		shellcheck -x --shell=dash test/vm/init test/vm/session
}

# The clients of the comparison that need a toolchain of their own. One that cannot be built is left
# out, and the comparison names it.
build_peers() {
	local java=$1
	say "Building the other clients: Rust, Go, Python, Java with FFM"
	mkdir -p target/bench
	cargo build --manifest-path bench/clients/rust/Cargo.toml --target-dir target/cargo \
		--release --locked --quiet || rm -f target/cargo/release/bench-rust-neli
	(cd bench/clients/go && CGO_ENABLED=0 go build -trimpath -buildvcs=false \
		-o ../../../target/bench/bench-go-genetlink) || rm -f target/bench/bench-go-genetlink
	if ! { python3 -m venv target/bench/venv && target/bench/venv/bin/python -m pip --quiet \
		--disable-pip-version-check install --require-hashes -r bench/clients/python/requirements.txt; }; then
		rm -rf target/bench/venv
	fi
	# The foreign function API is final from JDK 22 on.
	"${java}c" --release 22 -d target/bench/ffm -cp bench/target/classes bench/clients/ffm/Ffm.java ||
		rm -rf target/bench/ffm
}

run_bench() {
	local measured=target/bench/measured output=bench quick=() report=() java bench measure
	while (($#)); do
		case $1 in
		--quick) quick=(--quick) output=target/bench/quick ;;
		--json)
			(($# > 1)) || die "--json needs the name of a file"
			report+=(--json "$(cd "$caller" && realpath -m "$2")")
			shift
			;;
		*) usage >&2 && die "unknown option '$1' of bench" ;;
		esac
		shift
	done
	[ "$output" != bench ] || report+=(--readme README.md)
	prepare
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
}

make_packages() {
	local file
	install_missing dpkg-dev rpm gcc-aarch64-linux-gnu
	say "Fetching what the shim for aarch64 is built against"
	native/cross/sysroot.sh
	say "Making the jars"
	rm -rf target/repository target/dist
	mvn -B -q -ntp -P release,cross -pl native,java/core,java/testkit,java/bom deploy -DskipTests \
		-Dmaven.install.skip=true "-DaltDeploymentRepository=local::file:$PWD/target/repository"
	mkdir -p target/dist
	# A snapshot is deployed under the time at which it was.
	find target/repository -type f -regex '.*\.\(jar\|pom\|json\)' | while read -r file; do
		cp "$file" "target/dist/$(basename "$file" |
			sed -E 's/-[0-9]{8}\.[0-9]{6}-[0-9]+/-SNAPSHOT/')"
	done
	say "Making the packages for distributions"
	native/packaging/build.sh target/dist
	(cd target/dist && sha256sum -- *.* >SHA256SUMS)
	say "target/dist"
	cat target/dist/SHA256SUMS
}

show_steps() {
	say "What ran"
	printf 'passed: %s\n' "${passed[@]}"
	[ ${#failed[@]} = 0 ] || printf 'FAILED: %s\n' "${failed[@]}"
	printf '%d passed, %d failed\n' ${#passed[@]} ${#failed[@]}
	[ ${#failed[@]} = 0 ]
}

# Runs a step of the tests and goes on whatever its outcome, so that one run shows all failures.
passed=() failed=()
step() {
	local name=$1 start=$SECONDS
	shift
	say "$name"
	if "$@"; then
		passed+=("$name, $((SECONDS - start)) s")
	else
		failed+=("$name, $((SECONDS - start)) s")
	fi
}

run_tests() {
	install_missing
	mkdir -p target
	step "scripts: shellcheck" check_scripts
	step "C: build" build_native
	step "C: ctest" ctest --test-dir target/cmake --output-on-failure
	step "Java: unit tests, and tests on the running kernel $(uname -r)" mvn -B -ntp verify
	step "Java: tests on the running kernel with the newest JDK" test_on_newest_jdk
	step "Rust: build" test_rust
	step "kernel modules: W=1, sparse, checkpatch" check_modules
	step "VM: the harness itself" test/vm/selftest.sh
	step "VM: the programs in C, Rust and Java" test/vm/run.sh -- examples/run.sh
	step "VM: Java against the modules" test_in_vm
	step "artifacts: two builds of this commit are the same" test/reproducible.sh
	step "artifacts: a program that depends on jgenl alone" \
		test/consumer/run.sh target/reproducible/one/target/repository
	step "comparison: a quick run, whose results follow their schema" ./build_and_run.sh bench --quick
	show_steps
	echo "left out: ./build_and_run.sh test --packages, test/aarch64/vm.sh"
}

run_package_tests() {
	[ "$(id -u)" = 0 ] || die "test --packages needs root: it installs packages into other roots"
	install_missing debootstrap zstd lintian rpm dpkg-dev gcc-aarch64-linux-gnu qemu-user-static
	step "packages: all are made" ./build_and_run.sh package
	step "packages: two builds of a commit are the same" test/reproducible.sh
	step "packages: a program that depends on jgenl alone" test/consumer/run.sh target/repository
	step "packages: in clean roots of the distributions" test/packages/run.sh target/dist
	step "packages: aarch64, emulated" test/aarch64/run.sh
	show_steps
	echo "left out: a kernel of aarch64 in emulation, test/aarch64/vm.sh"
}

if [ "${2:-}" = --help ] && [ "$1" != vm ]; then
	usage
	exit
fi
case ${1:-} in
'' | --host | package | clean)
	(($# <= 1)) || die "unknown option '$2' of $1"
	;;
esac

case ${1:-} in
'')
	prepare
	run_in_vm
	;;
--host)
	[ -e /proc/modules ] ||
		die "this kernel cannot load modules: ./build_and_run.sh runs all in a virtual machine instead"
	prepare
	run_on_host
	;;
test)
	case ${2:-} in
	'') run_tests ;;
	--packages) run_package_tests ;;
	*) usage >&2 && die "unknown option '$2' of test" ;;
	esac
	;;
package)
	make_packages
	;;
bench)
	shift
	run_bench "$@"
	;;
vm)
	shift
	exec test/vm/run.sh "$@"
	;;
clean)
	rm -rf target build ./*/target java/*/target examples/*/target
	;;
--help | -h | help)
	usage
	;;
*)
	usage >&2
	die "unknown verb '$1'"
	;;
esac
