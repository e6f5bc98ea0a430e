// Package smartcall calls agents through a Smartcall gateway: calls that wait, streams that resume by
// themselves, and the records of both.
//
//	client := smartcall.New()
//	task, err := client.Call(ctx, "calculator", smartcall.Text("6 * 7"))
//
// Package agent, beside this one, makes agents.
package smartcall
