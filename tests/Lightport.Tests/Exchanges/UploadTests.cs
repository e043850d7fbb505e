using System.IO.Compression;
using System.Text;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Tests.Exchanges;

/// <summary>How a client's body is taken in: within a time, within the memory that there is, and unpacked.</summary>
public sealed class UploadTests
{
    private const int Mebibyte = 1024 * 1024;
    private const string Models = "models: { m: [loose/x], claude: [anthropic/y] }";

    private static readonly Dictionary<string, string> Gzip = new() { ["content-encoding"] = "gzip" };

    [Theory]
    [InlineData(500_000, 60)]
    [InlineData(50_000_000, 300)]
    [InlineData(null, 300)]
    public async Task BodyThatNeverEnds_Is408(int? length, int seconds)
    {
        using var gateway = new TestGateway(Models);
        var body = new ScriptedBody().Tell("{");
        ClientCall call = gateway.Start(
            GatewayEndpoints.ChatCompletions, headers: Announced(length), upload: body);
        await body.Hungry;
        gateway.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(call.Done.IsCompleted);
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        await call.Done;
        Assert.Equal(408, call.Status);
        Assert.Equal("request_timeout", call.Error("code"));
        Assert.Equal(ErrorKind.Timeout, gateway.Record.Error!.Kind);
    }

    [Fact]
    public async Task ClientThatLeavesWhileItSends_IsNoError()
    {
        using var gateway = new TestGateway(Models);
        var body = new ScriptedBody().Tell("{");
        ClientCall call = gateway.Start(
            GatewayEndpoints.ChatCompletions, headers: Announced(500_000), upload: body);
        await body.Hungry;
        call.Abort();
        await call.Done;
        Assert.Equal(499, gateway.Record.Status);
    }

    [Fact]
    public async Task Announcements_TakeNoMemory()
    {
        using var gateway = new TestGateway(Models, budget: new BodyBudget(4 * Mebibyte));
        var bodies = new List<ScriptedBody>();
        for (int i = 0; i < 9; i++)
        {
            bodies.Add(new ScriptedBody().Tell("{"));
            gateway.Start(GatewayEndpoints.ChatCompletions, headers: Announced(100 * Mebibyte), upload: bodies[^1]);
            await bodies[^1].Hungry;
        }

        ClientCall small = await SmallAsync(gateway);
        Assert.Equal(200, small.Status);
        ClientCall large = await LargeAsync(gateway);
        Assert.Equal(200, large.Status);
    }

    [Fact]
    public async Task LargeBodies_PastTheBudgetAre503AndSmallOnesAreServed()
    {
        using var gateway = new TestGateway(Models, budget: new BodyBudget(4 * Mebibyte));
        var held = new ScriptedBody().Tell(new byte[3 * Mebibyte / 2]);
        ClientCall first = gateway.Start(
            GatewayEndpoints.ChatCompletions, headers: Announced((3 * Mebibyte / 2) + 1), upload: held);
        await held.Hungry;

        ClientCall second = await LargeAsync(gateway);
        Assert.Equal(503, second.Status);
        Assert.Equal("5", second.Header("retry-after"));
        Assert.Equal("overloaded", second.Error("code"));
        ClientCall small = await SmallAsync(gateway);
        Assert.Equal(200, small.Status);

        held.End();
        await first.Done;
        Assert.Equal(400, first.Status);
        ClientCall third = await LargeAsync(gateway);
        Assert.Equal(200, third.Status);
    }

    [Fact]
    public async Task BodyThatNeverFits_Is413()
    {
        using var gateway = new TestGateway(Models, budget: new BodyBudget(4 * Mebibyte));
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Request(4 * Mebibyte));
        Assert.Equal(413, call.Status);
        Assert.Equal("request_too_large", call.Error("code"));
    }

    [Fact]
    public async Task TranslatedBody_AnswersForItsTextToo()
    {
        using var gateway = new TestGateway(Models, budget: new BodyBudget(8 * Mebibyte));
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("claude", Request(3 * Mebibyte)));
        Assert.Equal(413, call.Status);
        Assert.Empty(gateway.Upstream.Seen);
    }

    /// <summary>Few bytes may be a great many pieces, each of which is an object of its own.</summary>
    [Theory]
    [InlineData("claude", "metadata")]
    [InlineData("m", "stream_options")]
    public async Task BodyOfManyPieces_AnswersForThemToo(string model, string field)
    {
        using var gateway = new TestGateway(Models, budget: new BodyBudget(32 * Mebibyte));
        string pieces = string.Concat(Enumerable.Repeat("1,", 400_000));
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For(model, Wires.Chat)[..^1] + $",\"{field}\":[{pieces}1]}}");

        Assert.Equal((413, "request_too_large"), (call.Status, call.Error("code")));
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task SmallBodiesOfOneKey_LeaveRoomForThoseOfOthers()
    {
        using var gateway = new TestGateway(
            Models + $$"""

            keys:
              - { name: many, sha256: "{{KeyHash.Of("many-key-0123456789")}}" }
              - { name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }
            """,
            budget: new BodyBudget(16 * Mebibyte));
        var held = new List<(ClientCall Call, ScriptedBody Body)>();
        int refused = 0;
        for (int i = 0; i < 16 && refused == 0; i++)
        {
            var body = new ScriptedBody().Tell(new byte[(Mebibyte / 2) - 1]);
            ClientCall call = gateway.Start(
                GatewayEndpoints.ChatCompletions, headers: By("many", Mebibyte / 2), upload: body);
            await Task.WhenAny(body.Hungry, call.Done);
            refused += call.Done.IsCompleted ? 1 : 0;
            held.Add((call, body));
        }

        Assert.Equal((1, 503), (refused, held[^1].Call.Status));
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall other = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat, By("one"));
        Assert.Equal(200, other.Status);

        foreach ((ClientCall call, ScriptedBody body) in held)
        {
            body.End();
            await call.Done;
        }

        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall again = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat, By("many"));
        Assert.Equal(200, again.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Memory_IsGivenBackWhateverHappens(bool translated)
    {
        using var gateway = new TestGateway(Models, budget: new BodyBudget(64 * Mebibyte));
        string request = Wires.For(translated ? "claude" : "m", Request((2 * Mebibyte) - 4096));
        string answer = translated ? Wires.MessagesAnswer : Wires.ChatAnswer;
        for (int i = 0; i < 40; i++)
        {
            gateway.Upstream.Forget();
            gateway.Upstream.Answer(ScriptedResponse.Json((i % 4) switch
            {
                0 => answer,
                1 => "{\"id\":",
                2 => answer.Replace("Hello", new string('x', 2 * Mebibyte), StringComparison.Ordinal),
                _ => "nonsense" + new string('x', 2 * Mebibyte),
            }));
            ClientCall call = await gateway.SendAsync(
                GatewayEndpoints.ChatCompletions,
                request,
                new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" });
            Assert.True(call.Status == (i % 2 == 0 ? 200 : 502), $"{i}: {call.Status}");
        }
    }

    [Fact]
    public async Task GzipBody_ReachesTheProviderUnpacked()
    {
        using var gateway = new TestGateway(Models);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await PackedAsync(gateway, Packed(Encoding.UTF8.GetBytes(Wires.Chat)));
        Assert.Equal(200, call.Status);
        Assert.Equal(Wires.Chat.Replace("\"m\"", "\"x\"", StringComparison.Ordinal), gateway.Upstream.Last.Body);
    }

    [Theory]
    [InlineData(2 * Mebibyte)]
    [InlineData(100 * Mebibyte)]
    public async Task GzipBomb_Is413(int length)
    {
        using var gateway = new TestGateway(Models);
        ClientCall call = await PackedAsync(gateway, Packed(new byte[length]));
        Assert.Equal(413, call.Status);
        Assert.Contains("unpacks to", call.Error("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GzipBodyThatIsNone_Is400()
    {
        byte[] whole = Packed(Encoding.UTF8.GetBytes(Request(64 * 1024)));
        foreach (byte[] body in (byte[][])[Encoding.UTF8.GetBytes(Wires.Chat), [], whole[..^20], whole[..5]])
        {
            using var gateway = new TestGateway(Models);
            ClientCall call = await PackedAsync(gateway, body);
            Assert.Equal(400, call.Status);
        }
    }

    private static Dictionary<string, string> Announced(int? length) =>
        length is null ? [] : new() { ["content-length"] = $"{length}" };

    private static Dictionary<string, string> By(string name, int? length = null) =>
        new(Announced(length)) { ["Authorization"] = $"Bearer {name}-key-0123456789" };

    private static string Request(int length) =>
        Wires.Chat.Replace("hi", new string('x', length), StringComparison.Ordinal);

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    private static async Task<ClientCall> PackedAsync(TestGateway gateway, byte[] body)
    {
        var headers = new Dictionary<string, string>(Gzip) { ["content-length"] = $"{body.Length}" };
        ClientCall call = gateway.Start(
            GatewayEndpoints.ChatCompletions, headers: headers, upload: new MemoryStream(body));
        await call.Done;
        return call;
    }

    private static Task<ClientCall> SmallAsync(TestGateway gateway) => AnsweredAsync(gateway, Wires.Chat);

    private static Task<ClientCall> LargeAsync(TestGateway gateway) =>
        AnsweredAsync(gateway, Request(3 * Mebibyte / 2));

    private static Task<ClientCall> AnsweredAsync(TestGateway gateway, string request)
    {
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        return gateway.SendAsync(GatewayEndpoints.ChatCompletions, request);
    }
}
