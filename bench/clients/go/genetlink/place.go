package main

import (
	"errors"
	"strings"

	"github.com/mdlayher/genetlink"
	"github.com/mdlayher/netlink"
)

// The controller family, see linux/genetlink.h.
const (
	controllerName       = "nlctrl"
	controllerVersion    = 2
	controllerID         = 16
	controllerGetFamily  = 3
	controllerFamilyID   = 1
	controllerFamilyName = 2
)

// See include/gnl_foobar_xmpl.h.
const (
	xmplName    = "gnl_foobar_xmpl"
	xmplVersion = 1
	xmplEcho    = 1
	xmplMsg     = 1
)

// See include/genl_lab.h.
const (
	labName         = "genl_lab"
	labVersion      = 1
	labDump         = 4
	labIndex        = 1
	labCount        = 4
	labSize         = 5
	labDumpCountMax = 1_000_000
)

var errWrong = errors.New("an answer is not right")

// A place is what the operations mean there.
type place struct {
	family, dumpFamily string
	// text is the attribute of a request with so much payload.
	text func(payload int) string
	// request and check are of one exchange.
	request func(text string) (genetlink.Message, error)
	check   func(reply genetlink.Message, text string) error
	// dumpRequest and checkDump are of a dump from which n messages are wanted.
	dumpRequest func(payload, n int) (genetlink.Message, error)
	checkDump   func(replies []genetlink.Message, n int) error
}

var places = map[string]*place{
	"host": {
		family:     controllerName,
		dumpFamily: controllerName,
		text:       func(int) string { return controllerName },
		request: func(name string) (genetlink.Message, error) {
			ae := netlink.NewAttributeEncoder()
			ae.String(controllerFamilyName, name)
			return message(controllerGetFamily, controllerVersion, ae)
		},
		check: checkFamily,
		dumpRequest: func(int, int) (genetlink.Message, error) {
			return message(controllerGetFamily, controllerVersion, netlink.NewAttributeEncoder())
		},
		checkDump: checkFamilies,
	},
	"vm": {
		family:     xmplName,
		dumpFamily: labName,
		text:       func(payload int) string { return strings.Repeat("x", payload) },
		request: func(text string) (genetlink.Message, error) {
			ae := netlink.NewAttributeEncoder()
			ae.String(xmplMsg, text)
			return message(xmplEcho, xmplVersion, ae)
		},
		check: checkEcho,
		dumpRequest: func(payload, n int) (genetlink.Message, error) {
			ae := netlink.NewAttributeEncoder()
			ae.Uint32(labCount, uint32(min(n, labDumpCountMax)))
			ae.Uint32(labSize, uint32(payload))
			return message(labDump, labVersion, ae)
		},
		checkDump: checkIndices,
	},
}

func message(command, version uint8, ae *netlink.AttributeEncoder) (genetlink.Message, error) {
	data, err := ae.Encode()
	return genetlink.Message{
		Header: genetlink.Header{Command: command, Version: version},
		Data:   data,
	}, err
}

func checkFamily(reply genetlink.Message, _ string) error {
	ad, err := netlink.NewAttributeDecoder(reply.Data)
	if err != nil {
		return err
	}
	var id uint16
	for ad.Next() {
		if ad.Type() == controllerFamilyID {
			id = ad.Uint16()
		}
	}
	if err := ad.Err(); err != nil {
		return err
	}
	if id != controllerID {
		return errWrong
	}
	return nil
}

func checkEcho(reply genetlink.Message, text string) error {
	ad, err := netlink.NewAttributeDecoder(reply.Data)
	if err != nil {
		return err
	}
	right := false
	for ad.Next() {
		if ad.Type() == xmplMsg {
			// String would do without the NUL.
			ad.Do(func(b []byte) error {
				right = len(b) == len(text)+1 && string(b[:len(text)]) == text && b[len(text)] == 0
				return nil
			})
		}
	}
	if err := ad.Err(); err != nil {
		return err
	}
	if !right {
		return errWrong
	}
	return nil
}

func checkFamilies(replies []genetlink.Message, _ int) error {
	for _, reply := range replies {
		ad, err := netlink.NewAttributeDecoder(reply.Data)
		if err != nil {
			return err
		}
		var name string
		for ad.Next() {
			if ad.Type() == controllerFamilyName {
				name = ad.String()
			}
		}
		if err := ad.Err(); err != nil {
			return err
		}
		if name == "" {
			return errWrong
		}
	}
	return nil
}

func checkIndices(replies []genetlink.Message, n int) error {
	if len(replies) != min(n, labDumpCountMax) {
		return errWrong
	}
	for i, reply := range replies {
		ad, err := netlink.NewAttributeDecoder(reply.Data)
		if err != nil {
			return err
		}
		right := false
		for ad.Next() {
			if ad.Type() == labIndex {
				right = ad.Uint32() == uint32(i)
			}
		}
		if err := ad.Err(); err != nil {
			return err
		}
		if !right {
			return errWrong
		}
	}
	return nil
}
