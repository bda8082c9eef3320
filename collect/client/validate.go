package main

import (
	"fmt"
	"math"
	"net"
	"strings"
)

// Validate returns the first thing that is wrong, with its field.
func (c *Config) Validate() error {
	if err := checkAddresses("addresses", c.Addresses); err != nil {
		return err
	}
	if len(c.Addresses) == 0 {
		return fmt.Errorf("addresses: expected at least one, received none")
	}
	checks := []error{
		notEmpty("database", c.Database),
		within("duration_ms", float64(c.DurationMs), 1, math.MaxInt32),
		within("drain_ms", float64(c.DrainMs), 0, math.MaxInt32),
		within("setup.timeout_ms", float64(c.Setup.TimeoutMs), 1, math.MaxInt32),
		oneOf("arrivals.kind", c.Arrivals.Kind, "open", "closed"),
		within("connections", float64(c.Connections), 1, 10_000),
		within("first_value", float64(c.FirstValue), 1, 1<<52),
		within("keys.count", float64(c.Keys.Count), 1, 1_000_000),
		oneOf("keys.distribution", c.Keys.Distribution, "uniform", "zipf"),
		within("keys.exponent", c.Keys.Exponent, 0, 10),
		checkShares(c.Mix),
		checkRange("value_bytes", c.ValueBytes, 0, maxPadding),
		within("list_length", float64(c.ListLength), 1, 1_000_000),
		checkRange("transaction.operations", c.Transaction.Operations, 1, 100),
		within("transaction.append_share", c.Transaction.AppendShare, 0, 1),
		oneOf("transaction.begin", c.Transaction.Begin, "deferred", "immediate", "exclusive"),
		c.Policy.validate(),
		within("timeouts.dial_ms", float64(c.Timeouts.DialMs), 0, math.MaxInt32),
		within("timeouts.probe_ms", float64(c.Timeouts.ProbeMs), 0, math.MaxInt32),
		within("timeouts.attempt_ms", float64(c.Timeouts.AttemptMs), 0, math.MaxInt32),
		within("timeouts.operation_ms", float64(c.Timeouts.OperationMs), 0, math.MaxInt32),
	}
	if c.Arrivals.Kind == "open" {
		checks = append(checks,
			within("arrivals.rate_per_s", c.Arrivals.RatePerS, 0.001, 1_000_000),
			oneOf("arrivals.spacing", c.Arrivals.Spacing, "uniform", "poisson"),
			within("arrivals.in_flight", float64(c.Arrivals.InFlight), 1, 1_000_000))
	} else {
		checks = append(checks, within("arrivals.workers", float64(c.Arrivals.Workers), 1, 10_000))
	}
	return first(checks)
}

func checkAddresses(field string, addresses []string) error {
	for i, address := range addresses {
		if err := checkAddress(fmt.Sprintf("%s[%d]", field, i), address); err != nil {
			return err
		}
	}
	return nil
}

func checkAddress(field, address string) error {
	if host, port, err := net.SplitHostPort(address); err != nil || host == "" || port == "" {
		return fmt.Errorf("%s: expected host:port, received %q", field, address)
	}
	return nil
}

func checkShares(mix MixConfig) error {
	sum := 0.0
	for kind, share := range mix.shares() {
		if !(share >= 0) || math.IsInf(share, 0) {
			return fmt.Errorf("mix.%s: expected a share of at least 0, received %v", Kind(kind), share)
		}
		sum += share
	}
	if sum == 0 {
		return fmt.Errorf("mix: expected a kind of operation with a share above 0, received none")
	}
	return nil
}

func checkRange(field string, r RangeConfig, min, max int) error {
	if err := within(field+".min", float64(r.Min), float64(min), float64(max)); err != nil {
		return err
	}
	return within(field+".max", float64(r.Max), float64(r.Min), float64(max))
}

func notEmpty(field, value string) error {
	if value == "" {
		return fmt.Errorf("%s: expected a name, received nothing", field)
	}
	return nil
}

func within(field string, value, min, max float64) error {
	if value >= min && value <= max {
		return nil
	}
	return fmt.Errorf("%s: expected %v to %v, received %v", field, min, max, value)
}

func oneOf(field, value string, allowed ...string) error {
	for _, a := range allowed {
		if a == value {
			return nil
		}
	}
	return fmt.Errorf("%s: expected one of %s, received %q", field, strings.Join(allowed, ", "), value)
}

func first(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
