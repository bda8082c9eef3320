package main

import (
	"errors"
	"fmt"
	"net"
)

// wire is a connection to a node that notes what go-dqlite's errors hide: the code of a failure, and whether a request
// was written wholly.
type wire struct {
	net.Conn
	address string
	clock   *Clock
	frames  frames
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

// Write notes when the first byte was taken, and failures.
func (w *wire) Write(bytes []byte) (int, error) {
	now := w.clock.Now()
	n, err := w.Conn.Write(bytes)
	if n > 0 && w.sentNs == 0 {
		w.sentNs = now
	}
	if err != nil {
		w.writeErr = err
	}
	return n, err
}

// Read notes failures, those that the node tells and those of the connection.
func (w *wire) Read(bytes []byte) (int, error) {
	n, err := w.Conn.Read(bytes)
	w.frames.feed(bytes[:n], func(kind byte, body []byte) {
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
	return n, err
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
