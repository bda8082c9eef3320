package main

import "encoding/binary"

// Types of the answers that matter here, of dqlite's wire protocol (https://dqlite.io/docs/reference/wire-protocol).
const (
	answerFailure  = 0
	answerDatabase = 4
)

// frames cuts what a node sends into messages: eight bytes of header (length in words of eight bytes, type), and a body.
type frames struct {
	header [8]byte
	have   int
	left   int
	body   []byte // of a failure
}

// feed takes the next bytes, and calls answered with each message that they complete.
func (f *frames) feed(bytes []byte, answered func(kind byte, body []byte)) {
	for len(bytes) > 0 {
		if f.have < len(f.header) {
			n := copy(f.header[f.have:], bytes)
			f.have += n
			bytes = bytes[n:]
			if f.have < len(f.header) {
				return
			}
			f.left = int(binary.LittleEndian.Uint32(f.header[:])) * 8
			f.body = f.body[:0]
		}
		n := f.left
		if n > len(bytes) {
			n = len(bytes)
		}
		if f.header[4] == answerFailure {
			f.body = append(f.body, bytes[:n]...)
		}
		f.left -= n
		bytes = bytes[n:]
		if f.left == 0 {
			f.have = 0
			answered(f.header[4], f.body)
		}
	}
}

// failure is an answer that says no.
type failure struct {
	code    uint64
	message string
}

func decodeFailure(body []byte) failure {
	if len(body) < 8 {
		return failure{message: "an answer that is cut short"}
	}
	text := body[8:]
	for i, b := range text {
		if b == 0 {
			text = text[:i]
			break
		}
	}
	return failure{code: binary.LittleEndian.Uint64(body), message: string(text)}
}
