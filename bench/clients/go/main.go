// Command bench-go-genetlink is the benchmark client of mdlayher/genetlink.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// An operation is done n times or more with one connection; it returns how often it was.
type operation func(w *worker, payload, n int) (int, error)

var operations = map[string]operation{
	"cycle":    (*worker).cycle,
	"exchange": (*worker).exchange,
	"pipeline": (*worker).pipeline,
	"dump":     (*worker).dump,
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench-go-genetlink: ")
	if err := serve(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
}

func serve(args []string) error {
	if len(args) != 1 || places[args[0]] == nil {
		return errors.New("usage: bench-go-genetlink host|vm")
	}
	p := places[args[0]]
	fmt.Println(versions())

	// Opened now, so that what a trace shows from the first line on is the operation alone.
	first, err := newWorker(p)
	if err != nil {
		return err
	}
	workers := []*worker{first}
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
		do, known := operations[name]
		if !known {
			fmt.Println("unsupported")
			continue
		}
		for len(workers) < threads {
			w, err := newWorker(p)
			if err != nil {
				return err
			}
			workers = append(workers, w)
		}
		elapsed, done, err := run(workers[:threads], do, payload, n)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Println(elapsed.Nanoseconds(), done)
	}
}

// run shares n operations out among the workers.
func run(workers []*worker, do operation, payload, n int) (time.Duration, int, error) {
	share := (n + len(workers) - 1) / len(workers)
	if len(workers) == 1 {
		start := time.Now()
		done, err := do(workers[0], payload, share)
		return time.Since(start), done, err
	}

	var ready, finished sync.WaitGroup
	begin := make(chan struct{})
	done := make([]int, len(workers))
	errs := make([]error, len(workers))
	ready.Add(len(workers))
	for i, w := range workers {
		finished.Go(func() {
			ready.Done()
			<-begin
			done[i], errs[i] = do(w, payload, share)
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
func versions() string {
	var parts []string
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if name, ok := strings.CutPrefix(m.Path, "github.com/mdlayher/"); ok && name != "socket" {
				parts = append(parts, name+" "+strings.TrimPrefix(m.Version, "v"))
			}
		}
	}
	return strings.Join(append(parts, runtime.Version()), ", ")
}
