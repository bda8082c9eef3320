package main

import (
	"context"
	"time"
)

// Executor carries operations out as the policy and the time-outs say, and has every attempt recorded.
type Executor struct {
	config   Config
	clock    *Clock
	pool     *Pool
	recorder *Recorder
	seen     *seen
	// turn is held by the write that others wait for.
	turn chan struct{}
	// ended is done when nothing is waited for any more.
	ended context.Context
}

// NewExecutor ends its operations when the context does; links have to be closed then, too.
func NewExecutor(ended context.Context, config Config, clock *Clock, pool *Pool, recorder *Recorder) *Executor {
	return &Executor{config, clock, pool, recorder, newSeen(), make(chan struct{}, 1), ended}
}

// Run carries one operation out, in a client's slot.
func (e *Executor) Run(op *Operation, client int) {
	ctx, cancel := e.bound(e.ended, e.clock.At(op.IntendedNs), e.config.Timeouts.OperationMs)
	defer cancel()
	policy, overall := &e.config.Policy, Dropped
	waited := error(nil)
	if policy.OneWriter == "operation" && op.writes() {
		if waited = e.takeTurn(ctx); waited == nil {
			defer e.leaveTurn()
		}
	}
	for attempt := 1; ; attempt++ {
		reply := Reply{Reason: Unconnected, Error: errorText(waited)}
		if waited == nil {
			reply = e.attempt(ctx, op)
		}
		done := e.clock.Now()
		outcome := reply.outcome()
		overall = worst(overall, outcome)
		e.seen.learn(op, reply)
		pause := randomPause(policy, attempt)
		again := reply.Reason != "" && policy.retries(attempt, reply.Reason, outcome, op.writes()) && remains(ctx, pause)
		e.recorder.Record(Row{op: *op, attempt: attempt, client: client, reply: reply, doneNs: done, outcome: outcome,
			final: !again, overall: overall})
		if !again {
			return
		}
		sleep(ctx, pause)
	}
}

func (e *Executor) attempt(ctx context.Context, op *Operation) Reply {
	if e.config.Policy.OneWriter == "attempt" && op.writes() {
		if err := e.takeTurn(ctx); err != nil {
			return Reply{Reason: Unconnected, Error: err.Error()}
		}
		defer e.leaveTurn()
	}
	link, err := e.pool.Take(ctx)
	if err != nil {
		return Reply{Reason: Unconnected, Error: err.Error()}
	}
	if op.Kind == Cas && !op.ExpectKnown {
		op.Expect, op.ExpectKnown = e.seen.value(op.Key), true
	}
	bounded, cancel := e.bound(ctx, time.Now(), e.config.Timeouts.AttemptMs)
	defer cancel()
	reply := link.Do(bounded, op)
	e.pool.Give(link, reply.Broken)
	if reply.Reason == Lost && e.ended.Err() != nil {
		reply.Silent, reply.Error = true, "not answered by the end of the load"
	}
	return reply
}

func (e *Executor) bound(ctx context.Context, from time.Time, ms int64) (context.Context, context.CancelFunc) {
	if ms == 0 {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, from.Add(time.Duration(ms)*time.Millisecond))
}

func (e *Executor) takeTurn(ctx context.Context) error {
	select {
	case e.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errTurn
	}
}

func (e *Executor) leaveTurn() { <-e.turn }
