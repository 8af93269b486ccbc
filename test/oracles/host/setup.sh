#!/bin/bash
# Fills the network namespace that it runs in with what the calls beside it ask for. Each device has a number of its own,
# and each rule a priority, so that the calls can name them.
set -euo pipefail

echo 600 >/proc/sys/net/netfilter/nf_conntrack_udp_timeout

ip link set lo up
ip link add v0 index 10 address 02:00:00:00:00:10 txqueuelen 500 numtxqueues 2 numrxqueues 2 type veth \
	peer name v1 index 11 address 02:00:00:00:00:11
ip link add br0 index 12 address 02:00:00:00:00:12 type bridge forward_delay 1500
ip link add ifb0 index 13 type ifb
ip tuntap add tun0 mode tun
ip link set v0 alias 'a name for people'
ip link property add dev v0 altname a-second-name altname a-third-name
ip link set v1 master br0
ethtool -K v0 gro on # which gives it NAPIs and pools of pages
for device in v0 v1 br0; do
	ip link set $device up
done

ip addr add 192.0.2.1/24 brd + dev v0 label v0:one
ip addr add 192.0.2.2 peer 192.0.2.99/32 dev br0
ip addr add 2001:db8::1/64 dev v0 valid_lft 4000 preferred_lft 3000 nodad
ip route add 198.51.100.0/24 via 192.0.2.7 metric 5 mtu 1400 advmss 1300 proto static
ip route add 203.0.113.0/24 nexthop via 192.0.2.7 weight 2 nexthop dev br0 weight 3
ip route add blackhole 10.9.0.0/16 table 100
ip route add 10.8.0.0/16 encap ip id 7 dst 192.0.2.50 dev v0
ip -6 route add 2001:db8:1::/48 via 2001:db8::7 dev v0 pref high
ip -6 route add 2001:db8:2::/48 encap seg6 mode encap segs 2001:db8::8 dev v0
ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev v0 nud permanent
ip neigh add 2001:db8::7 lladdr 02:00:00:00:00:07 dev v0 nud permanent
ip neigh add proxy 192.0.2.8 dev v0
bridge fdb add 02:00:00:00:00:77 dev v1 master static
ip rule add from 192.0.2.0/24 fwmark 0x7/0xff table 100 priority 77
ip rule add iif v0 ipproto tcp sport 10-20 dport 443 table 101 priority 78
ip rule add uidrange 5-9 goto 32766 priority 79
ip rule add not to 203.0.113.0/24 table 103 suppress_prefixlength 8 priority 80
ip -6 rule add from 2001:db8::/64 table 102 priority 90

tc qdisc add dev v0 root handle 1: htb default 20 r2q 100
tc class add dev v0 parent 1: classid 1:1 htb rate 10mbit ceil 20mbit
tc class add dev v0 parent 1:1 classid 1:20 htb rate 1mbit burst 20k
tc qdisc add dev v0 parent 1:20 handle 20: tbf rate 1mbit burst 32kbit latency 400ms
tc filter add dev v0 parent 1: protocol ip prio 5 u32 match ip dst 192.0.2.0/24 match ip protocol 6 0xff \
	flowid 1:20
tc qdisc add dev v0 clsact
tc filter add dev v0 ingress protocol all prio 7 u32 match u32 0 0 action mirred egress redirect dev ifb0
tc qdisc add dev v1 root handle 2: pfifo limit 10
tc qdisc add dev br0 root handle 3: bfifo limit 1000

ip mptcp limits set subflows 3 add_addr_accepted 2
ip mptcp endpoint add 192.0.2.1 id 5 signal backup dev v0
ip mptcp endpoint add 2001:db8::1 id 6 subflow fullmesh

nft -f "${0%/*}/ruleset.nft"

# Something to track, and a connection that leaves metrics behind.
echo tracked >/dev/udp/127.0.0.1/9
python3 - <<'PYTHON'
import socket

listener = socket.create_server(("192.0.2.1", 9000))
with socket.create_connection(("192.0.2.1", 9000)) as one, listener.accept()[0] as other:
    one.sendall(b"measured" * 100)
    while other.recv(10):
        one.close()
PYTHON
