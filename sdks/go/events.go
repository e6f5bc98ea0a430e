package smartcall

import (
	"maps"
	"slices"
)

// eventPlace is what every event of a log says beside what happened.
type eventPlace struct {
	cursor, taskID, kind string
	merged               *int64
	end                  EndReason
}

// logEvent is an event of a task's or the registry's log.
type logEvent interface{ place() eventPlace }

func (x *TaskEvent) place() eventPlace {
	place := eventPlace{cursor: x.Cursor, taskID: x.TaskID, kind: x.Kind(), merged: x.Merged}
	if x.End != nil {
		place.end = x.End.Reason
	}
	return place
}

func (x *RegistryEvent) place() eventPlace {
	place := eventPlace{cursor: x.Cursor, kind: x.Kind()}
	if x.End != nil {
		place.end = x.End.Reason
	}
	return place
}

type kind struct {
	name    string
	isThere bool
}

func kindOf[Value any](extra map[string]Value, known ...kind) string {
	for _, k := range known {
		if k.isThere {
			return k.name
		}
	}
	if len(extra) > 0 {
		return slices.Min(slices.Collect(maps.Keys(extra)))
	}
	return "unknown"
}
