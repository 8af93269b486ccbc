#!/bin/bash
# Compares a kernel with the specs, in the virtual machine: see known-differences.txt beside this.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/check/run.sh [OPTION…]

Runs CheckVmIT, which mvn package has built, on the kernel that the options of test/vm/run.sh name, such as
--kernel IMAGE --modules DIR. All tests run it on the kernel of the virtual machine.
USAGE
}

case ${1:-} in
-h | --help) usage && exit ;;
esac
[ -e test/target/class-path.txt ] || die "the tests are not built: mvn package -DskipTests"
exec test/vm/run.sh --no-modules --timeout 600 "$@" -- java -XX:TieredStopAtLevel=1 \
	-cp "test/target/test-classes:$(<test/target/class-path.txt)" \
	org.junit.platform.console.ConsoleLauncher execute --disable-banner --details tree \
	--disable-ansi-colors --select-class dev.jgenl.test.CheckVmIT
