using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Json;

public sealed class FieldPathTests
{
    private static readonly JsonElement Body = JsonElement.Parse("""
        {"a":1, "messages":[{"role":"x"}, {"content":[[0,{"n\u0061me":"deep"}], "last"]}], "b":{"c":{"d":null}}}
        """);

    [Fact]
    public void Of_AnyValue_IsTheWayToIt()
    {
        JsonElement content = Body.GetProperty("messages")[1].GetProperty("content");

        Assert.Equal("", FieldPath.Of(Body, Body));
        Assert.Equal("a", FieldPath.Of(Body, Body.GetProperty("a")));
        Assert.Equal("messages[0].role", FieldPath.Of(Body, Body.GetProperty("messages")[0].GetProperty("role")));
        Assert.Equal("messages[1].content", FieldPath.Of(Body, content));
        Assert.Equal("messages[1].content[0][1].name", FieldPath.Of(Body, content[0][1].GetProperty("name")));
        Assert.Equal("messages[1].content[1]", FieldPath.Of(Body, content[1]));
        Assert.Equal("b.c.d", FieldPath.Of(Body, Body.GetProperty("b").GetProperty("c").GetProperty("d")));
    }

    [Fact]
    public void Of_ValueOfAnotherBody_IsEmpty() =>
        Assert.Equal("", FieldPath.Of(Body, JsonElement.Parse("""{"a":1}""").GetProperty("a")));
}
