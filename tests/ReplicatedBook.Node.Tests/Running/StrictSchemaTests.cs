using System.Text.Json;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Goal: what holds answers against their schemas lets no fault through. Method: a schema, and bodies with one
/// fault each.</summary>
public sealed class StrictSchemaTests
{
    private const string Document = """
        {"components":{"schemas":{
         "Order":{"type":"object","required":["id","levels"],"properties":{
          "id":{"type":"string","description":"whose"},
          "count":{"type":"integer","format":"int32"},
          "index":{"type":"integer","format":"int64"},
          "created_at":{"type":"string","format":"date-time"},
          "side":{"type":"string","enum":["buy","sell"]},
          "is_open":{"type":"boolean"},
          "parent":{"$ref":"#/components/schemas/Order"},
          "maybe":{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Order"}]},
          "levels":{"type":"array","minItems":1,"maxItems":2,"items":{"type":["string","integer"]}},
          "strange":{"type":"string","pattern":"a+"},
          "many":{"type":"number"},
          "named":{"type":"string","format":"email"}}}}}}
        """;

    private static readonly StrictSchema Schema = new(JsonDocument.Parse(Document).RootElement);

    [Theory]
    [InlineData("")]
    [InlineData(""","count":7,"index":9223372036854775807,"side":"buy","is_open":false""")]
    [InlineData(""","created_at":"2026-11-22T17:00:00.000001Z" """)]
    [InlineData(""","parent":{"id":"p","levels":[1]},"maybe":null""")]
    [InlineData(""","maybe":{"id":"m","levels":[1]}""")]
    public void What_is_as_described_has_no_fault(string more) => Assert.Null(FaultOf($$"""
        {"id":"a","levels":["x",1]{{more}}}
        """));

    [Theory]
    [InlineData("""{"levels":[1]}""", "$.id is missing")]
    [InlineData("""{"id":"a","levels":[1],"more":1}""", "$.more is not in the schema")]
    [InlineData("""{"id":"a","id":"b","levels":[1]}""", "$.id is there twice")]
    [InlineData("""{"id":null,"levels":[1]}""", "$.id is Null")]
    [InlineData("""{"id":1,"levels":[1]}""", "$.id is Number")]
    [InlineData("""{"id":"a","levels":[]}""", "$.levels has 0 items")]
    [InlineData("""{"id":"a","levels":[1,2,3]}""", "$.levels has 3 items")]
    [InlineData("""{"id":"a","levels":["x",true]}""", "$.levels[1] is True")]
    [InlineData("""{"id":"a","levels":{"0":1}}""", "$.levels is Object")]
    [InlineData("""{"id":"a","levels":[1],"count":2147483648}""", "which is no int32")]
    [InlineData("""{"id":"a","levels":[1],"count":"7"}""", "$.count is String")]
    [InlineData("""{"id":"a","levels":[1],"count":1.5}""", "$.count is Number")]
    [InlineData("""{"id":"a","levels":[1],"created_at":"yesterday"}""", "which is no date-time")]
    [InlineData("""{"id":"a","levels":[1],"created_at":"2026-13-22T17:00:00Z"}""", "which is no date-time")]
    [InlineData("""{"id":"a","levels":[1],"side":"up"}""", "none of")]
    [InlineData("""{"id":"a","levels":[1],"is_open":"true"}""", "$.is_open is String")]
    [InlineData("""{"id":"a","levels":[1],"parent":{"id":"p"}}""", "$.parent.levels is missing")]
    [InlineData("""{"id":"a","levels":[1],"maybe":{}}""", "$.maybe is not exactly one of")]
    [InlineData("""{"id":"a","levels":[1],"strange":"a"}""", "the keyword pattern is not understood")]
    [InlineData("""{"id":"a","levels":[1],"many":1}""", "$.many is Number")]
    [InlineData("""{"id":"a","levels":[1],"named":"a@b"}""", "which is no email")]
    [InlineData("[]", "$ is Array")]
    public void What_is_not_has_one(string json, string fault) =>
        Assert.Contains(fault, FaultOf(json), StringComparison.Ordinal);

    private static string? FaultOf(string json) =>
        Schema.FaultOf(Schema.Named("Order"), JsonDocument.Parse(json).RootElement);
}
