package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// renamed are schemas that are called otherwise in Go.
var renamed = map[string]string{
	"CallRequestOnDisconnect": "OnDisconnect",
	"ProblemReason":           "Reason",
	"TaskEventEndReason":      "EndReason",
	"TaskEventGapPolicy":      "GapPolicy",
}

// skipped are schemas that stand in another file, or are of no use to a client.
var skipped = map[string]bool{"ProblemReason": true}

func writeTypes(b *bytes.Buffer, schemas map[string]*schema) {
	b.WriteString("import (\n\"encoding/json\"\n\"time\"\n)\n")
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		s := schemas[name]
		switch {
		case skipped[name]:
		case len(s.Enum) > 0:
			writeEnum(b, typeName(name), s)
		case s.Type == "object":
			writeStruct(b, typeName(name), s, schemas)
		}
	}
}

func writeEnum(b *bytes.Buffer, name string, s *schema) {
	head, _, _ := strings.Cut(s.Description, "\n\n")
	writeComment(b, name+" says: "+lowerFirst(head)+"\n\nA newer gateway may say values that are not listed here.")
	fmt.Fprintf(b, "type %s string\n\nconst (\n", name)
	for i, value := range s.Enum {
		if i < len(s.EnumDescriptions) {
			writeComment(b, s.EnumDescriptions[i])
		}
		fmt.Fprintf(b, "%s%s %s = %q\n", name, pascalFromConstant(value), name, value)
	}
	b.WriteString(")\n\n")
}

func writeStruct(b *bytes.Buffer, name string, s *schema, schemas map[string]*schema) {
	isInput := s.AdditionalProperties.forbidden
	writeComment(b, summary(name, s.Description))
	fmt.Fprintf(b, "type %s struct {\n", name)
	alternatives := s.alternatives()
	for _, p := range s.Properties {
		isRequired := slices.Contains(s.Required, p.name)
		kind := fieldType{schemas: schemas, isInput: isInput, isRequired: isRequired}
		// What may be empty and still be there needs a pointer.
		kind.isPresent = alternatives[p.name] || isAlternative(s, p.name) || (!isInput && !isRequired && p.schema.Default == nil)
		writeComment(b, p.schema.Description)
		option := ",omitzero"
		if isRequired {
			option = ""
		}
		fmt.Fprintf(b, "%s %s `json:\"%s%s\"`\n", fieldName(p.name), kind.of(p.schema), p.name, option)
	}
	if isInput {
		b.WriteString("}\n\n")
		return
	}
	b.WriteString("// Extra has the fields that this version does not know.\nExtra map[string]json.RawMessage `json:\"-\"`\n}\n\n")
	fmt.Fprintf(b, "// UnmarshalJSON keeps what this version does not know in Extra.\n")
	fmt.Fprintf(b, "func (x *%[1]s) UnmarshalJSON(data []byte) error {\ntype plain %[1]s\n", name)
	fmt.Fprintf(b, "return unmarshalKeeping(data, (*plain)(x), &x.Extra, ")
	for i, p := range s.Properties {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(b, "%q", p.name)
	}
	fmt.Fprintf(b, ")\n}\n\n// MarshalJSON writes Extra beside the fields that this version knows.\n")
	fmt.Fprintf(b, "func (x %[1]s) MarshalJSON() ([]byte, error) {\ntype plain %[1]s\nreturn marshalKeeping(plain(x), x.Extra)\n}\n\n", name)
	if strings.HasSuffix(name, "Event") {
		writeKind(b, name, s)
	}
}

// writeKind makes the method that names which of the alternatives an event is.
func writeKind(b *bytes.Buffer, name string, s *schema) {
	fmt.Fprintf(b, "// Kind names what happened by the field that says it; a newer kind that this version does not know by\n// its name in Extra, and \"unknown\" when the event does not say.\n")
	fmt.Fprintf(b, "func (x *%s) Kind() string {\nreturn kindOf(x.Extra", name)
	for _, p := range s.Properties {
		if s.alternatives()[p.name] || isAlternative(s, p.name) {
			fmt.Fprintf(b, ",\nkind{%q, x.%s != nil}", p.name, fieldName(p.name))
		}
	}
	b.WriteString(",\n)\n}\n\n")
}

// isAlternative finds the last of the alternatives, which no dependentSchemas names as a key.
func isAlternative(s *schema, name string) bool {
	return len(s.DependentSchemas) > 0 && isNamedIn(s, name)
}

func isNamedIn(s *schema, name string) bool {
	for _, alternative := range s.DependentSchemas {
		if names := alternative.PropertyNames; names != nil && names.Not != nil && slices.Contains(names.Not.Enum, name) {
			return true
		}
	}
	return false
}

type fieldType struct {
	schemas                        map[string]*schema
	isInput, isRequired, isPresent bool
}

func (f fieldType) of(s *schema) string {
	switch {
	case s.Ref != "":
		name := refName(s.Ref)
		if len(f.schemas[name].Enum) > 0 || f.isRequired {
			return typeName(name)
		}
		return "*" + typeName(name)
	case s.Type == "array":
		item := fieldType{schemas: f.schemas, isInput: f.isInput, isRequired: true}
		return "[]" + item.of(s.Items)
	case s.Type == "object" && s.AdditionalProperties.schema != nil:
		value := fieldType{schemas: f.schemas, isInput: f.isInput, isRequired: true}
		return "map[string]" + value.of(s.AdditionalProperties.schema)
	case s.Type == "object":
		return "Object"
	case s.Type == "string" && s.Format == "date-time":
		return "time.Time"
	case s.Type == "string" && s.ContentEncoding == "base64":
		return "[]byte"
	case s.Type == "string":
		return f.orPointer("string")
	case s.Type == "integer" && s.Format == "int32":
		return f.orPointer("int32")
	case s.Type == "integer":
		return f.orPointer("int64")
	case s.Type == "number":
		return f.orPointer("float64")
	case s.Type == "boolean":
		return f.orPointer("bool")
	case f.isInput:
		return "any"
	default:
		return "json.RawMessage"
	}
}

func (f fieldType) orPointer(name string) string {
	if f.isPresent && !f.isRequired {
		return "*" + name
	}
	return name
}
