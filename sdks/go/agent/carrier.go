package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"

	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
	"github.com/smartcall/smartcall/sdks/go/internal/link/protolink"
)

const (
	implementation    = "smartcall-agent-go/1"
	maxPacketBytes    = 4 << 20
	streamWindowBytes = 4 << 20
	connWindowBytes   = 16 << 20
)

// packetCodec hands packets on as they are, as a link counts their bytes; all else is protobuf.
type packetCodec struct{ encoding.CodecV2 }

func newPacketCodec() packetCodec { return packetCodec{encoding.GetCodecV2(proto.Name)} }

func (c packetCodec) Marshal(value any) (mem.BufferSlice, error) {
	if packet, isPacket := value.(*[]byte); isPacket {
		return mem.BufferSlice{mem.SliceBuffer(*packet)}, nil
	}
	return c.CodecV2.Marshal(value)
}

func (c packetCodec) Unmarshal(data mem.BufferSlice, value any) error {
	if packet, isPacket := value.(*[]byte); isPacket {
		*packet = data.Materialize()
		return nil
	}
	return c.CodecV2.Unmarshal(data, value)
}

// packetStream is a gRPC stream of packets, of either end.
type packetStream interface {
	SendMsg(any) error
	RecvMsg(any) error
}

// carrier carries a link on a gRPC stream.
type carrier struct {
	stream packetStream
	// Ends the stream politely, after everything that was sent, and at once.
	finish func()
	abort  func()
	mu     sync.Mutex // Held while a packet is being sent.
	once   sync.Once
}

func (c *carrier) Send(packet []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stream.SendMsg(&packet)
}

func (c *carrier) Close(string) {
	c.once.Do(func() {
		if !c.mu.TryLock() {
			c.abort()
			return
		}
		defer c.mu.Unlock()
		c.finish()
		time.AfterFunc(500*time.Millisecond, c.abort)
	})
}

// read hands packets to the link until the stream ends, which it tells the link too.
func (c *carrier) read(l *link.Link) {
	for {
		var packet []byte
		if err := c.stream.RecvMsg(&packet); err != nil {
			l.Lost(streamError(err))
			return
		}
		l.Receive(packet)
	}
}

// streamError is what the end of a stream says of its link.
func streamError(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	said := status.Convert(err)
	reason := "INSTANCE_LOST"
	switch said.Code() {
	case codes.Canceled:
		reason = "CANCELED"
	case codes.InvalidArgument:
		reason = "INVALID_ARGUMENT"
	case codes.PermissionDenied:
		reason = "PERMISSION_DENIED"
	case codes.ResourceExhausted:
		reason = "RATE_LIMITED"
	case codes.Unimplemented:
		reason = "NOT_IMPLEMENTED"
	case codes.Unauthenticated:
		reason = "UNAUTHENTICATED"
	case codes.Unavailable:
		reason = "AGENT_UNAVAILABLE"
	}
	message := fmt.Sprintf("The other side ended the link with gRPC status %s: %s", said.Code(), said.Message())
	return &link.Error{Outcome: link.Outcome{Reason: reason, Message: message}, Cause: err}
}

// linkInit is what the end of a link is made of behind which agents stand.
type linkInit struct {
	host       *host
	isDialer   bool
	token      string
	instanceID string
	callerOf   func(*link.Link) caller
	onControl  func(any)
	onDrain    func(string)
	onClose    func(error)
}

// newAgentLink makes the end of a link behind which agents stand: it says hello, registers and takes
// calls.
func newAgentLink(c *carrier, init linkInit) *link.Link {
	var l *link.Link
	made := make(chan struct{})
	l = link.New(link.Options{
		IsDialer: init.isDialer, Carrier: c, Codec: protolink.Codec{}, Implementation: implementation,
		Token: init.token, InstanceID: init.instanceID,
		OnControl: init.onControl, OnDrain: init.onDrain, OnClose: init.onClose,
		Accept: func(e *link.Exchange, open any, _ bool) {
			<-made
			init.host.accept(e, open.(*pb.Frame_Open), init.callerOf(l))
		},
	})
	close(made)
	_ = l.Control(&pb.Frame{Body: &pb.Frame_Register_{Register: &pb.Frame_Register{
		Cards: init.host.cards, Capacity: uint32(init.host.capacity),
	}}})
	return l
}

// dial opens a stream to a gateway. Its end closes the connection.
func dial(ctx context.Context, gateway, method string) (*carrier, func(*link.Link), error) {
	target, transport, err := targetOf(gateway)
	if err != nil {
		return nil, nil, err
	}
	connection, err := grpc.NewClient(target,
		grpc.WithTransportCredentials(transport),
		grpc.WithInitialWindowSize(streamWindowBytes), grpc.WithInitialConnWindowSize(connWindowBytes),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(newPacketCodec()), grpc.MaxCallRecvMsgSize(maxPacketBytes), grpc.MaxCallSendMsgSize(maxPacketBytes)))
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	stream, err := connection.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true, ClientStreams: true}, method)
	if err != nil {
		cancel()
		connection.Close()
		return nil, nil, streamError(err)
	}
	c := &carrier{stream: stream, abort: cancel, finish: func() { _ = stream.CloseSend() }}
	read := func(l *link.Link) {
		c.read(l)
		cancel()
		connection.Close()
	}
	return c, read, nil
}

func targetOf(gateway string) (string, credentials.TransportCredentials, error) {
	if strings.Contains(gateway, "@") {
		// Which is not said: it would stand in errors and logs.
		return "", nil, errors.New("the URL of a gateway has no credentials: use AttachOptions.Token")
	}
	parsed, err := url.Parse(gateway)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		return "", nil, fmt.Errorf("%q is no URL of a gateway", gateway)
	}
	if parsed.Scheme == "http" {
		return "passthrough:///" + withPort(parsed, "80"), insecure.NewCredentials(), nil
	}
	return "passthrough:///" + withPort(parsed, "443"), credentials.NewTLS(nil), nil
}

func withPort(address *url.URL, port string) string {
	if address.Port() != "" {
		return address.Host
	}
	return address.Host + ":" + port
}
