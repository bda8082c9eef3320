package main

import (
	"context"
	"net"
	"sync"
	"testing"
)

// proxy stands between a client and one node, and cuts a connection where it is told to.
type proxy struct {
	listener net.Listener
	node     string

	mu    sync.Mutex
	armed bool
	left  int // bytes of answers that still pass, if armed
}

func startProxy(t *testing.T, node string) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	p := &proxy{listener: listener, node: node}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
	return p
}

// cutAfter lets so many more bytes of answers pass, and then cuts the connection they pass on, once; less than 0: no cut.
func (p *proxy) cutAfter(bytes int) {
	p.mu.Lock()
	p.armed, p.left = bytes >= 0, bytes
	p.mu.Unlock()
}

// dial reaches the node through the proxy, whatever address is asked for.
func (p *proxy) dial(ctx context.Context, _ string) (net.Conn, error) {
	return (&net.Dialer{}).DialContext(ctx, "tcp", p.listener.Addr().String())
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	node, err := net.Dial("tcp", p.node)
	if err != nil {
		return
	}
	defer node.Close()
	go func() {
		copyBytes(node, client, func(n int) int { return n })
		node.Close()
	}()
	copyBytes(client, node, p.passes)
}

// passes tells how many of n bytes pass.
func (p *proxy) passes(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.armed {
		return n
	}
	if n <= p.left {
		p.left -= n
		return n
	}
	p.armed = false
	return p.left
}

// copyBytes ends where not all bytes pass, or all of them have that were to pass.
func copyBytes(to, from net.Conn, passes func(int) int) {
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			passing := passes(n)
			if _, err := to.Write(buffer[:passing]); err != nil || passing < n {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
