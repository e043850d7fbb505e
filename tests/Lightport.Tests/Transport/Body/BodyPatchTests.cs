using System.Text;
using System.Text.Json;
using Lightport.Transport.Body;

namespace Lightport.Tests.Transport.Body;

public sealed class BodyPatchTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2,"c":3}""", "a", """{"b":2,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "b", """{"a":1,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "c", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "ab", """{"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "bc", """{"a":1}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "ac", """{"b":2}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "abc", "{}")]
    [InlineData("""{"a":1}""", "x", """{"a":1}""")]
    [InlineData(""" { "a" : 1 , "b" : 2 } """, "b", """ { "a" : 1 } """)]
    [InlineData(""" { "a" : 1 , "b" : 2 } """, "a", """ { "b" : 2 } """)]
    public void Remove_Fields_LeavesNoCommaBehind(string body, string fields, string expected)
    {
        BodyPatch patch = Patch(body);
        foreach (char field in fields)
        {
            patch.Remove(field.ToString());
        }

        Assert.Equal(expected, Text(patch));
    }

    [Theory]
    [InlineData("{}", """{"model":"m"}""")]
    [InlineData(" { } ", """ {"model":"m" } """)]
    [InlineData("""{"a":1}""", """{"a":1,"model":"m"}""")]
    [InlineData("""{"model":"x","a":1}""", """{"model":"m","a":1}""")]
    [InlineData("""{ "a": [ 1 ], "model" : "x" , "b":2 }""", """{ "a": [ 1 ],"model":"m" , "b":2 }""")]
    public void Set_Field_ReplacesOrAdds(string body, string expected)
    {
        BodyPatch patch = Patch(body);
        patch.Set("model", "\"m\""u8);

        Assert.Equal(expected, Text(patch));
    }

    [Fact]
    public void Set_FirstAfterRemovals_StandsWithoutComma()
    {
        BodyPatch patch = Patch("""{"a":1,"b":2,"c":3}""");
        patch.Remove("a");
        patch.Set("b", "4"u8);
        patch.Remove("c");

        Assert.Equal("""{"b":4}""", Text(patch));
    }

    [Fact]
    public void Rename_Field_KeepsItsText()
    {
        BodyPatch patch = Patch("""{"max_completion_tokens":1.0e3,"a":1}""");
        patch.Rename("max_completion_tokens", "max_tokens");

        Assert.Equal("""{"a":1,"max_tokens":1.0e3}""", Text(patch));
    }

    [Fact]
    public void Rename_NewNameIsThere_WinsOverTheOld()
    {
        BodyPatch patch = Patch("""{"a":1,"b":2}""");
        patch.Rename("a", "b");

        Assert.Equal("""{"b":2}""", Text(patch));
    }

    [Fact]
    public void Rename_AfterOtherEdits_SeesThem()
    {
        BodyPatch patch = Patch("""{"a":1,"b":2}""");
        patch.Set("a", "5"u8);
        patch.Remove("b");
        patch.Rename("a", "b");
        patch.Rename("b", "b");

        Assert.Equal("""{"b":5}""", Text(patch));
    }

    [Fact]
    public void Apply_NoEdit_IsTheBodyItself()
    {
        JsonEnvelope envelope = JsonEnvelope.Read("""{"a":1}"""u8.ToArray());

        Assert.Equal(envelope.Body, Assert.Single(new BodyPatch(envelope).Apply().Segments));
    }

    [Fact]
    public void Apply_Twice_LeavesTheOriginalAndAnswersTheSame()
    {
        byte[] body = """{"model":"a/b","x":1}"""u8.ToArray();
        byte[] before = [.. body];
        var patch = new BodyPatch(JsonEnvelope.Read(body));
        patch.Set("model", "\"b\""u8);

        Assert.Equal(patch.Apply().ToArray(), patch.Apply().ToArray());
        Assert.Equal(patch.Apply().Length, patch.Apply().ToArray().Length);
        Assert.Equal(before, body);
    }

    [Fact]
    public void TryGetValue_SeesTheBodyAndItsEdits()
    {
        BodyPatch patch = Patch("""{"a":1,"b":2}""");
        patch.Set("b", "3"u8);
        patch.Set("c", "null"u8);
        patch.Remove("a");

        Assert.False(patch.TryGetValue("a", out _));
        Assert.False(patch.TryGetValue("d", out _));
        Assert.True(patch.TryGetValue("b", out ReadOnlySpan<byte> b) && b.SequenceEqual("3"u8));
        Assert.True(patch.TryGetValue("c", out ReadOnlySpan<byte> c) && c.SequenceEqual("null"u8));
    }

    [Fact]
    public void Set_NameWithQuotes_IsEscaped()
    {
        BodyPatch patch = Patch("{}");
        patch.Set("a\"\n", "1"u8);

        using JsonDocument document = JsonDocument.Parse(Text(patch));
        Assert.Equal("a\"\n", document.RootElement.EnumerateObject().Single().Name);
    }

    private static BodyPatch Patch(string body) => new(JsonEnvelope.Read(Encoding.UTF8.GetBytes(body)));

    private static string Text(BodyPatch patch) => Encoding.UTF8.GetString(patch.Apply().ToArray());
}
