// Command ethtool is the benchmark client of mdlayher/ethtool.
package main

import (
	"dev.jgenl/bench/serve"
	"github.com/mdlayher/ethtool"
)

func main() {
	serve.Main(open, "github.com/mdlayher/ethtool", "github.com/mdlayher/netlink")
}

// It knows no features, and of what linkinfo-get answers it knows the port alone.
func open(string) (serve.Operations, error) {
	client, err := ethtool.New()
	if err != nil {
		return nil, err
	}
	return serve.Operations{
		"linkinfo-get": serve.Fields(func() (int, error) {
			info, err := client.LinkInfo(ethtool.Interface{Name: "veth0"})
			if err != nil {
				return 0, err
			}
			return info.Interface.Index + len(info.Interface.Name) + int(info.Port), nil
		}),
	}, nil
}
