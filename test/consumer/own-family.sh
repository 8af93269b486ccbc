#!/bin/bash
# What jgenl-maven-plugin makes, leaves alone and removes in a copy of examples/own-family, and how it
# says what is wrong with a spec; on each JDK, and without asking any repository. Run by run.sh:
# own-family.sh PROJECT MAVEN…, where it has been built once.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"
cd "$1"
maven=("${@:2}" --offline)
specs=../../include

build() { # JDK OPTION…
	JAVA_HOME=$1 "${maven[@]}" "${@:2}" package >build.log 2>&1
}

builds() { # JDK OPTION…
	build "$@" || die "it cannot be built: $(<build.log)"
	! grep '^\[WARN' build.log || die "Maven warns"
}

for jdk in $(jdks); do
	name="JDK $(major "$jdk/release")"
	rm -rf target
	builds "$jdk" -T 2
	grep -h 'Tests run: [1-9].*Failures: 0, Errors: 0, Skipped: 0' target/surefire-reports/*.txt ||
		die "no test of the client was run"
	mapfile -t all < <(native_access "$jdk" ALL-UNNAMED)
	output=$("$jdk/bin/java" "${all[@]}" -cp 'target/own-family.jar:target/lib/*' \
		com.example.Main echo 2>&1) || true
	[[ $output =~ 'Kernel replied'|"'gnl_foobar_xmpl' is not registered" ]] || die "$name, its program: $output"
	echo "passed: $name, a client of one's own family"
done

touch built
builds "$jdk"
grep -q 'specs: 1, files changed: 0' build.log || die "the plugin does not leave alone what has not changed"
changed=$(find target/classes target/generated-* -type f -newer built)
[ -z "$changed" ] || die "written anew without a change: $changed"
echo "passed: a second build has nothing to do"

cat >$specs/sensors.yaml <<'YAML'
name: sensors
definitions:
  - {name: state, type: enum, entries: [cold, warm, hot]}
attribute-sets:
  - name: sensor
    attributes: [{name: id, type: u32}, {name: state, type: u8, enum: state}]
operations:
  list:
    - name: get
      attribute-set: sensor
      do: {request: {attributes: [id]}, reply: {attributes: [id, state]}}
YAML
builds "$jdk"
contents=$(jar --list --file target/own-family.jar)
for each in com/example/sensors/Sensors.class META-INF/jgenl/families/{sensors,gnl_foobar_xmpl}.model; do
	grep -qx "$each" <<<"$contents" || die "the jar has no $each"
done
[ "$(unzip -p target/own-family.jar META-INF/jgenl/families/index | paste -sd ' ')" = 'gnl_foobar_xmpl sensors' ] ||
	die "the index of the jar is not that of both families"
echo "passed: a second spec"

sed -i 's/enum: state/enum: stat/' $specs/sensors.yaml
! build "$jdk" || die "a wrong spec is compiled"
grep 'include/sensors.yaml:6:[0-9]*: there is no enumeration stat: is state meant?' build.log ||
	die "what is wrong with a spec is not said: $(<build.log)"
! grep -P '^\s+at |Exception:' build.log || die "a wrong spec is told with a stack trace"
echo "passed: what is wrong with a spec is said with its place"

rm $specs/sensors.yaml
builds "$jdk"
! jar --list --file target/own-family.jar | grep 'sensors/.\|sensors\.model' || die "the jar has what was made of a spec that is gone"
[ -z "$(find target/generated-* -name '*ensors*')" ] || die "the sources of a spec that is gone stay"
echo "passed: a spec that is gone leaves nothing behind"
