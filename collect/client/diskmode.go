//go:build diskmode

package main

import "github.com/canonical/go-dqlite/app"

func withDiskMode() (app.Option, error) { return app.WithDiskMode(true), nil }
