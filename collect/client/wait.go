package main

import (
	"context"
	"errors"
	"time"
)

var errTurn = errors.New("other writes of this client had their turn until the end")

// remains tells whether a context lasts longer than a pause.
func remains(ctx context.Context, pause time.Duration) bool {
	deadline, bounded := ctx.Deadline()
	return ctx.Err() == nil && (!bounded || time.Until(deadline) > pause)
}

// sleep ends early with the context.
func sleep(ctx context.Context, pause time.Duration) {
	if pause <= 0 {
		return
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
