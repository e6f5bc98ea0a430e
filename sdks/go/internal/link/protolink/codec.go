// Package protolink is the codec of the contract: packets are smartcall.v1.LinkPacket.
package protolink

import (
	"time"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
)

// Codec writes and reads frames whose payloads are *pb.Frame_Open, *pb.Message, *pb.Frame_Event, and
// for control frames a *pb.Frame.
type Codec struct{}

const framesField = 1

// Encode writes a frame with its tag and length, so that a packet is all of them in a row.
func (Codec) Encode(frame link.Frame) ([]byte, error) {
	message := toFrame(frame)
	options := proto.MarshalOptions{}
	size := options.Size(message)
	bytes := make([]byte, 0, 1+protowire.SizeBytes(size))
	bytes = protowire.AppendTag(bytes, framesField, protowire.BytesType)
	bytes = protowire.AppendVarint(bytes, uint64(size))
	options.UseCachedSize = true
	return options.MarshalAppend(bytes, message)
}

// Pack puts frames into a row.
func (Codec) Pack(frames [][]byte) []byte {
	if len(frames) == 1 {
		return frames[0]
	}
	size := 0
	for _, frame := range frames {
		size += len(frame)
	}
	packet := make([]byte, 0, size)
	for _, frame := range frames {
		packet = append(packet, frame...)
	}
	return packet
}

// Unpack reads a packet.
func (Codec) Unpack(packet []byte) ([]link.Frame, error) {
	var frames []link.Frame
	for len(packet) > 0 {
		number, kind, tagSize := protowire.ConsumeTag(packet)
		if tagSize < 0 {
			return nil, link.Broken("A packet could not be read.")
		}
		size := protowire.ConsumeFieldValue(number, kind, packet[tagSize:])
		if size < 0 {
			return nil, link.Broken("A packet could not be read.")
		}
		if number == framesField && kind == protowire.BytesType {
			bytes, _ := protowire.ConsumeBytes(packet[tagSize:])
			message := new(pb.Frame)
			if err := proto.Unmarshal(bytes, message); err != nil {
				return nil, link.Broken("A frame could not be read.")
			}
			if frame, isKnown := fromFrame(message); isKnown {
				frame.Size = tagSize + size
				frames = append(frames, frame)
			}
		}
		packet = packet[tagSize+size:]
	}
	return frames, nil
}

func toFrame(frame link.Frame) *pb.Frame {
	message := &pb.Frame{Exchange: frame.Exchange}
	outcome := frame.Outcome
	switch frame.Kind {
	case link.KindHello:
		h := frame.Hello
		message.Body = &pb.Frame_Hello_{Hello: &pb.Frame_Hello{
			Version: h.Version, WindowBytes: h.WindowBytes, MaxFrameBytes: h.MaxFrameBytes,
			Implementation: h.Implementation, Token: h.Token, InstanceId: h.InstanceID,
		}}
	case link.KindControl:
		return frame.Payload.(*pb.Frame)
	case link.KindDrain:
		message.Body = &pb.Frame_Drain_{Drain: &pb.Frame_Drain{Reason: outcome.Reason}}
	case link.KindClosing:
		message.Body = &pb.Frame_Closing_{Closing: &pb.Frame_Closing{
			Reason: outcome.Reason, Message: outcome.Message, RetryAfterMs: uint32(outcome.RetryAfter.Milliseconds()),
		}}
	case link.KindPing:
		message.Body = &pb.Frame_Ping_{Ping: &pb.Frame_Ping{Nonce: frame.Nonce}}
	case link.KindPong:
		message.Body = &pb.Frame_Pong_{Pong: &pb.Frame_Pong{Nonce: frame.Nonce}}
	case link.KindOpen:
		open := frame.Payload.(*pb.Frame_Open)
		open.HalfClose = frame.HalfClose
		message.Body = &pb.Frame_Open_{Open: open}
	case link.KindMessage:
		message.Body = &pb.Frame_Message{Message: frame.Payload.(*pb.Message)}
	case link.KindEvent:
		message.Body = &pb.Frame_Event_{Event: frame.Payload.(*pb.Frame_Event)}
	case link.KindCredit:
		message.Body = &pb.Frame_Credit_{Credit: &pb.Frame_Credit{Bytes: frame.Bytes}}
	case link.KindHalfClose:
		message.Body = &pb.Frame_HalfClose_{HalfClose: &pb.Frame_HalfClose{}}
	case link.KindClose:
		message.Body = &pb.Frame_Close_{Close: &pb.Frame_Close{
			Reason: outcome.Reason, Message: outcome.Message, Refused: outcome.Refused,
			Events: frame.Events, Details: toStruct(outcome.Details),
		}}
	case link.KindCancel:
		message.Body = &pb.Frame_Cancel_{Cancel: &pb.Frame_Cancel{Reason: outcome.Reason, Message: outcome.Message}}
	}
	return message
}

func fromFrame(message *pb.Frame) (link.Frame, bool) {
	frame := link.Frame{Exchange: message.Exchange}
	switch body := message.Body.(type) {
	case *pb.Frame_Hello_:
		frame.Kind = link.KindHello
		h := body.Hello
		frame.Hello = link.Hello{
			Version: h.Version, WindowBytes: h.WindowBytes, MaxFrameBytes: h.MaxFrameBytes,
			Implementation: h.Implementation, Token: h.Token, InstanceID: h.InstanceId,
		}
	case *pb.Frame_Register_, *pb.Frame_Ready_, *pb.Frame_Capacity_, *pb.Frame_Authenticate_:
		frame.Kind, frame.Payload = link.KindControl, message
	case *pb.Frame_Drain_:
		frame.Kind, frame.Outcome.Reason = link.KindDrain, body.Drain.Reason
	case *pb.Frame_Closing_:
		frame.Kind = link.KindClosing
		frame.Outcome = link.Outcome{
			Reason: body.Closing.Reason, Message: body.Closing.Message,
			RetryAfter: time.Duration(body.Closing.RetryAfterMs) * time.Millisecond,
		}
	case *pb.Frame_Ping_:
		frame.Kind, frame.Nonce = link.KindPing, body.Ping.Nonce
	case *pb.Frame_Pong_:
		frame.Kind, frame.Nonce = link.KindPong, body.Pong.Nonce
	case *pb.Frame_Open_:
		frame.Kind, frame.Payload, frame.HalfClose = link.KindOpen, body.Open, body.Open.HalfClose
	case *pb.Frame_Message:
		frame.Kind, frame.Payload = link.KindMessage, body.Message
	case *pb.Frame_Event_:
		frame.Kind, frame.Payload = link.KindEvent, body.Event
	case *pb.Frame_Credit_:
		frame.Kind, frame.Bytes = link.KindCredit, body.Credit.Bytes
	case *pb.Frame_HalfClose_:
		frame.Kind = link.KindHalfClose
	case *pb.Frame_Close_:
		c := body.Close
		frame.Kind, frame.Events = link.KindClose, c.Events
		frame.Outcome = link.Outcome{Reason: c.Reason, Message: c.Message, Refused: c.Refused, Details: c.Details.AsMap()}
	case *pb.Frame_Cancel_:
		frame.Kind = link.KindCancel
		frame.Outcome = link.Outcome{Reason: body.Cancel.Reason, Message: body.Cancel.Message}
	default:
		return frame, false
	}
	return frame, true
}

func toStruct(fields map[string]any) *structpb.Struct {
	if len(fields) == 0 {
		return nil
	}
	made, err := structpb.NewStruct(fields)
	if err != nil {
		return nil
	}
	return made
}
