package main

import (
	"flag"
	"strings"
	"time"

	"github.com/canonical/go-dqlite"
	"github.com/canonical/go-dqlite/app"
)

type nodeFlags struct {
	dir, address, join, onTerm string
	networkLatencyMs           int
	threshold, trailing        uint64
	diskMode                   bool
	voters, standbys           int
	given                      map[string]bool
}

func parseNodeFlags(arguments []string) (*nodeFlags, error) {
	f := &nodeFlags{given: map[string]bool{}}
	flags := flag.NewFlagSet("dqlite-client node", flag.ContinueOnError)
	flags.StringVar(&f.dir, "dir", "", "`folder` of the node's data")
	flags.StringVar(&f.address, "address", "", "own address, `host:port`")
	flags.StringVar(&f.join, "join", "", "`addresses` of members to join, separated by commas; none: a new cluster")
	flags.StringVar(&f.onTerm, "on-term", "handover", "on SIGTERM or SIGINT: `handover`, close or kill")
	flags.IntVar(&f.networkLatencyMs, "network-latency-ms", 0, "app.WithNetworkLatency, `milliseconds` one way")
	flags.Uint64Var(&f.threshold, "snapshot-threshold", 1024, "`entries` of the log after which a snapshot is taken")
	flags.Uint64Var(&f.trailing, "snapshot-trailing", 8192, "`entries` of the log that are kept after a snapshot")
	flags.BoolVar(&f.diskMode, "disk-mode", false, "app.WithDiskMode")
	flags.IntVar(&f.voters, "voters", 3, "app.WithVoters")
	flags.IntVar(&f.standbys, "standbys", 3, "app.WithStandBys")
	if err := flags.Parse(arguments); err != nil {
		return nil, err
	}
	flags.Visit(func(given *flag.Flag) { f.given[given.Name] = true })
	return f, first([]error{
		nothingElse(flags),
		needed("--dir", f.dir),
		needed("--address", f.address),
		checkAddress("--address", f.address),
		checkAddresses("--join", f.members()),
		oneOf("--on-term", f.onTerm, "handover", "close", "kill"),
		within("--network-latency-ms", float64(f.networkLatencyMs), 0, 60_000),
		within("--voters", float64(f.voters), 1, 99),
		within("--standbys", float64(f.standbys), 0, 99),
	})
}

func (f *nodeFlags) members() []string {
	if f.join == "" {
		return nil
	}
	return strings.Split(f.join, ",")
}

// options leaves what was not given to go-dqlite.
func (f *nodeFlags) options() ([]app.Option, error) {
	options := []app.Option{app.WithAddress(f.address)}
	if members := f.members(); members != nil {
		options = append(options, app.WithCluster(members))
	}
	if f.networkLatencyMs > 0 {
		options = append(options, app.WithNetworkLatency(time.Duration(f.networkLatencyMs)*time.Millisecond))
	}
	if f.given["snapshot-threshold"] || f.given["snapshot-trailing"] {
		options = append(options, app.WithSnapshotParams(dqlite.SnapshotParams{Threshold: f.threshold, Trailing: f.trailing}))
	}
	if f.given["voters"] {
		options = append(options, app.WithVoters(f.voters))
	}
	if f.given["standbys"] {
		options = append(options, app.WithStandBys(f.standbys))
	}
	if f.diskMode {
		option, err := withDiskMode()
		if err != nil {
			return nil, err
		}
		options = append(options, option)
	}
	return options, nil
}
