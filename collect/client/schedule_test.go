package main

import (
	"fmt"
	"math"
	"testing"
)

func TestAScheduleIsTheSameEachTimeAndAnotherWithAnotherSeed(t *testing.T) {
	for _, spacing := range []string{"uniform", "poisson"} {
		config := mixed(func(c *Config) { c.Arrivals.Spacing = spacing })
		if a, b := scheduled(config), scheduled(config); a != b {
			t.Errorf("%s: expected the same schedule twice", spacing)
		}
		other := config
		other.Seed++
		if scheduled(config) == scheduled(other) {
			t.Errorf("%s: expected another schedule with another seed", spacing)
		}
	}
}

func TestArrivalsKeepTheirRate(t *testing.T) {
	for spacing, spread := range map[string]float64{"uniform": 0, "poisson": 1} {
		arrivals := NewArrivals(mixed(func(c *Config) { c.Arrivals.Spacing = spacing }))
		const count = 100_000
		sum, squares, last := 0.0, 0.0, arrivals.Next()
		for i := 0; i < count; i++ {
			at := arrivals.Next()
			gap := float64(at-last) / 1e6 // of 1 ms on average
			sum, squares, last = sum+gap, squares+gap*gap, at
		}
		mean := sum / count
		deviation := math.Sqrt(math.Max(0, squares/count-mean*mean))
		if math.Abs(mean-1) > 0.02 || math.Abs(deviation-spread) > 0.02 {
			t.Errorf("%s: expected gaps of 1 ms with a deviation of %v, received %v and %v", spacing, spread, mean, deviation)
		}
	}
}

func TestKeysAreChosenUniformlyOrByZipfsShares(t *testing.T) {
	for _, keys := range []KeysConfig{{5, "uniform", 1}, {5, "zipf", 1}, {5, "zipf", 0.5}} {
		generator := NewGenerator(mixed(func(c *Config) { c.Keys, c.Mix = keys, MixConfig{Read: 1} }))
		const count = 50_000
		chosen, weights := make([]float64, keys.Count), 0.0
		for i := 0; i < count; i++ {
			chosen[generator.Next(func() int64 { return 0 }).Key]++
		}
		weight := func(k int) float64 {
			if keys.Distribution == "uniform" {
				return 1
			}
			return 1 / math.Pow(float64(k+1), keys.Exponent)
		}
		for k := range chosen {
			weights += weight(k)
		}
		for k, times := range chosen {
			if share := weight(k) / weights; math.Abs(times/count-share) > 0.01 {
				t.Errorf("%v, key %d: expected a share of %.3f, received %.3f", keys, k, share, times/count)
			}
		}
	}
}

func TestTheMixHasItsSharesAndValuesAreUnique(t *testing.T) {
	config := mixed(func(*Config) {})
	generator, kinds, values := NewGenerator(config), map[Kind]float64{}, map[int64]bool{}
	const count = 20_000
	use := func(value int64) {
		if values[value] || value < config.FirstValue {
			t.Fatalf("value %d: expected a new one from %d", value, config.FirstValue)
		}
		values[value] = true
	}
	for i := 0; i < count; i++ {
		op := generator.Next(func() int64 { return 0 })
		kinds[op.Kind]++
		if op.Kind == Write || op.Kind == Cas || op.Kind == Append {
			use(op.Value)
		}
		for _, step := range op.Steps {
			if step.Append {
				use(step.Value)
			}
		}
	}
	for kind, share := range config.Mix.shares() {
		if received := kinds[Kind(kind)] / count; math.Abs(received-share) > 0.02 {
			t.Errorf("%s: expected a share of %v, received %v", Kind(kind), share, received)
		}
	}
}

func TestListsEndAtTheirLengthAndRegistersHaveOtherNumbers(t *testing.T) {
	config := mixed(func(c *Config) { c.ListLength = 4 })
	generator, appends := NewGenerator(config), map[int64]int64{}
	for i := 0; i < 5000; i++ {
		op := generator.Next(func() int64 { return 0 })
		list := op.Key >= int64(config.Keys.Count)
		if op.Kind != Txn && list != op.Kind.onList() {
			t.Fatalf("%s of key %d", op.Kind, op.Key)
		}
		if op.Kind == Append {
			appends[op.Key]++
		}
		for _, step := range op.Steps {
			if step.Append {
				appends[step.Key]++
			}
		}
	}
	for key, count := range appends {
		if count > config.ListLength {
			t.Errorf("list %d: expected at most %d elements, received %d", key, config.ListLength, count)
		}
	}
}

func mixed(change func(*Config)) Config {
	return stubConfig(func(c *Config) {
		c.Mix = MixConfig{Read: 0.3, Write: 0.2, Cas: 0.1, Append: 0.2, ReadList: 0.1, Txn: 0.1}
		c.FirstValue = 17
		change(c)
	})
}

func scheduled(config Config) string {
	arrivals, generator, text := NewArrivals(config), NewGenerator(config), ""
	for i := 0; i < 300; i++ {
		text += fmt.Sprintf("%+v\n", *generator.Next(arrivals.Next))
	}
	return text
}
