package main

import "context"

// transaction sends an operation's steps between BEGIN and COMMIT.
func (l *dqliteLink) transaction(ctx context.Context, op *Operation) Reply {
	if _, reply := l.exec(ctx, op.Begin); reply.Reason != "" {
		return uncommitted(reply)
	}
	reads := make([][]int64, len(op.Steps))
	for i, step := range op.Steps {
		var reply Reply
		if step.Append {
			reply = l.append(ctx, op, step.Key, step.Value)
		} else {
			reads[i], reply = l.list(ctx, step.Key)
		}
		if reply.Reason != "" {
			return l.undone(ctx, uncommitted(reply))
		}
	}
	_, reply := l.exec(ctx, "COMMIT")
	if reply.Reason != "" {
		return l.undone(ctx, reply)
	}
	reply.Result = stepsJSON(op.Steps, reads)
	return reply
}

// uncommitted is what a failure means as long as COMMIT was not sent: nothing can have happened.
func uncommitted(reply Reply) Reply {
	if reply.Reason == Lost {
		reply.Reason, reply.Silent = Unsent, false
		reply.Error = "before COMMIT was sent: " + reply.Error
	}
	return reply
}

// undone ends a transaction that failed on a connection that still works.
func (l *dqliteLink) undone(ctx context.Context, reply Reply) Reply {
	if !reply.Broken {
		_, rollback := l.exec(ctx, "ROLLBACK")
		reply.Broken = rollback.Reason != ""
	}
	return reply
}
