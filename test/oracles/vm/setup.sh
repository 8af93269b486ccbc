#!/bin/bash
# Fills the network namespace that it runs in with what the calls beside it ask for: what takes modules that hardly any
# machine has loaded, in a machine that is thrown away.
set -euo pipefail
here=${0%/*}
top=$here/../../..

modprobe -a dummy fou openvswitch nfsd psample macsec udp_tunnel
insmod "$top/target/oracles/netdevsim/$(uname -r)/netdevsim.ko"

ip -batch - <<'IP'
link set lo up
link add d0 index 10 address 02:00:00:00:00:10 type dummy
link add d1 index 11 address 02:00:00:00:00:11 type dummy
link add d2 index 12 address 02:00:00:00:00:12 type dummy
link add d3 index 13 address 02:00:00:00:00:13 type dummy
link add d4 index 14 address 02:00:00:00:00:14 type dummy
link add d5 index 15 address 02:00:00:00:00:15 type dummy
link set d0 up
link set d4 up
link set d5 up
addr add 192.0.2.1/24 dev d0
addr add 2001:db8::1/64 dev d0 nodad
link add bond0 index 20 type bond mode active-backup miimon 100 fail_over_mac active
link set d1 master bond0
link add link d0 name vlan5 index 21 type vlan id 5 protocol 802.1ad ingress-qos-map 1:2 egress-qos-map 3:4
link add vrf0 index 22 type vrf table 50
link add br0 index 23 address 02:00:00:00:00:23 type bridge vlan_filtering 1 mcast_querier 1 group_fwd_mask 8
link set d2 master br0
link add gre1 index 24 type gre local 192.0.2.1 remote 192.0.2.2 ttl 64 key 5 csum
link add gretap1 index 25 address 02:00:00:00:00:25 type gretap local 192.0.2.1 remote 192.0.2.2
link add ip6gre1 index 26 type ip6gre local 2001:db8::1 remote 2001:db8::2 hoplimit 7
link add geneve1 index 27 address 02:00:00:00:00:27 type geneve id 9 remote 192.0.2.9 dstport 7000
link add ipip1 index 28 type ipip local 192.0.2.1 remote 192.0.2.3 encap fou encap-sport auto encap-dport 5555
link add sit1 index 29 type sit local 192.0.2.1 remote 192.0.2.4
link add ip6tnl1 index 30 type ip6tnl local 2001:db8::1 remote 2001:db8::4 mode any
link add vti1 index 31 type vti local 192.0.2.1 remote 192.0.2.5 key 3
link add vti61 index 32 type vti6 local 2001:db8::1 remote 2001:db8::5
link add hsr1 index 33 type hsr slave1 d4 slave2 d5 supervision 45
link add erspan1 index 34 address 02:00:00:00:00:34 type erspan local 192.0.2.1 remote 192.0.2.6 seq key 4 erspan_ver 1 erspan 5
link add team0 index 36 type team
link set d3 master team0
link add wg0 index 37 type wireguard
link add ifb0 index 38 type ifb
fou add port 5555 ipproto 4
fou add port 5556 gue
route add 198.51.100.0/24 encap mpls 16/17 via 192.0.2.7 dev d0
route add 203.0.113.0/24 nexthop via 192.0.2.7 weight 2 nexthop via 192.0.2.8 weight 3
route add 10.8.0.0/16 via 192.0.2.7 mtu lock 1400 rtt 30ms quickack 1 congctl cubic
route add table 50 unreachable default metric 4278198272
route add 2001:db8:1::/48 encap seg6 mode encap segs 2001:db8::8,2001:db8::9 dev d0
neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev d0 nud permanent
rule add l3mdev priority 1000
rule add tun_id 9 oif d0 table 60 priority 77 realms 3/4
rule add not fwmark 0x7/0xff dsfield 0x10 table 61 priority 78
nexthop add id 5 via 192.0.2.9 dev d0
link add q0 index 100 type dummy
link add q1 index 101 type dummy
link add q2 index 102 type dummy
link add q3 index 103 type dummy
link add q4 index 104 type dummy
link add q5 index 105 type dummy
link add q6 index 106 type dummy
link add q7 index 107 type dummy
link add q8 index 108 type dummy
link add q9 index 109 type dummy
link add q10 index 110 type dummy
link add q11 index 111 type dummy
link add q12 index 112 type dummy
link add q13 index 113 type dummy
link add q14 index 114 type dummy
link add q15 index 115 type dummy
link add q16 index 116 type dummy
link add q17 index 117 type dummy
link add q18 index 118 type dummy
link add q19 index 119 type dummy
link add q20 index 120 type dummy
link add q21 index 121 type dummy
link add q22 index 122 type dummy
link add q23 index 123 type dummy
link add q24 index 124 type dummy
link add q25 index 125 numtxqueues 4 numrxqueues 4 type dummy
link add q26 index 126 numtxqueues 4 numrxqueues 4 type dummy
link add q27 index 127 numtxqueues 4 numrxqueues 4 type dummy
IP
bridge vlan add dev d2 vid 10 pvid untagged
bridge vlan add dev d2 vid 11-12
bridge fdb add 02:00:00:00:00:77 dev d2 master static vlan 10
ip link set gre1 up

key() {
	wg genkey | wg pubkey
}
wg set wg0 listen-port 51820 fwmark 0x10 private-key <(wg genkey) \
	peer "$(key)" endpoint 192.0.2.9:1000 persistent-keepalive 25 preshared-key <(wg genpsk) \
	allowed-ips 10.1.0.0/16,fd00:1::/64 \
	peer "$(key)" endpoint '[2001:db8::9]:1001' allowed-ips 0.0.0.0/0

tc -batch "$here/tc"
nft -f "$here/ruleset.nft"

echo '1 2 4' >/sys/bus/netdevsim/new_device
echo 2 >/sys/bus/netdevsim/devices/netdevsim1/sriov_numvfs
ip link set eth0 up
ip link set eth1 up
devlink dev eswitch set netdevsim/netdevsim1 mode switchdev
devlink port function rate add netdevsim/netdevsim1/group tx_share 5mbit tx_max 10mbit
devlink region new netdevsim/netdevsim1/dummy snapshot 5

echo 600 >/proc/sys/net/netfilter/nf_conntrack_udp_timeout
echo tracked >/dev/udp/127.0.0.1/9
