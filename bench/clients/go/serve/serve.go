// Package serve is the side of a client that faces the benchmark, as bench/README.md has it.
package serve

import (
	"bufio"
	"errors"
	"fmt"
	"log"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"
)

// An Operation is done n times or more with one connection; it returns how often it was.
type Operation func(payload, n int) (int, error)

// sum is what the fields of the last objects came to; their operations have one connection each.
var sum *int

// Fields makes an operation of one that asks for an object, and returns the sum of its fields.
func Fields(ask func() (int, error)) Operation {
	return func(_, n int) (int, error) {
		for range n {
			fields, err := ask()
			if err != nil {
				return 0, err
			}
			sum = &fields
		}
		return n, nil
	}
}

// List makes an operation of one that lists objects, and returns how many there were and the sum of
// their fields. It lists until there were n; each time there have to be so many as payload says.
func List(list func() (int, int, error)) Operation {
	return Repeated(func() (int, error) {
		listed, fields, err := list()
		sum = &fields
		return listed, err
	})
}

// Repeated lists until there were n; each time there have to be so many as payload says.
func Repeated(list func() (int, error)) Operation {
	return func(payload, n int) (int, error) {
		done := 0
		for done < n {
			listed, err := list()
			if err != nil {
				return 0, err
			}
			if listed != payload {
				return 0, fmt.Errorf("%d instead of %d", listed, payload)
			}
			done += listed
		}
		return done, nil
	}
}

// Operations are what one connection can do, by name. One goroutine at a time may use it.
type Operations map[string]Operation

// Main is the whole life of a client. It opens a connection for each thread, at the place that it is
// told, "host" or "vm". The modules are those that it is the client of.
func Main(open func(place string) (Operations, error), modules ...string) {
	log.SetFlags(0)
	log.SetPrefix(filepath.Base(os.Args[0]) + ": ")
	if len(os.Args) != 2 {
		log.Fatal("usage: host|vm")
	}
	fmt.Println(versions(modules))
	connect := func() (Operations, error) { return open(os.Args[1]) }
	if err := serve(connect); err != nil {
		log.Fatal(err)
	}
}

func serve(connect func() (Operations, error)) error {
	// Opened now, so that what a trace shows from the first line on is the operation alone.
	first, err := connect()
	if err != nil {
		return err
	}
	connections := []Operations{first}
	for lines := bufio.NewScanner(os.Stdin); ; {
		if !lines.Scan() {
			return lines.Err()
		}
		var name string
		var payload, threads, n int
		_, err := fmt.Sscan(lines.Text(), &name, &payload, &threads, &n)
		if err != nil || payload < 0 || threads < 1 || n < 1 {
			return fmt.Errorf("not a request: %q", lines.Text())
		}
		if first[name] == nil {
			fmt.Println("unsupported")
			continue
		}
		for len(connections) < threads {
			c, err := connect()
			if err != nil {
				return err
			}
			connections = append(connections, c)
		}
		sum = nil
		elapsed, done, err := run(connections[:threads], name, payload, n)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if sum == nil {
			fmt.Println(elapsed.Nanoseconds(), done)
		} else {
			fmt.Println(elapsed.Nanoseconds(), done, *sum)
		}
	}
}

// run shares n operations out among the connections.
func run(connections []Operations, name string, payload, n int) (time.Duration, int, error) {
	share := (n + len(connections) - 1) / len(connections)
	if len(connections) == 1 {
		do := connections[0][name]
		start := time.Now()
		done, err := do(payload, share)
		return time.Since(start), done, err
	}

	var ready, finished sync.WaitGroup
	begin := make(chan struct{})
	done := make([]int, len(connections))
	errs := make([]error, len(connections))
	ready.Add(len(connections))
	for i, c := range connections {
		finished.Go(func() {
			ready.Done()
			<-begin
			done[i], errs[i] = c[name](payload, share)
		})
	}
	ready.Wait()
	start := time.Now()
	close(begin)
	finished.Wait()
	elapsed := time.Since(start)

	sum := 0
	for _, d := range done {
		sum += d
	}
	return elapsed, sum, errors.Join(errs...)
}

// versions tells what this program is made of: "genetlink 1.4.0, netlink 1.11.2, go1.26.8".
func versions(modules []string) string {
	var parts []string
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if slices.Contains(modules, m.Path) {
				parts = append(parts, path.Base(m.Path)+" "+strings.TrimPrefix(m.Version, "v"))
			}
		}
	}
	return strings.Join(append(parts, runtime.Version()), ", ")
}
