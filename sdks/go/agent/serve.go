package agent

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/reflection"
	"google.golang.org/grpc/status"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
)

// ServeOptions say how agents are served. Zero values stand for the defaults.
type ServeOptions struct {
	// Where to listen, as host:port. Default: a free port of 127.0.0.1.
	Address string
	// Calls that run at once. Default: 4,096.
	Capacity int
	// How long running calls have to end when it closes. Default: 10 s.
	Grace time.Duration
	// Where to log. Default: slog.Default().
	Log *slog.Logger
}

// Server is agents that wait for gateways to dial them.
type Server struct {
	pb.UnimplementedAgentRuntimeServiceServer
	host    *host
	options ServeOptions
	url     string
	rpc     *grpc.Server
	health  *health.Server
	once    sync.Once
	closed  chan struct{}
	// Takes the end of the context back.
	forget func() bool

	mu    sync.Mutex
	links map[*link.Link]struct{}
}

// Serve serves agents over gRPC in cleartext HTTP/2 until ctx ends or Close is called: the link,
// Execute, Describe, grpc.health.v1 and server reflection. It answers as soon as it listens.
func Serve(ctx context.Context, agents []*Agent, options ServeOptions) (*Server, error) {
	if options.Address == "" {
		options.Address = "127.0.0.1:0"
	}
	setDefault(&options.Grace, 10*time.Second)
	options.Log = loggerOrDefault(options.Log)
	host, err := newHost(agents, options.Capacity, options.Log)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", options.Address)
	if err != nil {
		return nil, err
	}
	s := &Server{
		host: host, options: options, url: "http://" + listener.Addr().String(), health: health.NewServer(),
		closed: make(chan struct{}), links: map[*link.Link]struct{}{},
		rpc: grpc.NewServer(
			grpc.ForceServerCodecV2(newPacketCodec()),
			// The link bounds each exchange by itself; HTTP/2's windows must not be the narrow place.
			grpc.InitialWindowSize(streamWindowBytes), grpc.InitialConnWindowSize(connWindowBytes),
			grpc.MaxRecvMsgSize(maxPacketBytes),
		),
	}
	pb.RegisterAgentRuntimeServiceServer(s.rpc, s)
	healthpb.RegisterHealthServer(s.rpc, s.health)
	s.health.SetServingStatus(pb.AgentRuntimeService_ServiceDesc.ServiceName, healthpb.HealthCheckResponse_SERVING)
	reflection.Register(s.rpc)
	go func() {
		if err := s.rpc.Serve(listener); err != nil {
			options.Log.Error("the server ended", "err", err)
		}
	}()
	s.forget = context.AfterFunc(ctx, s.begin)
	options.Log.Info("serving agents", "url", s.url, "agents", len(agents))
	return s, nil
}

// URL is `http://host:port`.
func (s *Server) URL() string { return s.url }

// Wait waits until the server is closed.
func (s *Server) Wait() { <-s.closed }

// Close takes no further calls, lets those that run end within the grace, and stops.
func (s *Server) Close() {
	s.forget()
	s.begin()
	s.Wait()
}

func (s *Server) begin() { s.once.Do(func() { go s.drain() }) }

func (s *Server) drain() {
	s.health.Shutdown()
	timer := time.NewTimer(s.options.Grace)
	defer timer.Stop()
	waits := []<-chan struct{}{s.host.drain()}
	for _, each := range s.openLinks() {
		waits = append(waits, each.Drain("the agent's process is going away"))
	}
	waitAll(waits, timer.C)
	stopped := time.AfterFunc(time.Second, s.rpc.Stop)
	s.host.abort(link.Outcome{Reason: string(smartcall.ReasonInstanceLost), Message: "The agent's process went away."})
	for _, each := range s.openLinks() {
		each.Close("", "")
	}
	s.rpc.GracefulStop()
	stopped.Stop()
	close(s.closed)
}

func (s *Server) openLinks() []*link.Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	links := make([]*link.Link, 0, len(s.links))
	for each := range s.links {
		links = append(links, each)
	}
	return links
}

// Describe says which agents stand here.
func (s *Server) Describe(context.Context, *pb.DescribeRequest) (*pb.DescribeResponse, error) {
	return &pb.DescribeResponse{Cards: s.host.cards}, nil
}

// Link serves one stream for all calls of a gateway.
func (s *Server) Link(stream grpc.BidiStreamingServer[pb.LinkPacket, pb.LinkPacket]) error {
	over := make(chan struct{})
	var once sync.Once
	end := func() { once.Do(func() { close(over) }) }
	c := &carrier{stream: stream, finish: end, abort: end}
	l := newAgentLink(c, linkInit{host: s.host, callerOf: func(own *link.Link) caller {
		return callerFunc(func(open *pb.Frame_Open, halfClose bool) *link.Exchange {
			return own.Open(open, halfClose)
		})
	}})
	s.mu.Lock()
	s.links[l] = struct{}{}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.links, l)
		s.mu.Unlock()
	}()
	read := make(chan struct{})
	go func() {
		defer close(read)
		c.read(l)
	}()
	// The stream ends when this returns: not before everything was sent.
	select {
	case <-over:
	case <-read:
		<-over
	}
	return nil
}

// Execute runs one attempt for a gateway that speaks no link.
func (s *Server) Execute(request *pb.ExecuteRequest, stream grpc.ServerStreamingServer[pb.AgentEvent]) error {
	ctx, cancel := context.WithCancelCause(stream.Context())
	e := &rpcExchange{ctx: ctx, cancel: cancel, stream: stream, done: make(chan struct{})}
	open := &pb.Frame_Open{HalfClose: true, Headers: map[string]string{}}
	if deadline, ok := ctx.Deadline(); ok {
		open.TimeoutMs = uint32(max(1, time.Until(deadline).Milliseconds()))
	}
	if headers, ok := metadata.FromIncomingContext(ctx); ok {
		if trace := headers.Get("traceparent"); len(trace) > 0 {
			open.Headers["traceparent"] = trace[0]
		}
	}
	open.Request = &pb.Frame_Open_Execute{Execute: request}
	s.host.accept(e, open, nil)
	select {
	case <-e.done:
	case <-stream.Context().Done():
		e.Close(outcomeOf(errorFrom(context.Cause(stream.Context()))))
	}
	return statusOf(e.outcome)
}

// rpcExchange is an exchange that is a plain RPC.
type rpcExchange struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	stream  grpc.ServerStreamingServer[pb.AgentEvent]
	mu      sync.Mutex
	isOver  bool
	outcome link.Outcome
	done    chan struct{}
}

func (e *rpcExchange) Context() context.Context { return e.ctx }

func (e *rpcExchange) Send(_ context.Context, payload any) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.isOver {
		return smartcall.NewError(smartcall.ReasonCanceled, "The run has already ended.")
	}
	return e.stream.Send(payload.(*pb.Frame_Event).GetAgent())
}

// Receive: no further message can come.
func (e *rpcExchange) Receive(context.Context) (any, error) { return nil, io.EOF }

func (e *rpcExchange) TryReceive() (any, bool) { return nil, false }

func (e *rpcExchange) Close(outcome link.Outcome) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.isOver {
		return
	}
	e.isOver = true
	e.outcome = outcome
	e.cancel(errors.New("the run has ended"))
	close(e.done)
}

// statusOf is the gRPC status of how an exchange ended, with an ErrorInfo that names the reason.
func statusOf(outcome link.Outcome) error {
	if outcome.Reason == "" {
		return nil
	}
	code := codes.Code(smartcall.Reason(outcome.Reason).Info().GRPCCode)
	said := status.New(code, outcome.Message)
	detailed, err := said.WithDetails(&errdetails.ErrorInfo{Reason: outcome.Reason, Domain: "smartcall"})
	if err != nil {
		return said.Err()
	}
	return detailed.Err()
}
