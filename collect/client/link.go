package main

import "context"

// Link is a connection over which one operation at a time is tried.
type Link interface {
	// Do tries an operation once, and ends by the context's deadline.
	Do(ctx context.Context, op *Operation) Reply
	// Close makes whatever runs on the link end.
	Close()
}

// Dialer makes links.
type Dialer interface {
	Dial(ctx context.Context) (Link, error)
	// Problem is why a try failed last.
	Problem() string
}

// Reply is how an attempt ended.
type Reply struct {
	// Reason is empty if it was answered with success.
	Reason Reason
	Error  string
	// Result as JSON, and the value where a register was read.
	Result string
	Value  *int64
	// Node is the address that it was sent to.
	Node string
	// SentNs is when its first byte was sent, 0 if none was.
	SentNs int64
	// Silent means that it was waited for in vain: nothing came, not even the connection's end.
	Silent bool
	// Broken means that the link cannot be used again.
	Broken bool
}

func (r Reply) outcome() Outcome {
	switch {
	case r.Reason == "":
		return OK
	case r.Reason.certain():
		return Fail
	default:
		return Unknown
	}
}
