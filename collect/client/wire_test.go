package main

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"testing"
)

func TestWhatAFailuresCodeMeans(t *testing.T) {
	for code, expected := range map[uint64]Reason{
		5: Busy, 5 | 1<<8: Busy, 5 | 2<<8: Busy,
		10250: NotLeader, 10 | 32<<8: NotLeader, 12: NotLeader,
		19: Refused, 19 | 6<<8: Refused,
		10506: Lost, 10 | 33<<8: Lost, 10: Lost, 1: Lost, 13: Lost, 0: Lost,
	} {
		if received := reasonOfCode(code); received != expected {
			t.Errorf("%d: expected %s, received %s", code, expected, received)
		}
	}
}

func TestWhatTheEndOfACallMeans(t *testing.T) {
	timeout := &net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}
	for name, c := range map[string]struct {
		wire    wire
		reason  Reason
		outcome Outcome
		silent  bool
		broken  bool
	}{
		"busy":                    {wire{failure: &failure{5, "database is locked"}}, Busy, Fail, false, false},
		"no leader":               {wire{failure: &failure{10250, "not leader"}}, NotLeader, Fail, false, true},
		"leadership lost":         {wire{failure: &failure{10506, "leadership lost"}}, Lost, Unknown, false, true},
		"not written":             {wire{writeErr: timeout}, Unsent, Fail, false, true},
		"cut":                     {wire{readErr: io.EOF}, Lost, Unknown, false, true},
		"waited for in vain":      {wire{readErr: timeout}, Lost, Unknown, true, true},
		"answered, but not known": {wire{}, Lost, Unknown, false, true},
	} {
		reply := c.wire.verdict(errors.New("driver: bad connection"))
		if reply.Reason != c.reason || reply.outcome() != c.outcome || reply.Silent != c.silent || reply.Broken != c.broken || reply.Error == "" {
			t.Errorf("%s: received %+v", name, reply)
		}
	}
}

func TestWhatFailsBeforeCommitHasNotHappened(t *testing.T) {
	for reason, expected := range map[Reason]Reason{Lost: Unsent, Busy: Busy, NotLeader: NotLeader} {
		if reply := uncommitted(Reply{Reason: reason, Broken: true}); reply.Reason != expected || !reply.Broken {
			t.Errorf("%s: received %+v", reason, reply)
		}
	}
}

func TestFailuresAreFoundHoweverTheirBytesArrive(t *testing.T) {
	refused := message(answerFailure, append(binary.LittleEndian.AppendUint64(nil, 10506), "leadership lost\x00"...))
	bytes := append(message(6, make([]byte, 16)), refused...)
	bytes = append(bytes, message(answerDatabase, make([]byte, 8))...)
	for size := 1; size <= len(bytes); size++ {
		var kinds []byte
		var told failure
		f := frames{}
		for from := 0; from < len(bytes); from += size {
			to := from + size
			if to > len(bytes) {
				to = len(bytes)
			}
			f.feed(bytes[from:to], func(kind byte, body []byte) {
				kinds = append(kinds, kind)
				if kind == answerFailure {
					told = decodeFailure(body)
				}
			})
		}
		if string(kinds) != string([]byte{6, answerFailure, answerDatabase}) || told != (failure{10506, "leadership lost"}) {
			t.Fatalf("%d bytes at a time: received %v and %+v", size, kinds, told)
		}
	}
}

func message(kind byte, body []byte) []byte {
	header := make([]byte, 8)
	binary.LittleEndian.PutUint32(header, uint32(len(body)/8))
	header[4] = kind
	return append(header, body...)
}
