package main

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"
)

func TestANewConnectionAsksTheRememberedLeaderFirst(t *testing.T) {
	node, gone := startNode(t), freeAddress(t)
	for _, remember := range []bool{true, false} {
		config := stubConfig(func(c *Config) { c.Addresses, c.RememberLeader = []string{gone, node}, remember })
		var mu sync.Mutex
		var asked []string
		dialer := NewDqliteDialer(config, StartClock())
		dial := dialer.dial
		dialer.dial = func(ctx context.Context, address string) (net.Conn, error) {
			mu.Lock()
			asked = append(asked, address)
			mu.Unlock()
			return dial(ctx, address)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		connect := func() []string {
			asked = nil
			link, err := dialer.Dial(ctx)
			if err != nil {
				t.Fatal(err)
			}
			link.Close()
			return asked
		}
		connect()
		if again := connect(); (len(again) == 1 && again[0] == node) != remember {
			t.Errorf("remembering %v: asked %v (the leader is %s)", remember, again, node)
		}
		if remember {
			dialer.remember(gone)
			if again := connect(); again[0] != gone || again[len(again)-1] == gone && len(again) == 1 {
				t.Errorf("with a leader that is gone: asked %v", again)
			}
		}
	}
}
