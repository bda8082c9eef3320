package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Config is what a load consists of; see README.md for each field. Shares need not add up to one.
type Config struct {
	Addresses      []string          `json:"addresses"`
	Database       string            `json:"database"`
	Seed           int64             `json:"seed"`
	DurationMs     int64             `json:"duration_ms"`
	DrainMs        int64             `json:"drain_ms"`
	FinalReads     bool              `json:"final_reads"`
	Setup          SetupConfig       `json:"setup"`
	Arrivals       ArrivalsConfig    `json:"arrivals"`
	Connections    int               `json:"connections"`
	RememberLeader bool              `json:"remember_leader"`
	FirstValue     int64             `json:"first_value"`
	Keys           KeysConfig        `json:"keys"`
	Mix            MixConfig         `json:"mix"`
	ValueBytes     RangeConfig       `json:"value_bytes"`
	ListLength     int64             `json:"list_length"`
	Transaction    TransactionConfig `json:"transaction"`
	Policy         Policy            `json:"policy"`
	Timeouts       TimeoutsConfig    `json:"timeouts"`
}

// SetupConfig says whether tables are made, and how long the cluster is waited for.
type SetupConfig struct {
	Create    bool  `json:"create"`
	TimeoutMs int64 `json:"timeout_ms"`
}

// ArrivalsConfig says when operations begin.
type ArrivalsConfig struct {
	Kind     string  `json:"kind"`
	RatePerS float64 `json:"rate_per_s"`
	Spacing  string  `json:"spacing"`
	InFlight int     `json:"in_flight"`
	Workers  int     `json:"workers"`
}

// KeysConfig says how many keys there are and how they are chosen.
type KeysConfig struct {
	Count        int     `json:"count"`
	Distribution string  `json:"distribution"`
	Exponent     float64 `json:"exponent"`
}

// MixConfig holds the share of each kind of operation.
type MixConfig struct {
	Read     float64 `json:"read"`
	Write    float64 `json:"write"`
	Cas      float64 `json:"cas"`
	Append   float64 `json:"append"`
	ReadList float64 `json:"read-list"`
	Txn      float64 `json:"txn"`
}

// RangeConfig is a range with both ends in it.
type RangeConfig struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// TransactionConfig says what a transaction holds and how it begins.
type TransactionConfig struct {
	Operations  RangeConfig `json:"operations"`
	AppendShare float64     `json:"append_share"`
	Begin       string      `json:"begin"`
}

// TimeoutsConfig bounds what is waited for; 0 is go-dqlite's own default (dial, probe) or no bound (attempt, operation).
type TimeoutsConfig struct {
	DialMs      int64 `json:"dial_ms"`
	ProbeMs     int64 `json:"probe_ms"`
	AttemptMs   int64 `json:"attempt_ms"`
	OperationMs int64 `json:"operation_ms"`
}

func defaultConfig() Config {
	return Config{
		Database:    "load",
		Seed:        1,
		DrainMs:     10_000,
		Setup:       SetupConfig{Create: true, TimeoutMs: 60_000},
		Arrivals:    ArrivalsConfig{Spacing: "uniform", InFlight: 4096},
		Connections: 8,
		FirstValue:  1,
		Keys:        KeysConfig{Count: 10, Distribution: "uniform", Exponent: 1},
		ListLength:  50,
		Transaction: TransactionConfig{Operations: RangeConfig{2, 4}, AppendShare: 0.5, Begin: "immediate"},
		Policy:      policies[defaultPolicy],
		Timeouts:    TimeoutsConfig{OperationMs: 10_000},
	}
}

// LoadConfig reads a load's configuration from a file of JSON and checks it.
func LoadConfig(path string) (Config, error) {
	config := defaultConfig()
	if err := readJSON(path, &config); err != nil {
		return Config{}, err
	}
	if err := config.Validate(); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return config, nil
}

// readJSON decodes a file's only value into target, and refuses fields that target does not have.
func readJSON(path string, target interface{}) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := decodeStrictly(text, target); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func decodeStrictly(text []byte, target interface{}) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(target); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return fmt.Errorf("%s: expected %s, received a JSON %s", wrong.Field, wrong.Type, wrong.Value)
		}
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("expected one JSON object and nothing after it")
	}
	return nil
}
