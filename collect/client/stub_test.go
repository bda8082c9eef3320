package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// readAttempts returns what stands up to the last line of a flush, and that line's numbers.
func readAttempts(t *testing.T, path string) (rows []map[string]string, flushed [3]int64) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(text, []byte("\n#flushed,"))
	if at < 0 {
		t.Fatal(errors.New("no line of a flush"))
	}
	line := strings.SplitN(string(text[at+1:]), "\n", 2)
	if len(line) < 2 { // the line itself is cut short
		text = text[:at+1]
		at = bytes.LastIndex(text, []byte("\n#flushed,"))
		line = strings.SplitN(string(text[at+1:]), "\n", 2)
	}
	for i, field := range strings.Split(line[0], ",")[1:] {
		if flushed[i], err = strconv.ParseInt(field, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	reader := csv.NewReader(bytes.NewReader(text[:at+1]))
	reader.Comment = '#'
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows, flushed
}

func number(t *testing.T, row map[string]string, column string) int64 {
	t.Helper()
	value, err := strconv.ParseInt(row[column], 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", column, err)
	}
	return value
}
