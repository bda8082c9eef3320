package main

import (
	"sync"
	"time"
)

// runClosed lets each worker begin an operation when its last one has ended, until the duration ends or stop is closed.
func runClosed(config Config, clock *Clock, startNs int64, generator *Generator, executor *Executor, stop <-chan struct{}) *sync.WaitGroup {
	running := &sync.WaitGroup{}
	end := startNs + config.DurationMs*int64(time.Millisecond)
	for worker := 0; worker < config.Arrivals.Workers; worker++ {
		running.Add(1)
		go func(worker int) {
			defer running.Done()
			for clock.Now() < end {
				select {
				case <-stop:
					return
				default:
				}
				op := generator.Next(clock.Now)
				executor.recorder.Offer()
				executor.Run(op, worker)
			}
		}(worker)
	}
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	waitUntil(clock, end, timer, stop)
	return running
}
