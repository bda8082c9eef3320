package main

import (
	"syscall"
	"time"
	"unsafe"
)

// Clock tells nanoseconds since one instant, from the monotonic clock of this machine.
type Clock struct{ start time.Time }

// Anchor ties a clock's reading to the machine's clocks, all read at the same instant.
type Anchor struct {
	// ReadingNs is what the clock told.
	ReadingNs int64 `json:"reading_ns"`
	// UnixNs is wall time, nanoseconds since 1970.
	UnixNs int64 `json:"unix_ns"`
	// MonotonicNs is CLOCK_MONOTONIC, which all processes of a machine share.
	MonotonicNs int64 `json:"monotonic_ns"`
	// UncertaintyNs bounds how far apart the readings were made.
	UncertaintyNs int64 `json:"uncertainty_ns"`
}

// StartClock begins at zero now.
func StartClock() *Clock { return &Clock{start: time.Now()} }

// Now is the time since the start, in nanoseconds.
func (c *Clock) Now() int64 { return int64(time.Since(c.start)) }

// At is the instant of a reading.
func (c *Clock) At(reading int64) time.Time { return c.start.Add(time.Duration(reading)) }

// Anchor reads all clocks, and takes the closest of a few tries.
func (c *Clock) Anchor() Anchor {
	var best Anchor
	for i := 0; i < 5; i++ {
		before := monotonic()
		now := time.Now()
		after := monotonic()
		a := Anchor{
			ReadingNs:     int64(now.Sub(c.start)),
			UnixNs:        now.UnixNano(),
			MonotonicNs:   before + (after-before)/2,
			UncertaintyNs: after - before,
		}
		if i == 0 || a.UncertaintyNs < best.UncertaintyNs {
			best = a
		}
	}
	return best
}

func monotonic() int64 {
	const clockMonotonic = 1
	var t syscall.Timespec
	_, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockMonotonic, uintptr(unsafe.Pointer(&t)), 0)
	if errno != 0 {
		panic("clock_gettime: " + errno.Error())
	}
	return t.Nano()
}
