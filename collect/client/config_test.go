package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const smallest = `"addresses": ["a:1"], "duration_ms": 1000, "arrivals": {"kind": "open", "rate_per_s": 10}, "mix": {"read": 1}`

func TestWhatIsNotSaidHasADefault(t *testing.T) {
	config, err := loadedConfig(t, "{"+smallest+"}")
	if err != nil {
		t.Fatal(err)
	}
	if config.Policy.Name != "one-writer" || config.Connections != 8 || config.Arrivals.Spacing != "uniform" || config.RememberLeader {
		t.Errorf("received %+v", config)
	}
}

func TestAPolicyIsANameWithWhatIsChangedOfIt(t *testing.T) {
	config, err := loadedConfig(t, "{"+smallest+`, "policy": {"name": "lxd", "attempts": 3}}`)
	if err != nil {
		t.Fatal(err)
	}
	if p := config.Policy; p.Attempts != 3 || p.PauseMs != policies["lxd"].PauseMs || !p.RetryUnknownWrites {
		t.Errorf("received %+v", p)
	}
}

func TestAnErrorOfTheConfigurationNamesItsField(t *testing.T) {
	for field, text := range map[string]string{
		"addresses: expected at least one":           `"addresses": []`,
		"addresses[1]":                               `"addresses": ["a:1", "b"]`,
		"database":                                   `"database": ""`,
		"duration_ms: expected int64, received":      `"duration_ms": "1 s"`,
		"duration_ms: expected 1 to":                 `"duration_ms": 0`,
		"drain_ms":                                   `"drain_ms": -1`,
		"setup.timeout_ms":                           `"setup": {"timeout_ms": 0}`,
		"arrivals.kind":                              `"arrivals": {"kind": "half-open"}`,
		"arrivals.rate_per_s":                        `"arrivals": {"kind": "open", "rate_per_s": 0}`,
		"arrivals.spacing":                           `"arrivals": {"kind": "open", "rate_per_s": 1, "spacing": "bursts"}`,
		"arrivals.in_flight":                         `"arrivals": {"kind": "open", "rate_per_s": 1, "in_flight": 0}`,
		"arrivals.workers":                           `"arrivals": {"kind": "closed"}`,
		"connections":                                `"connections": 0`,
		"keys.count":                                 `"keys": {"count": 0}`,
		"keys.distribution":                          `"keys": {"distribution": "normal"}`,
		"mix.write":                                  `"mix": {"write": -1}`,
		"mix: expected a kind":                       `"mix": {"read": 0}`,
		`unknown field "reads"`:                      `"mix": {"reads": 1}`,
		"value_bytes.max":                            `"value_bytes": {"min": 3, "max": 2}`,
		"list_length":                                `"list_length": 0`,
		"transaction.operations.min":                 `"transaction": {"operations": {"min": 0}}`,
		"transaction.begin":                          `"transaction": {"begin": "now"}`,
		"policy.name: expected one of bare, retry":   `"policy": {"name": "hope"}`,
		"policy.retry_on[1]":                         `"policy": {"retry_on": ["busy", "bored"]}`,
		`policy: json: unknown field "patience"`:     `"policy": {"patience": 1}`,
		"policy.jitter":                              `"policy": {"jitter": 2}`,
		"timeouts.attempt_ms":                        `"timeouts": {"attempt_ms": -5}`,
		"expected one JSON object and nothing after": `"seed": 1} {`,
	} {
		_, err := loadedConfig(t, "{"+smallest+", "+text+"}")
		if err == nil || !strings.Contains(err.Error(), field) || !strings.Contains(err.Error(), "load.json") {
			t.Errorf("%s: expected an error of load.json with %q, received %v", text, field, err)
		}
	}
}

func loadedConfig(t *testing.T, text string) (Config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "load.json")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return LoadConfig(path)
}
