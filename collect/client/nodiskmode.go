//go:build !diskmode

package main

import (
	"fmt"

	"github.com/canonical/go-dqlite/app"
)

func withDiskMode() (app.Option, error) {
	return nil, fmt.Errorf("--disk-mode: go-dqlite %s has no app.WithDiskMode; use a release from 2.0.0 on", goDqlite)
}
