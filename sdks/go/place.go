package smartcall

import "fmt"

// place is where a reader is in a log, and what may come next: the number after it, or a snapshot
// after an explicit gap. Whatever else arrives means that something was lost or garbled on the way.
type place[E any] struct {
	// The cursor of the last event; empty before the first.
	cursor string
	// The task, once an event has named it.
	taskID string
	// Whether a snapshot may move a reader without a gap before it, as in the registry's log.
	snapshotsMove bool
	gap           *E
}

// reconnected begins a new connection: what the one before it announced does not hold for it.
func (p *place[E]) reconnected() { p.gap = nil }

// take moves on by one event and answers what is new: nothing for a number that was seen before, a
// gap together with its snapshot. An error means that an event before this one is missing.
func (p *place[E]) take(event *E, at eventPlace) ([]*E, error) {
	if p.taskID != "" && at.taskID != p.taskID {
		return nil, cut(fmt.Sprintf("an event of %q among those of %s", at.taskID, p.taskID), nil)
	}
	events, err := p.takeKind(event, at)
	if len(events) > 0 || (err == nil && at.kind == "gap") {
		p.taskID = at.taskID
	}
	return events, err
}

func (p *place[E]) takeKind(event *E, at eventPlace) ([]*E, error) {
	switch at.kind {
	case "snapshot":
		return p.takeSnapshot(event, at)
	case "gap":
		p.gap = event
		return nil, nil
	case "error", "end":
		if p.gap != nil || !p.isHere(at.cursor) {
			return nil, p.hole(at)
		}
		return []*E{event}, nil
	}
	return p.takeNumbered(event, at)
}

func (p *place[E]) takeSnapshot(event *E, at eventPlace) ([]*E, error) {
	gap := p.gap
	mayMove := p.snapshotsMove || gap != nil || p.cursor == ""
	if _, ok := ParseCursor(at.cursor); !ok || (!mayMove && at.cursor != p.cursor) {
		return nil, p.hole(at)
	}
	p.gap = nil
	p.cursor = at.cursor
	if gap == nil {
		return []*E{event}, nil
	}
	return []*E{gap, event}, nil
}

func (p *place[E]) takeNumbered(event *E, at eventPlace) ([]*E, error) {
	next, ok := ParseCursor(at.cursor)
	here, isSomewhere := ParseCursor(p.cursor)
	if !ok || p.gap != nil || (isSomewhere && here.Epoch != next.Epoch) {
		return nil, p.hole(at)
	}
	if next.Seq <= here.Seq {
		return nil, nil
	}
	merged := int64(1)
	if at.merged != nil {
		merged = *at.merged
	}
	if next.Seq != here.Seq+merged {
		return nil, p.hole(at)
	}
	p.cursor = at.cursor
	return []*E{event}, nil
}

// isHere: events without a number repeat the place that the reader has come to.
func (p *place[E]) isHere(cursor string) bool {
	if p.cursor != "" {
		return cursor == p.cursor
	}
	at, _ := ParseCursor(cursor)
	return at.Seq == 0
}

func (p *place[E]) hole(at eventPlace) error {
	wanted := "the first event"
	if p.cursor != "" {
		wanted = "one after " + p.cursor
	}
	return cut(fmt.Sprintf("%s at %s came instead of %s", at.kind, at.cursor, wanted), nil)
}

// cut is a connection that stopped, or said something that cannot be, before the stream's end.
func cut(message string, cause error) *Error {
	return withCause(NewError(ReasonStreamTruncated, message), cause)
}
