using System.Text;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatChunkChoicesTests
{
    [Theory]
    [InlineData("""{"choices":[]}""", "")]
    [InlineData("""{"choices":null}""", "")]
    [InlineData("""{"id":"x"}""", "")]
    [InlineData("""{"choices":[{"index":4,"delta":{"content":"a"}}]}""", "4:a")]
    [InlineData(
        """{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}},{"index":2}]}""",
        "0:a 1:b 2:")]
    [InlineData("""{"choices":[null,[1],{"index":1,"delta":{"content":"b"}},7,{"index":2}]}""", "1:b 2:")]
    [InlineData("""{"choices":[{"index":3}],"id":"x","choices":[{"index":5,"delta":{"content":"c"}}]}""", "5:c")]
    public void Choices_AreReadInOrder_HoweverMany(string chunk, string choices) =>
        Assert.Equal(choices, Read(chunk, whole: false));

    /// <summary>Some send both, in either order; in a stream the delta counts, in a whole answer the message.</summary>
    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"d"},"message":{"content":"m"}}]}""", "0:d", "0:m")]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"m"},"delta":{"content":"d"}}]}""", "0:d", "0:m")]
    [InlineData(
        """{"choices":[{"index":0,"message":{"content":"m"}},{"index":1,"message":null,"delta":{"content":"d"}}]}""",
        "0:m 1:d",
        "0:m 1:d")]
    public void MessageBesideADelta_CountsInAWholeAnswer(string chunk, string streamed, string whole)
    {
        Assert.Equal(streamed, Read(chunk, whole: false));
        Assert.Equal(whole, Read(chunk, whole: true));
    }

    private static string Read(string json, bool whole)
    {
        byte[] data = Encoding.UTF8.GetBytes(json);
        var choices = new OpenAIChatChunkChoices(data, OpenAIChatChunk.Scan(data, whole), whole);
        var read = new List<string>();
        while (choices.Next(out OpenAIChatChunkChoice choice))
        {
            read.Add($"{choice.Index}:{choice.Content.Text(data)}");
        }

        return string.Join(' ', read);
    }
}
