package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"time"
)

// Policy says what a client does about writes that other writes stand in the way of, and about attempts that fail.
type Policy struct {
	Name string `json:"name"`
	// OneWriter is how long a write keeps other writes of this client waiting: "none", one "attempt", or the whole
	// "operation" with its retries.
	OneWriter string `json:"one_writer"`
	// Attempts is how often an operation is tried at most, the first time included.
	Attempts int `json:"attempts"`
	// PauseMs is the mean pause before the second attempt; each further one is Growth times longer, to at most CapMs.
	PauseMs float64 `json:"pause_ms"`
	Growth  float64 `json:"growth"`
	CapMs   float64 `json:"cap_ms"`
	// Jitter spreads a pause evenly over its mean times 1-Jitter to 1+Jitter.
	Jitter float64 `json:"jitter"`
	// RetryOn holds the reasons of a failed attempt that are worth another one.
	RetryOn []Reason `json:"retry_on"`
	// RetryUnknownWrites lets a write be sent again although it may have happened, so that it may happen twice.
	RetryUnknownWrites bool `json:"retry_unknown_writes"`
}

const defaultPolicy = "one-writer"

// policies by name.
var policies = map[string]Policy{
	// Every operation is tried once.
	"bare": {
		Name: "bare", OneWriter: "none", Attempts: 1, Growth: 1, RetryOn: []Reason{},
	},
	// What certainly did not happen is tried again, and so are reads: exponential back-off with full spread around
	// the mean, as in https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
	"retry": {
		Name: "retry", OneWriter: "none", Attempts: 1000, PauseMs: 5, Growth: 2, CapMs: 160, Jitter: 0.5,
		RetryOn: []Reason{Busy, NotLeader, Unconnected, Unsent, Lost},
	},
	// The same, with one write of this client at a time, because dqlite refuses a write while another one runs.
	"one-writer": {
		Name: "one-writer", OneWriter: "attempt", Attempts: 1000, PauseMs: 5, Growth: 2, CapMs: 160, Jitter: 0.5,
		RetryOn: []Reason{Busy, NotLeader, Unconnected, Unsent, Lost},
	},
	// k8s-dqlite's kine: a mutex around a write and all its tries, 500 of them, 2 ms apart with a deviation of 0.3,
	// on "database is locked", "checkpoint in progress" and "bad connection"
	// (https://github.com/canonical/k8s-dqlite/blob/03135ff1acf5e69880964f40b5f510bfd5927fb7/pkg/kine/drivers/generic/generic.go,
	// executePrepared and query; which errors: dqliteRetry in the dqlite driver beside it).
	"kine": {
		Name: "kine", OneWriter: "operation", Attempts: 500, PauseMs: 2, Growth: 1, CapMs: 2, Jitter: 0.3,
		RetryOn: []Reason{Busy, NotLeader, Unsent, Lost}, RetryUnknownWrites: true,
	},
	// LXD: 250 tries, 100 ms apart with a deviation of 0.8, on the same errors
	// (https://github.com/canonical/lxd/blob/a83edf2a79e4346f6e29e3dd3b97be4f5cf3ea05/lxd/db/query/retry.go).
	"lxd": {
		Name: "lxd", OneWriter: "none", Attempts: 250, PauseMs: 100, Growth: 1, CapMs: 100, Jitter: 0.8,
		RetryOn: []Reason{Busy, NotLeader, Unsent, Lost}, RetryUnknownWrites: true,
	},
}

// UnmarshalJSON takes a policy by its name, with what the other fields change of it.
func (p *Policy) UnmarshalJSON(text []byte) error {
	var named struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(text, &named); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	if named.Name == "" {
		named.Name = defaultPolicy
	}
	preset, known := policies[named.Name]
	if !known {
		return fmt.Errorf("policy.name: expected one of bare, retry, one-writer, kine, lxd, received %q", named.Name)
	}
	type plain Policy // without this method
	changed := plain(preset)
	changed.RetryOn = append([]Reason{}, preset.RetryOn...)
	if err := decodeStrictly(text, &changed); err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	changed.Name = named.Name
	*p = Policy(changed)
	return nil
}

func (p *Policy) validate() error {
	for i, reason := range p.RetryOn {
		field := fmt.Sprintf("policy.retry_on[%d]", i)
		if err := oneOf(field, string(reason), reasonNames()...); err != nil {
			return err
		}
	}
	return first([]error{
		oneOf("policy.one_writer", p.OneWriter, "none", "attempt", "operation"),
		within("policy.attempts", float64(p.Attempts), 1, math.MaxInt32),
		within("policy.pause_ms", p.PauseMs, 0, 3_600_000),
		within("policy.growth", p.Growth, 1, 10),
		within("policy.cap_ms", p.CapMs, 0, 3_600_000),
		within("policy.jitter", p.Jitter, 0, 1),
	})
}

// retries tells whether another attempt follows one that ended like this.
func (p *Policy) retries(attempt int, reason Reason, outcome Outcome, writes bool) bool {
	if attempt >= p.Attempts || (outcome == Unknown && writes && !p.RetryUnknownWrites) {
		return false
	}
	for _, r := range p.RetryOn {
		if r == reason {
			return true
		}
	}
	return false
}

// pause is the time between an attempt and the next; random is in [0, 1).
func (p *Policy) pause(attempt int, random float64) time.Duration {
	mean := math.Min(p.PauseMs*math.Pow(p.Growth, float64(attempt-1)), p.CapMs)
	return time.Duration(mean * (1 - p.Jitter + 2*p.Jitter*random) * float64(time.Millisecond))
}

func randomPause(p *Policy, attempt int) time.Duration { return p.pause(attempt, rand.Float64()) }
