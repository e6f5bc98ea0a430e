package smartcall

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Webhooks verifies and signs webhooks as https://www.standardwebhooks.com has them.
type Webhooks struct {
	// `whsec_…`, or several while one takes the place of another.
	Secrets []string
	// How old a message may be, and how far ahead. Default: 5 minutes.
	Tolerance time.Duration
	// The time. Default: time.Now.
	Now func() time.Time
}

// maxSignatures bounds what is compared, so that nobody has thousands of signatures tried.
const maxSignatures = 16

// Verify makes sure that a webhook comes from who has a secret, and reads its payload, which is the
// body as it came, into value, unless that is nil. A message may come twice: remember its Webhook-Id.
//
// The error is UNAUTHENTICATED when no signature holds or the message is too old, INVALID_ARGUMENT
// when a header is missing or the payload is no JSON.
func (w Webhooks) Verify(payload []byte, headers http.Header, value any) error {
	id, err := webhookHeader(headers, "Webhook-Id")
	if err != nil {
		return err
	}
	timestamp, err := webhookHeader(headers, "Webhook-Timestamp")
	if err != nil {
		return err
	}
	signatures, err := webhookHeader(headers, "Webhook-Signature")
	if err != nil {
		return err
	}
	if err := w.checkTime(timestamp); err != nil {
		return err
	}
	isSigned := false
	for _, secret := range w.Secrets {
		wanted, err := signWebhook(secret, id, timestamp, payload)
		if err != nil {
			return err
		}
		for _, signature := range signaturesOf(signatures) {
			isSigned = hmac.Equal(signature, wanted) || isSigned
		}
	}
	if !isSigned {
		return NewError(ReasonUnauthenticated, "no signature of the webhook holds")
	}
	if value == nil {
		return nil
	}
	if err := json.Unmarshal(payload, value); err != nil {
		return withCause(NewError(ReasonInvalidArgument, "the payload is no such JSON: "+err.Error()), err)
	}
	return nil
}

// Sign answers the headers that sign a webhook, for those who send them and for tests of those who
// take them. The id is the same however often the message is delivered.
func (w Webhooks) Sign(id string, payload []byte) (http.Header, error) {
	timestamp := strconv.FormatInt(w.now().Unix(), 10)
	signed := make([]string, 0, len(w.Secrets))
	for _, secret := range w.Secrets {
		signature, err := signWebhook(secret, id, timestamp, payload)
		if err != nil {
			return nil, err
		}
		signed = append(signed, "v1,"+base64.StdEncoding.EncodeToString(signature))
	}
	return http.Header{
		"Webhook-Id": {id}, "Webhook-Timestamp": {timestamp}, "Webhook-Signature": {strings.Join(signed, " ")},
	}, nil
}

func (w Webhooks) now() time.Time {
	if w.Now == nil {
		return time.Now()
	}
	return w.Now()
}

func (w Webhooks) checkTime(timestamp string) error {
	seconds, err := strconv.ParseUint(timestamp, 10, 40)
	if err != nil || len(timestamp) > 12 {
		return NewError(ReasonInvalidArgument, "webhook-timestamp: expected seconds since 1970")
	}
	tolerance := w.Tolerance
	if tolerance == 0 {
		tolerance = 5 * time.Minute
	}
	if age := w.now().Sub(time.Unix(int64(seconds), 0)); age.Abs() > tolerance {
		return NewError(ReasonUnauthenticated, "the webhook is too old, or from the future")
	}
	return nil
}

func signWebhook(secret, id, timestamp string, payload []byte) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) == 0 {
		// What the secret is must not come into a log.
		return nil, NewError(ReasonInvalidArgument, "the secret of the webhook is no whsec_ and base64")
	}
	signer := hmac.New(sha256.New, key)
	signer.Write([]byte(id + "." + timestamp + "."))
	signer.Write(payload)
	return signer.Sum(nil), nil
}

func signaturesOf(header string) [][]byte {
	var signatures [][]byte
	for each := range strings.SplitSeq(header, " ") {
		text, isFirst := strings.CutPrefix(each, "v1,")
		if !isFirst {
			continue
		}
		if len(signatures) == maxSignatures {
			break
		}
		signature, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			signature = nil // Holds for nothing, and counts.
		}
		signatures = append(signatures, signature)
	}
	return signatures
}

func webhookHeader(headers http.Header, name string) (string, error) {
	if values := headers.Values(name); len(values) == 1 && values[0] != "" {
		return values[0], nil
	}
	return "", NewError(ReasonInvalidArgument, strings.ToLower(name)+": expected one such header")
}
