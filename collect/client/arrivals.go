package main

import "math/rand"

// Arrivals tells when the operations of an open loop begin, always the same from the same seed.
type Arrivals struct {
	rate   float64
	random *rand.Rand // nil: evenly spaced
	count  int64
	nextNs float64
}

// NewArrivals has its own random numbers, so that the times do not change with the kinds of operations.
func NewArrivals(config Config) *Arrivals {
	a := &Arrivals{rate: config.Arrivals.RatePerS}
	if config.Arrivals.Spacing == "poisson" {
		a.random = rand.New(rand.NewSource(^config.Seed))
		a.nextNs = a.gap()
	}
	return a
}

// Next is nanoseconds since the start.
func (a *Arrivals) Next() int64 {
	if a.random == nil {
		a.count++
		return int64(float64(a.count-1) / a.rate * 1e9)
	}
	at := a.nextNs
	a.nextNs += a.gap()
	return int64(at)
}

func (a *Arrivals) gap() float64 { return a.random.ExpFloat64() / a.rate * 1e9 }
