package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAKilledLoadLeavesAttemptsWhoseLossIsTold(t *testing.T) {
	if dir := os.Getenv(childDir); dir != "" {
		clock := StartClock()
		config := stubConfig(func(c *Config) { c.DurationMs, c.Arrivals.RatePerS = 60_000, 2000 })
		t.Fatal(RunLoad(config, clock, &stub{clock: clock, service: 5 * time.Millisecond}, dir, os.Stdout, make(chan struct{})))
	}
	dir := t.TempDir()
	child := startChild(t, dir, `"event":"started"`)
	time.Sleep(300 * time.Millisecond)
	child.Process.Kill()
	child.Wait()

	var report Report
	if err := readJSON(filepath.Join(dir, "client.json"), &report); err != nil {
		t.Fatal(err)
	}
	if report.Totals != nil || report.StartedNs == 0 {
		t.Errorf("expected a start and no totals, received %+v", report)
	}
	rows, flushed := readAttempts(t, filepath.Join(dir, "attempts.csv"))
	ended := int64(0)
	for _, row := range rows {
		if row["final"] == "1" {
			ended++
		}
	}
	if dispatched, finished := flushed[1], flushed[2]; finished != ended || dispatched < finished || finished == 0 {
		t.Errorf("expected %d rows of ended operations, of %d, received %d", finished, dispatched, ended)
	}
}
