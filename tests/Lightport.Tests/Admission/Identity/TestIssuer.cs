using Lightport.Tests.Exchanges;
using Lightport.Transport;

namespace Lightport.Tests.Admission.Identity;

/// <summary>An issuer of tokens, standing where the network does.</summary>
internal sealed class TestIssuer : IUpstream
{
    public const string Name = "https://login.contoso.com/tenant-1/v2.0";
    public const string Audience = "api://lightport";

    /// <summary>Made once a run: it takes a while.</summary>
    public static SigningKey First { get; } = SigningKey.Rsa("key-1");

    public static SigningKey Second { get; } = SigningKey.Rsa("key-2");

    public static SigningKey Curve { get; } = SigningKey.Ec("key-3");

    public List<SigningKey> Keys { get; } = [First, Curve];

    public string Says { get; set; } = Name;

    public string KeysAt { get; set; } = "https://keys.contoso.com/tenant-1";

    /// <summary>In place of the list of keys.</summary>
    public string? Answers { get; set; }

    /// <summary>Every call fails while this is set.</summary>
    public bool IsAway { get; set; }

    /// <summary>Every call waits for this.</summary>
    public Task Opening { get; set; } = Task.CompletedTask;

    public List<string> Asked { get; } = [];

    /// <summary>What a good token of somebody says.</summary>
    /// <param name="now">When it is issued, in seconds of the epoch.</param>
    /// <param name="more">Further members, with a comma before them.</param>
    public static string Claims(DateTimeOffset now, string more = "") => $$"""
        {"iss":"{{Name}}","aud":"{{Audience}}","sub":"s-1","preferred_username":"jane@contoso.com","groups":["staff"],
        "nbf":{{now.ToUnixTimeSeconds()}},"exp":{{now.ToUnixTimeSeconds() + 3600}}{{more}}}
        """;

    public ValueTask<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken) =>
        new(AnswerAsync(request.Address, cancellationToken));

    public async Task<UpstreamResponse> AnswerAsync(Uri address, CancellationToken cancellationToken)
    {
        Asked.Add(address.AbsoluteUri);
        await Opening.WaitAsync(cancellationToken);
        return IsAway ? throw new UpstreamException(UpstreamFailure.Connect, new IOException("no such road"))
            : address.AbsoluteUri == KeysAt
                ? ScriptedResponse.Json(Answers ?? $$"""{"keys":[{{string.Join(',', Keys.Select(key => key.Jwk))}}]}""")
            : address.AbsolutePath.EndsWith("/.well-known/openid-configuration", StringComparison.Ordinal)
                ? ScriptedResponse.Json($$"""{"issuer":"{{Says}}","jwks_uri":"{{KeysAt}}"}""")
            : ScriptedResponse.Error(404);
    }
}
