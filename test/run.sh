#!/bin/bash
# All tests of the work tree, one step after the other.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source-path=SCRIPTDIR/.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR/.. source=test/steps.sh
. test/steps.sh

usage() {
	cat <<'USAGE'
usage: test/run.sh

Installs what is missing, then runs all tests: of the scripts, the shim, the library, the kernel modules,
the programs, in the virtual machine, of the artifacts, and a quick comparison. Goes on after a step that
fails; the last lines say what ran. What cannot run here is skipped, and said; with CI set that is a
failure.
USAGE
}

check_scripts() {
	git ls-files -z '*.sh' '*.bash' .ci/run | xargs -0 shellcheck -x &&
		shellcheck -x --shell=dash test/vm/init test/vm/session java/cli/src/main/sh/* \
			native/packaging/cli/debian/post*
}

# A peer may be skipped, but not in CI.
test_rust() {
	build_rust || [ -z "${CI:-}" ]
}

# Virtual threads, and the warnings of newer JDKs, show on one of those only. The command line is a
# process of its own, on the JDK of the PATH: it has been tested.
test_on_newest_jdk() {
	local java launcher
	java=$(newest_java) || {
		[ -z "${CI:-}" ]
		return
	}
	mapfile -t launcher < <(test_launcher '.*IT')
	"$java" -Djgenl.newest-jdk=true --enable-native-access=ALL-UNNAMED "${launcher[@]}" --exclude-tag "vm | command"
}

# Nothing is downloaded where nothing may be installed: the comparison with it then says that it is missing.
fetch_oracles() {
	[ -n "${JGENL_NO_INSTALL:-}" ] || { test/oracles/pyynl.sh && test/oracles/netdevsim.sh; }
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

test/install.sh tshark
step "scripts: shellcheck" check_scripts
step "C: build" build_native
step "C: ctest" ctest --test-dir target/cmake --output-on-failure
step "oracles: pyynl, and netdevsim for the VM" fetch_oracles
step "Java: unit tests, and tests on the running kernel $(uname -r)" mvn -B -ntp verify
step "Java: tests on the running kernel with the newest JDK" test_on_newest_jdk
step "Rust: build" test_rust
step "kernel modules: W=1, sparse, checkpatch" kernel-mod/check.sh
step "VM: the harness itself" test/vm/selftest.sh
step "VM: the programs in C, Rust and Java" test/vm/run.sh -- examples/run.sh
step "VM: Java against the modules" test/vm/suite.sh --env CI
step "artifacts: two builds of this commit are the same" test/reproducible.sh
step "artifacts: a program that depends on jgenl alone" \
	test/consumer/run.sh target/reproducible/one/target/repository
step "comparison: a quick run, whose results follow their schema" bench/run.sh --quick
show_steps
echo "left out: ./build_and_run.sh test --packages, ./build_and_run.sh torture," \
	"test/vm/foreign.sh, test/check/run.sh (other kernels)"
