// Command genetlink is the benchmark client of mdlayher/genetlink.
package main

import "dev.jgenl/bench/serve"

func main() {
	serve.Main(open, "github.com/mdlayher/genetlink", "github.com/mdlayher/netlink")
}
