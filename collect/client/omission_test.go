package main

import (
	"flag"
	"math"
	"sort"
	"testing"
	"time"
)

// By default the operations of 10 s at 100 a second come in a fifth of the time.
var stall = flag.Duration("stall", 2*time.Second, "how long the stub of TestOpenLoop... and TestClosedLoop... stalls")

const stalledOperations = 1000

func TestOpenLoopShowsTheWholeWaitOfEveryArrivalInAStall(t *testing.T) {
	t.Parallel()
	waits := stalledWaits(t, func(config *Config) {
		config.Arrivals.RatePerS = stalledOperations / stall.Seconds()
		config.Connections = 2 * stalledOperations
	})
	if len(waits) != stalledOperations {
		t.Fatalf("expected %d operations that began in the stall, received %d", stalledOperations, len(waits))
	}
	for i, wait := range waits {
		share := (float64(i) + 0.5) / stalledOperations
		if math.Abs(wait.Seconds()/stall.Seconds()-share) > 0.05 {
			t.Fatalf("wait %d of %d: expected about %.3f of the stall, received %v", i, stalledOperations, share, wait)
		}
	}
}

func TestClosedLoopShowsAStallOnceAWorker(t *testing.T) {
	t.Parallel()
	const workers = 4
	waits := stalledWaits(t, func(config *Config) {
		config.Arrivals.Kind = "closed"
		config.Arrivals.Workers = workers
	})
	long := 0
	for _, wait := range waits {
		if wait > *stall/20 {
			long++
		}
	}
	if long != workers {
		t.Fatalf("expected %d operations that waited, received %d of %d", workers, long, len(waits))
	}
}

// stalledWaits are the waits of what began while the stub stalled (or was under way then), in order of length.
func stalledWaits(t *testing.T, change func(*Config)) []time.Duration {
	clock := StartClock()
	target := &stub{clock: clock, service: time.Millisecond}
	// late enough for a load to be under way
	target.onSetup = func() {
		target.stallNs = clock.Now() + int64(*stall/2)
		target.thawNs = target.stallNs + int64(*stall)
	}
	config := stubConfig(func(config *Config) {
		config.DurationMs = int64(2 * *stall / time.Millisecond)
		config.DrainMs = int64(*stall / time.Millisecond)
		config.Timeouts.OperationMs = 0
		change(config)
	})
	rows, totals := loaded(t, config, clock, target, make(chan struct{}))
	if totals.OK != totals.Offered {
		t.Fatalf("expected all to be answered, received %+v", totals)
	}
	var waits []time.Duration
	for _, row := range rows {
		began := number(t, row, "intended_ns")
		if config.Arrivals.Kind == "closed" {
			began = number(t, row, "sent_ns") + int64(target.service)
		}
		if began >= target.stallNs && began < target.thawNs {
			waits = append(waits, time.Duration(number(t, row, "done_ns")-number(t, row, "intended_ns")))
		}
	}
	sort.Slice(waits, func(a, b int) bool { return waits[a] < waits[b] })
	return waits
}
