package smartcall_test

import (
	"crypto/rand"
	"encoding/base64"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
)

// The example of the specification.
const (
	webhookSecret    = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	webhookPayload   = `{"test": 2432232314}`
	webhookSent      = 1_614_265_330
	webhookSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
)

func webhookHeaders(changes ...string) http.Header {
	headers := http.Header{
		"Webhook-Id": {"msg_p5jXN8AQM9LWM0D4loKWxJek"}, "Webhook-Timestamp": {"1614265330"}, "Webhook-Signature": {webhookSignature},
	}
	for i := 0; i+1 < len(changes); i += 2 {
		headers.Set(changes[i], changes[i+1])
	}
	return headers
}

func at(seconds int64) func() time.Time { return func() time.Time { return time.Unix(seconds, 0) } }

func TestTheExampleOfStandardWebhooks(t *testing.T) {
	webhooks := smartcall.Webhooks{Secrets: []string{webhookSecret}, Now: at(webhookSent)}
	var said struct{ Test int }
	if err := webhooks.Verify([]byte(webhookPayload), webhookHeaders(), &said); err != nil || said.Test != 2432232314 {
		t.Errorf("%+v, %v", said, err)
	}
	signed, err := webhooks.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", []byte(webhookPayload))
	if err != nil || !maps.EqualFunc(signed, webhookHeaders(), func(one, other []string) bool { return one[0] == other[0] }) {
		t.Errorf("%v, %v", signed, err)
	}
}

func TestAWebhookHoldsOrIsRefused(t *testing.T) {
	twice := webhookHeaders()
	twice.Add("Webhook-Id", "msg_2")
	good := []string{webhookSecret}
	for _, row := range []struct {
		name    string
		secrets []string
		now     int64
		headers http.Header
		payload string
		want    smartcall.Reason
	}{
		{"a secret without its prefix", []string{webhookSecret[6:]}, webhookSent, webhookHeaders(), webhookPayload, ""},
		{"one of two secrets", []string{"whsec_b2xk", webhookSecret}, webhookSent, webhookHeaders(), webhookPayload, ""},
		{"one of several signatures", good, webhookSent, webhookHeaders("webhook-signature", "v1a,eA== v1,b2xk v1,%% "+webhookSignature), webhookPayload, ""},
		{"five minutes", good, webhookSent + 300, webhookHeaders(), webhookPayload, ""},
		{"a clock that is ahead", good, webhookSent - 300, webhookHeaders(), webhookPayload, ""},
		{"another payload", good, webhookSent, webhookHeaders(), webhookPayload + " ", "UNAUTHENTICATED"},
		{"another id", good, webhookSent, webhookHeaders("webhook-id", "msg_2"), webhookPayload, "UNAUTHENTICATED"},
		{"another time", good, webhookSent, webhookHeaders("webhook-timestamp", "1614265331"), webhookPayload, "UNAUTHENTICATED"},
		{"no time", good, webhookSent, webhookHeaders("webhook-timestamp", "-1"), webhookPayload, "INVALID_ARGUMENT"},
		{"a far time", good, webhookSent, webhookHeaders("webhook-timestamp", "1614265330000"), webhookPayload, "INVALID_ARGUMENT"},
		{"another version", good, webhookSent, webhookHeaders("webhook-signature", "v2"+webhookSignature[2:]), webhookPayload, "UNAUTHENTICATED"},
		{"an empty signature", good, webhookSent, webhookHeaders("webhook-signature", "v1,"), webhookPayload, "UNAUTHENTICATED"},
		{"too many", good, webhookSent, webhookHeaders("webhook-signature", strings.Repeat("v1,% ", 16)+webhookSignature), webhookPayload, "UNAUTHENTICATED"},
		{"no header", good, webhookSent, http.Header{}, webhookPayload, "INVALID_ARGUMENT"},
		{"two ids", good, webhookSent, twice, webhookPayload, "INVALID_ARGUMENT"},
		{"too late", good, webhookSent + 301, webhookHeaders(), webhookPayload, "UNAUTHENTICATED"},
		{"too early", good, webhookSent - 301, webhookHeaders(), webhookPayload, "UNAUTHENTICATED"},
		{"no secret", []string{"whsec_"}, webhookSent, webhookHeaders(), webhookPayload, "INVALID_ARGUMENT"},
		{"none at all", nil, webhookSent, webhookHeaders(), webhookPayload, "UNAUTHENTICATED"},
	} {
		err := smartcall.Webhooks{Secrets: row.secrets, Now: at(row.now)}.Verify([]byte(row.payload), row.headers, nil)
		if got := smartcall.ReasonOf(err); got != row.want {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}

func TestWhatIsSignedHolds(t *testing.T) {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	webhooks := smartcall.Webhooks{Secrets: []string{"whsec_" + base64.StdEncoding.EncodeToString(key), "b2xk"}}
	signed, err := webhooks.Sign("m", []byte("Grüße"))
	if err != nil {
		t.Fatal(err)
	}
	if err := webhooks.Verify([]byte("Grüße"), signed, nil); err != nil {
		t.Error(err)
	}
	var value any
	if err := webhooks.Verify([]byte("Grüße"), signed, &value); smartcall.ReasonOf(err) != smartcall.ReasonInvalidArgument {
		t.Error(err)
	}
}
