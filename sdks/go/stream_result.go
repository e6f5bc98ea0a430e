package smartcall

import "slices"

// StreamResult is what the events of a task amount to.
type StreamResult struct {
	TaskID string
	// The last state that was told; UNSPECIFIED when none was.
	State TaskState
	// The agent's answer so far: its parts of text joined.
	Text string
	// The agent's whole answer, once it was said as a message.
	Message *Message
	// Results with names, pieces put together.
	Artifacts []Artifact
	Usage     *Usage
	// Why the task failed or was rejected.
	Error *TaskError
	// What an INPUT_REQUIRED task asks.
	Prompt *Message
}

// Err is an *[Error] with the task's reason when it FAILED, was REJECTED or CANCELED, else nil.
func (r StreamResult) Err() error {
	fallback := map[TaskState]Reason{
		TaskStateFailed:   ReasonAgentFailed,
		TaskStateRejected: ReasonAgentRejected,
		TaskStateCanceled: ReasonCanceled,
	}
	reason, isEnded := fallback[r.State]
	if !isEnded {
		return nil
	}
	if r.Error == nil {
		e := NewError(reason, "")
		e.TaskID = r.TaskID
		return e
	}
	if said := Reason(r.Error.Reason); said.IsKnown() {
		reason = said
	}
	e := NewError(reason, r.Error.Message)
	e.TaskID, e.Retryable = r.TaskID, r.Error.Retryable
	return e
}

func (r StreamResult) artifact(id string) *Artifact {
	for i := range r.Artifacts {
		if r.Artifacts[i].ArtifactID == id {
			return &r.Artifacts[i]
		}
	}
	return &Artifact{ArtifactID: id}
}

// taskFold folds a task's events into what they amount to.
type taskFold struct {
	result StreamResult
	// The text, which grows by pieces.
	text []byte
}

func (f *taskFold) copy() StreamResult {
	result := f.result
	result.Text = string(f.text)
	result.Artifacts = slices.Clone(f.result.Artifacts)
	if result.State == "" {
		result.State = TaskStateUnspecified
	}
	return result
}

func (f *taskFold) take(event *TaskEvent) {
	result := &f.result
	result.TaskID = event.TaskID
	switch {
	case event.Snapshot != nil:
		f.takeTask(&event.Snapshot.Task)
	case event.Status != nil:
		result.State = event.Status.State
		if event.Status.Error != nil {
			result.Error = event.Status.Error
		}
		if result.State == TaskStateWorking {
			result.Prompt = nil
		}
	case event.OutputDelta != nil:
		f.text = append(f.text, event.OutputDelta.Text...)
	case event.OutputCompleted != nil:
		if message := event.OutputCompleted.Message; message != nil {
			result.Message = message
			f.text = []byte(message.PlainText())
		}
	case event.Artifact != nil:
		f.takeArtifact(event.Artifact)
	case event.InputRequired != nil:
		result.State = TaskStateInputRequired
		result.Prompt = &event.InputRequired.Prompt
	case event.Usage != nil:
		result.Usage = event.Usage
	}
}

func (f *taskFold) takeTask(task *Task) {
	f.text = []byte(task.OutputText())
	f.result = StreamResult{
		TaskID: f.result.TaskID, State: task.State, Message: task.Output, Artifacts: task.Artifacts,
		Usage: task.Usage, Error: task.Error, Prompt: task.Prompt,
	}
}

func (f *taskFold) takeArtifact(update *TaskEventArtifactUpdate) {
	// A copy, as readers hold the one before.
	artifacts := slices.Clone(f.result.Artifacts)
	at := slices.IndexFunc(artifacts, func(a Artifact) bool {
		return a.ArtifactID == update.Artifact.ArtifactID
	})
	switch {
	case at < 0:
		artifacts = append(artifacts, update.Artifact)
	case update.Append:
		artifacts[at].Parts = slices.Concat(artifacts[at].Parts, update.Artifact.Parts)
	default:
		artifacts[at] = update.Artifact
	}
	f.result.Artifacts = artifacts
}
