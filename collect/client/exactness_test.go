package main

import (
	"context"
	"testing"
	"time"
)

// answerBytes is the size of the answer to a statement that changes something: a header and two numbers.
const answerBytes = 8 + 2*8

func TestNoWriteIsCalledFailedThatHappenedWhereverItsAnswerIsCut(t *testing.T) {
	node := startNode(t)
	proxy := startProxy(t, node)
	for _, kind := range []Kind{Write, Append, Cas, Txn} {
		for _, policy := range []string{"bare", "one-writer"} {
			t.Run(kind.String()+" "+policy, func(t *testing.T) {
				answers := 1
				if kind == Txn {
					answers = 3 // of BEGIN, of the append, and of COMMIT
				}
				probe := newProbe(t, node, proxy, policy)
				seen := map[Outcome]int{}
				for cut := 0; cut <= answers*answerBytes; cut++ {
					seen[probe.try(t, kind, cut, cut == answers*answerBytes)]++
				}
				if seen[OK] == 0 || seen[Unknown] != answerBytes {
					t.Errorf("expected an unknown outcome for each of the %d cuts of the last answer, received %v", answerBytes, seen)
				}
			})
		}
	}
}

// probe tries one operation at a time through the proxy, and looks in the table, past the proxy, whether it happened.
type probe struct {
	proxy    *proxy
	executor *Executor
	recorder *Recorder
	direct   *dqliteLink
	next     int64
}

func newProbe(t *testing.T, node string, proxy *proxy, policy string) *probe {
	t.Helper()
	config := stubConfig(func(c *Config) {
		c.Addresses, c.Connections, c.Policy = []string{node}, 1, policies[policy]
		c.Mix = MixConfig{Read: 1, Append: 1}
	})
	proxy.cutAfter(-1)
	clock := StartClock()
	direct := NewDqliteDialer(config, clock)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := direct.Setup(ctx, config); err != nil {
		t.Fatal(err)
	}
	link, err := direct.Dial(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(link.Close)
	cut := NewDqliteDialer(config, clock)
	cut.dial = proxy.dial
	recorder, err := NewRecorder(clock, discard{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { recorder.Close() })
	executor := NewExecutor(context.Background(), config, clock, NewPool(cut, 1), recorder)
	return &probe{proxy: proxy, executor: executor, recorder: recorder, direct: link.(*dqliteLink), next: 1000}
}

// try returns the outcome that an operation was given. After it the register 3 and the list 5 tell what happened.
func (p *probe) try(t *testing.T, kind Kind, cut int, whole bool) Outcome {
	t.Helper()
	ctx := context.Background()
	if link, err := p.executor.pool.Take(ctx); err != nil { // so that no other answers are cut
		t.Fatal(err)
	} else {
		p.executor.pool.Give(link, false)
	}
	p.next++
	op := &Operation{Kind: kind, Key: 3, Value: p.next, IntendedNs: p.executor.clock.Now(), Begin: "BEGIN IMMEDIATE"}
	switch kind {
	case Append:
		op.Key = 5
	case Txn:
		op.Steps = []Step{{Append: true, Key: 5, Value: p.next}}
	case Cas:
		rows, _ := p.direct.query(ctx, readRegister, int64(3))
		op.Expect, op.ExpectKnown = rows[0], true
	}
	before := p.totals()
	p.proxy.cutAfter(cut)
	p.executor.Run(op, 0)
	p.proxy.cutAfter(-1)
	outcome := p.outcomeSince(before)
	times := p.happened(t, op)
	if whole && outcome != OK {
		t.Errorf("%s, nothing cut: expected ok, received %s", kind, outcome)
	}
	if (outcome == Fail && times > 0) || (outcome == OK && times != 1) || times > 1 {
		t.Errorf("%s, cut after %d bytes: called %s, and found %d times", kind, cut, outcome, times)
	}
	return outcome
}

func (p *probe) totals() Totals {
	p.recorder.mu.Lock()
	defer p.recorder.mu.Unlock()
	return p.recorder.totals
}

func (p *probe) outcomeSince(before Totals) Outcome {
	now := p.totals()
	switch {
	case now.OK > before.OK:
		return OK
	case now.Unknown > before.Unknown:
		return Unknown
	default:
		return Fail
	}
}

// happened tells how often an operation's value is found.
func (p *probe) happened(t *testing.T, op *Operation) int {
	t.Helper()
	statement, key := readList, int64(5)
	if !op.Kind.onList() {
		statement, key = readRegister, 3
	}
	rows, reply := p.direct.query(context.Background(), statement, key)
	if reply.Reason != "" {
		t.Fatal(reply.Error)
	}
	times := 0
	for _, row := range rows {
		if row != nil && *row == p.next {
			times++
		}
	}
	return times
}

type discard struct{}

func (discard) Write(bytes []byte) (int, error) { return len(bytes), nil }
