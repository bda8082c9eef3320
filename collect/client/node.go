package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/canonical/go-dqlite/app"
	"github.com/canonical/go-dqlite/client"
)

// handoverWithin bounds how long a node that ends tries to give its role to another one.
const handoverWithin = 10 * time.Second

// node runs a member of a cluster until it is told to end.
func node(arguments []string) error {
	flags, err := parseNodeFlags(arguments)
	if err != nil {
		return err
	}
	options, err := flags.options()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(flags.dir, 0o755); err != nil {
		return err
	}
	signals := endings()
	member, err := app.New(flags.dir, append(options, app.WithLogFunc(logToStderr))...)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ready := make(chan error, 1)
	go func() { ready <- member.Ready(ctx) }()
	var ending os.Signal
	select {
	case err := <-ready:
		if err != nil {
			member.Close()
			return err
		}
		line, _ := json.Marshal(map[string]interface{}{"event": "ready", "id": member.ID(), "address": member.Address(), "dqlite_version": dqliteVersion()})
		fmt.Println(string(line))
		ending = <-signals
	case ending = <-signals:
	}
	return leave(member, flags.endOn(ending))
}

// endings receives what tells a node to end; endOn says how each is meant.
func endings() <-chan os.Signal {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGUSR1)
	return signals
}

func (f *nodeFlags) endOn(ending os.Signal) string {
	switch ending {
	case syscall.SIGUSR1:
		return "handover"
	case syscall.SIGHUP:
		return "close"
	}
	return f.onTerm
}

func leave(member *app.App, onTerm string) error {
	switch onTerm {
	case "kill":
		os.Exit(0)
	case "handover":
		ctx, cancel := context.WithTimeout(context.Background(), handoverWithin)
		defer cancel()
		if err := member.Handover(ctx); err != nil {
			fmt.Fprintf(os.Stderr, "handover: %v\n", err)
		}
	}
	return member.Close()
}

func logToStderr(level client.LogLevel, format string, arguments ...interface{}) {
	if level >= client.LogInfo {
		now := time.Now().UTC().Format("2006-01-02T15:04:05.000000Z")
		fmt.Fprintf(os.Stderr, "%s %s %s\n", now, level, fmt.Sprintf(format, arguments...))
	}
}
