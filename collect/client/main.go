// dqlite-client plays one of two roles in a measurement: a node of a dqlite cluster, or a client outside of it that
// puts a load on it and records every attempt. See README.md.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = "usage: dqlite-client node --dir DIR --address HOST:PORT [--join A,B,...] [options]\n" +
	"       dqlite-client load --config FILE --out DIR\n"

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	var err error
	switch os.Args[1] {
	case "node":
		err = node(os.Args[2:])
	case "load":
		err = load(os.Args[2:])
	default:
		err = fmt.Errorf("expected node or load, received %q\n%s", os.Args[1], usage)
	}
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "dqlite-client: %v\n", err)
		os.Exit(1)
	}
}

func load(arguments []string) error {
	flags := flag.NewFlagSet("dqlite-client load", flag.ContinueOnError)
	path := flags.String("config", "", "what the load consists of, a `file` of JSON")
	out := flags.String("out", "", "`folder` for client.json and attempts.csv")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if err := first([]error{needed("--config", *path), needed("--out", *out), nothingElse(flags)}); err != nil {
		return err
	}
	config, err := LoadConfig(*path)
	if err != nil {
		return err
	}
	clock, stop := StartClock(), make(chan struct{})
	signals := terminations()
	go func() {
		<-signals
		close(stop)
	}()
	return RunLoad(config, clock, NewDqliteDialer(config, clock), *out, os.Stdout, stop)
}

// terminations receives the requests to end.
func terminations() <-chan os.Signal {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	return signals
}

func needed(option, value string) error {
	if value == "" {
		return fmt.Errorf("%s: expected a value, received none", option)
	}
	return nil
}

func nothingElse(flags *flag.FlagSet) error {
	if flags.NArg() > 0 {
		return fmt.Errorf("expected options, received %q", flags.Arg(0))
	}
	return nil
}
