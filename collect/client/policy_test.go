package main

import (
	"testing"
	"time"
)

func TestWhatAPolicyTriesAgain(t *testing.T) {
	all := []Reason{Busy, NotLeader, Unconnected, Unsent, Refused, Lost}
	for name, expected := range map[string]struct{ reads, writes []Reason }{
		"bare":       {},
		"retry":      {reads: []Reason{Busy, NotLeader, Unconnected, Unsent, Lost}, writes: []Reason{Busy, NotLeader, Unconnected, Unsent}},
		"one-writer": {reads: []Reason{Busy, NotLeader, Unconnected, Unsent, Lost}, writes: []Reason{Busy, NotLeader, Unconnected, Unsent}},
		"kine":       {reads: []Reason{Busy, NotLeader, Unsent, Lost}, writes: []Reason{Busy, NotLeader, Unsent, Lost}},
		"lxd":        {reads: []Reason{Busy, NotLeader, Unsent, Lost}, writes: []Reason{Busy, NotLeader, Unsent, Lost}},
	} {
		policy := policies[name]
		for _, reason := range all {
			outcome := Reply{Reason: reason}.outcome()
			if received := policy.retries(1, reason, outcome, false); received != has(expected.reads, reason) {
				t.Errorf("%s, a read, %s: received %v", name, reason, received)
			}
			if received := policy.retries(1, reason, outcome, true); received != has(expected.writes, reason) {
				t.Errorf("%s, a write, %s: received %v", name, reason, received)
			}
			if policy.retries(policy.Attempts, reason, outcome, false) {
				t.Errorf("%s: expected no more than %d attempts", name, policy.Attempts)
			}
		}
	}
}

func TestPausesGrowToTheirCapAndSpreadAroundTheirMean(t *testing.T) {
	for _, c := range []struct {
		policy  string
		attempt int
		random  float64
		pause   time.Duration
	}{
		{"retry", 1, 0.5, 5 * time.Millisecond},
		{"retry", 2, 0.5, 10 * time.Millisecond},
		{"retry", 1, 0, 2500 * time.Microsecond},
		{"retry", 900, 0.5, 160 * time.Millisecond},
		{"lxd", 1, 0, 20 * time.Millisecond},
		{"lxd", 7, 0.5, 100 * time.Millisecond},
		{"kine", 7, 0.5, 2 * time.Millisecond},
		{"bare", 1, 0.5, 0},
	} {
		policy := policies[c.policy]
		if received := policy.pause(c.attempt, c.random); received.Round(time.Microsecond) != c.pause {
			t.Errorf("%s after attempt %d: expected %v, received %v", c.policy, c.attempt, c.pause, received)
		}
	}
}

func TestPoliciesAreValidAndHaveTheirNames(t *testing.T) {
	for name, policy := range policies {
		if err := policy.validate(); err != nil || policy.Name != name {
			t.Errorf("%s: %v, %q", name, err, policy.Name)
		}
	}
}

func TestTheWorstOutcomeOfAttempts(t *testing.T) {
	for _, c := range [][3]Outcome{
		{Dropped, OK, OK}, {Fail, OK, OK}, {Unknown, OK, OK}, {Fail, Unknown, Unknown}, {Unknown, Fail, Unknown}, {Dropped, Fail, Fail},
	} {
		if received := worst(c[0], c[1]); received != c[2] {
			t.Errorf("%s and %s: expected %s, received %s", c[0], c[1], c[2], received)
		}
	}
}

func has(reasons []Reason, reason Reason) bool {
	for _, r := range reasons {
		if r == reason {
			return true
		}
	}
	return false
}
