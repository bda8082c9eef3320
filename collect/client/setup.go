package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	setupPause = 50 * time.Millisecond
	fillAtOnce = 10_000
)

// Setup makes the tables anew, and tries until the context ends.
func (d *DqliteDialer) Setup(ctx context.Context, config Config) error {
	problem := errors.New(d.Problem())
	for ctx.Err() == nil {
		link, err := d.Dial(ctx)
		if err == nil {
			err = makeTables(ctx, link.(*dqliteLink), config)
			link.Close()
		}
		if err == nil {
			return nil
		}
		problem = err
		sleep(ctx, setupPause)
	}
	return problem
}

func makeTables(ctx context.Context, link *dqliteLink, config Config) error {
	run := func(statement string, arguments ...interface{}) error {
		if _, reply := link.exec(ctx, statement, arguments...); reply.Reason != "" {
			return fmt.Errorf("%s: %s", statement, reply.Error)
		}
		return nil
	}
	for _, statement := range setupStatements {
		if err := run(statement); err != nil {
			return err
		}
	}
	if !config.Mix.registers() {
		return nil
	}
	for from := 0; from < config.Keys.Count; from += fillAtOnce {
		to := from + fillAtOnce
		if to > config.Keys.Count {
			to = config.Keys.Count
		}
		if err := run(fillRegisters, int64(from), int64(to)); err != nil {
			return err
		}
	}
	return nil
}
