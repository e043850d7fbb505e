using System.Text;
using Lightport.Mcp.Connections;

namespace Lightport.Tests.Mcp;

public sealed class NestingLimitTests
{
    /// <summary>However the bytes come, the same are kept.</summary>
    [Theory]
    [InlineData("""{"a":[1,{"b":2}],"c":"x"}""", """{"a":[1,{}],"c":"x"}""")]
    [InlineData("""[[[["a"],["b"]]],"c"]""", """[[[]],"c"]""")]
    [InlineData("""{"a":{"b":"}{\"[\\","c":{"d":"]]}}","e":{"f":{}}},"g":1}}""", """{"a":{"b":"}{\"[\\","c":{},"g":1}}""")]
    [InlineData("""{"a":"\\","b":[["{"]]}""", """{"a":"\\","b":[[]]}""")]
    [InlineData("}}]]{\"a\":1}", "}}]]{\"a\":1}")]
    [InlineData("{\n\"a\": [\n[1]\n]\n}", "{\n\"a\": [\n[]\n]\n}")]
    public void Keep_OfATextInPieces_EmptiesWhatIsTooDeep(string text, string kept)
    {
        for (int size = 1; size <= text.Length; size++)
        {
            var limit = new NestingLimit(deepest: 2, isLined: false);

            Assert.Equal(kept, string.Concat(text.Chunk(size).Select(piece => Kept(limit, new string(piece)))));
        }
    }

    [Fact]
    public void Keep_OfLines_BeginsEachAnew()
    {
        var limit = new NestingLimit(deepest: 1, isLined: true);

        Assert.Equal("id: {\"[\ndata: {\"a\":[]}\n\n", Kept(limit, "id: {\"[\ndata: {\"a\":[[1]]}\n\n"));
    }

    private static string Kept(NestingLimit limit, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, limit.Keep(bytes)));
    }
}
