package main

import (
	"math"
	"math/rand"
	"sort"
)

// chooser picks a number by its weight.
type chooser struct{ cumulated []float64 }

func chooserOf(weights []float64) chooser {
	c := chooser{cumulated: make([]float64, len(weights))}
	sum := 0.0
	for i, weight := range weights {
		sum += weight
		c.cumulated[i] = sum
	}
	return c
}

func (c chooser) choose(random *rand.Rand) int {
	at := random.Float64() * c.cumulated[len(c.cumulated)-1]
	return sort.Search(len(c.cumulated)-1, func(i int) bool { return c.cumulated[i] > at })
}

// keyChooser gives place k, counted from 1, the weight 1/k^exponent (Zipf), or all the same. math/rand's Zipf has no
// exponents of 1 and less.
func keyChooser(keys KeysConfig) chooser {
	weights := make([]float64, keys.Count)
	for i := range weights {
		weights[i] = 1
		if keys.Distribution == "zipf" {
			weights[i] = math.Pow(float64(i+1), -keys.Exponent)
		}
	}
	return chooserOf(weights)
}
