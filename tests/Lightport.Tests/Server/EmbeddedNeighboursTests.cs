using System.IO.Compression;
using System.Net;
using Lightport.Tests.Exchanges;
using Lightport.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lightport.Tests.Server;

/// <summary>The gateway beside what else an app has: doors, names, middleware, another gateway.</summary>
public sealed class EmbeddedNeighboursTests
{
    private const string Chat = """{"model":"echo","messages":[{"role":"user","content":"hi"}]}""";
    private const string Streamed =
        """{"model":"openai/gpt-4o","stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task DoorsOfTheApp_AtTheSamePath_GoFirst()
    {
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(app =>
        {
            app.MapLightport();
            app.MapGet("/", () => "mine");
            app.Map("/health", () => "mine");
            app.MapFallback(() => "mine");
        });

        Assert.Equal((200, "mine"), await app.GetAsync("/"));
        Assert.Equal((200, "mine"), await app.GetAsync("/health"));
        Assert.Equal((200, "mine"), await app.GetAsync("/v1/nothing"));
        Assert.Contains("echo", (await app.GetAsync("/v1/models")).Body, StringComparison.Ordinal);
    }

    /// <summary>An endpoint's name is unique in an app, which links by it.</summary>
    [Fact]
    public async Task NamesOfTheApp_AreItsOwn()
    {
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(app =>
        {
            app.MapLightport();
            app.MapGet("/mine", () => "mine").WithName("Models");
        });

        Assert.Equal("/mine", app.App.Services.GetRequiredService<LinkGenerator>().GetPathByName("Models"));
    }

    [Fact]
    public async Task Conventions_AreForEveryDoor()
    {
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(
            app => app.MapLightport().RequireHost("models.contoso.com"));

        Assert.Equal(404, (await app.GetAsync("/v1/models")).Status);
        app.Client.DefaultRequestHeaders.Host = "models.contoso.com";
        Assert.Equal(403, (await app.GetAsync("/v1/models")).Status);
    }

    /// <summary>The gateway's own limit counts at its doors: pictures are longer than a web server usually takes.</summary>
    [Fact]
    public async Task LimitOfTheWebServer_IsWhatTheGatewayTakes()
    {
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(
            app => app.MapLightport(),
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1000));

        using HttpResponseMessage answer = await app.PostAsync(
            "/v1/chat/completions", Chat.Replace("hi", new string('a', 2000), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task TwoApps_InOneProcess_KeepTheirKeysApart()
    {
        await using EmbeddedApp one = await StartAsync("lp-canary-one");
        await using EmbeddedApp two = await StartAsync("lp-canary-two");

        using HttpResponseMessage own = await one.PostAsync("/v1/chat/completions", Chat, "lp-canary-one");
        using HttpResponseMessage others = await two.PostAsync("/v1/chat/completions", Chat, "lp-canary-one");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (own.StatusCode, others.StatusCode));
    }

    [Fact]
    public async Task HostWithoutAWebServer_StartsAndStops()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("LIGHTPORT_KEY", "lp-canary-worker")]);
        builder.Services.AddLightport(builder.Configuration);
        using IHost host = builder.Build();

        await host.StartAsync();
        Assert.NotNull(host.Services.GetRequiredService<Gateway>());
        await host.StopAsync();
    }

    /// <summary>What has come of a stream is with the client before more of it comes, also where it is packed.</summary>
    [Fact]
    public async Task Compression_OfAStream_HoldsNothingBack()
    {
        var told = new ScriptedBody().Tell(Wires.ChatRole + Wires.ChatText);
        await using EmbeddedApp app = await EmbeddedApp.StartAsync(
            app => app.UseResponseCompression().UseRouting().UseEndpoints(doors => doors.MapLightport()),
            builder => builder.Services
                .AddResponseCompression(options => options.MimeTypes = ["text/event-stream"])
                .AddSingleton<IUpstream>(new ScriptedUpstream().Answer(ScriptedResponse.Events(told))),
            ("OPENAI_API_KEY", "sk-canary"));
        app.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        using HttpResponseMessage answer = await app.PostAsync("/v1/chat/completions", Streamed);
        await using var unpacked = new GZipStream(
            await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var lines = new StreamReader(unpacked);
        string? first = await lines.ReadLineAsync();
        told.Tell(Wires.ChatFinish + Wires.ChatDone).End();
        string rest = await lines.ReadToEndAsync();

        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
        Assert.StartsWith("data: {", first, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
    }

    private static Task<EmbeddedApp> StartAsync(string key) =>
        EmbeddedApp.StartAsync(app => app.MapLightport(), settings: ("LIGHTPORT_KEY", key));
}
