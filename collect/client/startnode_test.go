package main

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/canonical/go-dqlite/app"
)

// startNode runs a node of its own, and returns its address.
func startNode(t *testing.T) string {
	t.Helper()
	address := freeAddress(t)
	node, err := app.New(t.TempDir(), app.WithAddress(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { node.Close() })
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := node.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	return address
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
