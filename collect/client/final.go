package main

import "sync"

// runFinal reads every register and list that the load has used once more, so that what was acknowledged is looked for.
func runFinal(config Config, clock *Clock, generator *Generator, executor *Executor) *sync.WaitGroup {
	running := &sync.WaitGroup{}
	keys := generator.finalReads()
	for worker := 0; worker < config.Connections; worker++ {
		running.Add(1)
		go func(worker int) {
			defer running.Done()
			for op := keys(clock.Now); op != nil; op = keys(clock.Now) {
				executor.recorder.Offer()
				executor.Run(op, worker)
			}
		}(worker)
	}
	return running
}

// finalReads tells a read of each register and list in turn, and nil after the last.
func (g *Generator) finalReads() func(intended func() int64) *Operation {
	var next, end int64
	if mix := g.config.Mix; mix.Read+mix.Write+mix.Cas == 0 {
		next = int64(g.config.Keys.Count)
	}
	if mix := g.config.Mix; mix.Append+mix.ReadList+mix.Txn == 0 {
		end = int64(g.config.Keys.Count)
	} else {
		end = g.fresh
	}
	return func(intended func() int64) *Operation {
		g.mu.Lock()
		defer g.mu.Unlock()
		if next == end {
			return nil
		}
		op := &Operation{ID: g.next.ID, Kind: Read, Key: next, IntendedNs: intended()}
		if next >= int64(g.config.Keys.Count) {
			op.Kind = ReadList
		}
		g.next.ID++
		next++
		return op
	}
}
