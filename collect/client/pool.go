package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Pool holds a number of links, each in the hands of one attempt at a time. A link that broke is made anew by the next
// attempt that gets its place.
type Pool struct {
	dialer Dialer
	places chan Link // nil: to be made
	// open is done when the pool is closed.
	open  context.Context
	close func()

	mu     sync.Mutex
	links  map[Link]bool
	closed bool
}

// NewPool has so many places, with no links yet.
func NewPool(dialer Dialer, size int) *Pool {
	open, end := context.WithCancel(context.Background())
	p := &Pool{dialer: dialer, places: make(chan Link, size), open: open, close: end, links: map[Link]bool{}}
	for i := 0; i < size; i++ {
		p.places <- nil
	}
	return p
}

// Fill makes all links, and returns the first error.
func (p *Pool) Fill(ctx context.Context) error {
	size := cap(p.places)
	links, errs := make([]Link, size), make([]error, size)
	var making sync.WaitGroup
	for i := 0; i < size; i++ {
		making.Add(1)
		go func(i int) {
			defer making.Done()
			links[i], errs[i] = p.Take(ctx)
		}(i)
	}
	making.Wait()
	for i, link := range links {
		if errs[i] == nil {
			p.Give(link, false)
		}
	}
	return first(errs)
}

// Take waits for a place, and for its link to be made. As in database/sql where all connections are in use, the making is
// not bound by whoever asked first: what is still being made when the context ends stays for others. Were it, those that
// waited longest would have the least time to connect, and when connecting takes long none would ever come to its end.
func (p *Pool) Take(ctx context.Context) (Link, error) {
	var link Link
	select {
	case link = <-p.places:
	case <-ctx.Done():
		return nil, errors.New("all connections were in use until the end")
	}
	if link != nil {
		return link, nil
	}
	type dialled struct {
		link Link
		err  error
	}
	result := make(chan dialled)
	go func() {
		link, err := p.dialer.Dial(p.open)
		if err == nil {
			p.own(link)
		}
		select {
		case result <- dialled{link, err}:
		case <-ctx.Done():
			p.places <- link
		}
	}()
	select {
	case d := <-result:
		if d.err != nil {
			p.places <- nil
		}
		return d.link, d.err
	case <-ctx.Done():
		return nil, fmt.Errorf("no connection was made until the end; last: %s", p.dialer.Problem())
	}
}

// Give hands a link back.
func (p *Pool) Give(link Link, broken bool) {
	if broken {
		p.mu.Lock()
		delete(p.links, link)
		p.mu.Unlock()
		link.Close()
		link = nil
	}
	p.places <- link
}

// Close breaks all links, those in use and those to come.
func (p *Pool) Close() {
	p.close()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for link := range p.links {
		link.Close()
	}
}

func (p *Pool) own(link Link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.links[link] = true
	if p.closed {
		link.Close()
	}
}
