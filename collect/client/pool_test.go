package main

import (
	"context"
	"testing"
	"time"
)

// slowDialer takes its time for each link, unless its context ends.
type slowDialer struct {
	takes time.Duration
	made  chan struct{}
}

func (d *slowDialer) Dial(ctx context.Context) (Link, error) {
	select {
	case <-time.After(d.takes):
		close(d.made)
		return &stubLink{closed: make(chan struct{})}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (d *slowDialer) Problem() string { return "slow" }

func TestALinkThatTakesLongerThanWhoeverAskedIsMadeForOthers(t *testing.T) {
	dialer := &slowDialer{takes: 300 * time.Millisecond, made: make(chan struct{})}
	pool := NewPool(dialer, 1)
	defer pool.Close()
	hasty, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	if _, err := pool.Take(hasty); err == nil {
		t.Fatal("expected no link in 30 ms")
	}
	select {
	case <-dialer.made:
	case <-time.After(5 * time.Second):
		t.Fatal("expected the making to go on")
	}
	next, cancelNext := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancelNext()
	if link, err := pool.Take(next); err != nil || link == nil {
		t.Errorf("expected the link that was made meanwhile, received %v", err)
	}
}

func TestWhatIsBeingMadeEndsWithThePool(t *testing.T) {
	dialer := &slowDialer{takes: time.Hour, made: make(chan struct{})}
	pool := NewPool(dialer, 1)
	ended := make(chan error)
	go func() {
		_, err := pool.Take(context.Background())
		ended <- err
	}()
	time.Sleep(20 * time.Millisecond)
	pool.Close()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("expected no link of a closed pool")
		}
	case <-time.After(5 * time.Second):
		t.Error("expected the making to end")
	}
}
