package main

import (
	"fmt"
	"math/bits"

	"dev.jgenl/bench/serve"
	"github.com/mdlayher/genetlink"
	"github.com/mdlayher/netlink"
)

// As large as the kernel makes a datagram of a dump. Without it, the library asks for the size of
// each datagram with a system call of its own.
var config = &netlink.Config{MessageBufferSize: 32 * 1024}

const pipelineLen = 1000

// A worker is one connection; one goroutine at a time may use it.
type worker struct {
	place *place
	// conn and genl are the same socket: only netlink.Conn can send several messages at once.
	conn               *netlink.Conn
	genl               *genetlink.Conn
	family, dumpFamily genetlink.Family
	receiveBuffer      int
}

func open(place string) (serve.Operations, error) {
	p := places[place]
	if p == nil {
		return nil, fmt.Errorf("no such place: %s", place)
	}
	w, err := newWorker(p)
	if err != nil {
		return nil, err
	}
	return serve.Operations{
		"cycle":    w.cycle,
		"exchange": w.exchange,
		"pipeline": w.pipeline,
		"dump":     w.dump,
	}, nil
}

func newWorker(p *place) (*worker, error) {
	conn, err := netlink.Dial(genetlink.Protocol, config)
	if err != nil {
		return nil, err
	}
	w := &worker{place: p, conn: conn, genl: genetlink.NewConn(conn)}
	if w.receiveBuffer, err = conn.ReadBuffer(); err != nil {
		return nil, err
	}
	if w.family, err = w.genl.GetFamily(p.family); err != nil {
		return nil, err
	}
	w.dumpFamily, err = w.genl.GetFamily(p.dumpFamily)
	return w, err
}

func (w *worker) cycle(payload, n int) (int, error) {
	text := w.place.text(payload)
	for range n {
		if err := w.place.cycle(text); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func (p *place) cycle(text string) error {
	// For two datagrams, asking for their size costs less than a buffer for the largest.
	c, err := genetlink.Dial(nil)
	if err != nil {
		return err
	}
	defer c.Close()
	family, err := c.GetFamily(p.family)
	if err != nil {
		return err
	}
	return p.exchange(c, family, text)
}

func (w *worker) exchange(payload, n int) (int, error) {
	text := w.place.text(payload)
	for range n {
		if err := w.place.exchange(w.genl, w.family, text); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func (p *place) exchange(c *genetlink.Conn, family genetlink.Family, text string) error {
	request, err := p.request(text)
	if err != nil {
		return err
	}
	replies, err := c.Execute(request, family.ID, netlink.Request)
	if err != nil {
		return err
	}
	if len(replies) != 1 {
		return errWrong
	}
	return p.check(replies[0], text)
}

func (w *worker) pipeline(payload, n int) (int, error) {
	text := w.place.text(payload)
	window := w.window(len(text))
	for done := 0; done < n; {
		end := min(done+pipelineLen, n)
		for done < end {
			count := min(window, end-done)
			if err := w.exchangeMany(text, count); err != nil {
				return 0, err
			}
			done += count
		}
	}
	return n, nil
}

// window returns how many replies fit into the receive buffer. Each occupies a power of two that
// holds it and the kernel's bookkeeping.
func (w *worker) window(payload int) int {
	reply := 512 + max(4096, 1<<bits.Len(uint(payload+512)))
	return max(1, w.receiveBuffer/reply)
}

func (w *worker) exchangeMany(text string, count int) error {
	requests := make([]netlink.Message, 0, count)
	for range count {
		request, err := w.place.request(text)
		if err != nil {
			return err
		}
		data, err := request.MarshalBinary()
		if err != nil {
			return err
		}
		requests = append(requests, netlink.Message{
			Header: netlink.Header{
				Type:  netlink.HeaderType(w.family.ID),
				Flags: netlink.Request,
			},
			Data: data,
		})
	}
	requests, err := w.conn.SendMessages(requests)
	if err != nil {
		return err
	}
	for _, request := range requests {
		replies, headers, err := w.genl.Receive()
		if err != nil {
			return err
		}
		if err := netlink.Validate(request, headers); err != nil {
			return err
		}
		if len(replies) != 1 {
			return errWrong
		}
		if err := w.place.check(replies[0], text); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) dump(payload, n int) (int, error) {
	done := 0
	for done < n {
		request, err := w.place.dumpRequest(payload, n-done)
		if err != nil {
			return 0, err
		}
		replies, err := w.genl.Execute(request, w.dumpFamily.ID, netlink.Request|netlink.Dump)
		if err != nil {
			return 0, err
		}
		if err := w.place.checkDump(replies, n-done); err != nil {
			return 0, err
		}
		done += len(replies)
	}
	return done, nil
}
