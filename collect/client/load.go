package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Target is what a load is put on.
type Target interface {
	Dialer
	// Setup makes the tables.
	Setup(ctx context.Context, config Config) error
}

// RunLoad puts a load on its target until it ends or stop is closed, writes its files into a folder, and tells on
// events when it starts and has ended.
func RunLoad(config Config, clock *Clock, target Target, dir string, events io.Writer, stop <-chan struct{}) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	pool := NewPool(target, config.Connections)
	if err := prepare(config, target, pool, stop); err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(dir, "attempts.csv"))
	if err != nil {
		return err
	}
	defer file.Close()
	recorder, err := NewRecorder(clock, file)
	if err != nil {
		return err
	}

	report := newReport(config, clock)
	if err := report.write(dir); err != nil {
		return err
	}
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	waitUntil(clock, report.StartedNs, timer, stop)
	tell(events, map[string]interface{}{"event": "started", "started_ns": report.StartedNs, "anchor": report.Anchor})
	ended, end := context.WithCancel(context.Background())
	defer end()
	executor := NewExecutor(ended, config, clock, pool, recorder)
	generator := NewGenerator(config)
	run := runClosed
	if config.Arrivals.Kind == "open" {
		run = runOpen
	}
	running := run(config, clock, report.StartedNs, generator, executor, stop)
	patience := time.Duration(config.DrainMs) * time.Millisecond
	drain(running, patience)
	final := &sync.WaitGroup{}
	if config.FinalReads {
		final = runFinal(config, clock, generator, executor)
		drain(final, patience)
	}
	end()
	pool.Close()
	running.Wait()
	final.Wait()

	totals, err := recorder.Close()
	if err != nil {
		return fmt.Errorf("attempts.csv: %w", err)
	}
	report.end(clock, totals)
	if err := report.write(dir); err != nil {
		return err
	}
	tell(events, map[string]interface{}{"event": "ended", "ended_ns": report.EndedNs, "totals": totals, "anchor": report.AnchorEnd})
	return file.Close()
}

func prepare(config Config, target Target, pool *Pool, stop <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(config.Setup.TimeoutMs)*time.Millisecond)
	defer cancel()
	prepared := make(chan error, 1)
	go func() {
		if config.Setup.Create {
			if err := target.Setup(ctx, config); err != nil {
				prepared <- fmt.Errorf("no tables were made in %d ms (setup.timeout_ms): %w", config.Setup.TimeoutMs, err)
				return
			}
		}
		if err := pool.Fill(ctx); err != nil {
			prepared <- fmt.Errorf("no connections were made in %d ms (setup.timeout_ms): %w", config.Setup.TimeoutMs, err)
			return
		}
		prepared <- nil
	}()
	select {
	case err := <-prepared:
		return err
	case <-stop:
		return errors.New("told to end before the load began")
	}
}

// drain waits for what runs, for a time.
func drain(running *sync.WaitGroup, atMost time.Duration) {
	done := make(chan struct{})
	go func() {
		running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(atMost):
	}
}

func tell(events io.Writer, event map[string]interface{}) {
	line, err := json.Marshal(event)
	if err != nil {
		panic(err)
	}
	events.Write(append(line, '\n'))
}
