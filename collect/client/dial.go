package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/canonical/go-dqlite/client"
	"github.com/canonical/go-dqlite/driver"
)

// DqliteDialer connects to the leader of a cluster, through go-dqlite's driver but without database/sql, which sends
// a statement again by itself when a connection breaks.
type DqliteDialer struct {
	config Config
	clock  *Clock
	// dial is the network's; tests put something in between.
	dial func(ctx context.Context, address string) (net.Conn, error)

	mu      sync.Mutex
	leader  string
	problem string
}

// NewDqliteDialer dials TCP.
func NewDqliteDialer(config Config, clock *Clock) *DqliteDialer {
	dialer := &net.Dialer{Timeout: time.Duration(config.Timeouts.DialMs) * time.Millisecond}
	return &DqliteDialer{config: config, clock: clock, dial: func(ctx context.Context, address string) (net.Conn, error) {
		return dialer.DialContext(ctx, "tcp", address)
	}}
}

// Dial finds the leader, and opens the database there.
func (d *DqliteDialer) Dial(ctx context.Context) (Link, error) {
	d.mu.Lock()
	leader := d.leader
	d.mu.Unlock()
	if leader != "" {
		once, cancel := context.WithCancel(ctx)
		defer cancel()
		// the pause between two tries would pass before the second is refused
		link, err := d.connect(once, &nodes{addresses: []string{leader}, atMost: 1, then: cancel},
			driver.WithConnectionBackoffFactor(time.Microsecond))
		if err == nil {
			return link, nil
		}
		d.remember("")
	}
	link, err := d.connect(ctx, &nodes{addresses: d.config.Addresses})
	if err != nil {
		return nil, fmt.Errorf("%w; last: %s", err, d.Problem())
	}
	if d.config.RememberLeader {
		d.remember(link.wire.address)
	}
	return link, nil
}

// Problem is what go-dqlite last said of a node that it could not use.
func (d *DqliteDialer) Problem() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.problem == "" {
		return "nothing answered yet"
	}
	return d.problem
}

func (d *DqliteDialer) connect(ctx context.Context, store driver.NodeStore, options ...driver.Option) (*dqliteLink, error) {
	var mu sync.Mutex
	var wires []*wire
	options = append(options, driver.WithLogFunc(d.listen),
		driver.WithDialFunc(func(ctx context.Context, address string) (net.Conn, error) {
			conn, err := d.dial(ctx, address)
			if err != nil {
				return nil, err
			}
			w := &wire{Conn: conn, address: address, clock: d.clock}
			mu.Lock()
			wires = append(wires, w)
			mu.Unlock()
			return w, nil
		}))
	if d.config.Timeouts.ProbeMs > 0 {
		options = append(options, driver.WithAttemptTimeout(time.Duration(d.config.Timeouts.ProbeMs)*time.Millisecond))
	}
	made, err := driver.New(store, options...)
	if err != nil {
		return nil, err
	}
	connector, err := made.OpenConnector(d.config.Database)
	if err != nil {
		return nil, err
	}
	conn, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	mu.Lock()
	defer mu.Unlock()
	for _, w := range wires {
		if w.opened {
			return &dqliteLink{conn: conn.(*driver.Conn), wire: w}, nil
		}
	}
	conn.Close()
	return nil, errors.New("go-dqlite connected without dialling")
}

func (d *DqliteDialer) listen(level client.LogLevel, format string, arguments ...interface{}) {
	if level >= client.LogWarn {
		d.mu.Lock()
		d.problem = fmt.Sprintf(format, arguments...)
		d.mu.Unlock()
	}
}

func (d *DqliteDialer) remember(leader string) {
	d.mu.Lock()
	d.leader = leader
	d.mu.Unlock()
}
