package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
)

// wire is a connection to a node that notes what go-dqlite's errors hide: the code of a failure, and whether a request
// was written wholly. go-dqlite writes and reads the header and the body of a message apart; here each message is written
// at once, and what has come is read at once, which halves the calls of the system.
type wire struct {
	net.Conn
	address string
	clock   *Clock
	frames  frames
	// greeted: the version of the protocol was written, which is no message.
	greeted bool
	// header of a message whose body is not there yet.
	header []byte
	// rest is how much of a message's body is still to be written.
	rest int
	// answers that were read and not asked for yet.
	answers []byte
	buffer  [readAtOnce]byte
	// opened: the node answered that it opened the database; only the connection that is kept gets that far.
	opened bool

	// of the current attempt
	sentNs int64
	// of the current call
	failure  *failure
	writeErr error
	readErr  error
}

// call forgets what was noted of the last call.
func (w *wire) call() { w.failure, w.writeErr, w.readErr = nil, nil, nil }

const (
	headerBytes = 8
	readAtOnce  = 4096
)

// Write notes when the first byte was taken, and failures. A header waits for its body.
func (w *wire) Write(bytes []byte) (int, error) {
	if w.greeted && w.rest == 0 && len(w.header) == 0 && len(bytes) == headerBytes {
		if w.rest = int(binary.LittleEndian.Uint32(bytes)) * headerBytes; w.rest > 0 {
			w.header = append(w.header, bytes...)
			return len(bytes), nil
		}
	} else if w.greeted {
		w.rest -= len(bytes)
	}
	w.greeted = true
	waited := len(w.header)
	message := append(w.header, bytes...)
	w.header = message[:0]
	now := w.clock.Now()
	n, err := w.Conn.Write(message)
	if n > 0 && w.sentNs == 0 {
		w.sentNs = now
	}
	if err != nil {
		w.writeErr = err
	}
	if n -= waited; n < 0 {
		n = 0
	}
	return n, err
}

// Read notes failures, those that the node tells and those of the connection.
func (w *wire) Read(bytes []byte) (int, error) {
	if len(w.answers) == 0 {
		n, err := w.Conn.Read(w.buffer[:])
		w.answers = w.buffer[:n]
		w.frames.feed(w.answers, func(kind byte, body []byte) {
			switch kind {
			case answerFailure:
				told := decodeFailure(body)
				w.failure = &told
			case answerDatabase:
				w.opened = true
			}
		})
		if err != nil {
			w.readErr = err
		}
		if n == 0 {
			return 0, err
		}
	}
	n := copy(bytes, w.answers)
	w.answers = w.answers[n:]
	return n, nil
}

// verdict says what an error of the current call means.
func (w *wire) verdict(err error) Reply {
	switch {
	case err == nil:
		return Reply{}
	case w.failure != nil:
		reason := reasonOfCode(w.failure.code)
		return Reply{
			Reason: reason,
			Error:  fmt.Sprintf("%s (%d)", w.failure.message, w.failure.code),
			Broken: reason != Busy && reason != Refused,
		}
	case w.writeErr != nil:
		return Reply{Reason: Unsent, Error: w.writeErr.Error(), Broken: true}
	case w.readErr != nil:
		var network net.Error
		silent := errors.As(w.readErr, &network) && network.Timeout()
		return Reply{Reason: Lost, Error: w.readErr.Error(), Silent: silent, Broken: true}
	default:
		return Reply{Reason: Lost, Error: err.Error(), Broken: true}
	}
}
