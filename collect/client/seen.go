package main

import "sync"

// seen holds the value of each register that was last read or written.
type seen struct {
	mu     sync.Mutex
	values map[int64]*int64
}

func newSeen() *seen { return &seen{values: map[int64]*int64{}} }

func (s *seen) value(key int64) *int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[key]
}

// learn takes what an answered operation told.
func (s *seen) learn(op *Operation, reply Reply) {
	if reply.Reason != "" || op.Kind.onList() {
		return
	}
	value := reply.Value
	if op.Kind == Write || (op.Kind == Cas && reply.Result == "true") {
		value = &op.Value
	} else if op.Kind == Cas {
		return
	}
	s.mu.Lock()
	s.values[op.Key] = value
	s.mu.Unlock()
}
