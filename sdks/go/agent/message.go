package agent

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
)

// TextPart is a part of plain text.
func TextPart(text string) *pb.Part {
	return &pb.Part{Content: &pb.Part_Text{Text: text}}
}

// DataPart is a part of anything that JSON can say.
func DataPart(value any) (*pb.Part, error) {
	data, err := valueOf(value)
	if err != nil {
		return nil, err
	}
	return &pb.Part{Content: &pb.Part_Data{Data: data}}, nil
}

func valueOf(value any) (*structpb.Value, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("the value is nothing that JSON can say: %w", err)
	}
	made := new(structpb.Value)
	if err := protojson.Unmarshal(text, made); err != nil {
		return nil, fmt.Errorf("the value is nothing that JSON can say: %w", err)
	}
	return made, nil
}

// messageOf is the message of whatever a run answers with.
func messageOf(value any) (*pb.Message, error) {
	switch given := value.(type) {
	case *pb.Message:
		return given, nil
	case string:
		return message(TextPart(given)), nil
	case []*pb.Part:
		return message(given...), nil
	}
	part, err := DataPart(value)
	if err != nil {
		return nil, err
	}
	return message(part), nil
}

func message(parts ...*pb.Part) *pb.Message {
	return &pb.Message{Role: pb.Message_AGENT, Parts: parts}
}

// TextOf is the text of a message: its parts of text, a line break between two of them.
func TextOf(message *pb.Message) string {
	var texts []string
	for _, part := range message.GetParts() {
		if text, isText := part.Content.(*pb.Part_Text); isText {
			texts = append(texts, text.Text)
		}
	}
	return strings.Join(texts, "\n")
}

var errNoData = errors.New("the message has no part of data")

// ReadData reads the first part of data of a message into value.
func ReadData(message *pb.Message, value any) error {
	for _, part := range message.GetParts() {
		content, isData := part.Content.(*pb.Part_Data)
		if !isData {
			continue
		}
		text, err := content.Data.MarshalJSON()
		if err != nil {
			return err
		}
		return json.Unmarshal(text, value)
	}
	return errNoData
}
