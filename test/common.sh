# shellcheck shell=bash
# What several scripts need. They source it, and stand in the project's folder when they call it.

say() {
	printf '\n\033[1m== %s\033[0m\n' "$*"
}

die() {
	printf '%s\n' "${@/#/"${0##*/}: "}" >&2
	exit 1
}

build_native() {
	say "Building the shim and the C programs"
	mkdir -p target
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
	build_native
	build_java
	build_rust || rm -rf target/cargo/release/xmpl-rust
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

# test_launcher REGEX: the arguments of java, one a line, that run the tests of the classes with such names.
test_launcher() {
	printf '%s\n' -cp "test/target/test-classes:$(<test/target/class-path.txt)" \
		org.junit.platform.console.ConsoleLauncher execute --disable-banner --details tree \
		--disable-ansi-colors --fail-if-no-tests --include-classname "$1" \
		--scan-classpath test/target/test-classes
}

# unpack_source PACKAGE.deb WORD…: files of Debian's source of a kernel; what tar shall know of them.
unpack_source() {
	dpkg-deb --fsys-tarfile "$1" | tar -xO --wildcards '*/linux-source-*.tar.xz' |
		xz -dc --threads=0 | tar -x --wildcards "${@:2}"
}
