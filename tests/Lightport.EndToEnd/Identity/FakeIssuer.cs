using Lightport.Tests.Admission.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Lightport.EndToEnd.Identity;

/// <summary>An issuer of tokens on loopback, with its metadata and its keys.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "api://lightport";

    private readonly SigningKey _key = SigningKey.Rsa("key-1");
    private readonly WebApplication _application;

    private FakeIssuer(WebApplication application) => _application = application;

    public string Name => _application.Urls.Single();

    public static async Task<FakeIssuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var issuer = new FakeIssuer(application);
        application.MapGet(
            "/.well-known/openid-configuration",
            () => $$"""{"issuer":"{{issuer.Name}}","jwks_uri":"{{issuer.Name}}/keys"}""");
        application.MapGet("/keys", () => $$"""{"keys":[{{issuer._key.Jwk}}]}""");
        await application.StartAsync();
        return issuer;
    }

    /// <summary>A token of somebody in a group, for an hour.</summary>
    public string Token(string group, string audience = Audience) => _key.Sign($$"""
        {"iss":"{{Name}}","aud":"{{audience}}","sub":"{{group}}-1","preferred_username":"{{group}}@contoso.com",
        "groups":["{{group}}"],"exp":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3600}}}
        """);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
