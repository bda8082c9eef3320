package main

import (
	"context"
	"errors"
	"sync"

	"github.com/canonical/go-dqlite/client"
)

// nodes are the addresses that go-dqlite looks for a leader at. They are given out atMost times, if that is not 0.
type nodes struct {
	addresses []string
	atMost    int
	then      func()

	mu    sync.Mutex
	given int
}

func (n *nodes) Get(context.Context) ([]client.NodeInfo, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.atMost > 0 && n.given == n.atMost {
		n.then()
		return nil, errors.New("not again")
	}
	n.given++
	infos := make([]client.NodeInfo, len(n.addresses))
	for i, address := range n.addresses {
		infos[i] = client.NodeInfo{ID: uint64(i + 1), Address: address}
	}
	return infos, nil
}

func (n *nodes) Set(context.Context, []client.NodeInfo) error { return nil }
