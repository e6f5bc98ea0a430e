package link

// refusal is how an exchange ends that never began on the other side.
func refusal(reason string) Outcome {
	return Outcome{Reason: reason, Message: refusals[reason], Refused: true}
}

var refusals = map[string]string{
	"DRAINING":          "The other side is going away; nothing has run.",
	"AGENT_UNAVAILABLE": "The link has ended; nothing has run.",
	"AGENT_BUSY":        "As many calls run as may; nothing has run.",
	"NOT_IMPLEMENTED":   "Nothing can be opened here.",
}

// retryable are reasons that promise that nothing has run.
var retryable = map[string]bool{
	"RATE_LIMITED": true, "AGENT_UNAVAILABLE": true, "AGENT_BUSY": true, "GATEWAY_FULL": true,
	"DRAINING": true, "REQUEST_TIMEOUT": true, "CREDENTIAL_EXPIRED": true,
}

// lostOutcome is how an exchange ends whose link did. A reason that promises that nothing has run
// holds for the link, not for what ran on it.
func lostOutcome(reason, message string) Outcome {
	if retryable[reason] || reason == "" {
		reason = "INSTANCE_LOST"
	}
	return Outcome{Reason: reason, Message: message, Lost: true}
}
