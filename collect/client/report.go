package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// goDqlite is the version of go-dqlite that this was built with; build.sh sets it.
var goDqlite = "unknown"

// Report is what client.json holds; without totals the load has not ended, or was killed.
type Report struct {
	Format    int     `json:"format"`
	Program   string  `json:"program"`
	GoDqlite  string  `json:"go_dqlite"`
	Config    Config  `json:"config"`
	Anchor    Anchor  `json:"anchor"`
	StartedNs int64   `json:"started_ns"`
	EndedNs   int64   `json:"ended_ns,omitempty"`
	Totals    *Totals `json:"totals,omitempty"`
	AnchorEnd *Anchor `json:"anchor_end,omitempty"`
}

// startLead is for writing the report before the first operation is due.
const startLead = 20 * time.Millisecond

func newReport(config Config, clock *Clock) *Report {
	return &Report{
		Format:    1,
		Program:   "dqlite-client",
		GoDqlite:  goDqlite,
		Config:    config,
		Anchor:    clock.Anchor(),
		StartedNs: clock.Now() + int64(startLead),
	}
}

func (r *Report) end(clock *Clock, totals Totals) {
	anchor := clock.Anchor()
	r.EndedNs, r.Totals, r.AnchorEnd = clock.Now(), &totals, &anchor
}

func (r *Report) write(dir string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "client.json")
	if err := os.WriteFile(path+".tmp", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}
