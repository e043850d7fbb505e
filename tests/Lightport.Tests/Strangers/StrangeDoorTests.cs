using System.Net.Http.Headers;
using System.Text;
using Lightport.Tests.Exchanges;
using Lightport.Strangers.PathChat;
using Lightport.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Strangers;

/// <summary>The doors that a host adds, on a real server.</summary>
public sealed class StrangeDoorTests : IAsyncLifetime
{
    private readonly ScriptedUpstream _upstream = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private WebApplication? _app;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            new("PATH_CHAT_KEY", "key-of-the-test"), new("urls", "http://127.0.0.1:0"),
        ]);
        builder.Services.AddSingleton<IUpstream>(_upstream);
        StrangeGateway.Register(builder.Services);
        builder.Services.AddLightport(builder.Configuration);
        _app = builder.Build();
        _app.MapLightport();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    [Fact]
    public void Door_OfADialectThatNobodyRegistered_IsSaidWhereItIsMapped()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(
            new GatewayEndpoint("Odd", "POST", "/odd", EndpointKind.Inference) { Dialect = "odd" });
        builder.Services.AddLightport(builder.Configuration);
        WebApplication app = builder.Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapLightport());
        Assert.Contains("Odd is of the dialect 'odd'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Names hold slashes, as they are or escaped, and one door does not take what is the other's.</summary>
    [Theory]
    [InlineData("/strange/path-chat/a/b:generate", "/v1/talk/a%2Fb:generate")]
    [InlineData("/strange/path-chat%2Fa:generate", "/v1/talk/a:generate")]
    [InlineData("/strange/path-chat/a:stream", "/v1/talk/a:stream")]
    [InlineData("/strange/path-chat/a:generate:stream", "/v1/talk/a%3Agenerate:stream")]
    public async Task Door_WithTheModelInItsPath_LeadsToIt(string path, string told)
    {
        _upstream.Answer(StrangeProvider.PathChat.Answer(path.EndsWith(":stream", StringComparison.Ordinal)));

        HttpResponseMessage answer = await SendAsync(path);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal(told, _upstream.Last.Address.AbsolutePath);
        Assert.Equal(PathChatDialect.MediaType, answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/strange/path-chat/a")]
    [InlineData("/strange/:generate")]
    [InlineData("/strange/path-chat/a:embed")]
    public async Task Path_OfNoDoor_IsNotFound(string path) =>
        Assert.Equal(404, (int)(await SendAsync(path)).StatusCode);

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app!.DisposeAsync();
    }

    private Task<HttpResponseMessage> SendAsync(string path)
    {
        var body = new StringContent(StrangeClient.Path, Encoding.UTF8);
        body.Headers.ContentType = new MediaTypeHeaderValue(PathChatDialect.MediaType);
        return _client.PostAsync(new Uri(path, UriKind.Relative), body);
    }
}
