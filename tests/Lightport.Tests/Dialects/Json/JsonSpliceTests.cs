using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Json;

public sealed class JsonSpliceTests
{
    private const string Text = """{ "a": 1 , "b":{"x":[]}, "c":"z" }""";

    private static readonly byte[] Data = Encoding.UTF8.GetBytes(Text);

    [Fact]
    public void WriteTo_NothingChanged_KeepsEveryByte()
    {
        var splice = new JsonSplice();

        Assert.True(splice.IsEmpty);
        Assert.Equal(Text, Applied(splice));
    }

    [Fact]
    public void Replace_Values_LeavesTheRestAsItStands()
    {
        var splice = new JsonSplice();
        splice.Replace(Field("c"), "null"u8);
        splice.Replace(Field("a"), "23"u8);

        Assert.Equal("""{ "a": 23 , "b":{"x":[]}, "c":null }""", Applied(splice));
    }

    [Theory]
    [InlineData("a", """{  "b":{"x":[]}, "c":"z" }""")]
    [InlineData("b", """{ "a": 1 ,  "c":"z" }""")]
    [InlineData("c", """{ "a": 1 , "b":{"x":[]} }""")]
    [InlineData("b c", """{ "a": 1  }""")]
    [InlineData("a b c", "{ }")]
    public void Remove_Fields_TakesTheCommaThatJoinsNothing(string names, string left)
    {
        var splice = new JsonSplice();
        foreach (string name in names.Split(' '))
        {
            splice.Remove(Data, Field(name));
        }

        Assert.Equal(left, Applied(splice));
        JsonElement.Parse(Applied(splice));
    }

    [Fact]
    public void InsertField_BesideRemovedOnes_StaysSound()
    {
        var splice = new JsonSplice();
        splice.InsertField(Data, 1, "n"u8, "0"u8);
        foreach (string name in (string[])["a", "b", "c"])
        {
            splice.Remove(Data, Field(name));
        }

        Assert.Equal(["n"], JsonElement.Parse(Applied(splice)).EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public void InsertField_IntoAnEmptyObject_HasNoComma()
    {
        var splice = new JsonSplice();
        splice.InsertField("{}"u8, 1, "a"u8, "1"u8);
        splice.InsertField("{}"u8, 1, "b"u8, "2"u8);

        Assert.Equal("""{"a":1,"b":2}""", Encoding.UTF8.GetString(splice.Apply("{}"u8)));
    }

    [Fact]
    public void Clear_AfterChanges_ForgetsThem()
    {
        var splice = new JsonSplice();
        splice.Remove(Data, Field("a"));
        splice.Clear();

        Assert.Equal(Text, Applied(splice));
    }

    private static string Applied(JsonSplice splice) => Encoding.UTF8.GetString(splice.Apply(Data));

    private static JsonSlice Field(string name)
    {
        var reader = new Utf8JsonReader(Data);
        reader.Read();
        while (reader.Read() && !reader.ValueTextEquals(name))
        {
            reader.Skip();
        }

        return JsonSlice.Take(ref reader, 0);
    }
}
