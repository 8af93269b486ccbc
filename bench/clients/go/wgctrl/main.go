// Command wgctrl is the benchmark client of WireGuard's own library for Go.
package main

import (
	"dev.jgenl/bench/serve"
	"golang.zx2c4.com/wireguard/wgctrl"
	"golang.zx2c4.com/wireguard/wgctrl/wgtypes"
)

func main() {
	serve.Main(open, "golang.zx2c4.com/wireguard/wgctrl", "github.com/mdlayher/netlink")
}

func open(string) (serve.Operations, error) {
	client, err := wgctrl.New()
	if err != nil {
		return nil, err
	}
	return serve.Operations{
		"get-device": serve.List(func() (int, int, error) {
			device, err := client.Device("wg0")
			if err != nil {
				return 0, 0, err
			}
			sum := 0
			for _, peer := range device.Peers {
				sum += fields(peer)
			}
			return len(device.Peers), sum, nil
		}),
	}, nil
}

func fields(peer wgtypes.Peer) int {
	sum := int(peer.PublicKey[0]) + peer.Endpoint.Port&0xff + last(peer.Endpoint.IP) +
		int(peer.PersistentKeepaliveInterval.Seconds()) + int(peer.ReceiveBytes) +
		int(peer.TransmitBytes) + peer.ProtocolVersion
	if !peer.LastHandshakeTime.IsZero() {
		sum += int(peer.LastHandshakeTime.Unix())
	}
	for _, allowed := range peer.AllowedIPs {
		ones, _ := allowed.Mask.Size()
		sum += last(allowed.IP) + ones
	}
	return sum
}

func last(address []byte) int {
	return int(address[len(address)-1])
}
