#!/bin/bash
# The guest's part of messages.sh: leaves what it has counted, and the kernel's log, in the folder.
# usage: messages-guest.sh FOLDER SEED MESSAGES VARIANTS STEP REGISTER START END, where REGISTER is the number of
# that command, and no allocation fails under the kernel's functions from START to END while a module is loaded
set -euo pipefail
cd "$1"
seed=$2 messages=$3 variants=$4 step=$5 register=$6 spared=("$7" "$8")
families=(gnl_foobar_xmpl genl_lab genl_lab_hdr genl_lab_init)
modules=(gnl_foobar_xmpl genl_lab)
debug=/sys/kernel/debug tracing=/sys/kernel/tracing

# stage NAME: what comes now.
stage() {
	echo "-- $(cut -d ' ' -f 1 /proc/uptime) s: $*"
}

# share N: so many hundredths of the messages.
share() {
	echo $((messages * $1 / 100))
}

# What kmemleak suspects that it has not before; it looks at what is older than 5 s, and it looks twice.
leaks() {
	sleep 6
	echo scan >$debug/kmemleak
	echo scan >$debug/kmemleak
	cat $debug/kmemleak >>leaks
	echo clear >$debug/kmemleak
}

reload() {
	for module in "${modules[@]}"; do
		if rmmod "$module" 2>/dev/null; then
			insmod "$JGENL_MODULES/$module.ko"
			reloads=$((reloads + 1))
		else # an open dump holds it
			refused=$((refused + 1))
		fi
	done
}

# faults_within [MODULE]: allocations fail only under functions of it, or all again.
faults_within() {
	start=0 end=0xffffffffffffffff
	if [ $# != 0 ]; then
		start=$(cat "/sys/module/$1/sections/.text")
		end=$(printf '0x%x' $((start + $(sed -n "s/^$1 \([0-9]*\) .*/\1/p" /proc/modules))))
	fi
	setting require-start "$start"
	setting require-end "$end"
}

setting() {
	for kind in failslab fail_page_alloc; do
		echo "$2" >"$debug/$kind/$1"
	done
}

echo >/proc/sys/kernel/modprobe # it has no modules to load
dmesg -n 4                      # what validation complains of stays in the log, and off a slow console
leaks
: >leaks

stage "any bytes"
./hostile any --seed "$seed" --count "$(share 44)" "${families[@]}"

stage "messages that follow the policies, counted"
for functions in 'gnl_foobar_xmpl_*_doit' gnl_foobar_xmpl_echo_dumpit 'genl_lab_*_doit' 'genl_lab_*_start'; do
	echo "$functions" >>$tracing/set_ftrace_filter
done
cat $tracing/set_ftrace_filter >functions
echo 1 >$tracing/function_profile_enabled
./hostile guided --counters --seed "$seed" --count "$(share 40)" "${families[@]}" >commands
echo 0 >$tracing/function_profile_enabled
echo >$tracing/set_ftrace_filter

stage "from an unprivileged user"
setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all --bounding-set=-all \
	./hostile guided --seed "$((seed + 1))" --count "$(share 12)" "${families[@]}" >/dev/null

# Few, because most of the time they wait for a family to come back.
stage "from two processes, while the modules come and go"
reloads=0 refused=0
./hostile guided --reloads --seed "$((seed + 2))" --count "$(share 2)" "${families[@]}" >/dev/null &
one=$!
./hostile any --reloads --seed "$((seed + 3))" --count "$(share 2)" "${families[@]}" &
two=$!
while kill -0 $one 2>/dev/null || kill -0 $two 2>/dev/null; do
	reload
done
wait $one
wait $two
printf '%s\t%s\n' $reloads $refused >reloads

stage "every allocation of every command fails"
setting verbose 0
setting ignore-gfp-wait N
echo N >$debug/fail_page_alloc/ignore-gfp-highmem
echo 0 >$debug/fail_page_alloc/min-order
./hostile faults --seed "$seed" --variants "$variants" "${families[@]}" >faults-in-all

stage "every allocation of every handler fails"
faults_within gnl_foobar_xmpl
./hostile faults --seed "$seed" --variants "$variants" gnl_foobar_xmpl >faults-within
faults_within genl_lab
# An event goes to who is registered.
exec {listener}< <(exec ./hostile stay --command "$register" genl_lab)
stays=$!
read -r -u $listener
./hostile faults --seed "$seed" --variants "$variants" genl_lab genl_lab_hdr genl_lab_init >>faults-within
kill $stays

stage "a tenth of the allocations fail, also of what a handler leaves to a job"
setting interval 1
setting times 1000000
setting probability 10
./hostile guided --seed "$((seed + 4))" --count "$((messages / 20))" genl_lab >/dev/null
setting probability 0
echo $((2000000 - $(cat $debug/failslab/times) - $(cat $debug/fail_page_alloc/times))) >faults-of-jobs
faults_within

stage "leaks, while the modules are loaded"
leaks

stage "every allocation of loading a module fails"
setting reject-start "${spared[0]}"
setting reject-end "${spared[1]}"
: >faults-of-loading
for module in "${modules[@]}"; do
	rmmod "$module"
	./hostile load --step "$step" "$JGENL_MODULES/$module.ko" >>faults-of-loading
done

stage "leaks, after the modules have gone"
for module in "${modules[@]}"; do
	rmmod "$module"
done
leaks
grep -q 'debug_locks: *1' /proc/lockdep_stats
dmesg >log
