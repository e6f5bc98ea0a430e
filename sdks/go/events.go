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

// Kind names what happened: "snapshot", "status", "artifact", "outputDelta", "outputCompleted",
// "progress", "inputRequired", "usage", "end", "gap", "error", "toolCall", a newer kind that this
// version does not know, or "unknown" when the event does not say.
func (x *TaskEvent) Kind() string {
	return kindOf(x.Extra,
		kind{"snapshot", x.Snapshot != nil}, kind{"status", x.Status != nil},
		kind{"artifact", x.Artifact != nil}, kind{"outputDelta", x.OutputDelta != nil},
		kind{"outputCompleted", x.OutputCompleted != nil}, kind{"progress", x.Progress != nil},
		kind{"inputRequired", x.InputRequired != nil}, kind{"usage", x.Usage != nil},
		kind{"end", x.End != nil}, kind{"gap", x.Gap != nil}, kind{"error", x.Error != nil},
		kind{"toolCall", x.ToolCall != nil})
}

func (x *TaskEvent) place() eventPlace {
	place := eventPlace{cursor: x.Cursor, taskID: x.TaskID, kind: x.Kind(), merged: x.Merged}
	if x.End != nil {
		place.end = x.End.Reason
	}
	return place
}

// Kind names what happened: "snapshot", "agent", "instance", "removed", "end", a newer kind, or
// "unknown".
func (x *RegistryEvent) Kind() string {
	return kindOf(x.Extra,
		kind{"snapshot", x.Snapshot != nil}, kind{"agent", x.Agent != nil},
		kind{"instance", x.Instance != nil}, kind{"removed", x.Removed != nil}, kind{"end", x.End != nil})
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
