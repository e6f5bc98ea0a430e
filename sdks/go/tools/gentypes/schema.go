package main

import (
	"fmt"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A schema, as far as the contract's generator uses JSON Schema.
type schema struct {
	Ref                  string             `yaml:"$ref"`
	Type                 string             `yaml:"type"`
	Format               string             `yaml:"format"`
	ContentEncoding      string             `yaml:"contentEncoding"`
	Description          string             `yaml:"description"`
	Enum                 []string           `yaml:"enum"`
	EnumDescriptions     []string           `yaml:"x-enum-descriptions"`
	Items                *schema            `yaml:"items"`
	Properties           properties         `yaml:"properties"`
	Required             []string           `yaml:"required"`
	Default              any                `yaml:"default"`
	AdditionalProperties additional         `yaml:"additionalProperties"`
	DependentSchemas     map[string]*schema `yaml:"dependentSchemas"`
	PropertyNames        *schema            `yaml:"propertyNames"`
	Not                  *schema            `yaml:"not"`
}

// properties keeps the order of the document.
type properties []property

type property struct {
	name   string
	schema *schema
}

func (p *properties) UnmarshalYAML(node *yaml.Node) error {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i+1].Kind == yaml.ScalarNode {
			// `false`: an alternative of a oneof, which another rules out.
			*p = append(*p, property{name: node.Content[i].Value})
			continue
		}
		s := new(schema)
		if err := node.Content[i+1].Decode(s); err != nil {
			return err
		}
		*p = append(*p, property{node.Content[i].Value, s})
	}
	return nil
}

// additional is `additionalProperties`: a bool, or the schema of the values.
type additional struct {
	forbidden bool
	schema    *schema
}

func (a *additional) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		a.forbidden = node.Value == "false"
		return nil
	}
	a.schema = new(schema)
	return node.Decode(a.schema)
}

// alternatives are the properties of which one at most is set.
func (s *schema) alternatives() map[string]bool {
	names := map[string]bool{}
	for name := range s.DependentSchemas {
		names[name] = true
	}
	return names
}

func readSchemas(path string) (map[string]*schema, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var document struct {
		Components struct {
			Schemas map[string]*schema `yaml:"schemas"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	if len(document.Components.Schemas) == 0 {
		return nil, fmt.Errorf("%s has no schemas", path)
	}
	return document.Components.Schemas, nil
}

func refName(ref string) string {
	return ref[strings.LastIndexByte(ref, '/')+1:]
}
