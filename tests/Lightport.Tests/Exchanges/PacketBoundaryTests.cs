using System.Text;
using Lightport.Tests.Dialects;

namespace Lightport.Tests.Exchanges;

/// <summary>What comes of a stream does not depend on how its bytes were packed on the way.</summary>
public sealed class PacketBoundaryTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          exact: { targets: [openai/x, groq/other], retry: { attempts: 1 } }
          loose: { targets: [loose/x, groq/other], retry: { attempts: 1 } }
          claude: { targets: [anthropic/x, groq/other], retry: { attempts: 1 } }
        """);

    /// <summary>Door, model, and the size of the pieces that the answer comes in.</summary>
    public static TheoryData<string, string, int> Cuts
    {
        get
        {
            var cuts = new TheoryData<string, string, int>();
            foreach (string door in (string[])["ChatCompletions", "Messages"])
            {
                foreach (string model in (string[])["exact", "loose", "claude"])
                {
                    foreach (int piece in (int[])[1, 3, 64, 100_000])
                    {
                        cuts.Add(door, model, piece);
                    }
                }
            }

            return cuts;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task ErrorBehindContent_IsContentThenAnErrorEvent(string door, string model, int piece)
    {
        ClientCall call = await SendAsync(door, model, piece, model == "claude"
            ? Wires.MessagesStart + Wires.MessagesText + Wires.MessagesError
            : Wires.ChatRole + Wires.ChatText + Wires.ChatError);

        Assert.Equal(200, call.Status);
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.Contains("Told by the provider.", call.Text, StringComparison.Ordinal);
        CheckBroken(door, call.Text);
        Assert.Single(_gateway.Upstream.Seen);
        Assert.NotNull(_gateway.Record.Error);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task EndBehindContent_IsContentThenAnErrorEvent(string door, string model, int piece)
    {
        ClientCall call = await SendAsync(door, model, piece, model == "claude"
            ? Wires.MessagesStart + Wires.MessagesText.TrimEnd('\n')
            : Wires.ChatRole + Wires.ChatText.TrimEnd('\n'));

        Assert.Equal(200, call.Status);
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        CheckBroken(door, call.Text);
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task ErrorBeforeContent_NextTargetAnswers(string door, string model, int piece)
    {
        _gateway.Upstream.Answer(Cut(piece, model == "claude"
            ? Wires.MessagesStart + Wires.MessagesError + Wires.MessagesText
            : Wires.ChatRole + Wires.ChatError + Wires.ChatText));
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = await SendAsync(door, model);

        Assert.Equal("groq", call.Header("x-lightport-provider"));
        Assert.DoesNotContain("Told by the provider.", call.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private static void CheckBroken(string door, string text)
    {
        if (door == "Messages")
        {
            Assert.Null(MessagesStreamLaws.Check(text));
        }
        else
        {
            ChatStreamLaws.Check(text, includeUsage: false);
            Assert.Contains("\"error\":{", text, StringComparison.Ordinal);
        }
    }

    private static ScriptedResponse Cut(int piece, string events) =>
        new(200, "text/event-stream", new CutBody(Encoding.UTF8.GetBytes(events), piece));

    private Task<ClientCall> SendAsync(string door, string model, int piece, string events)
    {
        _gateway.Upstream.Answer(Cut(piece, events));
        return SendAsync(door, model);
    }

    private Task<ClientCall> SendAsync(string door, string model) => door == "Messages"
        ? _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For(model, Wires.MessagesStream))
        : _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.ChatStream));
}
