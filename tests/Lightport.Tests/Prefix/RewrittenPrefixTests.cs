using Lightport.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Prefix;

/// <summary>The same law where a request is read and written anew in its own dialect, as a stage will have it.</summary>
public sealed class RewrittenPrefixTests
{
    private const int Talks = 80;

    [Theory]
    [InlineData(DialectIds.OpenAIChat, Folding.None)]
    [InlineData(DialectIds.AnthropicMessages, Folding.Blocks)]
    public void History_InItsOwnDialect_BeginsAsItWas(string dialect, Folding folding)
    {
        var watch = new PrefixWatch(folding);
        for (int seed = 0; seed < Talks; seed++)
        {
            var settings = new Random(seed);
            Talk talk = TalkMaker.Make(dialect, seed);
            watch.Compare(
                $"seed {seed}",
                [.. talk.Asked.Select(count => Rewrite(dialect, talk.Request(count, "m", settings)))]);
        }

        Assert.True(watch.Holds, watch.Report);
        Assert.NotEqual(0, watch.Pairs);
    }

    private static string Rewrite(string dialect, string request) => dialect == DialectIds.OpenAIChat
        ? ChatWire.EncodeRequest(ChatWire.DecodeRequest(request))
        : PlainJson.Of(Wire.Encode(Wire.DecodeRequest(request)));
}
