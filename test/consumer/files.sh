#!/bin/bash
# What may be wrong with the temporary folder and with the library itself: it works all the same, or
# the message says what helps. Run by run.sh, where the program and its libraries are.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

# The mounts of one case are seen by nobody else, and go with it.
if [ "${1:-}" = mounted ]; then
	mount -t tmpfs -o "$2" tmpfs tmp
	shift 2
	"$@" || exit 1
	[ -z "$(ls tmp)" ] || die "left behind: $(ls tmp)"
	exit
fi

consumer() {
	java "$@" -cp 'consumer.jar:lib/*' consumer.Main
}

# on OPTIONS CASE WHAT PATTERN: with a file system of these options as the temporary folder.
on() {
	# shellcheck disable=SC2016 # expanded inside
	unshare --mount bash "$here/files.sh" mounted "$1" bash -c '
		. "$1"
		"$2" "$3" "$4" java -Djava.io.tmpdir="$PWD/tmp" -cp "consumer.jar:lib/*" consumer.Main' \
		files.sh "$here/lib.sh" "${@:2}"
}

mkdir -p tmp
elsewhere='Choose another with -Djava\.io\.tmpdir=FOLDER'

prints "a relative temporary folder" "mapped: $PWD/tmp/jgenl-" consumer -Djava.io.tmpdir=tmp
fails "a missing temporary folder" "/nowhere is missing\. $elsewhere" consumer -Djava.io.tmpdir=/nowhere
fails "a missing relative temporary folder" "/nowhere is missing: \"nowhere\" is relative to the folder.*$elsewhere" \
	consumer -Djava.io.tmpdir=nowhere
fails "a file as the temporary folder" "consumer.jar is not a folder" consumer -Djava.io.tmpdir=consumer.jar
ln -sfn tmp link
prints "a link to the temporary folder" "mapped: $PWD/tmp/jgenl-" consumer -Djava.io.tmpdir="$PWD/link"
rm link

for mode in 777 1777 755; do
	chmod "$mode" tmp
	case $mode in
	777) fails "a temporary folder of mode $mode" "written to by others.*$elsewhere" \
		consumer -Djava.io.tmpdir="$PWD/tmp" ;;
	*) prints "a temporary folder of mode $mode" "$extracted$" consumer -Djava.io.tmpdir="$PWD/tmp" ;;
	esac
done
if [ "$(id -u)" = 0 ]; then
	chown 1:1 tmp
	fails "the temporary folder of another user" "written to by others.*$elsewhere" \
		consumer -Djava.io.tmpdir="$PWD/tmp"
	chown 0:1 tmp
	chmod 775 tmp
	fails "the temporary folder of another group" "written to by others.*$elsewhere" \
		consumer -Djava.io.tmpdir="$PWD/tmp"
	chown 0:0 tmp
	on size=4k fails "a temporary folder that is full" "has no room for [0-9]* bytes\. $elsewhere"
	on ro fails "a read-only temporary folder" "is read-only\. $elsewhere"
	on noexec fails "a temporary folder without the right to execute" "is mounted noexec\. $elsewhere"
	on mode=1777 prints "a temporary folder of memory" "$extracted$"
else
	echo "SKIPPED: mounts, and folders of others: become root"
	[ -z "${CI:-}" ]
fi
[ -z "$(ls tmp)" ] || die "left behind: $(ls tmp)"

# The library itself, by its path.
jar --extract --file lib/jgenl-native-*.jar
library=META-INF/lib/$(uname -m | sed 's/x86_64/linux_64/; s/aarch64/linux_arm64/')/libjgenl.so
mkdir -p libnl-3
cp "$library" libnl-3/libnl-libjgenl.so
prints "a path" "mapped: $PWD/libnl-3/libnl-libjgenl.so$" consumer -Ddev.jgenl.library=libnl-3/libnl-libjgenl.so
fails "a path that is not there, with libnl in its name" '^correct -Ddev\.jgenl\.library=FILE' \
	consumer -Ddev.jgenl.library=libnl-3/libnl-3.so.200
echo >libnl-3/libnl-broken.so
fails "a file that is no library, with libnl in its name" '^correct -Ddev\.jgenl\.library=FILE' \
	consumer -Ddev.jgenl.library=libnl-3/libnl-broken.so
sed 's/libnl-genl-3\.so\.200/libnl-genl-9.so.200/g' "$library" >libnl-3/libnl-missing.so
fails "libnl is missing" '^libnl is missing: apt install libnl-3-200 libnl-genl-3-200' \
	consumer -Ddev.jgenl.library=libnl-3/libnl-missing.so
sed 's/setBuffers/putBuffers/g' "$library" >libnl-3/libnl-other.so
fails "another version" '^the library is of another version' \
	consumer -Ddev.jgenl.library=libnl-3/libnl-other.so
cc -shared -fPIC -o libnl-3/libjgenl.so -x c - <<'C'
int JNI_OnLoad(void *vm, void *reserved) { (void)vm, (void)reserved; return 0x000a0000; }
C
fails "an older version" '^the library is of another version' \
	consumer -Ddev.jgenl.library=libnl-3/libjgenl.so
prints "an older version, passed over" "with id 16.mapped: .*/jgenl-[0-9a-f]*/libjgenl\.so \(deleted\) and " \
	consumer -Djava.library.path=libnl-3
prints "two class loaders and one path" \
	"mapped: $PWD/libnl-3/libnl-libjgenl\.so.unnamed.*mapped: .*/jgenl-[0-9a-f]*/libjgenl\.so \(deleted\) and " \
	java -Ddev.jgenl.library=libnl-3/libnl-libjgenl.so -cp consumer.jar consumer.TwoLoaders consumer.jar lib/*.jar

# What cannot be removed afterwards stays, and that is all.
cc -shared -fPIC -o keep.so -x c - <<'C'
#include <errno.h>
int remove(const char *path) { (void)path; errno = EACCES; return -1; }
int unlink(const char *path) { (void)path; errno = EACCES; return -1; }
int rmdir(const char *path) { (void)path; errno = EACCES; return -1; }
C
prints "a clean-up that fails" "mapped: $PWD/tmp/jgenl-[0-9a-f]*/libjgenl\.so$" \
	env LD_PRELOAD="$PWD/keep.so" java -XX:-UsePerfData -Djava.io.tmpdir="$PWD/tmp" -cp 'consumer.jar:lib/*' consumer.Main
rm -r tmp
