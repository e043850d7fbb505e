using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// A provider's key that comes in pieces, over any number of a stream's events: the client sees a beginning of it that
/// may be a word of the answer, and no more.
/// </summary>
public sealed class KeyTrailTests : IDisposable
{
    private const string Key = "sk-proj-0123456789abcdefghijklmnopqrstuvw";

    private readonly TestGateway _gateway = new("models: { m: [openai/x], loose: [mistral-ai/z] }");

    public KeyTrailTests()
    {
        _gateway.Secrets.Values["OPENAI_API_KEY"] = Key;
        _gateway.Secrets.Values["GROQ_API_KEY"] = Key;
    }

    [Theory]
    [InlineData("ChatCompletions", 1, "I show sk-proj-0123456[key], and sk-proj- is none.")]
    [InlineData("ChatCompletions", 2, "I show sk-proj-0123456[key], and sk-proj- is none.")]
    [InlineData("ChatCompletions", 3, "I show sk-proj-012345[key], and sk-proj- is none.")]
    [InlineData("ChatCompletions", 7, "I show sk-proj-012345[key], and sk-proj- is none.")]
    [InlineData("ChatCompletions", 16, "I show sk-proj-0[key], and sk-proj- is none.")]
    [InlineData("Messages", 1, "I show sk-proj-0123456[key], and sk-proj- is none.")]
    [InlineData("Responses", 3, "I show sk-proj-012345[key], and sk-proj- is none.")]
    public async Task KeyInPieces_IsNotTold(string door, int letters, string told)
    {
        string text = $"I show {Key}, and sk-proj- is none.";
        string[] pieces = [.. text.Chunk(letters).Select(letter => new string(letter))];

        Assert.Equal(told, await TextOf(door, pieces));
    }

    /// <summary>Some say how a key ends; of that less is told, as it is no vendor's word.</summary>
    [Theory]
    [InlineData("ChatCompletions", 1, "It ends in cdefghi[key], and no more.")]
    [InlineData("ChatCompletions", 3, "It ends in cdefghi[key], and no more.")]
    [InlineData("ChatCompletions", 16, "It ends in cdefg[key], and no more.")]
    [InlineData("Messages", 2, "It ends in cdefghi[key], and no more.")]
    [InlineData("Responses", 1, "It ends in cdefghi[key], and no more.")]
    public async Task LastHalfInPieces_IsNotTold(string door, int letters, string told)
    {
        string text = $"It ends in {Key[20..]}, and no more.";

        Assert.Equal(told, await TextOf(door, [.. text.Chunk(letters).Select(letter => new string(letter))]));
    }

    /// <summary>A few letters of it are no key.</summary>
    [Fact]
    public async Task FewLettersOfTheLastHalf_AreTold() => Assert.Equal(
        "cdefghi and cdef", await TextOf("ChatCompletions", ["cdef", "ghi", " and c", "def"]));

    [Theory]
    [InlineData(5, "\"sk-abcd/EFGH+i[key]\"")]
    [InlineData(1, "\"sk-abcd/EFGH+ij[key]\"")]
    public async Task EscapedKeyInPieces_IsNotTold(int letters, string told)
    {
        _gateway.Secrets.Values["OPENAI_API_KEY"] = "sk-abcd/EFGH+ijklMNOP+qrst/uvwx0123";
        string text = "\"sk-abcd/EFGH+ijklMNOP+qrst/uvwx0123\"";
        string[] pieces = [.. text.Chunk(letters).Select(letter => new string(letter)
            .Replace("/", "\\/", StringComparison.Ordinal)
            .Replace("+", "\\u002B", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal))];

        Assert.Equal(told, await TextOf("ChatCompletions", pieces));
    }

    /// <summary>What looks like a key's beginning passes byte for byte, to its last letter.</summary>
    [Fact]
    public async Task BeginningThatGoesOnOtherwise_IsTold()
    {
        const string Text = "sk-proj-012345 and sksksk-proj- are none; Groß\\u00dfes \\\"s";

        Assert.Equal(
            "sk-proj-012345 and sksksk-proj- are none; Großßes \"s",
            await TextOf("ChatCompletions", [.. Text.Split(' ').SelectMany(word => new[] { word, " " }).SkipLast(1)]));
    }

    /// <summary>The pieces of two answers take turns.</summary>
    [Fact]
    public async Task KeyInTwoChoicesAtOnce_IsToldInNeither()
    {
        var events = new StringBuilder(Wires.ChatRole);
        foreach (char[] letters in Key.Chunk(2))
        {
            string piece = Wires.ChatText.Replace("Hello", new string(letters), StringComparison.Ordinal);
            events.Append(piece).Append(piece.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal));
        }

        _gateway.Upstream.Answer(ScriptedResponse.Events(events + Wires.ChatFinish + Wires.ChatUsage + Wires.ChatDone));
        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        JsonNode[] choices =
            [.. Events(call.Text).SelectMany(frame => frame["choices"]!.AsArray()).Select(choice => choice!)];
        foreach (int index in new[] { 0, 1 })
        {
            Assert.Equal(
                "sk-proj-012345[key]",
                string.Concat(choices.Where(choice => (int)choice["index"]! == index)
                    .Select(choice => (string?)choice["delta"]!["content"])));
        }
    }

    private async Task<string> TextOf(string door, string[] pieces)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.ChatRole
            + string.Concat(pieces.Select(piece => Wires.ChatText.Replace("Hello", piece, StringComparison.Ordinal)))
            + Wires.ChatFinish + Wires.ChatUsage + Wires.ChatDone));
        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.All.Single(one => one.Name == door),
            door switch
            {
                "Messages" => Wires.MessagesStream,
                "Responses" => """{"model":"loose","input":"hi","stream":true,"store":false}""",
                _ => Wires.ChatStream,
            });
        return string.Concat(Events(call.Text).Select(told => door switch
        {
            "Messages" => (string?)told["delta"]?["text"],
            "Responses" => (string?)told["type"] == "response.output_text.delta" ? (string?)told["delta"] : null,
            _ => (string?)told["choices"]!.AsArray().FirstOrDefault()?["delta"]!["content"],
        }));
    }

    private static IEnumerable<JsonNode> Events(string text) => text.Split('\n')
        .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
        .Select(line => JsonNode.Parse(line[6..])!);

    public void Dispose() => _gateway.Dispose();
}
