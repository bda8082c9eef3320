package main

import (
	"testing"
	"time"
)

func TestOfferedIsTheSumOfTheOutcomes(t *testing.T) {
	for name, change := range map[string]func(*Config, *stub){
		"answered": func(*Config, *stub) {},
		"closed": func(c *Config, _ *stub) {
			c.Arrivals = ArrivalsConfig{Kind: "closed", Workers: 5}
		},
		"some never answered": func(c *Config, s *stub) {
			s.silent, c.Mix.Write, c.Timeouts.AttemptMs, c.Policy = true, 0.05, 20, policies["retry"]
		},
		"refused and tried again": func(c *Config, s *stub) {
			s.refuses, c.Mix.Write, c.Policy = true, 1, policies["retry"]
		},
		"refused": func(c *Config, s *stub) {
			s.refuses, c.Mix.Write, c.Policy = true, 1, policies["bare"]
		},
		"none answered by the end": func(c *Config, s *stub) {
			s.silent, c.Mix, c.DrainMs = true, MixConfig{Write: 1}, 50
		},
		"too many in flight": func(c *Config, s *stub) {
			s.service, c.Arrivals.InFlight = 50*time.Millisecond, 3
		},
	} {
		t.Run(name, func(t *testing.T) {
			clock := StartClock()
			target := &stub{clock: clock, service: time.Millisecond}
			config := stubConfig(func(c *Config) { c.DurationMs = 200; change(c, target) })
			rows, totals := loaded(t, config, clock, target, make(chan struct{}))
			account(t, rows, totals)
		})
	}
}

func TestAnInterruptedLoadEndsEarlyAndAddsUp(t *testing.T) {
	clock, stop := StartClock(), make(chan struct{})
	target := &stub{clock: clock, service: time.Millisecond, silent: true}
	target.onSetup = func() { time.AfterFunc(100*time.Millisecond, func() { close(stop) }) }
	config := stubConfig(func(c *Config) {
		c.DurationMs, c.DrainMs, c.Mix = 60_000, 100, MixConfig{Read: 1, Write: 0.2}
		c.Timeouts.OperationMs = 0 // so that only the end of the load ends them
	})
	rows, totals := loaded(t, config, clock, target, stop)
	account(t, rows, totals)
	if totals.Unknown == 0 {
		t.Error("expected writes that were in flight at the end to be unknown, received none")
	}
	for _, row := range rows {
		if row["outcome"] == "unknown" && (row["done_ns"] != "" || row["sent_ns"] == "") {
			t.Errorf("expected an unanswered attempt to be sent and never done, received %v", row)
		}
	}
}

func TestMoreThanInFlightIsDropped(t *testing.T) {
	clock := StartClock()
	target := &stub{clock: clock, service: time.Hour}
	config := stubConfig(func(c *Config) { c.DurationMs, c.DrainMs, c.Arrivals.InFlight, c.Connections = 100, 0, 7, 20 })
	rows, totals := loaded(t, config, clock, target, make(chan struct{}))
	account(t, rows, totals)
	if expected := (Totals{Offered: 100, Unknown: 7, Dropped: 93}); totals != expected {
		t.Errorf("expected %+v, received %+v", expected, totals)
	}
	for _, row := range rows {
		if row["outcome"] == "dropped" && (row["attempt"] != "0" || row["client"] != "" || row["sent_ns"] != "" || row["done_ns"] != "") {
			t.Errorf("expected a dropped operation to have no attempt, client, or times, received %v", row)
		}
	}
}

// account checks that rows and totals tell the same, that operations are numbered in the order of their times, and
// that no client has two at a time.
func account(t *testing.T, rows []map[string]string, totals Totals) {
	t.Helper()
	if sum := totals.OK + totals.Fail + totals.Unknown + totals.Dropped; sum != totals.Offered || sum == 0 {
		t.Errorf("expected the outcomes to add up to what was offered, received %+v", totals)
	}
	intended, overall, finals := make([]int64, totals.Offered), map[int64]Outcome{}, int64(0)
	for _, row := range rows {
		id := number(t, row, "operation")
		intended[id] = number(t, row, "intended_ns")
		if _, met := overall[id]; !met {
			overall[id] = Dropped
		}
		overall[id] = worst(overall[id], Outcome(row["outcome"]))
		if row["final"] == "1" {
			finals++
		}
	}
	var counted Totals
	for _, outcome := range overall {
		counted.Offered++
		counted.count(outcome)
	}
	if counted != totals || finals != totals.Offered {
		t.Errorf("expected the rows to tell %+v, received %+v with %d last rows", totals, counted, finals)
	}
	for id := 1; id < len(intended); id++ {
		if intended[id] < intended[id-1] {
			t.Fatalf("expected operation %d to begin after the one before it", id)
		}
	}
	oneAtATime(t, rows)
}

func oneAtATime(t *testing.T, rows []map[string]string) {
	t.Helper()
	busyWith, ended := map[string]string{}, map[string]int64{}
	for _, row := range rows { // in the order in which they ended
		client := row["client"]
		if client == "" {
			continue
		}
		if other, busy := busyWith[client]; busy && other != row["operation"] {
			t.Fatalf("client %s: operation %s ended while %s ran", client, row["operation"], other)
		}
		if row["sent_ns"] != "" && number(t, row, "sent_ns") < ended[client] {
			t.Fatalf("client %s: operation %s was sent before the one before it ended", client, row["operation"])
		}
		if row["done_ns"] != "" {
			ended[client] = number(t, row, "done_ns")
		}
		busyWith[client] = row["operation"]
		if row["final"] == "1" {
			delete(busyWith, client)
		}
	}
}
