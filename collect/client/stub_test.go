package main

import (
	"context"
	"io"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// stub answers after its service time, and not at all between stallNs and thawNs.
type stub struct {
	clock           *Clock
	service         time.Duration
	stallNs, thawNs int64
	// onSetup is called when the load is about to start.
	onSetup func()
	// silent: the answer to a write is never given.
	silent bool
	// refuses every other attempt.
	refuses bool
	tried   int64
}

func (s *stub) Setup(context.Context, Config) error {
	if s.onSetup != nil {
		s.onSetup()
	}
	return nil
}

func (s *stub) Dial(context.Context) (Link, error) {
	return &stubLink{stub: s, closed: make(chan struct{})}, nil
}

func (s *stub) Problem() string { return "" }

type stubLink struct {
	stub   *stub
	closed chan struct{}
}

func (l *stubLink) Do(ctx context.Context, op *Operation) Reply {
	s := l.stub
	reply := Reply{SentNs: s.clock.Now(), Node: "stub:1", Result: "null"}
	until := reply.SentNs + int64(s.service)
	if until >= s.stallNs && reply.SentNs < s.thawNs {
		until = s.thawNs
	}
	if atomic.AddInt64(&s.tried, 1)%2 == 1 && s.refuses {
		reply.Reason, reply.Error, reply.Result = Busy, "database is locked (5)", ""
		return reply
	}
	answer := time.NewTimer(time.Duration(until - reply.SentNs))
	defer answer.Stop()
	answered := answer.C
	if s.silent && op.writes() {
		answered = nil
	}
	var late <-chan time.Time // like go-dqlite it heeds a deadline, but not that a context is cancelled
	if deadline, bounded := ctx.Deadline(); bounded {
		timer := time.NewTimer(time.Until(deadline))
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-answered:
	case <-late:
		reply.Reason, reply.Error, reply.Silent, reply.Broken = Lost, "i/o timeout", true, true
	case <-l.closed:
		reply.Reason, reply.Error, reply.Broken = Lost, "closed", true
	}
	return reply
}

func (l *stubLink) Close() {
	select {
	case <-l.closed:
	default:
		close(l.closed)
	}
}

// stubConfig is a load of a thousand reads a second.
func stubConfig(change func(*Config)) Config {
	config := defaultConfig()
	config.Addresses = []string{"stub:1"}
	config.DurationMs = 1000
	config.Mix = MixConfig{Read: 1}
	config.Arrivals.Kind = "open"
	config.Arrivals.RatePerS = 1000
	change(&config)
	if err := config.Validate(); err != nil {
		panic(err)
	}
	return config
}

// loaded runs a load against a stub and returns its attempts, by column, and its report.
func loaded(t *testing.T, config Config, clock *Clock, target Target, stop chan struct{}) ([]map[string]string, Totals) {
	t.Helper()
	dir := t.TempDir()
	if err := RunLoad(config, clock, target, dir, io.Discard, stop); err != nil {
		t.Fatal(err)
	}
	var report Report
	if err := readJSON(filepath.Join(dir, "client.json"), &report); err != nil {
		t.Fatal(err)
	}
	rows, _ := readAttempts(t, filepath.Join(dir, "attempts.csv"))
	return rows, *report.Totals
}
