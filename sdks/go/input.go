package smartcall

import (
	"encoding/json"
	"fmt"
	"net/url"
)

// Input is what an agent is to do: [Text], [Data] or [MessageOf].
type Input struct {
	text    *string
	data    any
	message *MessageInput
}

// Text is an input of plain text.
func Text(text string) Input { return Input{text: &text} }

// Data is an input of anything that JSON can say.
func Data(value any) Input {
	if value == nil {
		value = json.RawMessage("null")
	}
	return Input{data: value}
}

// MessageOf is an input of a whole message.
func MessageOf(message MessageInput) Input { return Input{message: &message} }

// TextPart is a part of plain text.
func TextPart(text string) PartInput { return PartInput{Text: &text} }

// DataPart is a part of anything that JSON can say.
func DataPart(value any) PartInput { return PartInput{Data: Data(value).data} }

// callBody is the body of a call with what the settings say of it.
func callBody(input Input, s settings) ([]byte, error) {
	return marshalInput(CallBody{
		Text: input.text, Data: input.data, Message: input.message,
		ContextID: s.contextID, Metadata: s.metadata, OnDisconnect: s.onDisconnect,
	})
}

func marshalInput(body any) ([]byte, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, withCause(NewError(ReasonInvalidArgument, "The input is nothing that JSON can say: "+err.Error()), err)
	}
	return data, nil
}

// pathOf puts a name or id into a path.
//
// An empty one, `.` and `..` would be taken out of the URL, and ask for something else.
func pathOf(format, name, value string) (string, error) {
	if value != "" && value != "." && value != ".." {
		return fmt.Sprintf(format, url.PathEscape(value)), nil
	}
	detail := fmt.Sprintf("%q names no %s", value, name)
	e := NewError(ReasonInvalidArgument, detail)
	e.Errors = []FieldError{{Pointer: "#/path/" + name, Detail: detail}}
	return "", e
}
