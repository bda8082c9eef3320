package main

import (
	"sync"
	"time"
)

// runOpen begins operations at their times until the duration ends or stop is closed, and never waits for one.
func runOpen(config Config, clock *Clock, startNs int64, generator *Generator, executor *Executor, stop <-chan struct{}) *sync.WaitGroup {
	running, arrivals, slots := &sync.WaitGroup{}, NewArrivals(config), newSlots(config.Arrivals.InFlight)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		offset := arrivals.Next()
		if offset >= config.DurationMs*int64(time.Millisecond) || !waitUntil(clock, startNs+offset, timer, stop) {
			return running
		}
		op := generator.Next(func() int64 { return startNs + offset })
		executor.recorder.Offer()
		slot, free := slots.take()
		if !free {
			executor.recorder.Drop(op)
			continue
		}
		running.Add(1)
		go func() {
			defer running.Done()
			executor.Run(op, slot)
			slots.give(slot)
		}()
	}
}

// waitUntil returns false if stop is closed before the time.
func waitUntil(clock *Clock, reading int64, timer *time.Timer, stop <-chan struct{}) bool {
	if wait := reading - clock.Now(); wait > 0 {
		if !timer.Stop() {
			select {
			case <-timer.C:
			default:
			}
		}
		timer.Reset(time.Duration(wait))
		select {
		case <-timer.C:
			return true
		case <-stop:
			return false
		}
	}
	select {
	case <-stop:
		return false
	default:
		return true
	}
}

// slots are numbers of which each belongs to at most one operation.
type slots struct {
	mu    sync.Mutex
	freed []int
	used  int
	size  int
}

func newSlots(size int) *slots { return &slots{size: size} }

func (s *slots) take() (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.freed); n > 0 {
		slot := s.freed[n-1]
		s.freed = s.freed[:n-1]
		return slot, true
	}
	if s.used == s.size {
		return 0, false
	}
	s.used++
	return s.used - 1, true
}

func (s *slots) give(slot int) {
	s.mu.Lock()
	s.freed = append(s.freed, slot)
	s.mu.Unlock()
}
