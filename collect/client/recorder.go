package main

import (
	"io"
	"strconv"
	"sync"
	"time"
)

// flushEvery leaves room below the 100 ms that a killed client may lose.
const flushEvery = 40 * time.Millisecond

// Totals are the operations by their outcomes; Offered is the sum of the others once all have ended.
type Totals struct {
	Offered int64 `json:"offered"`
	OK      int64 `json:"ok"`
	Fail    int64 `json:"fail"`
	Unknown int64 `json:"unknown"`
	Dropped int64 `json:"dropped"`
}

// Recorder writes attempts to a file as they end. Who records never waits for the file.
type Recorder struct {
	clock *Clock
	file  io.Writer
	stop  chan struct{}
	gone  chan struct{}

	mu       sync.Mutex
	rows     []Row
	totals   Totals
	finished int64

	err error // of the writer's goroutine, until gone
}

// NewRecorder writes the header and starts the goroutine that writes.
func NewRecorder(clock *Clock, file io.Writer) (*Recorder, error) {
	if _, err := io.WriteString(file, attemptsHeader); err != nil {
		return nil, err
	}
	r := &Recorder{clock: clock, file: file, stop: make(chan struct{}), gone: make(chan struct{})}
	go r.write()
	return r, nil
}

// Offer counts an operation that begins.
func (r *Recorder) Offer() {
	r.mu.Lock()
	r.totals.Offered++
	r.mu.Unlock()
}

// Record takes an attempt that ended.
func (r *Recorder) Record(row Row) {
	r.mu.Lock()
	r.rows = append(r.rows, row)
	if row.final {
		r.finished++
		r.totals.count(row.overall)
	}
	r.mu.Unlock()
}

// Drop records an operation that is not tried.
func (r *Recorder) Drop(op *Operation) {
	r.Record(Row{op: *op, outcome: Dropped, final: true, overall: Dropped})
}

// Close writes what is left, and returns the first error of writing.
func (r *Recorder) Close() (Totals, error) {
	close(r.stop)
	<-r.gone
	return r.totals, r.err
}

func (t *Totals) count(outcome Outcome) {
	switch outcome {
	case OK:
		t.OK++
	case Fail:
		t.Fail++
	case Unknown:
		t.Unknown++
	case Dropped:
		t.Dropped++
	}
}

func (r *Recorder) write() {
	defer close(r.gone)
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	var rows []Row
	var text []byte
	for stopped := false; !stopped; {
		select {
		case <-ticker.C:
		case <-r.stop:
			stopped = true
		}
		r.mu.Lock()
		rows, r.rows = r.rows, rows[:0]
		reading, offered, finished := r.clock.Now(), r.totals.Offered, r.finished
		r.mu.Unlock()
		text = text[:0]
		for i := range rows {
			text = rows[i].appendTo(text)
			rows[i] = Row{}
		}
		text = append(text, "#flushed,"...)
		text = appendInt(text, reading, true)
		text = appendInt(text, offered, true)
		text = append(strconv.AppendInt(text, finished, 10), '\n')
		if _, err := r.file.Write(text); err != nil && r.err == nil {
			r.err = err
		}
	}
}
