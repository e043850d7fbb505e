using System.Net;
using Lightport.Enrichment.Sources;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Sources;

public sealed class RestClientTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly TestSecrets _secrets = new();
    private readonly RestClient _client;

    public RestClientTests() => _client = new RestClient(_secrets, _clock);

    [Theory]
    [InlineData(null, null, "Authorization", "Bearer s3cret")]
    [InlineData("X-Api-Key", "$.a", "X-Api-Key", "s3cret")]
    public async Task Secret_IsShownWhereTheSourceSays(string? header, string? path, string shown, string value)
    {
        _secrets.Values["KEY"] = "s3cret";
        string? seen = null;
        using var server = new SourceServer(context =>
        {
            seen = context.Request.Headers[shown];
            return SourceServer.WriteAsync(context, """{"a":"b"}""");
        });

        string text = await ReadAsync(server, Source() with
        {
            Secret = "KEY",
            Header = header,
            Path = path is null ? null : JsonSelector.Parse(path),
        });

        Assert.Equal((value, path is null ? """{"a":"b"}""" : "b"), (seen, text));
    }

    /// <summary>Models read the answer, and clients what they say of it.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("X-Api-Key", null)]
    [InlineData("X-Api-Key", "$.headers.shown")]
    public async Task Secret_ThatTheAnswerQuotes_BecomesStars(string? header, string? path)
    {
        const string Secret = "key-0123456789abcdef";
        _secrets.Values["KEY"] = Secret;
        using var server = new SourceServer(context => SourceServer.WriteAsync(
            context, $$"""{"headers":{"shown":"{{context.Request.Headers[header ?? "Authorization"]}}"},"city":"Bonn"}"""));

        string text = await ReadAsync(server, Source() with
        {
            Secret = "KEY",
            Header = header,
            Path = path is null ? null : JsonSelector.Parse(path),
        });

        string shown = (header is null ? "Bearer " : "") + new string('*', Secret.Length);
        Assert.Equal(path is null ? $$"""{"headers":{"shown":"{{shown}}"},"city":"Bonn"}""" : shown, text);
    }

    [Theory]
    [InlineData(302, "it answered with 302")]
    [InlineData(404, "it answered with 404")]
    [InlineData(500, "it answered with 500")]
    public async Task Answer_ThatIsNone_IsAFailure_AndNoRedirectIsFollowed(int status, string problem)
    {
        using var server = new SourceServer("""{"secret":"words"}""", status);

        Assert.Equal(problem, await ProblemAsync(server, Source()));
        Assert.Single(server.Seen);
    }

    [Theory]
    [InlineData("<html>", "$.a", "its answer is no JSON")]
    [InlineData("{\"a\":", "$.a", "its answer is no JSON")]
    [InlineData("""{"b":1}""", "$.a", "its answer has nothing at the path")]
    [InlineData("""{"a":"\ud800"}""", "$.a", "its answer is no JSON")]
    public async Task Answer_ThatDoesNotFit_IsAFailure(string body, string path, string problem)
    {
        using var server = new SourceServer(body);

        Assert.Equal(problem, await ProblemAsync(server, Source() with { Path = JsonSelector.Parse(path) }));
    }

    [Fact]
    public async Task Answer_ThatHasNoEnd_IsBrokenOff()
    {
        using var server = new SourceServer(async context =>
        {
            byte[] piece = new byte[64 * 1024];
            context.Response.SendChunked = true;
            while (true)
            {
                await context.Response.OutputStream.WriteAsync(piece);
            }
        });

        Assert.Equal("its answer is longer than 1 MiB", await ProblemAsync(server, Source()));
    }

    [Fact]
    public async Task Server_ThatIsSlow_IsNotWaitedFor()
    {
        using var server = new SourceServer(_ => Task.Delay(Timeout.Infinite));
        Task<string> problem = ProblemAsync(server, Source() with { Wait = TimeSpan.FromSeconds(1.5) });
        await _clock.WaitingFor(TimeSpan.FromSeconds(1.5));
        _clock.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal("it did not answer within 1.5 s", await problem);
    }

    [Fact]
    public async Task Client_ThatHasGone_EndsTheReading()
    {
        using var gone = new CancellationTokenSource();
        using var server = new SourceServer(async _ =>
        {
            await gone.CancelAsync();
            await Task.Delay(Timeout.Infinite);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _client.ReadAsync(Source(), new Uri(server.Address), gone.Token));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://localhost:1/")]
    public async Task Address_OfTheOwnNetwork_IsRefused(string address)
    {
        var source = new RestSource("s", new AddressTemplate([new AddressPiece(address)]));

        var error = await Assert.ThrowsAsync<SourceException>(
            () => _client.ReadAsync(source, new Uri(address), CancellationToken.None));

        Assert.Contains("no public address", error.InnerException!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_ThatIsNotSet_AsksNobody()
    {
        _secrets.Missing.Add("NONE");
        using var server = new SourceServer("{}");

        Assert.Equal("its secret NONE is not set", await ProblemAsync(server, Source() with { Secret = "NONE" }));
        Assert.Empty(server.Seen);
    }

    public void Dispose() => _client.Dispose();

    private static RestSource Source() =>
        new("s", new AddressTemplate([new AddressPiece("http://a.example/")])) { AllowsPrivate = true };

    private Task<string> ReadAsync(SourceServer server, RestSource source) =>
        _client.ReadAsync(source, new Uri(server.Address), CancellationToken.None);

    private async Task<string> ProblemAsync(SourceServer server, RestSource source) =>
        (await Assert.ThrowsAsync<SourceException>(() => ReadAsync(server, source))).Message;
}
