package agent

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"

	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
)

func serveForTest(t *testing.T, agents ...*Agent) (*Server, *grpc.ClientConn) {
	t.Helper()
	server, err := Serve(t.Context(), agents, ServeOptions{Log: silent, Grace: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	connection, err := grpc.NewClient(strings.TrimPrefix(server.URL(), "http://"), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return server, connection
}

func TestAServerSaysWhoStandsThereAndHowItIs(t *testing.T) {
	_, connection := serveForTest(t, echo)
	described, err := pb.NewAgentRuntimeServiceClient(connection).Describe(t.Context(), &pb.DescribeRequest{})
	if err != nil || len(described.Cards) != 1 || described.Cards[0].Name != "echo" {
		t.Errorf("%v, %v", described, err)
	}
	is, err := healthpb.NewHealthClient(connection).Check(t.Context(), &healthpb.HealthCheckRequest{Service: "smartcall.v1.AgentRuntimeService"})
	if err != nil || is.Status != healthpb.HealthCheckResponse_SERVING {
		t.Errorf("%v, %v", is, err)
	}
}

// executeAll reads an attempt over a plain RPC to its end.
func executeAll(ctx context.Context, connection *grpc.ClientConn, name string) (string, error) {
	stream, err := pb.NewAgentRuntimeServiceClient(connection).Execute(ctx, execute(name, 0).GetExecute())
	if err != nil {
		return "", err
	}
	text := ""
	for {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return text, nil
		}
		if err != nil {
			return text, err
		}
		text += event.GetOutputDelta().GetText() + TextOf(event.GetOutputCompleted().GetMessage())
	}
}

func TestAStockClientExecutes(t *testing.T) {
	heard := make(chan error, 64)
	_, connection := serveForTest(t, echo,
		New("boom", func(context.Context, *Call) (any, error) { return nil, errors.New("boom") }),
		New("many", func(_ context.Context, call *Call) (any, error) {
			for range 5000 {
				if _, err := call.WriteString("0123456789"); err != nil {
					return nil, err
				}
			}
			return nil, nil
		}),
		New("wait", func(ctx context.Context, call *Call) (any, error) {
			_, _ = call.WriteString("begun")
			<-ctx.Done()
			heard <- ctx.Err()
			return nil, nil
		}))
	if text, err := executeAll(t.Context(), connection, "echo"); err != nil || text != "hello" {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := executeAll(t.Context(), connection, "many"); err != nil || len(text) != 50_000 {
		t.Errorf("%d, %v", len(text), err)
	}
	_, err := executeAll(t.Context(), connection, "boom")
	said := status.Convert(err)
	if said.Code() != codes.Internal || said.Message() != "boom" || len(said.Details()) != 1 || said.Details()[0].(*errdetails.ErrorInfo).Reason != "AGENT_FAILED" {
		t.Errorf("%v", err)
	}
	text := ""
	// More time for a machine on which the run had not even begun.
	for timeout := 50 * time.Millisecond; text == ""; timeout *= 2 {
		late, cancel := context.WithTimeout(t.Context(), timeout)
		defer cancel()
		if text, err = executeAll(late, connection, "wait"); status.Code(err) != codes.DeadlineExceeded {
			t.Fatalf("%v", err)
		}
	}
	if err := <-heard; err == nil {
		t.Error("the run did not hear of the deadline")
	}
	canceled, cancelNow := context.WithCancel(t.Context())
	stream, err := pb.NewAgentRuntimeServiceClient(connection).Execute(canceled, execute("wait", 0).GetExecute())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	cancelNow()
	if _, err := stream.Recv(); status.Code(err) != codes.Canceled {
		t.Errorf("%v", err)
	}
	// Runs of the tries before may be heard of first.
	for !errors.Is(<-heard, context.Canceled) {
	}
}

func TestAServerThatClosesEndsWhatDoesNotEndInTime(t *testing.T) {
	begun := make(chan struct{})
	server, connection := serveForTest(t, New("wait", func(ctx context.Context, _ *Call) (any, error) {
		close(begun)
		<-ctx.Done()
		return nil, nil
	}))
	ended := make(chan error, 1)
	go func() {
		_, err := executeAll(context.Background(), connection, "wait")
		ended <- err
	}()
	<-begun
	server.Close()
	if err := <-ended; status.Code(err) != codes.Unavailable {
		t.Errorf("%v", err)
	}
}
