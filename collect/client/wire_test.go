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

// counted answers everything at once, and keeps what is written, call by call.
type counted struct {
	net.Conn
	written []string
	answers []byte
	reads   int
	fails   bool
}

func (c *counted) Write(bytes []byte) (int, error) {
	if c.fails {
		return len(bytes) / 2, io.ErrClosedPipe
	}
	c.written = append(c.written, string(bytes))
	return len(bytes), nil
}

func (c *counted) Read(bytes []byte) (int, error) {
	c.reads++
	n := copy(bytes, c.answers)
	c.answers = c.answers[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func TestAMessageIsWrittenAndReadAtOnce(t *testing.T) {
	version, first, second := []byte("version "), message(1, make([]byte, 24)), message(2, make([]byte, 8))
	conn := &counted{answers: append(message(3, make([]byte, 16)), message(answerFailure, append(make([]byte, 8), "no\x00....."...))...)}
	w := &wire{Conn: conn, clock: StartClock()}
	for _, part := range [][]byte{version, first[:8], first[8:], second[:8], second[8:]} {
		if n, err := w.Write(part); n != len(part) || err != nil {
			t.Fatalf("expected %d bytes to be taken, received %d, %v", len(part), n, err)
		}
	}
	if len(conn.written) != 3 || conn.written[0] != string(version) || conn.written[1] != string(first) || conn.written[2] != string(second) {
		t.Errorf("expected the version and two messages, received %q", conn.written)
	}
	for _, size := range []int{8, 16, 8, 16} {
		if n, err := io.ReadFull(w, make([]byte, size)); n != size || err != nil {
			t.Fatalf("expected %d bytes, received %d, %v", size, n, err)
		}
	}
	if conn.reads != 1 || w.failure == nil || w.failure.message != "no" {
		t.Errorf("expected one call and a failure, received %d and %+v", conn.reads, w.failure)
	}
}

func TestAHeaderThatWaitsIsNotSent(t *testing.T) {
	conn := &counted{}
	w := &wire{Conn: conn, clock: StartClock()}
	w.Write([]byte("version "))
	w.sentNs = 0
	whole := message(1, make([]byte, 24))
	w.Write(whole[:8])
	if w.sentNs != 0 {
		t.Error("nothing of the message was sent yet")
	}
	conn.fails = true
	if n, err := w.Write(whole[8:]); n != 8 || err == nil || w.sentNs == 0 || w.verdict(err).Reason != Unsent {
		t.Errorf("expected 16 of 32 bytes to be taken, 8 of them of the body, received %d, %v", n, err)
	}
}

func message(kind byte, body []byte) []byte {
	header := make([]byte, 8)
	binary.LittleEndian.PutUint32(header, uint32(len(body)/8))
	header[4] = kind
	return append(header, body...)
}
