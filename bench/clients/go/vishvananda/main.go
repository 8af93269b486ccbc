// Command vishvananda is the benchmark client of vishvananda/netlink, which knows links and routes.
package main

import (
	"fmt"

	"dev.jgenl/bench/serve"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

func main() {
	serve.Main(open, "github.com/vishvananda/netlink")
}

// A handle keeps its socket, where the functions of the package open one for each call.
func open(string) (serve.Operations, error) {
	handle, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return nil, err
	}
	return serve.Operations{
		"links":   serve.Repeated(func() (int, error) { return links(handle) }),
		"routes":  serve.Repeated(func() (int, error) { return routes(handle) }),
		"getlink": serve.List(func() (int, int, error) { return getlink(handle) }),
	}, nil
}

func links(handle *netlink.Handle) (int, error) {
	links, err := handle.LinkList()
	if err != nil {
		return 0, err
	}
	for _, link := range links {
		if link.Attrs().Name == "" {
			return 0, fmt.Errorf("link %d has no name", link.Attrs().Index)
		}
	}
	return len(links), nil
}

// All routes lead into 10.0.0.0/8.
func routes(handle *netlink.Handle) (int, error) {
	routes, err := handle.RouteList(nil, netlink.FAMILY_V4)
	if err != nil {
		return 0, err
	}
	for _, route := range routes {
		if route.Dst == nil || route.Dst.IP[0] != 10 {
			return 0, fmt.Errorf("a route has another destination: %v", route)
		}
	}
	return len(routes), nil
}

func getlink(handle *netlink.Handle) (int, int, error) {
	links, err := handle.LinkList()
	if err != nil {
		return 0, 0, err
	}
	sum := 0
	for _, link := range links {
		sum += fields(link)
	}
	return len(links), sum, nil
}

func fields(link netlink.Link) int {
	attrs := link.Attrs()
	sum := attrs.Index + len(attrs.Name) + attrs.MTU + attrs.TxQLen + int(attrs.Group) +
		attrs.NumTxQueues + int(attrs.Statistics.RxErrors)
	// An address of zeros is left out.
	if address := attrs.HardwareAddr; len(address) > 0 {
		sum += int(address[len(address)-1])
	}
	if link.Type() == "veth" {
		sum++
	}
	return sum
}
