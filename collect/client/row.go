package main

import (
	"strconv"
	"strings"
)

const attemptsHeader = "operation,attempt,client,op,key,argument,result,intended_ns,sent_ns,done_ns,outcome,reason,error,node,final\n"

// Row is one attempt, as it is recorded.
type Row struct {
	op      Operation
	attempt int // 0: the operation was dropped
	client  int
	reply   Reply
	doneNs  int64
	outcome Outcome
	final   bool
	// overall is the operation's outcome so far.
	overall Outcome
}

func (r *Row) appendTo(text []byte) []byte {
	op, reply := &r.op, &r.reply
	text = appendInt(text, op.ID, true)
	text = appendInt(text, int64(r.attempt), true)
	text = appendInt(text, int64(r.client), r.attempt > 0)
	text = append(append(text, op.Kind.String()...), ',')
	text = appendInt(text, op.Key, op.Kind != Txn)
	text = appendText(text, op.argument())
	text = appendText(text, reply.Result)
	text = appendInt(text, op.IntendedNs, true)
	text = appendInt(text, reply.SentNs, reply.SentNs != 0)
	text = appendInt(text, r.doneNs, r.attempt > 0 && !reply.Silent)
	text = append(append(text, r.outcome...), ',')
	text = append(append(text, reply.Reason...), ',')
	text = appendText(text, reply.Error)
	text = appendText(text, reply.Node)
	if r.final {
		return append(text, "1\n"...)
	}
	return append(text, "0\n"...)
}

func appendInt(text []byte, value int64, known bool) []byte {
	if known {
		text = strconv.AppendInt(text, value, 10)
	}
	return append(text, ',')
}

// appendText quotes what needs it, as in https://www.rfc-editor.org/rfc/rfc4180, and keeps a row on one line.
func appendText(text []byte, field string) []byte {
	if strings.ContainsAny(field, "\",\n\r") {
		field = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", `"`, `""`).Replace(field)
		text = append(append(append(text, '"'), field...), '"')
	} else {
		text = append(text, field...)
	}
	return append(text, ',')
}
