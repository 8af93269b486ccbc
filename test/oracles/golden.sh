#!/bin/bash
# Records anew what kernels are asked and say, for GoldenDatagramsTest of java/families.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/oracles/golden.sh

Makes the calls of test/oracles/host with the kernel of this machine, as root, and those of test/oracles/vm
and the tests of Wi-Fi in the virtual machine, and leaves what went over the sockets in
java/families/src/test/resources/golden, in a folder for each kernel. Takes a built work tree (mvn package),
test/oracles/pyynl.sh and test/oracles/netdevsim.sh, and six minutes. What is recorded is of namespaces and
keys that are made for it, and of the machine no more than the names of its families.
USAGE
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

recordings=$(mktemp -d)
trap 'rm -rf "$recordings"' EXIT
launcher=(java --enable-native-access=ALL-UNNAMED "-Djgenl.recordings=$recordings" -XX:TieredStopAtLevel=1
	-cp "test/target/test-classes:$(<test/target/class-path.txt)" org.junit.platform.console.ConsoleLauncher
	execute --disable-banner --details summary --disable-ansi-colors)

say "Recording the kernel of this machine"
CI=true "${launcher[@]}" --select-class dev.jgenl.test.PyynlIT
say "Recording the kernel of the virtual machine"
CI=true test/vm/run.sh --timeout 1200 --env CI --writable "$recordings" -- "${launcher[@]}" \
	--select-class dev.jgenl.test.PyynlVmIT --select-class dev.jgenl.test.WifiScanIT

golden=java/families/src/test/resources/golden
for folder in "$recordings"/*; do
	rm -rf "${golden:?}/${folder##*/}"
	mkdir -p "$golden/${folder##*/}"
	for file in "$folder"/*.pcap; do
		gzip -n9 <"$file" >"$golden/${folder##*/}/${file##*/}.gz"
	done
done
