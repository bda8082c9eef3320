package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const childDir = "DQLITE_CLIENT_TEST_DIR"

func TestAKilledLoadLeavesAttemptsWhoseLossIsTold(t *testing.T) {
	if dir := os.Getenv(childDir); dir != "" {
		clock := StartClock()
		config := stubConfig(func(c *Config) { c.DurationMs, c.Arrivals.RatePerS = 60_000, 2000 })
		t.Fatal(RunLoad(config, clock, &stub{clock: clock, service: 5 * time.Millisecond}, dir, os.Stderr, make(chan struct{})))
	}
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	child.Env = append(os.Environ(), childDir+"="+dir)
	events, err := child.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(events).ReadString('\n')
	if err != nil || !strings.Contains(line, `"event":"started"`) {
		t.Fatalf("expected the load to start, received %q, %v", line, err)
	}
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
