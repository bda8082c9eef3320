package main

import (
	"context"
	sqldriver "database/sql/driver"
	"io"
	"strconv"

	"github.com/canonical/go-dqlite/driver"
)

// dqliteLink is a connection to a leader.
type dqliteLink struct {
	conn *driver.Conn
	wire *wire
}

// Do sends an operation's statements, each once.
func (l *dqliteLink) Do(ctx context.Context, op *Operation) Reply {
	l.wire.sentNs = 0
	var reply Reply
	if op.Kind == Txn {
		reply = l.transaction(ctx, op)
	} else {
		reply = l.single(ctx, op)
	}
	reply.Node, reply.SentNs = l.wire.address, l.wire.sentNs
	return reply
}

// Close cuts the connection first: go-dqlite may otherwise keep it for others.
func (l *dqliteLink) Close() { l.wire.Close() }

func (l *dqliteLink) single(ctx context.Context, op *Operation) Reply {
	switch op.Kind {
	case Read:
		rows, reply := l.query(ctx, readRegister, op.Key)
		if reply.Reason == "" {
			if len(rows) == 1 && rows[0] != nil {
				reply.Value = rows[0]
			}
			reply.Result = jsonInt(reply.Value)
		}
		return reply
	case ReadList:
		elements, reply := l.list(ctx, op.Key)
		if reply.Reason == "" {
			reply.Result = listJSON(elements)
		}
		return reply
	case Write:
		_, reply := l.exec(ctx, writeRegister, op.Key, op.Value, padding(op))
		return reply
	case Append:
		return l.append(ctx, op, op.Key, op.Value)
	default:
		changed, reply := l.exec(ctx, casRegister, op.Value, padding(op), op.Key, expected(op))
		if reply.Reason == "" {
			reply.Result = strconv.FormatBool(changed > 0)
		}
		return reply
	}
}

func (l *dqliteLink) append(ctx context.Context, op *Operation, key, value int64) Reply {
	_, reply := l.exec(ctx, appendToList, key, value, padding(op))
	return reply
}

func (l *dqliteLink) list(ctx context.Context, key int64) ([]int64, Reply) {
	rows, reply := l.query(ctx, readList, key)
	elements := make([]int64, 0, len(rows))
	for _, row := range rows {
		if row != nil {
			elements = append(elements, *row)
		}
	}
	return elements, reply
}

// exec returns how many rows were changed.
func (l *dqliteLink) exec(ctx context.Context, statement string, arguments ...interface{}) (int64, Reply) {
	l.wire.call()
	result, err := l.conn.ExecContext(ctx, statement, named(arguments))
	if err != nil {
		return 0, l.wire.verdict(err)
	}
	changed, err := result.RowsAffected()
	return changed, l.wire.verdict(err)
}

// query returns the first column of all rows.
func (l *dqliteLink) query(ctx context.Context, statement string, arguments ...interface{}) ([]*int64, Reply) {
	l.wire.call()
	rows, err := l.conn.QueryContext(ctx, statement, named(arguments))
	if err != nil {
		return nil, l.wire.verdict(err)
	}
	var first []*int64
	columns := make([]sqldriver.Value, len(rows.Columns()))
	for {
		if err = rows.Next(columns); err != nil {
			break
		}
		value, number := columns[0].(int64)
		if number {
			first = append(first, &value)
		} else {
			first = append(first, nil)
		}
	}
	if err != io.EOF || l.wire.readErr != nil {
		reply := l.wire.verdict(err)
		reply.Broken = true
		return nil, reply
	}
	rows.Close()
	return first, Reply{}
}

func named(arguments []interface{}) []sqldriver.NamedValue {
	values := make([]sqldriver.NamedValue, len(arguments))
	for i, argument := range arguments {
		values[i] = sqldriver.NamedValue{Ordinal: i + 1, Value: argument}
	}
	return values
}
