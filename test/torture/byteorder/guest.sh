#!/bin/bash
# The guest's part of byteorder.sh: the C programs and the Java program, on a kernel of big-endian order.
set -euo pipefail

echo "-- $(uname -srm)"
for test in target/cmake-s390x/native/jgenl-*-test; do
	echo "-- ${test##*/}"
	"$test"
done
echo "-- C program"
target/cmake-s390x/examples/c/xmpl-c-libnl
echo "-- Java program"
java -XX:TieredStopAtLevel=1 -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
	dev.jgenl.examples.Foobar
